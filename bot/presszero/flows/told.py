"""Changes in sentences, ru and en: for the terminal, the console, and as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from presszero.flows.diff import Change

LONGEST = 160
_EN = {
    "flow_added": "a new flow",
    "flow_removed": "the flow is removed",
    "step_added": "+ step {step} ({what}), after {old}",
    "step_removed": "− step {step} ({what})",
    "step_renamed": "step {old} is called {new} now",
    "step_verb": "{step}: was {old}, is {new}",
    "text": "{at}{what}: “{old}” → “{new}”",
    "edge": "{step}: {what} leads to {new}, led to {old}",
    "option_added": "{step}: + option {what} “{new}”",
    "option_removed": "{step}: − option {what} “{old}”",
    "order": "{step}: the options stand in another order: {new}",
    "slot": "slot {what}: {old} → {new}",
    "setting": "{at}{what}: {old} → {new}",
    "common": "{what}: {old} → {new}",
}
_RU = {
    "flow_added": "новый сценарий",
    "flow_removed": "сценарий удалён",
    "step_added": "+ шаг {step} ({what}), после {old}",
    "step_removed": "− шаг {step} ({what})",
    "step_renamed": "шаг {old} теперь называется {new}",
    "step_verb": "{step}: был {old}, стал {new}",
    "text": "{at}{what}: «{old}» → «{new}»",
    "edge": "{step}: {what} ведёт в {new}, вело в {old}",
    "option_added": "{step}: + вариант {what} «{new}»",
    "option_removed": "{step}: − вариант {what} «{old}»",
    "order": "{step}: варианты стоят в другом порядке: {new}",
    "slot": "слот {what}: {old} → {new}",
    "setting": "{at}{what}: {old} → {new}",
    "common": "{what}: {old} → {new}",
}
SENTENCES = {"en": _EN, "ru": _RU}


def sentence(change: Change, lang: str) -> str:
    """One change in a line."""
    values = {
        "step": change.step,
        "at": f"{change.step}, " if change.step else "",
        "what": change.what or ("texts" if lang == "en" else "текст"),
        "old": _short(change.old) or "—",
        "new": _short(change.new) or "—",
    }
    return SENTENCES["ru" if lang == "ru" else "en"][change.kind].format_map(values)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def by_flow(changes: Iterable[Change], lang: str) -> Iterator[tuple[str, list[str]]]:
    """Flows and the sentences of each, in the order they came."""
    for flow, each in groupby(changes, key=lambda c: c.flow):
        yield flow, [sentence(c, lang) for c in each]


def text(changes: Iterable[Change], lang: str) -> str:
    """For the terminal."""
    parts = [f"{flow}\n" + "".join(f"  {line}\n" for line in lines) for flow, lines in by_flow(changes, lang)]
    return "".join(parts)


def markdown(changes: Iterable[Change], lang: str) -> str:
    """For a pull request: nothing in it is taken for a tag or a mark."""
    parts = [
        f"### `{flow}`\n\n" + "".join(f"- {_safe(line)}\n" for line in lines) + "\n"
        for flow, lines in by_flow(changes, lang)
    ]
    return "".join(parts)


def _safe(line: str) -> str:
    for mark in "\\`*_[]<>|#@!":
        line = line.replace(mark, f"\\{mark}" if mark != "<" else "&lt;")
    return line
