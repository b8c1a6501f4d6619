"""`presszero chat`: a conversation in the terminal, through the real runtime on a store that is thrown away.

`/why` shows how the last text was understood and where the conversation stands; `/save FILE` writes it down as a dialogue test;
`/operator TEXT` answers as a person, `/bot` gives back, `/after 10m` lets time pass, `/quit` ends. A number presses a button.
``--channel voice`` is a telephone: what is read aloud is printed, digits are its keys, `/wait 10s` is silence on a clock that
moves only so. ``--play FILE`` plays dialogue tests, the one that fails being the last, and goes on from there by hand.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from presszero import desk
from presszero.check.given import with_articles
from presszero.cli.tongue import tongue
from presszero.dialogue.voice import spoken
from presszero.errors import ConfigError, ContentError
from presszero.folders import data_folder, desk_folder

HELP = "/why  /save FILE  /operator TEXT  /bot  /solve  /wait 10s  /after 10m  /press VALUE  /quit"
_KEYS = re.compile(r"[0-9]+#?|[*#]")


def run(arguments: Namespace) -> int:
    """Talks until /quit or the end of input."""
    root = desk_folder(arguments.dir)
    found = desk.read(root, os.environ)
    if found.errors:
        raise ContentError(found.errors)
    if sys.stderr.isatty():
        print("…", file=sys.stderr)
    content = desk.content(found, data_folder(root) / "models", always_open=True)
    lang = arguments.lang or (tongue(arguments) if tongue(arguments) in content.languages else content.default_lang)
    if arguments.play:
        return asyncio.run(_play(content, Path(arguments.play), tongue(arguments)))
    return asyncio.run(_talk(content, lang, _services(found), arguments.channel))


def _services(found: desk.Desk) -> dict[str, Any]:
    """What services answer here: nothing is called from a chat, so each fails unless the demo's own are known."""
    try:
        from presszero.demo.billing import sample
    except ImportError:
        return {}
    config = found.config
    return {name: sample(name) for name in (config.endpoints if config else {}) if sample(name) is not None}


async def _talk(content: Any, lang: str, services: dict[str, Any], channel: str) -> int:
    from presszero.check.player import Stage

    async with Stage(content, time.time()) as stage:
        player = await stage.player(lang=lang, at=time.time(), services=services, customer={}, channel=channel)
        chat = Chat(player, stage, content, lang, channel)
        chat.show(await player.start())
        return await _by_hand(chat)


async def _play(content: Any, file: Path, lang: str) -> int:
    """Plays the tests of a file; goes on by hand from the first that fails, else from the last."""
    from dataclasses import replace

    from presszero.check.dialogues import begin, perform
    from presszero.check.player import Stage
    from presszero.check.script import load_file

    scripts, findings = load_file(file)
    if findings or not scripts:
        raise ContentError(findings) if findings else ConfigError(f"{file}: no tests.")
    content = replace(content, always_open=False)
    for number, script in enumerate(scripts, 1):
        async with Stage(with_articles(content, script.articles), 0.0) as stage:
            player = await begin(stage, content, script)
            chat = Chat(player, stage, content, script.lang or content.default_lang, script.channel)
            print(f"\n— {script.name}")
            failure = await perform(player, script, chat.acted)
            if failure:
                print(f"✗ {failure.line(lang)}")
            if failure or number == len(scripts):
                return await _by_hand(chat) or int(bool(failure))
    return 0


async def _by_hand(chat: Chat) -> int:
    while True:
        line = await asyncio.to_thread(_read)
        if line is None or line.strip() in {"/quit", "/exit"}:
            return 0
        if line.strip():
            await chat.take(line.strip())


def _read() -> str | None:
    try:
        return input("> " if sys.stdin.isatty() else "")
    except EOFError:
        return None


class Chat:
    """One conversation in the terminal."""

    def __init__(self, player: Any, stage: Any, content: Any, lang: str, channel: str = "web") -> None:
        self._voice = channel == "voice"
        self._player = player
        self._stage = stage
        self._content = content
        self._lang = lang
        self._buttons: list[dict[str, Any]] = []
        self._last = ""

    async def take(self, line: str) -> None:
        """A line of the person at the keyboard."""
        name, _, rest = line.partition(" ")
        commands = {
            "/why": self._why, "/save": self._save, "/operator": self._operator, "/bot": self._bot,
            "/solve": self._solve, "/after": self._after, "/wait": self._after, "/press": self._press, "/help": self._help,
        }  # fmt: skip
        if name.startswith("/") and name not in commands:
            print(HELP)
            return
        if name in commands:
            await commands[name](rest.strip())
            return
        if self._voice and _KEYS.fullmatch(line):
            self.show(await self._player.digits(line))
            return
        self._last = line
        self.show(await self._player.say(line))

    def acted(self, kind: str, value: str, said: Sequence[Any]) -> None:
        """A line of a test that is played."""
        print(f"> {value}" if kind == "user" else f"> {kind}: {value}")
        self.show(said)

    def show(self, lines: Sequence[Any]) -> None:
        """What was said, and the buttons."""
        for message in lines:
            who = {"bot": "", "system": "— ", "operator": f"{message.author}: "}.get(message.who, "")
            buttons = message.body.get("buttons", [])
            self._buttons = buttons or self._buttons
            if self._voice:
                print(f"{who}{self._spoken(message.text, buttons)}")
                continue
            print(f"{who}{message.text}")
            for link in message.body.get("links", ()):
                print(f"   ↗ {link['title']}  {link['url']}")
            if buttons:
                print("   " + "  ".join(f"[{b['digit'] or '·'} {b['label']}]" for b in buttons))

    def _spoken(self, text: str, buttons: list[dict[str, Any]]) -> str:
        words, lang = self._content.flows.words, self._player.state.lang or self._lang
        return spoken(
            text, [(b["label"], b["digit"]) for b in buttons], lambda key, values: words[key].render(lang, values)
        )

    async def _why(self, _: str) -> None:
        at = self._stage.intake.local(self._stage.clock.now())
        parse = self._content.understanding.parse(self._last, self._player.state.lang or self._lang, at)
        state = self._player.state
        print(
            f"intent {parse.intent} {parse.confidence:.2f} ({parse.band}), lang {parse.lang}, read as: {parse.text!r}"
        )
        print("ranking " + ", ".join(f"{g.intent} {g.confidence:.2f}" for g in parse.ranking[:5]))
        print("values " + ", ".join(f"{v.kind}={v.value}" for v in parse.values))
        for frame in state.frames:
            print(f"step {frame.flow}/{frame.step}  slots {frame.values}")
        print(f"holder {state.holder} {state.queue}  tickets {list(state.tickets)}")

    async def _save(self, name: str) -> None:
        if not name:
            print("/save FILE")
            return
        path = Path(name)
        if path.exists():  # noqa: ASYNC240 - one person at a keyboard
            print(f"{name} is there already.")
            return
        if not path.parent.is_dir():
            print(f"There is no folder {path.parent}.")
            return
        from presszero.check.record import record

        conversation, store = self._player.conversation, self._stage.store
        found = await store.load(conversation.id) if conversation else None
        if found is None:
            print("Nothing was said.")
            return
        lines = await store.messages(conversation.id, limit=400)
        made = await record(self._content, found[0], found[1], lines, await self._player.tickets())
        path.write_text(made.text, encoding="utf-8")  # noqa: ASYNC240
        print(f"{name}: {made.lines} lines." + "".join(f"\n  left out: {line}" for line in made.left_out))

    async def _operator(self, text: str) -> None:
        self.show(await self._player.operator(text))

    async def _bot(self, _: str) -> None:
        self.show(await self._player.give_back())

    async def _solve(self, _: str) -> None:
        self.show(await self._player.resolve())

    async def _after(self, text: str) -> None:
        from presszero.source.fields import seconds

        self.show(await self._player.after(seconds(text) or 0.0))

    async def _press(self, wanted: str) -> None:
        button = next((b for b in self._buttons if wanted in {b["label"], b["payload"].rpartition("/")[2]}), None)
        if button is None:
            print("There is no such button.")
            return
        self.show(await self._player.press(button["payload"], button["label"]))

    async def _help(self, _: str) -> None:
        print(HELP)
