"""What comes to one bot: each update taken once, in order within its chat, on disk before anybody is told that it is.

Translates and nothing more: what is answered the core decides. Raises StoreError when an update could not be written;
any other fault of ours is logged and passed by, for one update must never hold up those behind it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.methods import LeaveChat, SendMessage
from msgspec.structs import replace

from presszero.channels.telegram import update as told
from presszero.channels.telegram.client import Client
from presszero.channels.telegram.commands import LINK, MINE, command
from presszero.channels.telegram.presence import Presence
from presszero.channels.telegram.presses import Presses
from presszero.channels.telegram.says import Says
from presszero.channels.telegram.takes import No, Takes, name_of
from presszero.channels.telegram.update import Membership, Message, Press, Update, User
from presszero.errors import ChannelError, StoreError
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import Intake
from presszero.runtime.links import START, Links
from presszero.runtime.mailbox import Mailboxes

log = logging.getLogger(__name__)
ALBUM = 0.6  # seconds that the pictures of an album are waited for; nothing marks the last one
_SAID_ONCE = 1000
Raw = dict[str, Any]
Desk = Callable[[Raw], Awaitable[None]]


class Inbox:
    """The way in of one bot. ``desks``: groups that somebody else reads; any other group is left."""

    def __init__(self, client: Client, intake: Intake, channel: str, join: float, takes: Takes, links: Links) -> None:
        self._client = client
        self._intake = intake
        self._channel = channel
        self._join = join
        self._takes = takes
        self._links = links
        self._says = Says(intake, channel)
        self._lanes = Mailboxes()
        self._noted: set[str] = set()
        self._known: set[str] = set()
        self.presses = Presses(client, intake, channel)
        self.presence = Presence(client, intake, channel)
        self.desks: dict[int, Desk] = {}

    async def take(self, raw: object, *, late: bool = False) -> None:
        """Takes one update; returns when it is on disk or needs nothing."""
        update = told.read(raw)
        if update is None or not isinstance(raw, dict):
            self._once("an update without a shape was passed by")
            return
        chat = _chat(update)
        async with self._lanes.turn(self._channel, str(chat or 0)):
            try:
                await self._sorted(update, raw, chat, late=late)
            except StoreError:
                raise
            except Exception:
                log.exception("PZ-TELEGRAM update %d failed and was passed by", update.update_id)

    async def _sorted(self, update: Update, raw: Raw, chat: int | None, *, late: bool) -> None:
        if chat in self.desks:
            await self.desks[chat](raw)
        elif update.my_chat_member is not None:
            await self._member(update.my_chat_member)
        elif update.callback_query is not None:
            await self._press(update, update.callback_query, late=late)
        elif update.message is not None or update.edited_message is not None:
            await self._message(update, raw, late=late)
        else:
            self._once(f"updates of this kind are passed by: {told.kind_of(raw)}")

    # what customers do

    async def _message(self, update: Update, raw: Raw, *, late: bool) -> None:
        message = update.message or update.edited_message
        if message is None or message.sender is None or message.sender.is_bot:
            self._once("a bot, or nobody, wrote")
        elif message.chat.type != "private":
            await self._leave(message.chat.id, message.sender)
        elif update.edited_message is not None:
            words = message.text if message.text is not None else message.caption or ""
            await self._intake.accept(self._incoming(update, message, late=late, text=words, edited=_ref(message)))
        else:
            async with self.presence.turn(str(message.chat.id)):
                await self._came(update, message, raw, late=late)

    async def _came(self, update: Update, message: Message, raw: Raw, *, late: bool) -> None:
        incoming = self._incoming(update, message, late=late)
        if message.text is not None:
            await self._text(incoming, message.text)
        elif message.files:
            await self._file(incoming, message)
        elif message.contact is not None:
            await self._contact(incoming, message)
        elif message.location is not None:
            await self._place(incoming, message)
        elif message.sticker is not None:
            await self._intake.accept(_with(incoming, text=message.sticker.emoji or "🙂"))
        else:
            await self._strange(incoming, raw)

    async def _text(self, incoming: Incoming, text: str) -> None:
        asked = command(text, self._intake.content.languages)
        if asked is None or (asked.payload == LINK and not self.desks):
            incoming = _with(incoming, text=text)
            await self._intake.gather(incoming, "burst", self._join)
        elif asked.start.startswith(START):
            await self._links.ask(incoming, asked.start.removeprefix(START))
        elif asked.payload == MINE:
            await self._says.requests(incoming, text)
        elif asked.payload == LINK:
            await self._elsewhere(incoming)
        else:
            page = {"start": asked.start} if asked.start else None
            shown = text.strip()[:100]
            await self._intake.accept(_with(incoming, kind="press", payload=asked.payload, label=shown, page=page))

    async def _elsewhere(self, incoming: Incoming) -> None:
        """An operator's code, written here instead of in the group: a secret, so it is kept nowhere and shown to nobody."""
        known = self._intake.content.flows.words.get("link_elsewhere")
        lang = incoming.lang or self._intake.content.default_lang
        try:
            if known:
                await self._client(SendMessage(chat_id=int(incoming.peer), text=known.render(lang, {})))
        except ChannelError as error:
            self._once(f"nobody could be told where a code is written: {error}")

    async def _file(self, incoming: Incoming, message: Message) -> None:
        kind, media = message.files[0]
        caption = message.caption or ""
        if await self._says.taken(incoming):  # it came before: its bytes are here, or it was refused
            await self._caption(incoming, caption)
            return
        conversation = await self._says.conversation(incoming)
        got = await self._takes.take(conversation.id, kind, media)
        if isinstance(got, No):
            shown = _with(incoming, ref="") if caption else incoming  # its words are the line that may be edited
            await self._says.say(shown, name_of(kind, media), got.word, **got.values)
            await self._caption(incoming, caption)
            return
        incoming = _with(incoming, kind="file", file=str(got["id"]), file_info=got, text=caption)
        if message.media_group_id:
            await self._intake.gather(incoming, f"album:{message.media_group_id}", max(ALBUM, self._join))
        else:
            await self._intake.accept(incoming)

    async def _caption(self, incoming: Incoming, caption: str) -> None:
        """What was written under a file that was refused is a message all the same."""
        if caption.strip() and not await self._intake.taken(incoming):
            await self._intake.accept(_with(incoming, text=caption))

    async def _contact(self, incoming: Incoming, message: Message) -> None:
        contact = message.contact
        if contact is None or contact.user_id is None or message.sender is None or contact.user_id != message.sender.id:
            shown = f"☎ {contact.first_name} {contact.phone_number}" if contact else "☎"
            await self._says.say(incoming, shown, "contact_of_another", quiet=True)
            return
        phone = "+" + contact.phone_number.lstrip("+ ")
        body = {**incoming.body, "contact": {"phone": phone, "name": contact.first_name}}
        facts = {**incoming.identity_facts, "contact": phone}
        await self._intake.accept(_with(incoming, kind="contact", text=phone, body=body, identity_facts=facts))

    async def _place(self, incoming: Incoming, message: Message) -> None:
        place = message.location
        if place is not None:
            spot = f"{place.latitude:.6f}, {place.longitude:.6f}"
            body = {**incoming.body, "place": {"lat": place.latitude, "lon": place.longitude}}
            await self._intake.accept(_with(incoming, kind="place", text=spot, file=spot, body=body))

    async def _strange(self, incoming: Incoming, raw: Raw) -> None:
        kind = told.kind_of(raw)
        if kind.partition("/")[2] in _SILENT:
            return
        self._once(f"messages of this kind are answered with a sentence: {kind}")
        await self._says.say(incoming, told.shown(raw), "kind_refused", quiet=True)

    async def _press(self, update: Update, press: Press, *, late: bool) -> None:
        message = press.message
        if message is None or message.chat.type != "private":
            self.presses.taken(press, None)
            return
        peer = str(message.chat.id)
        async with self.presence.turn(peer):
            meant = await self.presses.meant(peer, press)
            if meant is not None:
                base = self._of(update, peer, press.sender, late=late)
                pressed = _with(base, kind="press", payload=meant.payload, label=meant.label)
                if not await self._links.pressed(pressed):
                    taken = await self._intake.accept(pressed)
                    meant = meant._replace(stale=meant.stale or taken.refused or taken.again)
        self.presses.taken(press, meant)

    # where the bot is

    async def _member(self, change: Membership) -> None:
        status = change.new.status
        if change.chat.type == "private":
            blocked = status in {"kicked", "left"}
            await self._intake.reachable(self._channel, str(change.chat.id), blocked=blocked)
        elif status not in {"left", "kicked"}:
            await self._leave(change.chat.id, change.sender)

    async def _leave(self, chat: int, sender: User | None) -> None:
        """A group that nobody asked us into: said once, and out."""
        log.info("PZ-TELEGRAM the bot was in group %d, which is no desk of ours, and leaves it", chat)
        known = self._intake.content.flows.words.get("group_left")
        lang = self._lang(sender) or self._intake.content.default_lang
        try:
            if known and f"left:{chat}" not in self._noted:
                self._noted.add(f"left:{chat}")
                await self._client(SendMessage(chat_id=chat, text=known.render(lang, {})))
            await self._client(LeaveChat(chat_id=chat))
        except ChannelError as error:
            self._once(f"group {chat} could not be left: {error}")

    # from Telegram's words to ours

    def _incoming(self, update: Update, message: Message, *, late: bool, **more: Any) -> Incoming:
        base = self._of(update, str(message.chat.id), message.sender, late=late)
        answers = str(message.reply_to_message.message_id) if message.reply_to_message else ""
        return _with(base, **({"ref": _ref(message), "reply_to": answers} | more))

    def _of(self, update: Update, peer: str, sender: User | None, *, late: bool) -> Incoming:
        # Telegram picks ids at random after a week of silence; taken ones are kept for thirty days, and two of those
        # that it picks will not meet among four billion.
        facts: dict[str, Any] = {}
        if sender and peer not in self._known:
            if len(self._known) > _SAID_ONCE:
                self._known.clear()
            self._known.add(peer)
            facts["nick"] = " ".join(n for n in (sender.name, f"@{sender.username}" if sender.username else "") if n)
        return Incoming(
            channel=self._channel,
            peer=peer,
            external_id=f"update:{update.update_id}",
            lang=self._lang(sender),
            identity_facts=facts,
            body={"late": True} if late else {},
        )

    def _lang(self, sender: User | None) -> str:
        spoken = sender.language_code.partition("-")[0] if sender else ""
        return spoken if spoken in self._intake.content.languages else ""

    def _once(self, what: str) -> None:
        if what not in self._noted and len(self._noted) < _SAID_ONCE:
            self._noted.add(what)
            log.info("PZ-TELEGRAM %s: %s", self._channel, what)

    async def close(self) -> None:
        """Lets go of what runs beside."""
        await self.presses.close()
        await self.presence.close()


# What Telegram itself tells in a chat: nobody wrote it, so nobody waits for an answer.
_SILENT = {
    "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "connected_website", "users_shared",
    "chat_background_set", "boost_added", "chat_shared", "web_app_data", "refunded_payment", "nothing",
}  # fmt: skip


def _chat(update: Update) -> int | None:
    press = update.callback_query.message if update.callback_query else None
    message = update.message or update.edited_message or press
    if message is not None:
        return message.chat.id
    return update.my_chat_member.chat.id if update.my_chat_member else None


def _ref(message: Message) -> str:
    return str(message.message_id)


def _with(incoming: Incoming, **more: Any) -> Incoming:
    return replace(incoming, **more)
