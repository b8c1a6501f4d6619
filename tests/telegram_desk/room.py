"""A desk whose operators sit in a forum group of the double: Olga is known there, Boss is not yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from presszero.channels.telegram_desk.desk import ForumDesk
from presszero.runtime.handles import digest, new_code
from presszero.runtime.pace import Limits as Pace
from presszero.store.base import Operator
from presszero.testing.telegram import MANAGE, Forum, Limits, Person, Seen, Telegram, Thread
from tests.running import Here, here, until
from tests.telegram.stage import CHANNEL, desk

TEMPLATES = """
format: 1
restart:
  title: {ru: "Перезагрузка", en: "Restart"}
  text: {ru: "Перезагрузите роутер.", en: "Restart the router."}
"""
SALES = """
sales:
  title: {ru: "Продажи", en: "Sales"}
  hours: always
"""


@dataclass
class Room:
    """The desk, the double, the group, and who is there."""

    desk: Here
    tg: Telegram
    forums: list[Forum]
    boss: Person  # not known to the desk; every test that changes them asks for a `colleague` instead
    olga: Person
    anna: Operator
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def forum(self) -> Forum:
        """The first group."""
        return self.forums[0]

    @property
    def store(self) -> Any:
        """The desk's."""
        return self.desk.running.store

    async def link(self, person: Person, operator: Operator, forum: Forum | None = None) -> Seen:
        """The person says by a code that they are the operator."""
        code = new_code()
        await self.store.add_session(digest(code), operator.id, self.desk.running.settings.clock.now() + 60)
        return await (forum or self.forum).write(person, f"/link {code}")

    def colleague(self, name: str) -> Person:
        """Another administrator of the groups."""
        person = self.tg.person(name, lang="ru")
        for forum in self.forums:
            forum.admit(person.user, "administrator", **MANAGE)
        return person

    def threads(self) -> list[Thread]:
        """The topics of all groups."""
        return [t for f in self.forums for t in f.topics]

    async def opened(self, before: list[Thread]) -> Thread:
        """Waits for a topic that was not there before."""
        old = {(t.forum.id, t.id) for t in before}
        await until(lambda: [t for t in self.threads() if (t.forum.id, t.id) not in old])
        return next(t for t in self.threads() if (t.forum.id, t.id) not in old)

    async def waits(self, name: str = "Борис", *words: str) -> tuple[Person, Thread]:
        """A customer who called a person; gives them and their topic, filled."""
        boris = self.tg.person(name, lang="ru")
        before = self.threads()
        for text in words or ("оператор",):
            await boris.write(text)
        thread = await self.opened(before)
        await thread.sees(f"👤 {name}: {(words or ('оператор',))[-1]}")
        return boris, thread

    async def talk(self, person: Person) -> Any:
        """The conversation of a person, as it is kept."""
        found, _ = await self.store.conversation("telegram", str(person.id), self.desk.running.settings.clock.now())
        return found


@asynccontextmanager
async def room(
    folder: Path, *, groups: int = 1, limits: Limits | None = None, more: str = "", start: bool = True
) -> AsyncIterator[Room]:
    """The desk with its groups, connected; Olga writes as the operator olga. Without limits nobody counts, and nobody waits."""
    with pytest.MonkeyPatch.context() as patch:
        if limits is None:
            patch.setattr(ForumDesk, "pace", Pace())
        async with _room(folder, groups, limits, more, start=start) as made:
            yield made


@asynccontextmanager
async def _room(folder: Path, groups: int, limits: Limits | None, more: str, *, start: bool) -> AsyncIterator[Room]:
    async with Telegram(limits=limits or Limits(flood=False)) as tg:
        boss, olga = tg.person("Босс", lang="ru"), tg.person("Ольга", lang="ru")
        forums = [tg.forum(f"Поддержка {n}", boss, olga) for n in range(groups)]
        numbers = ", ".join(str(f.id) for f in forums)
        channel = CHANNEL.format(join_ms=0, mode="polling") + f"  telegram_desk:\n    groups: [{numbers}]\n"
        for n, forum in enumerate(forums):
            more = more.replace(f"@{n}", str(forum.id))
        root = desk(folder / "desk", channel + more)
        config = (root / "config.yaml").read_text("utf-8")
        (root / "config.yaml").write_text(config.replace("languages: [en, ru]", "languages: [ru, en]"), "utf-8")
        (root / "handoff" / "templates.yaml").write_text(TEMPLATES, "utf-8")
        queues = root / "handoff" / "queues.yaml"
        queues.write_text(queues.read_text("utf-8") + SALES, "utf-8")
        async with running(folder, root, tg) as found:
            store = found.running.store
            anna = await store.save_operator("olga", shown="Ольга П.", password="-")
            made = Room(found, tg, forums, boss, olga, anna)
            if start:
                await made.link(olga, anna)
                await forums[0].sees("теперь ваши сообщения")
                await store.touch_operator(anna.id, found.running.settings.clock.now())
            yield made


@asynccontextmanager
async def running(folder: Path, root: Path, tg: Telegram) -> AsyncIterator[Here]:
    """The desk at work; lines wait for each other only a moment."""
    known = {"TELEGRAM_TOKEN": tg.token, "TELEGRAM_API": tg.url}
    async with here(folder / "data", root, known, always_open=True) as found:
        forum = found.running.forum
        assert forum is not None
        await until(lambda: all(b["up"] for b in found.running.bots.health().values()) and forum.rooms)
        forum.view.together = 0.05
        if ForumDesk.pace == Pace():  # nobody counts
            for account in found.running.bots.accounts.values():
                account.limits = None
        yield found
