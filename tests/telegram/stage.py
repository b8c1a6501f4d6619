"""A desk with Telegram on, before the double of the Bot API: the real thing over real sockets, and people who write."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presszero.testing.telegram import Limits, Telegram
from tests.running import DESK, Here, copy_desk, here, until

CHANNEL = """
  telegram:
    token: env.TELEGRAM_TOKEN
    api_base: env.TELEGRAM_API
    join_ms: {join_ms}
    mode: {mode}
"""
MORE = """
format: 1
flow: line
title: {ru: "Связь", en: "The line"}
starts_on:
  phrases:
    ru: ["не работает линия", "пропала линия", "линия молчит"]
    en: ["the line is dead", "no dial tone", "the line does not work"]
slots:
  phone: {type: phone}
  spot: {type: location}
  sure: {type: yes_no}
steps:
  - id: what
    menu: what
    text: {ru: "Что с линией?", en: "What about the line?"}
    options:
      - {value: dead, label: {ru: "Не работает", en: "It is dead"}}
      - {value: noisy, label: {ru: "Шумит", en: "It is noisy"}}
  - id: number
    ask: phone
    text: {ru: "Какой ваш номер?", en: "What is your number?"}
  - id: where
    ask: spot
    text: {ru: "Где это?", en: "Where is it?"}
  - id: ready
    ask: sure
    text: {ru: "Записать ${what}, ${phone}, ${spot}?", en: "Write down ${what}, ${phone}, ${spot}?"}
  - id: done
    say: {ru: "Записано.", en: "It is written down."}
    go: end
"""
HELLO = """
format: 1
flow: welcome
title: {ru: "Начало", en: "Welcome"}
steps:
  - id: hello
    say: {ru: "Добрый день! Спросите что-нибудь.", en: "Good day! Ask anything."}
    go: end
"""


@dataclass
class Stage:
    """The desk, the double, and whoever is there."""

    desk: Here
    tg: Telegram

    @property
    def health(self) -> dict[str, Any]:
        """What /healthz says of the bots."""
        found: dict[str, Any] = self.desk.running.bots.health()
        return found

    async def lines(self, person: Any, channel: str = "telegram") -> list[Any]:
        """What is kept of a person's talk."""
        return list(await self.desk.running.store.history(channel, str(person.id), limit=200))


def desk(folder: Path, channel: str = "", *, mode: str = "polling", join_ms: int = 0) -> Path:
    """The small desk of the web tests, with Telegram on and two flows more."""
    root = copy_desk(folder, DESK)
    text = (root / "config.yaml").read_text("utf-8")
    channel = channel or CHANNEL.format(mode=mode, join_ms=join_ms)
    if "severity:" not in text:  # flows that go round for ever are what tests want
        text += "severity: {PZ322: warning}\n"
    (root / "config.yaml").write_text(text.replace("\n  rest: on\n", f"{channel.rstrip()}\n  rest: on\n"), "utf-8")
    (root / "flows" / "line.yaml").write_text(MORE, "utf-8")
    (root / "flows" / "welcome.yaml").write_text(HELLO, "utf-8")
    common = root / "flows" / "_common.yaml"
    common.write_text(common.read_text("utf-8") + "home: welcome\n", "utf-8")
    return root


@asynccontextmanager
async def stage(
    folder: Path,
    *,
    limits: Limits | None = None,
    bots: tuple[str, ...] = ("Support",),
    channel: str = "",
    mode: str = "polling",
    join_ms: int = 0,
    **env: str,
) -> AsyncIterator[Stage]:
    """The desk before the double, connected; ``env`` given = nobody waits for that."""
    async with Telegram(*bots, limits=limits or Limits(flood=False)) as tg:
        tokens = {f"TELEGRAM_TOKEN{n or ''}": bot.token for n, bot in enumerate(tg.bots)}
        root = desk(folder / "desk", channel, mode=mode, join_ms=join_ms)
        url = "https://desk.example"
        known = tokens | {"TELEGRAM_API": tg.url} | env
        async with here(folder / "data", root, known, always_open=True, public_url=url) as running:
            made = Stage(running, tg)
            if limits is None:  # nobody counts: then nothing waits either
                for account in running.running.bots.accounts.values():
                    account.limits = None
            if not env:
                await until(lambda: all(b["up"] for b in made.health.values()), within=60.0)
            yield made
