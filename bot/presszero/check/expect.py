"""What a line of a dialogue test expects, held against what there is. Every answer says what was found instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from presszero.check.player import Player
from presszero.check.script import Line
from presszero.dialogue.text import show
from presszero.lang.fold import fold
from presszero.store.base import Message


@dataclass(frozen=True)
class Wrong:
    """A line that did not hold, in both languages, and what there was instead."""

    en: str
    ru: str
    got: str


async def expect(player: Player, line: Line, said: list[Message]) -> Wrong | None:  # noqa: C901 - one case a line
    """What is wrong with an expectation; None when it holds."""
    match line.kind:
        case "bot" | "not_bot":
            return _bot(line, said)
        case "buttons":
            return _buttons(player, line, said)
        case "at":
            return _at(player, line)
        case "slot":
            return _slot(player, line)
        case "ticket":
            return await _ticket(player, line)
        case "handoff":
            return _handoff(player, line)
        case "holder":
            holder = player.state.holder
            return None if holder == line.value else Wrong(
                f"Holder is not {line.value}.", f"Ведёт не {line.value}.", holder
            )  # fmt: skip
        case "reached":
            return await _reached(player, str(line.value))
        case _:
            return _ended(player, line)


def _bot(line: Line, said: list[Message]) -> Wrong | None:
    text = fold(" ".join(m.text for m in said))
    if (fold(str(line.value)) in text) == (line.kind == "bot"):
        return None
    got = " / ".join(m.text for m in said) or "-"
    if line.kind == "bot":
        return Wrong(f'The bot did not say "{line.value}".', f"Бот не сказал «{line.value}».", got)
    return Wrong(f'The bot said "{line.value}".', f"Бот сказал «{line.value}».", got)


def _buttons(player: Player, line: Line, said: list[Message]) -> Wrong | None:
    """Labels; on the phone there are only keys."""
    name = "digit" if player.channel == "voice" else "label"
    shown = [str(b[name]) for m in said for b in m.body.get("buttons", ()) if b[name]]
    wanted = line.value if isinstance(line.value, list) else [line.value]
    missing = [str(w) for w in wanted if fold(str(w)) not in map(fold, shown)]
    if not missing:
        return None
    return Wrong(f"No button {show(missing)}.", f"Нет кнопки {show(missing)}.", f"[{'] ['.join(shown)}]")


def _at(player: Player, line: Line) -> Wrong | None:
    top = player.state.top
    full = f"{top.flow}/{top.step}" if top else "end"
    if line.value in {top.step if top else "end", full}:
        return None
    return Wrong(f"Not at step {line.value}.", f"Не на шаге {line.value}.", full)


def _slot(player: Player, line: Line) -> Wrong | None:
    found = {k: show(v) for k, v in player.kept.items()}
    found |= {k: show(v) for f in player.state.frames for k, v in f.values.items()}
    wrong = {k: found.get(k, "") for k, v in dict(line.value).items() if found.get(k, "") != v}
    return Wrong("A slot differs.", "Значение другое.", show([f"{k}={v}" for k, v in wrong.items()])) if wrong else None


def _handoff(player: Player, line: Line) -> Wrong | None:
    state, kept = player.state, player.conversation
    queues = {state.queue, kept.queue if kept else ""}
    if state.holder != "bot" and (line.value in {"yes", "any"} or line.value in queues):
        return None
    got = f"{state.holder} {state.queue}".strip()
    return Wrong(f"Not handed over to {line.value}.", f"Не передан в {line.value}.", got)


def _ended(player: Player, line: Line) -> Wrong | None:
    frames = player.state.frames
    if (line.value not in {"no", "false"}) != bool(frames):
        return None
    flows = show([f.flow for f in frames])
    if frames:
        return Wrong("The dialogue goes on.", "Диалог продолжается.", flows)
    return Wrong("The dialogue is over.", "Диалог закончен.", "-")


async def _reached(player: Player, wanted: str) -> Wrong | None:
    """Whether the customer has a person or a ticket now."""
    person = player.state.holder == "person" or (player.state.holder == "queue" and player.staffed)
    ticket = bool(await player.tickets())
    if {"person": person, "ticket": ticket}.get(wanted, person or ticket):
        return None
    top = player.state.top
    got = f"{top.flow}/{top.step}" if top else "end"
    return Wrong("Neither a person nor a ticket.", "Ни человека, ни заявки.", got)


async def _ticket(player: Player, line: Line) -> Wrong | None:
    tickets = await player.tickets()
    if line.value == "no":
        wrong = Wrong("There is a ticket.", "Заявка есть.", show([f"{t.number} {t.category}" for t in tickets]))
        return wrong if tickets else None
    wanted: dict[str, Any] = line.value if isinstance(line.value, dict) else {}
    for ticket in tickets:
        known = {
            "category": ticket.category,
            "priority": ticket.priority,
            "queue": ticket.queue,
            "state": ticket.state,
            **ticket.fields,
        }
        if all(str(known.get(k, "")) == str(v) for k, v in wanted.items()):
            return None
    got = show([f"{t.number} {t.category} {t.priority} {t.queue} {t.state} {t.fields}" for t in tickets]) or "-"
    return Wrong("No such ticket.", "Такой заявки нет.", got)
