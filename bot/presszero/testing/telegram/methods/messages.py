"""Texts, places, contacts, copies, and the signs that come with them."""

from __future__ import annotations

from typing import Any

from presszero.testing.telegram.methods.ask import Ask, Method
from presszero.testing.telegram.refusal import OLD_QUERY, bad
from presszero.testing.telegram.world import Raw

ACTIONS = frozenset({"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
                     "upload_document", "choose_sticker", "find_location", "record_video_note",
                     "upload_video_note"})  # fmt: skip
REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)


def send_message(ask: Ask) -> Raw:
    """Text."""
    chat = ask.open_chat()
    text, found = ask.words("text", ask.world.limits.text, empty="message text is empty", long="message is too long")
    what: Raw = {"text": text} | ({"entities": found} if found else {})
    return ask.send(chat, what, method="sendMessage")


def send_location(ask: Ask) -> Raw:
    """A place."""
    chat = ask.open_chat()
    try:
        place = {name: float(ask.params.text(name)) for name in ("latitude", "longitude")}
    except ValueError:
        raise bad("latitude is empty") from None
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise bad("wrong latitude or longitude")
    return ask.send(chat, {"location": place}, method="sendLocation")


def send_contact(ask: Ask) -> Raw:
    """Somebody's telephone."""
    chat = ask.open_chat()
    contact = {name: ask.params.text(name) for name in ("phone_number", "first_name")}
    for name, given in contact.items():
        if not given:
            raise bad(f"{name.replace('_', ' ')} is empty" if name == "phone_number" else "first name is empty")
    return ask.send(chat, {"contact": contact}, method="sendContact")


KEPT = ("text", "entities", "caption", "caption_entities", "photo", "document", "voice", "audio", "video",
        "animation", "sticker", "location", "contact", "video_note")  # fmt: skip


def copy_message(ask: Ask) -> Raw:
    """The same again, without saying whose it was."""
    chat = ask.open_chat()
    source = ask.world.known(ask.bot, ask.params.number("from_chat_id"))
    if source is None:
        raise bad("chat not found")
    found = source.messages.get(ask.params.number("message_id"))
    if found is None:
        raise bad("message to copy not found")
    what = {name: found[name] for name in KEPT if name in found}
    if not what:
        raise bad("message can't be copied")
    if ask.params.has("caption"):
        caption, entities = ask.words("caption", ask.world.limits.caption, long="message caption is too long")
        what |= {"caption": caption, "caption_entities": entities}
    return {"message_id": ask.send(chat, what, method="copyMessage")["message_id"]}


def send_chat_action(ask: Ask) -> bool:
    """Typing… In a deleted topic it is True all the same, as with the real server."""
    chat = ask.open_chat()
    action = ask.params.text("action")
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat.actions.append((ask.world.now(), action, ask.params.number("message_thread_id")))
    ask.world.ring()
    return True


def set_message_reaction(ask: Ask) -> bool:
    """A reaction; an empty list takes it away."""
    chat = ask.open_chat()
    found = chat.messages.get(ask.params.number("message_id"))
    if found is None:
        raise bad("message to react not found")
    given = ask.params.object("reaction") or []
    for one in given:
        if one.get("type") == "emoji" and one.get("emoji", "").rstrip("\ufe0f") not in REACTIONS:
            raise bad("REACTION_INVALID")
    found["_reactions"] = [one.get("emoji", "") for one in given]
    ask.world.effect("setMessageReaction", chat.id, found["message_id"])
    return True


def answer_callback_query(ask: Ask) -> bool:
    """Ends the waiting on a pressed button."""
    press = ask.world.presses.get(ask.params.text("callback_query_id"))
    if press is None or press["_bot"] != ask.bot.user.id:
        raise bad(OLD_QUERY)
    if press["_at"] < ask.world.now() - ask.world.limits.answer_within:
        raise bad(OLD_QUERY)
    text = ask.params.text("text")
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    press["_answer"] = {"text": text, "show_alert": ask.params.flag("show_alert")}
    ask.world.effect("answerCallbackQuery", press["_chat"], 0, text)
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "copyMessage": copy_message,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
    "answerCallbackQuery": answer_callback_query,
}


def shown(message: Raw) -> dict[str, Any]:
    """A message as clients read it: what the double notes beside it stays here."""
    return {name: value for name, value in message.items() if not name.startswith("_")}
