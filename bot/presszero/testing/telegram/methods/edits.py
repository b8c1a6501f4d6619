"""Messages of the bot changed and taken away."""

from __future__ import annotations

from presszero.testing.telegram import markup
from presszero.testing.telegram.methods.ask import Ask, Method
from presszero.testing.telegram.refusal import NOT_MODIFIED, bad
from presszero.testing.telegram.world import Chat, Raw


def _own(ask: Ask, chat: Chat, what: str = "edit") -> Raw:
    found = chat.messages.get(ask.params.number("message_id"))
    if found is None:
        raise bad(f"message to {what} not found")
    if found.get("from", {}).get("id") != ask.bot.user.id:
        raise bad("message can't be edited")
    return found


def _changed(ask: Ask, chat: Chat, found: Raw, new: Raw, gone: tuple[str, ...]) -> Raw:
    keyboard = markup.read(ask.params, ask.world.limits)
    kept = {k: v for k, v in found.items() if k not in gone and k != "reply_markup"} | new
    if keyboard and keyboard.get("inline_keyboard"):
        kept["reply_markup"] = keyboard
    if {k: v for k, v in kept.items() if k != "edit_date"} == {k: v for k, v in found.items() if k != "edit_date"}:
        raise bad(NOT_MODIFIED)
    kept["edit_date"] = int(ask.world.now())
    chat.messages[found["message_id"]] = kept
    ask.world.effect("edit", chat.id, found["message_id"], kept.get("text") or kept.get("caption") or "")
    return kept


def edit_message_text(ask: Ask) -> Raw:
    """Another text."""
    chat = ask.open_chat()
    found = _own(ask, chat)
    if "text" not in found:
        raise bad("there is no text in the message to edit")
    text, entities = ask.words("text", ask.world.limits.text, empty="message text is empty", long="message is too long")
    return _changed(ask, chat, found, {"text": text} | ({"entities": entities} if entities else {}), ("entities",))


def edit_message_caption(ask: Ask) -> Raw:
    """Another caption."""
    chat = ask.open_chat()
    found = _own(ask, chat)
    if "text" in found:
        raise bad("there is no caption in the message to edit")
    caption, entities = ask.words("caption", ask.world.limits.caption, long="message caption is too long")
    new: Raw = ({"caption": caption} if caption else {}) | ({"caption_entities": entities} if entities else {})
    return _changed(ask, chat, found, new, ("caption", "caption_entities"))


def edit_message_reply_markup(ask: Ask) -> Raw:
    """Another keyboard, or none."""
    chat = ask.open_chat()
    return _changed(ask, chat, _own(ask, chat), {}, ())


def delete_message(ask: Ask) -> bool:
    """Takes a message away: the bot's own, or anybody's where it may."""
    chat = ask.chat()
    found = chat.messages.get(ask.params.number("message_id"))
    if found is None:
        raise bad("message to delete not found")
    mine = found.get("from", {}).get("id") == ask.bot.user.id
    if not (mine or chat.person or ask.me(chat).may("can_delete_messages")):
        raise bad("message can't be deleted")
    if found["date"] < ask.world.now() - ask.world.limits.editable:
        raise bad("message can't be deleted for everyone")
    chat.deleted[found["message_id"]] = chat.messages.pop(found["message_id"])
    ask.world.effect("deleteMessage", chat.id, found["message_id"])
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
}
