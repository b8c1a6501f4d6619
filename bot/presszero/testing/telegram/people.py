"""Customers and operators with their hands: what they write, press, send and see.

A person acts in their private chat with a bot, or in a group through `groups`. Each act becomes updates for the bots there.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from presszero.testing.telegram.methods.files import described
from presszero.testing.telegram.methods.messages import shown
from presszero.testing.telegram.seen import Seen
from presszero.testing.telegram.world import Bot, Chat, Raw, User, World

_COMMAND = re.compile(r"(?<!\S)/[a-zA-Z0-9_]{1,32}(@\w+)?")


def content(world: World, kind: str, data: bytes, name: str, mime: str, size: int | None, caption: str) -> Raw:
    """A message that carries a file."""
    what: Raw = {kind: described(kind, world.keep(name, mime, data, size))}
    return what | ({"caption": caption} if caption else {})


def written(text: str) -> Raw:
    """A message of text, its commands marked as Telegram marks them."""
    found = [
        {"type": "bot_command", "offset": len(text[: m.start()].encode("utf-16-le")) // 2, "length": len(m[0])}
        for m in _COMMAND.finditer(text)
    ]
    return {"text": text} | ({"entities": found} if found else {})


class Talk:
    """The private chat of a person with a bot."""

    def __init__(self, world: World, bot: Bot, user: User) -> None:
        self.world, self.bot, self.user = world, bot, user

    @property
    def chat(self) -> Chat:
        """The chat itself."""
        return self.world.private(self.bot, self.user)

    @property
    def messages(self) -> list[Seen]:
        """All that stands in it."""
        return [Seen(self.chat, number) for number in self.chat.messages]

    @property
    def said(self) -> list[str]:
        """What the bot said, as text."""
        return [m.text for m in self.messages if m.from_bot]

    @property
    def last(self) -> Seen:
        """The newest message of the bot."""
        return [m for m in self.messages if m.from_bot][-1]

    @property
    def keyboard(self) -> list[list[Raw]]:
        """The keyboard under the writing line."""
        found = self.chat.reply_keyboard or {}
        return [[b if isinstance(b, dict) else {"text": b} for b in row] for row in found.get("keyboard", [])]


class Person:
    """Somebody with Telegram. Acts go to the first bot, or to the one that is named."""

    def __init__(self, world: World, user: User) -> None:
        self.world, self.user = world, user

    @property
    def id(self) -> int:
        """Their number."""
        return self.user.id

    def talk(self, bot: Bot | None = None) -> Talk:
        """Their chat with a bot."""
        return Talk(self.world, bot or next(iter(self.world.bots.values())), self.user)

    @property
    def chat(self) -> Talk:
        """Their chat with the first bot."""
        return self.talk()

    async def sends(self, what: Raw, *, bot: Bot | None = None, reply_to: Seen | None = None) -> Seen:
        """Any content at all."""
        talk = self.talk(bot)
        message = self.world.post(talk.chat, self.user, what, reply_to=reply_to.id if reply_to else 0)
        talk.bot.updates.put("message", shown(message))
        return Seen(talk.chat, message["message_id"])

    async def write(self, text: str, *, bot: Bot | None = None) -> Seen:
        """A text."""
        return await self.sends(written(text), bot=bot)

    async def reply(self, message: Seen, text: str, *, bot: Bot | None = None) -> Seen:
        """A text that answers a message."""
        return await self.sends(written(text), bot=bot, reply_to=message)

    async def start(self, payload: str = "", *, bot: Bot | None = None) -> Seen:
        """The Start button, or a deep link."""
        return await self.write(f"/start {payload}".strip(), bot=bot)

    async def press(self, message: Seen, button: int | str = 0, *, bot: Bot | None = None) -> str:
        """A button under a message, by number or by its text; gives the id of the press."""
        found = message.buttons
        one = found[button] if isinstance(button, int) else next(b for b in found if b.text == button)
        return await self.press_data(message, one.data, bot=bot)

    async def press_data(self, message: Seen, data: str, *, bot: Bot | None = None) -> str:
        """A press with any data, as a button that is not there any more would send it."""
        talk = self.talk(bot)
        number = str(4_000_000_000_000_000_000 + self.world.next())
        self.world.presses[number] = {"_bot": talk.bot.user.id, "_at": self.world.now(), "_chat": message.chat.id}
        press = {"id": number, "from": self.user.raw(), "message": shown(message.raw), "data": data}
        talk.bot.updates.put("callback_query", press | {"chat_instance": str(message.chat.id)})
        return number

    def answered(self, press: str) -> Raw | None:
        """What the bot answered to a press; None while it has not."""
        found: Raw | None = self.world.presses[press].get("_answer")
        return found

    async def send_photo(self, data: bytes = b"\x89PNG photo", caption: str = "", **more: Any) -> Seen:
        """A picture."""
        return await self._file("photo", data, "photo.jpg", "image/jpeg", caption, **more)

    async def send_document(self, data: bytes = b"a document", name: str = "paper.txt", caption: str = "",
                            kind: str = "text/plain", **more: Any) -> Seen:  # fmt: skip
        """A file; ``size`` without bytes stands for a large one."""
        return await self._file("document", data, name, kind, caption, **more)

    async def send_voice(self, data: bytes = b"OggS voice", **more: Any) -> Seen:
        """A voice message."""
        return await self._file("voice", data, "voice.ogg", "audio/ogg", "", **more)

    async def send_video_note(self, data: bytes = b"round video", **more: Any) -> Seen:
        """A round video."""
        return await self._file("video_note", data, "note.mp4", "video/mp4", "", **more)

    async def send_sticker(self, *, animated: bool = False, **more: Any) -> Seen:
        """A sticker."""
        return await self._file("sticker", b"sticker", "s.tgs" if animated else "s.webp", "image/webp", "", **more)

    async def _file(self, kind: str, data: bytes, name: str, mime: str, caption: str, *, size: int | None = None,
                    bot: Bot | None = None) -> Seen:  # fmt: skip
        return await self.sends(content(self.world, kind, data, name, mime, size, caption), bot=bot)

    async def album(self, *files: bytes, caption: str = "", kind: str = "photo", bot: Bot | None = None) -> list[Seen]:
        """Several files at once: one update each, one media_group_id, the caption with the first."""
        group = str(13_000_000_000_000_000 + self.world.next())
        ending, mime = ("jpg", "image/jpeg") if kind == "photo" else ("bin", "application/octet-stream")
        return [
            await self.sends(
                content(self.world, kind, data, f"{n}.{ending}", mime, None, "" if n else caption)
                | {"media_group_id": group},
                bot=bot,
            )
            for n, data in enumerate(files)
        ]

    async def send_contact(self, phone: str = "", *, of: User | None = None, bot: Bot | None = None) -> Seen:
        """A contact: their own, or somebody else's."""
        whose = of or self.user
        contact = {"phone_number": phone or whose.phone or "79991234567", "first_name": whose.first_name}
        return await self.sends({"contact": contact | {"user_id": whose.id}}, bot=bot)

    async def send_location(self, latitude: float = 55.75, longitude: float = 37.62, *, bot: Bot | None = None) -> Seen:
        """A place."""
        return await self.sends({"location": {"latitude": latitude, "longitude": longitude}}, bot=bot)

    async def send_poll(self, question: str = "?", *, bot: Bot | None = None) -> Seen:
        """A poll."""
        options = [{"text": t, "voter_count": 0, "persistent_id": t} for t in ("1", "2")]
        flags: Raw = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False, "type": "regular",
                      "total_voter_count": 0, "allows_revoting": False, "members_only": False}  # fmt: skip
        return await self.sends({"poll": {"id": "1", "question": question, "options": options} | flags}, bot=bot)

    async def edit(self, message: Seen, text: str, *, bot: Bot | None = None) -> None:
        """Changes what they wrote."""
        raw = message.raw
        raw.pop("entities", None)
        raw |= ({"caption": text} if "text" not in raw else written(text)) | {"edit_date": int(self.world.now())}
        self.talk(bot).bot.updates.put("edited_message", shown(raw))

    async def delete(self, message: Seen) -> None:
        """Takes a message away; no bot is told, as in Telegram."""
        message.chat.deleted[message.id] = message.chat.messages.pop(message.id)

    async def block(self, bot: Bot | None = None) -> None:
        """Wants nothing from the bot any more."""
        self._membership(self.talk(bot), blocked=True)

    async def unblock(self, bot: Bot | None = None) -> None:
        """Lets the bot write again."""
        self._membership(self.talk(bot), blocked=False)

    def _membership(self, talk: Talk, *, blocked: bool) -> None:
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        talk.chat.blocked = blocked

        def standing(status: str) -> Raw:
            return {"status": status, "user": talk.bot.user.raw()} | ({"until_date": 0} if status == "kicked" else {})

        what = {"chat": talk.chat.raw(), "from": self.user.raw(), "date": int(self.world.now())}
        change = {"old_chat_member": standing(old), "new_chat_member": standing(new)}
        talk.bot.updates.put("my_chat_member", what | change)

    def deactivate(self) -> None:
        """Deletes their account."""
        self.user.deactivated = True

    async def sees(self, found: str | Callable[[Seen], Any], *, bot: Bot | None = None, within: float = 10.0) -> Seen:
        """Waits until the bot has sent a message with this text in it, or one that fits; gives the newest such."""
        talk = self.talk(bot)
        return await seen(self.world, lambda: [m for m in talk.messages if m.from_bot], found, within)


async def seen(world: World, look: Callable[[], list[Seen]], found: str | Callable[[Seen], Any], within: float) -> Seen:
    """Waits, bounded, for a message among those that ``look`` gives."""

    def fits(message: Seen) -> bool:
        return found in message.text if isinstance(found, str) else bool(found(message))

    try:
        async with asyncio.timeout(within):
            while True:
                changed = world.changed
                here = look()
                fitting = [m for m in here if fits(m)]
                if fitting:
                    return fitting[-1]
                await changed.wait()
    except TimeoutError:
        raise AssertionError(f"no such message came; there are: {look()}") from None
