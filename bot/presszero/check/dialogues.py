"""Plays dialogue tests and says where one went another way. A test that passes has been through the real runtime."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from presszero.check.expect import Wrong, expect
from presszero.check.given import with_articles
from presszero.check.lines import ACTIONS
from presszero.check.player import Player, Stage
from presszero.check.script import Line, Script
from presszero.dialogue.text import show
from presszero.errors import Finding
from presszero.lang.fold import fold
from presszero.runtime.content import Content
from presszero.source.fields import seconds
from presszero.store.base import Message

DEFAULT_CLOCK = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001 - a Tuesday, in the desk's own zone


@dataclass(frozen=True)
class Entry:
    """One line of a dialogue as it went: done, said by somebody, held, or failed. ``line`` is the file's, 0 for what was said."""

    kind: Literal["done", "said", "held", "failed"]
    text: str
    line: int = 0


@dataclass
class Played:
    """One test as it went: ``failure`` is the line that did not hold."""

    script: Script
    failure: Finding | None = None
    wanted: str = ""
    got: str = ""
    entries: list[Entry] = field(default_factory=list)

    @property
    def log(self) -> list[str]:
        """The dialogue as text."""
        marks = {"done": "> ", "said": "  ", "held": "✓ ", "failed": "✗ "}
        found = [marks[e.kind] + e.text for e in self.entries]
        return [*found[:-1], f"{found[-1]}   {self.got}"] if self.failure and found else found


@dataclass
class Round:
    """All tests as they went, and what they counted (`dialogue/tally.py`)."""

    played: list[Played]
    counts: Mapping[str, int]


async def play_all(scripts: Sequence[Script], content: Content) -> list[Played]:
    """Plays the tests one after another on one stage."""
    return (await play_round(scripts, content)).played


async def play_round(scripts: Sequence[Script], content: Content) -> Round:
    """Plays the tests, and gives what they counted too."""
    zone = ZoneInfo(content.zone)
    counts: Counter[str] = Counter()
    async with Stage(content, DEFAULT_CLOCK.replace(tzinfo=zone).timestamp()) as stage:
        played = [await _played(stage, content, script, counts) for script in scripts]
        counts.update(await stage.store.counts(0.0))
        return Round(played, counts)


async def _played(stage: Stage, content: Content, script: Script, counts: Counter[str]) -> Played:
    if not script.articles and script.people != "none":
        return await _play(stage, content, script)
    # Other articles, or nobody at work, would show in the tests beside this one: it has a stage of its own.
    async with Stage(with_articles(content, script.articles), stage.clock.at) as own:
        played = await _play(own, content, script)
        counts.update(await own.store.counts(0.0))
        return played


async def begin(stage: Stage, content: Content, script: Script) -> Player:
    """The conversation of a test before its first line."""
    at = (script.clock or DEFAULT_CLOCK).replace(tzinfo=ZoneInfo(content.zone)).timestamp()
    lang = script.lang or content.default_lang
    services = {name: _typed(content, name, given) for name, given in script.services.items()}
    return await stage.player(
        lang=lang,
        at=at,
        services=services,
        customer=script.customer,
        channel=script.channel,
        staffed=script.people != "none",
    )


async def perform(
    player: Player, script: Script, seen: Callable[[str, str, Sequence[Message]], None]
) -> Finding | None:
    """Plays a test before a reader's eyes; gives the line that did not hold."""
    said: list[Message] = []
    for line in script.talk:
        wrong: Wrong | None = None
        if line.kind in ACTIONS:
            said, wrong = await _act(player, line, said)
            seen(line.kind, show(line.value), said)
        else:
            wrong = await expect(player, line, said)
        if wrong:
            return _failed(line, wrong)
    return None


def _failed(line: Line, wrong: Wrong) -> Finding:
    values = {"what": wrong.en, "what_ru": wrong.ru, "got": wrong.got, "got_ru": wrong.got}
    return Finding(line.place, "PZ803", values)


async def _play(stage: Stage, content: Content, script: Script) -> Played:
    player = await begin(stage, content, script)
    played = Played(script)
    said: list[Message] = []
    for line in script.talk:
        shown = f"{line.kind}: {show(line.value)}"
        wrong: Wrong | None = None
        if line.kind in ACTIONS:
            said, wrong = await _act(player, line, said)
            played.entries += [] if wrong else [Entry("done", shown, line.place.line)]
            played.entries += [Entry("said", f"{m.who}: {m.text}{_shown_buttons(m, script)}") for m in said]
        else:
            wrong = await expect(player, line, said)
        if wrong:
            played.entries.append(Entry("failed", shown, line.place.line))
            played.wanted, played.got = show(line.value), wrong.got
            played.failure = _failed(line, wrong)
            break
        if line.kind not in ACTIONS:
            played.entries.append(Entry("held", shown, line.place.line))
    await player.leave()
    return played


def _typed(content: Content, name: str, given: Any) -> Any:
    """A service's given answer as its declared types: what the test wrote is text."""
    if isinstance(given, list):
        return [_typed(content, name, each) for each in given]
    service = content.flows.services.get(name)
    if not isinstance(given, dict) or service is None:
        return given
    found: dict[str, Any] = {}
    for key, value in given.items():
        found[key] = _number(value) if service.gives.get(key) == "number" and isinstance(value, str) else value
    return found


def _number(text: str) -> float | str:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


Done = tuple[list[Message], Wrong | None]


async def _act(player: Player, line: Line, said: list[Message]) -> Done:  # noqa: C901 - one case a line
    value = show(line.value) if not isinstance(line.value, list | dict) else ""
    match line.kind:
        case "user":
            return await player.say(value), None
        case "press":
            return await _press(player, value, said)
        case "digits":
            return await player.digits(value), None
        case "file":
            return await player.file(value), None
        case "operator":
            return await player.operator(value), None
        case "returned":
            return await player.give_back(), None
        case "resolved":
            return await player.resolve(), None
        case "start":
            return await player.start(), None
        case _:
            return await player.after(seconds(value) or 0.0), None


async def _press(player: Player, wanted: str, said: list[Message]) -> Done:
    """Presses the button with this label, value or digit among those last shown; a payload is pressed as it is."""
    shown = [b for m in said for b in m.body.get("buttons", ())]
    for button in reversed(shown):
        value = button["payload"].rpartition("/")[2]
        if fold(button["label"]) == fold(wanted) or value == wanted or button["digit"] == wanted:
            return await player.press(button["payload"], button["label"]), None
    if "/" in wanted or wanted.startswith("!"):  # a press that comes late, or one of the engine's own
        return await player.press(wanted, wanted), None
    got = "[" + "] [".join(b["label"] for b in shown) + "]" if shown else "-"
    return [], Wrong(f'There is no button "{wanted}" now.', f"Сейчас нет кнопки «{wanted}».", got)


def _shown_buttons(message: Message, script: Script) -> str:
    buttons = message.body.get("buttons", ())
    shown = [b["digit"] if script.channel == "voice" else b["label"] for b in buttons]
    return "  [" + "] [".join(s for s in shown if s) + "]" if any(shown) else ""
