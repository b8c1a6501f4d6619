"""A message as a person sees it on the screen."""

from __future__ import annotations

from typing import Any, NamedTuple

from presszero.testing.telegram.world import Chat, Raw


class Button(NamedTuple):
    """One button under a message."""

    text: str
    data: str = ""
    url: str = ""


class Seen:
    """A message; it shows what it is now, edits included."""

    def __init__(self, chat: Chat, number: int) -> None:
        self.chat, self.id = chat, number

    @property
    def raw(self) -> Raw:
        """Its JSON; of a deleted one the last."""
        return self.chat.messages.get(self.id) or self.chat.deleted[self.id]

    @property
    def deleted(self) -> bool:
        """Whether it was taken away."""
        return self.id not in self.chat.messages

    @property
    def text(self) -> str:
        """Text or caption."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def entities(self) -> list[Raw]:
        """The formatting."""
        return list(self.raw.get("entities") or self.raw.get("caption_entities") or [])

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard."""
        keyboard = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return [[Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row] for row in keyboard]

    @property
    def buttons(self) -> list[Button]:
        """All buttons in their order."""
        return [button for row in self.rows for button in row]

    @property
    def author(self) -> int:
        """Who wrote it."""
        return int(self.raw.get("from", {}).get("id", 0))

    @property
    def from_bot(self) -> bool:
        """Whether a bot wrote it."""
        return bool(self.raw.get("from", {}).get("is_bot"))

    @property
    def thread(self) -> int:
        """Its topic; 0 is none."""
        return int(self.raw.get("message_thread_id", 0))

    @property
    def reply_to(self) -> int:
        """The message it answers; 0 is none."""
        return int(self.raw.get("reply_to_message", {}).get("message_id", 0))

    @property
    def kind(self) -> str:
        """What it is: text, photo, document …, or the name of a service message."""
        known = ("text", "photo", "document", "voice", "audio", "video", "animation", "sticker", "video_note",
                 "location", "contact", "poll")  # fmt: skip
        found: list[Any] = [k for k in known if k in self.raw]
        service = [k for k in self.raw if k.startswith(("forum_topic_", "new_chat", "left_chat", "migrate_"))]
        return str((found + service + ["other"])[0])

    def __repr__(self) -> str:
        return f"<{self.id} {self.kind} {self.text!r}>"
