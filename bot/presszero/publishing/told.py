"""A plan in words, ru and en: what changes, who is inside, what refuses."""

from __future__ import annotations

from datetime import UTC, datetime

from presszero.flows.told import text
from presszero.runtime.versions import Numbers, Plan, Tested

_KINDS = {
    "en": {"added": "+ {name}", "removed": "− {name}", "changed": "{name}: changed"},
    "ru": {"added": "+ {name}", "removed": "− {name}", "changed": "{name}: изменён"},
}


def told(plan: Plan, lang: str) -> str:
    """The whole plan."""
    ru = lang == "ru"
    if plan.empty and not plan.errors:
        return (
            "С прошлой публикации ничего не изменилось.\n"
            if ru
            else "Nothing has changed since the last publication.\n"
        )
    parts = [changed(plan, lang), _inside(plan, ru=ru)]
    if plan.restart:
        parts.append(
            "Каналы, сервисы и переменные начнут действовать после перезапуска.\n"
            if ru
            else "Channels, services and variables take effect after a restart.\n"
        )
    if not plan.errors:
        parts.append(played(plan.tested, lang) + "\n")
    parts += [f"✗ {finding.line(lang)}\n" for finding in plan.errors]
    return "".join(parts)


def played(tested: Tested | None, lang: str) -> str:
    """How the dialogue tests went on this very set."""
    ru = lang == "ru"
    if tested is None:
        return (
            "Тесты диалогов на этих файлах не прогоняли."
            if ru
            else "The dialogue tests were not played on these files."
        )
    when = datetime.fromtimestamp(tested.at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    if ru:
        return f"Тесты диалогов на этих файлах: {when}, прошло {tested.passed}, не прошло {tested.failed}."
    return f"The dialogue tests on these files: {when}, {tested.passed} passed, {tested.failed} failed."


def changed(plan: Plan, lang: str) -> str:
    """Only what changes."""
    kinds = _KINDS["ru" if lang == "ru" else "en"]
    return text(plan.changes, lang) + "".join(kinds[f.kind].format(name=f.name) + "\n" for f in plan.files)


def _inside(plan: Plan, *, ru: bool) -> str:
    lines = [f"Внутри сейчас: {plan.people}\n" if ru else f"Inside now: {plan.people}\n"]
    words = {
        "keep": ("закончат по-старому", "they finish as it was"),
        "move": ("перейдут на новое", "they are taken along"),
        "restart": ("начнут сначала", "they begin again"),
        "": ("увидят новые слова", "they see the new words"),
    }
    for each in plan.inside:
        gone = ("шаг удалён" if ru else "removed") if each.removed else ("шаг изменён" if ru else "changed")
        lines.append(f"  {each.flow}/{each.step}: {each.people} ({gone}, {words[each.policy][not ru]})\n")
    return "".join(lines)


def compared(sides: tuple[Numbers, Numbers], lang: str) -> str:
    """Two versions side by side."""
    ru = lang == "ru"
    names = (
        ("диалогов", "передано людям", "не понято", "довольны (4–5)")
        if ru
        else ("talks", "handed to people", "misunderstood", "satisfied (4–5)")
    )
    rows = [("", f"№{sides[0].number}", f"№{sides[1].number}"), (names[0], str(sides[0].talks), str(sides[1].talks))]
    rows += [
        (name, percent(a), percent(b)) for name, a, b in zip(names[1:], sides[0].shares, sides[1].shares, strict=True)
    ]
    return "".join(f"{name:<20}{a:>10}{b:>10}\n" for name, a, b in rows)


def percent(share: float | None) -> str:
    """A share as it is read."""
    return "—" if share is None else f"{share * 100:.1f} %"
