"""`presszero check --prove`: what was proved, or the nearest dialogue that breaks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presszero.check.prove import Fault, Proof, prove
from presszero.check.rehearse import Dialogue, rehearse
from presszero.check.unproved import finding
from presszero.desk import Desk
from presszero.errors import ConfigError, Finding


@dataclass(frozen=True)
class Broken:
    """A fault as it is shown: where it stands, and the dialogue."""

    finding: Finding
    fault: Fault
    dialogue: Dialogue


def proved(found: Desk, lang: str) -> tuple[Proof, list[Broken]]:
    """Proves a desk; every fault with its dialogue in the desk's own words."""
    flows = found.flows.draft
    spoken = lang if lang in flows.common.languages else flows.common.languages[0]
    proof = prove(flows)
    phrases = starting_words(found)
    return proof, [Broken(finding(found.flows, f), f, rehearse(flows, f, spoken, phrases)) for f in proof.faults]


def starting_words(found: Desk) -> Mapping[tuple[str, str], str]:
    """For each intent and language a phrase that starts it, without values in it."""
    words: dict[tuple[str, str], str] = {}
    for phrase in found.phrases.trained:
        if not any(c.isdigit() for c in phrase.text):
            words.setdefault((phrase.intent, phrase.lang), phrase.text)
    return words


def told(proof: Proof, broken: Sequence[Broken], lang: str) -> str:
    """The proof in words."""
    ru = lang == "ru"
    size = (
        f"состояний: {proof.spots} (ждут: {proof.waiting}), переходов: {proof.ways}; сценариев: {proof.flows}, шагов: {proof.steps}"
        if ru
        else f"{proof.spots} states ({proof.waiting} waiting), {proof.ways} ways; {proof.flows} flows, {proof.steps} steps"
    )
    lines: list[str] = []
    for each in broken:
        lines += [f"✗ {each.finding.line(lang)}", *transcript(each, lang), ""]
    if broken:
        lines.append(f"Не доказано: {len(broken)}; {size}." if ru else f"Not proved: {len(broken)} broken; {size}.")
        return "\n".join(lines)
    lines.append(f"Доказано: {size}." if ru else f"Proved: {size}.")
    lines += _CLAIMS["ru" if ru else "en"]
    if proof.blurred:
        lines.append(
            f"  Шагов, рассмотренных при любых значениях: {proof.blurred}."
            if ru
            else f"  Steps looked at with any values at all: {proof.blurred}."
        )
    return "\n".join(lines)


_CLAIMS = {
    "en": (
        "  Every round of steps asks something and is counted, or gives up.",
        "  Each failing exit, each give-up and the word for an operator lead to a person or a ticket, in hours and out.",
    ),
    "ru": (
        "  Каждый круг шагов что-то спрашивает и сосчитан или сдаётся.",
        "  Каждый выход неудачи, каждое «не понял» и слово «оператор» ведут к человеку или заявке, в часы работы и вне их.",
    ),
}
_GIVEN = {
    "en": {
        "night": "Out of hours.",
        "alone": "In hours, nobody is at work.",
        "customer": "The customer:",
        "not_shown": "The way there (its values could not be acted out):",
        "end": "neither a person nor a ticket",
        "round": "and so on for ever",
    },
    "ru": {
        "night": "Нерабочее время.",
        "alone": "Рабочее время, но никого нет.",
        "customer": "Клиент:",
        "not_shown": "Путь (разыграть его значения не получилось):",
        "end": "ни человека, ни заявки",
        "round": "и так без конца",
    },
}
_MARKS = {"customer": ">", "bot": " ", "buttons": "   ", "desk": "·", "time": "+"}
MOST_LINES = 24


def transcript(broken: Broken, lang: str) -> list[str]:
    """The dialogue as it reads."""
    words, dialogue = _GIVEN["ru" if lang == "ru" else "en"], broken.dialogue
    if not dialogue.shown:
        way = [f"{m.node[0]}/{m.node[1]} ({m.way.name})" for m in (*broken.fault.moves, *broken.fault.circle)]
        return [f"    {words['not_shown']}", *(f"    {step}" for step in way)]
    lines = [f"    {words['night' if dialogue.night else 'alone']}"] if dialogue.night or dialogue.alone else []
    if dialogue.customer:
        lines.append(f"    {words['customer']} " + ", ".join(f"{k}: {v}" for k, v in dialogue.customer.items()))
    lines += [f"    {_MARKS.get(who, ' ')} {said}" for who, said in dialogue.text[:MOST_LINES]]
    if len(dialogue.text) > MOST_LINES:
        lines.append("    …")
    return [*lines, f"    ✗ {words[broken.fault.kind]}"]


def as_data(proof: Proof, broken: Sequence[Broken]) -> dict[str, Any]:
    """The proof as JSON."""
    return {
        "proved": not broken,
        "flows": proof.flows,
        "steps": proof.steps,
        "states": proof.spots,
        "waiting": proof.waiting,
        "ways": proof.ways,
        "blurred": proof.blurred,
        "broken": [
            {
                "code": b.finding.code,
                "shown": b.dialogue.shown,
                "way": [f"{m.node[0]}/{m.node[1]}:{m.way.name}" for m in (*b.fault.moves, *b.fault.circle)],
                "dialogue": [{who: said} for who, said in b.dialogue.text],
            }
            for b in broken
        ],
    }


def save(path: Path, broken: Sequence[Broken], lang: str) -> int:
    """Writes the dialogues as tests that fail until the faults are mended; gives how many."""
    import yaml

    tests = [b.dialogue.script(_name(b, lang)) for b in broken if b.dialogue.shown]
    if not tests:
        return 0
    if path.exists():
        raise ConfigError(f"{path} is there already.")
    if not path.parent.is_dir():
        raise ConfigError(f"There is no folder {path.parent}.")
    path.write_text(yaml.safe_dump({"tests": tests}, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")
    return len(tests)


def _name(broken: Broken, lang: str) -> str:
    return f"{broken.finding.place.file}: {broken.finding.sentence(lang)}"
