"""Plays dialogue tests and says where one went another way. A test that passes has been through the real runtime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from presszero.check.given import with_articles
from presszero.check.player import Player, Stage
from presszero.check.script import Line, Script
from presszero.dialogue.text import show
from presszero.errors import Finding
from presszero.lang.fold import fold
from presszero.runtime.content import Content
from presszero.source.fields import seconds
from presszero.store.base import Message

DEFAULT_CLOCK = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001 - a Tuesday, in the desk's own zone


@dataclass
class Played:
    """One test as it went: ``log`` is the dialogue, ``failure`` the line that did not hold."""

    script: Script
    failure: Finding | None = None
    log: list[str] = field(default_factory=list)
    visited: set[tuple[str, str]] = field(default_factory=set)


async def play_all(scripts: Sequence[Script], content: Content) -> list[Played]:
    """Plays the tests one after another on one stage."""
    zone = ZoneInfo(content.zone)
    async with Stage(content, DEFAULT_CLOCK.replace(tzinfo=zone).timestamp()) as stage:
        return [await _played(stage, content, script, zone) for script in scripts]


async def _played(stage: Stage, content: Content, script: Script, zone: ZoneInfo) -> Played:
    if not script.articles and script.people != "none":
        return await _play(stage, content, script, zone)
    # Other articles, or nobody at work, would show in the tests beside this one: it has a stage of its own.
    async with Stage(with_articles(content, script.articles), stage.clock.at) as own:
        return await _play(own, content, script, zone)


async def _play(stage: Stage, content: Content, script: Script, zone: ZoneInfo) -> Played:
    at = (script.clock or DEFAULT_CLOCK).replace(tzinfo=zone).timestamp()
    lang = script.lang or content.default_lang
    services = {name: _typed(content, name, given) for name, given in script.services.items()}
    player = await stage.player(
        lang=lang,
        at=at,
        services=services,
        customer=script.customer,
        channel=script.channel,
        staffed=script.people != "none",
    )
    played = Played(script)
    said: list[Message] = []
    for line in script.talk:
        if line.kind in ACTIONS:
            played.log.append(f"> {line.kind}: {show(line.value)}")
            said = await _act(player, line, said)
            played.log += [f"  {m.who}: {m.text}" + _shown_buttons(m) for m in said]
            played.visited |= {(f.flow, f.step) for f in player.state.frames}
            continue
        wrong = await _expect(player, line, said)
        if wrong:
            en, ru, got = wrong
            values = {"what": en, "what_ru": ru, "got": got, "got_ru": got}
            played.failure = Finding(line.place, "PZ803", values)
            played.log.append(f"✗ {line.kind}: {show(line.value)}   {got}")
            break
    await player.leave()
    return played


ACTIONS = {"user", "press", "digits", "file", "operator", "returned", "resolved", "after", "start"}


def _typed(content: Content, name: str, given: Any) -> Any:
    """A service's given answer as its declared types: what the test wrote is text."""
    if isinstance(given, list):
        return [_typed(content, name, each) for each in given]
    service = content.flows.services.get(name)
    if not isinstance(given, dict) or service is None:
        return given
    found: dict[str, Any] = {}
    for key, value in given.items():
        is_number = service.gives.get(key) == "number" and isinstance(value, str)
        found[key] = (float(value) if "." in value else int(value)) if is_number else value
    return found


async def _act(player: Player, line: Line, said: list[Message]) -> list[Message]:  # noqa: C901 - one case a line
    value = show(line.value) if not isinstance(line.value, list | dict) else ""
    match line.kind:
        case "user":
            return await player.say(value)
        case "press":
            return await _press(player, value, said)
        case "digits":
            return await player.digits(value)
        case "file":
            return await player.file(value)
        case "operator":
            return await player.operator(value)
        case "returned":
            return await player.give_back()
        case "resolved":
            return await player.resolve()
        case "start":
            return await player.start()
        case _:
            return await player.after(seconds(value) or 0.0)


async def _press(player: Player, wanted: str, said: list[Message]) -> list[Message]:
    """Presses the button with this label, value or digit among those last shown; a payload is pressed as it is."""
    shown = [b for m in said for b in m.body.get("buttons", ())]
    for button in reversed(shown):
        value = button["payload"].rpartition("/")[2]
        if fold(button["label"]) == fold(wanted) or value == wanted or button["digit"] == wanted:
            return await player.press(button["payload"], button["label"])
    return await player.press(wanted, wanted)


def _shown_buttons(message: Message) -> str:
    buttons = message.body.get("buttons", ())
    return "  [" + "] [".join(b["label"] for b in buttons) + "]" if buttons else ""


Wrong = tuple[str, str, str]  # en, ru, what there was instead


async def _expect(player: Player, line: Line, said: list[Message]) -> Wrong | None:  # noqa: C901 - one case a line
    state = player.state
    match line.kind:
        case "bot" | "not_bot":
            return _bot(line, said)
        case "buttons":
            labels = [b["label"] for m in said for b in m.body.get("buttons", ())]
            wanted = line.value if isinstance(line.value, list) else [line.value]
            missing = [w for w in wanted if fold(str(w)) not in map(fold, labels)]
            return (f"No button {missing}.", f"Нет кнопки {missing}.", f"[{'] ['.join(labels)}]") if missing else None
        case "at":
            top = state.top
            step = top.step if top else "end"
            full = f"{top.flow}/{top.step}" if top else "end"
            ok = line.value in {step, full}
            return None if ok else (f"Not at step {line.value}.", f"Не на шаге {line.value}.", full)
        case "slot":
            found = {k: show(v) for f in state.frames for k, v in f.values.items()}
            found |= {k: show(v) for k, v in _remembered(player).items() if k not in found}
            wrong = {k: found.get(k, "") for k, v in dict(line.value).items() if found.get(k, "") != v}
            return (
                ("A slot differs.", "Значение другое.", show([f"{k}={v}" for k, v in wrong.items()])) if wrong else None
            )
        case "ticket":
            return await _ticket(player, line)
        case "handoff":
            ok = state.holder in {"queue", "person"} and (state.queue == line.value or line.value in {"yes", "any"})
            ok = ok or (
                player.conversation is not None and player.conversation.queue == line.value and state.holder != "bot"
            )
            return (
                None
                if ok
                else (
                    f"Not handed over to {line.value}.",
                    f"Не передан в {line.value}.",
                    f"{state.holder} {state.queue}",
                )
            )
        case "holder":
            return (
                None
                if state.holder == line.value
                else (f"Holder is not {line.value}.", f"Ведёт не {line.value}.", state.holder)
            )
        case "reached":
            return await _reached(player, str(line.value))
        case _:  # ended
            over = str(line.value).lower() not in {"no", "false"}
            return (
                None
                if over != bool(state.frames)
                else ("The dialogue goes on.", "Диалог продолжается.", show([f.flow for f in state.frames]))
            )


async def _reached(player: Player, wanted: str) -> Wrong | None:
    """Whether the customer has a person or a ticket now."""
    person = player.state.holder == "person" or (player.state.holder == "queue" and player.staffed)
    ticket = bool(await player.tickets())
    if {"person": person, "ticket": ticket}.get(wanted, person or ticket):
        return None
    top = player.state.top
    return ("Neither a person nor a ticket.", "Ни человека, ни заявки.", f"{top.flow}/{top.step}" if top else "end")


def _bot(line: Line, said: list[Message]) -> Wrong | None:
    text = fold(" ".join(m.text for m in said))
    there = fold(str(line.value)) in text
    if there == (line.kind == "bot"):
        return None
    got = " / ".join(m.text for m in said)
    if line.kind == "bot":
        return (f'The bot did not say "{line.value}".', f"Бот не сказал «{line.value}».", got)
    return (f'The bot said "{line.value}".', f"Бот сказал «{line.value}».", got)


def _remembered(player: Player) -> dict[str, Any]:
    return player.kept


async def _ticket(player: Player, line: Line) -> Wrong | None:
    tickets = await player.tickets()
    wanted = line.value if isinstance(line.value, dict) else {}
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
    return ("No such ticket.", "Такой заявки нет.", got)
