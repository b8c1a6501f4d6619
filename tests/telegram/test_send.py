"""What goes out besides texts: files and pictures as bytes, an address that Telegram cannot fetch, a group that has moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio

from presszero.errors import Blocked, ChannelError, InDoubt, Undeliverable
from presszero.store.base import Message
from tests.telegram.stage import Stage, stage
from tests.telegram.test_talk import picture

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass
class Notes:
    """How far a message has come, kept in a list."""

    sent: list[str] = field(default_factory=list)

    async def add(self, external_id: str, *, more: bool = False) -> None:
        self.sent.append(external_id)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def talk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with stage(tmp_path_factory.mktemp("send")) as found:
        yield found


def account(talk: Stage) -> Any:
    return talk.desk.running.bots.accounts["telegram"]


def message(text: str, **body: Any) -> Message:
    return Message(77, 1, 1, "bot", text, 0.0, "", body)


async def test_files_go_as_bytes_with_their_captions(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.write("thank you")
    await anna.sees("Glad to help.")
    (talk.desk.running.settings.root / "map.png").write_bytes(picture("PNG"))
    await account(talk).send(str(anna.id), message("The map", picture="map.png"), Notes())
    seen = await anna.sees("The map")
    assert seen.kind == "photo"

    (line, *_) = await talk.lines(anna)
    uploads = account(talk)  # the operator's file is one that is kept
    kept = await talk.desk.running.bots._uploads.keep(line.conversation_id, "act.txt", b"signed")
    info = {"id": kept.id, "name": kept.name, "type": kept.type, "size": kept.size}
    notes = Notes()
    await uploads.send(str(anna.id), message("я" * 2000, file=info), notes)
    seen = await anna.sees("я" * 2000)
    assert len(notes.sent) == 2
    assert [m.kind for m in anna.chat.messages][-2:] == ["document", "text"]
    before = len(anna.chat.messages)
    await uploads.send(str(anna.id), message("я" * 2000, file=info), Notes([notes.sent[0]]))  # the file has arrived
    assert [m.kind for m in anna.chat.messages][before:] == ["text"]

    with pytest.raises(Undeliverable):
        await account(talk).send(str(anna.id), message("Lost", picture="no-such.png"), Notes())
    with pytest.raises(Undeliverable):
        await account(talk).send("not-a-chat", message("x"), Notes())


async def test_errors_of_telegram_are_ours(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.write("thank you")
    await anna.sees("Glad to help.")
    send = account(talk).send

    async def raised(kind: str, **more: Any) -> ChannelError:
        talk.tg.faults.add(kind, "sendMessage", **more)  # type: ignore[arg-type]
        with pytest.raises(ChannelError) as found:
            await send(str(anna.id), message("x"), Notes())
        assert talk.tg.token not in repr(found.value)
        return found.value

    told = await raised("flood", seconds=3)
    assert told.retry_after == 3
    assert type(await raised("error", status=500)) is ChannelError
    for kind in ("lost", "cut", "drop"):
        assert isinstance(await raised(kind), InDoubt)
    with pytest.raises(Undeliverable):
        await send("424242", message("x"), Notes())
    await anna.block()
    with pytest.raises(Blocked):
        await send(str(anna.id), message("x"), Notes())

    from aiogram.methods import GetMe

    from presszero.channels.telegram.client import Client

    nobody = Client(talk.tg.token, "http://127.0.0.1:9")
    with pytest.raises(ChannelError) as found:
        await nobody(GetMe())
    assert not isinstance(found.value, InDoubt)  # nothing was sent, so nothing is in doubt
    await nobody.close()


async def test_a_group_that_has_moved_is_found(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    group = talk.tg.group("Desk", anna)

    async def reads(_: dict[str, Any]) -> None:
        """Somebody does."""

    account(talk).line.inbox.desks[group.id] = reads
    await group.add(talk.tg.bot, by=anna)
    moved = await group.upgrade()
    await account(talk).send(str(group.id), message("To all"), Notes())
    assert [m.text for m in moved.messages if m.from_bot] == ["To all"]
