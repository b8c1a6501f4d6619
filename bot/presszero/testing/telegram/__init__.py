"""A double of Telegram's Bot API on loopback, with people who write to your bot: real limits, real errors, faults on demand.

```python
async with Telegram() as tg:
    anna = tg.person("Анна", lang="ru")
    …start your bot with tg.url as its API base and tg.token…
    await anna.write("привет")
    await anna.sees("Здравствуйте")
```
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

from presszero.testing.telegram.control import Control
from presszero.testing.telegram.faults import Faults
from presszero.testing.telegram.flood import Limits
from presszero.testing.telegram.groups import MANAGE, Forum, Group, Thread
from presszero.testing.telegram.journal import Call, Effect, Journal
from presszero.testing.telegram.people import Person, Talk
from presszero.testing.telegram.seen import Button, Seen
from presszero.testing.telegram.server import Server
from presszero.testing.telegram.world import Bot, User, World


class Telegram:
    """The double. ``clock`` gives seconds since the epoch; the default is real and monotonic."""

    def __init__(
        self,
        *bots: str,
        limits: Limits | None = None,
        clock: Callable[[], float] | None = None,
        tokens: tuple[str, ...] = (),
        port: int = 0,
    ) -> None:
        self.world = World(limits, clock)
        for name, token in zip(bots or ("Support",), [*tokens, *[""] * len(bots or ("Support",))], strict=False):
            self.world.add_bot(name, token)
        self.url, self._port = "", port
        self._listening: Any = None

    @property
    def bots(self) -> list[Bot]:
        """The bots, in order."""
        return list(self.world.bots.values())

    @property
    def bot(self) -> Bot:
        """The first bot."""
        return self.bots[0]

    @property
    def token(self) -> str:
        """Of the first bot."""
        return self.bot.token

    @property
    def limits(self) -> Limits:
        """What is enforced; may be changed."""
        return self.world.limits

    @property
    def faults(self) -> Faults:
        """What goes wrong, on demand."""
        return self.world.faults

    @property
    def journal(self) -> Journal:
        """What was asked and what came of it."""
        return self.world.journal

    def person(self, name: str, *, lang: str = "", username: str = "", last_name: str = "", phone: str = "") -> Person:
        """Somebody new."""
        user = User(self.world.next("user"), name, last_name, username, lang, phone=phone)
        self.world.users[user.id] = user
        return Person(self.world, user)

    def group(self, title: str, owner: Person, *, kind: str = "group") -> Group:
        """A group without the bot; `Group.add` brings it in."""
        group = Group(self.world, self.world.group(title, kind=kind))
        group.admit(owner.user, "creator")
        return group

    def forum(self, title: str, owner: Person, *admins: Person, bot: Bot | None = None, manage: bool = True) -> Forum:
        """A supergroup with topics where the bot (the first one) is; with ``manage`` it may lead topics."""
        forum = Forum(self.world, self.world.group(title, forum=True))
        forum.admit(owner.user, "creator")
        for person in admins:
            forum.admit(person.user, "administrator", **MANAGE)
        forum.admit((bot or self.bot).user, "administrator" if manage else "member", **(MANAGE if manage else {}))
        return forum

    def update(self, kind: str, what: dict[str, Any], bot: Bot | None = None) -> int:
        """Any update at all, well formed or not."""
        return (bot or self.bot).updates.put(kind, what)

    async def start(self) -> Self:
        """Begins to listen on loopback."""
        self._listening = listening(Server(self.world, Control(self)), self._port)
        self.url = await self._listening.__aenter__()
        return self

    async def stop(self) -> None:
        """Ends webhooks, pollers and listening."""
        for bot in self.bots:
            if bot.webhook:
                await bot.webhook.stop()
                bot.webhook = None
            bot.updates.more.set()
        await self._listening.__aexit__(None, None, None)

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


@asynccontextmanager
async def listening(app: Any, port: int = 0) -> AsyncIterator[str]:
    """An ASGI application on a port of loopback; gives its address."""
    import uvicorn

    from presszero.testing.listen import Listener, heard_at

    heard = heard_at(port)
    settings = {"log_level": "critical", "access_log": False, "lifespan": "off"}
    server = Listener(uvicorn.Config(app, interface="asgi3", server_header=False, timeout_keep_alive=60, **settings))  # type: ignore[arg-type]
    task = asyncio.create_task(server.serve([heard]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.002)
        yield f"http://127.0.0.1:{heard.getsockname()[1]}"
    finally:
        server.end()
        await task
        heard.close()


__all__ = ["Bot", "Button", "Call", "Effect", "Faults", "Forum", "Group", "Journal", "Limits", "Person", "Seen", "Talk",
           "Telegram", "Thread"]  # fmt: skip
