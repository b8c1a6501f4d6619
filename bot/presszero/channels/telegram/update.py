"""What Telegram tells, as much of it as we read. Everything may be missing: what does not fit the shape is no update to us.

aiogram's own types would refuse a whole batch for one update that they do not know; here each is read by itself.
"""

from __future__ import annotations

from typing import Any

import msgspec

from presszero.runtime.called import tame

MOST_SHOWN = 1000


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    pass


class User(_Told, frozen=True, kw_only=True):
    """Who wrote."""

    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    language_code: str = ""

    @property
    def name(self) -> str:
        """As people are called."""
        return tame(f"{self.first_name} {self.last_name}", 100)


class Chat(_Told, frozen=True, kw_only=True):
    """Where."""

    id: int
    type: str = "private"
    title: str = ""


class Media(_Told, frozen=True, kw_only=True):
    """A file of any kind, or one size of a photo."""

    file_id: str
    file_size: int | None = None
    file_name: str | None = None
    mime_type: str | None = None
    width: int = 0
    height: int = 0


class Contact(_Told, frozen=True, kw_only=True):
    """A card; ``user_id`` is whose it is, where that is somebody of Telegram."""

    phone_number: str = ""
    first_name: str = ""
    user_id: int | None = None


class Location(_Told, frozen=True, kw_only=True):
    """A place on the map."""

    latitude: float
    longitude: float


class Sticker(_Told, frozen=True, kw_only=True):
    """A sticker stands for an emoji."""

    emoji: str | None = None


class Quoted(_Told, frozen=True, kw_only=True):
    """A message that another one answers."""

    message_id: int


class Message(_Told, frozen=True, kw_only=True, rename={"sender": "from"}):
    """A message of any kind."""

    message_id: int
    chat: Chat
    sender: User | None = None
    date: int = 0
    message_thread_id: int | None = None
    text: str | None = None
    caption: str | None = None
    media_group_id: str | None = None
    reply_to_message: Quoted | None = None
    photo: list[Media] | None = None
    document: Media | None = None
    video: Media | None = None
    video_note: Media | None = None
    voice: Media | None = None
    audio: Media | None = None
    animation: Media | None = None
    sticker: Sticker | None = None
    contact: Contact | None = None
    location: Location | None = None

    @property
    def files(self) -> list[tuple[str, Media]]:
        """The file that came, with its kind; a photo in its largest size. An animation comes as a document too."""
        if self.photo:
            return [("photo", max(self.photo, key=lambda p: p.width * p.height))]
        kinds = ("animation", "document", "video", "video_note", "voice", "audio")
        return [(kind, media) for kind in kinds if (media := getattr(self, kind)) is not None][:1]


class Press(_Told, frozen=True, kw_only=True, rename={"sender": "from"}):
    """A button under a message."""

    id: str
    sender: User
    message: Message | None = None
    data: str = ""


class Member(_Told, frozen=True, kw_only=True):
    """What the bot is in a chat now."""

    status: str = ""


class Membership(_Told, frozen=True, kw_only=True, rename={"sender": "from", "new": "new_chat_member"}):
    """The bot was blocked, unblocked, added to a group, thrown out."""

    chat: Chat
    sender: User | None = None
    new: Member = Member()


class Update(_Told, frozen=True, kw_only=True):
    """One thing that happened."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Press | None = None
    my_chat_member: Membership | None = None


KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


def read(told: object) -> Update | None:
    """The update, or None when it does not have the shape of one."""
    try:
        return msgspec.convert(told, Update, strict=False)
    except (msgspec.ValidationError, ValueError, OverflowError):
        return None


def kind_of(told: dict[str, Any]) -> str:
    """What an update is about, and what kind of message: for the log, and never the words in it."""
    about = next((k for k in told if k != "update_id"), "nothing")
    message = told.get(about)
    what = [k for k in message if k not in _ENVELOPE] if isinstance(message, dict) else []
    return f"{about}/{what[0]}"[:60] if what else about[:60]


def shown(told: dict[str, Any]) -> str:
    """A message of a kind that we do not read, for people: ``[poll] Who comes?: Anna, Boris``."""
    name = kind_of(told).rpartition("/")[2]
    message = told.get("message")
    about = message.get(name) if isinstance(message, dict) else None
    about = about if isinstance(about, dict) else {}
    title = next((about[k] for k in ("question", "title", "emoji") if isinstance(about.get(k), str)), "")
    listed = about.get("options")
    options: list[Any] = listed if isinstance(listed, list) else []
    chosen = ", ".join(str(o.get("text", "")) for o in options if isinstance(o, dict))
    return f"[{name}] {': '.join(part for part in (title, chosen) if part)}".strip()[:MOST_SHOWN]


_ENVELOPE = frozenset(
    "message_id from chat date message_thread_id sender_chat via_bot reply_to_message edit_date media_group_id caption".split()  # noqa: SIM905
) | {"has_protected_content", "entities", "caption_entities", "author_signature", "forward_origin", "quote"}
