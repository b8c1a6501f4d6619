"""The topics of a forum group."""

from __future__ import annotations

from presszero.testing.telegram.methods.ask import Ask, Method
from presszero.testing.telegram.methods.files import described
from presszero.testing.telegram.refusal import bad
from presszero.testing.telegram.world import COLORS, Chat, Raw, Topic

# The icons that every bot may use, by the emoji they stand for (ids as Telegram's: long numbers in text).
ICONS = {
    emoji: str(5_300_000_000_000_000_000 + n)
    for n, emoji in enumerate(
        "📰💡⚡🎙🔝🗣🆒❗📝📆📁🔎📣🔥❤❓📈📉💎💰💸🪙💱⁉🎮💻📱🚗🏠💘🎉‼🏆🏁🎬🎵🔞📚👑⚽🏀📺👀🫦🍓💄👠✈🧳🏖⛅🦄🛍👜🛒🚂🛥🏔🏕🤖🪩🎟🏴🗳🎓🔭🔬🎶🎤🕺💃🪖💼🧪👨👶🤰💅🏛🧮🖨👮🩺💊💉🧼🪪🛃🍽🐟🎨🎭🎩🔮🍹🎂☕🍣🍔🍕🦠💬🎄🎃✅✍⭐"
    )
}


def _forum(ask: Ask, *, manage: bool = True) -> Chat:
    chat = ask.chat()
    if not chat.forum:
        raise bad("the chat is not a forum")
    if manage and not ask.me(chat).may("can_manage_topics"):
        raise bad(
            "not enough rights to create a topic" if not ask.params.has("message_thread_id") else "not enough rights"
        )
    return chat


def _name(ask: Ask, *, needed: bool) -> str:
    name = ask.params.text("name").strip()
    if needed and not name:
        raise bad("topic name must be non-empty")
    if len(name.encode("utf-16-le")) // 2 > ask.world.limits.topic_name:
        # The server cuts a longer name without a word; a double that says so finds the mistake.
        raise bad("topic name is too long")
    return name


def _icon(ask: Ask) -> str:
    icon = ask.params.text("icon_custom_emoji_id")
    if icon and icon not in ICONS.values():
        raise bad("invalid custom emoji identifier specified")
    return icon


def create_forum_topic(ask: Ask) -> Raw:
    """A new topic."""
    chat = _forum(ask)
    name, icon = _name(ask, needed=True), _icon(ask)
    color = ask.params.number("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad("invalid icon color specified")
    ask.world_flood(chat)
    told: Raw = {"name": name, "icon_color": color} | ({"icon_custom_emoji_id": icon} if icon else {})
    sent = ask.world.post(chat, ask.bot.user, {"forum_topic_created": told})
    thread = sent["message_id"]
    sent |= {"message_thread_id": thread, "is_topic_message": True}
    chat.topics[thread] = Topic(thread, name, color, icon)
    ask.world.effect("createForumTopic", chat.id, thread, name)
    return {"message_thread_id": thread} | told


def _topic(ask: Ask, chat: Chat) -> Topic:
    topic = chat.topics.get(ask.params.number("message_thread_id"))
    if topic is None or topic.deleted:
        raise bad("TOPIC_DELETED" if topic and topic.says_deleted else "TOPIC_ID_INVALID")
    return topic


def edit_forum_topic(ask: Ask) -> bool:
    """Another name or icon."""
    chat = _forum(ask)
    topic = _topic(ask, chat)
    name = _name(ask, needed=False) or topic.name
    icon = _icon(ask) if ask.params.has("icon_custom_emoji_id") else topic.icon
    if (name, icon) == (topic.name, topic.icon):
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name, topic.icon = name, icon
    _told(ask, chat, topic, {"forum_topic_edited": {"name": name, "icon_custom_emoji_id": icon}})
    return True


def _told(ask: Ask, chat: Chat, topic: Topic, what: Raw) -> None:
    ask.world.post(chat, ask.bot.user, what, thread=topic.thread_id)
    ask.world.effect(next(iter(what)), chat.id, topic.thread_id, topic.name)


def close_forum_topic(ask: Ask) -> bool:
    """Nobody but administrators writes there."""
    chat = _forum(ask)
    topic = _topic(ask, chat)
    if topic.closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = True
    _told(ask, chat, topic, {"forum_topic_closed": {}})
    return True


def reopen_forum_topic(ask: Ask) -> bool:
    """Open again."""
    chat = _forum(ask)
    topic = _topic(ask, chat)
    if not topic.closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = False
    _told(ask, chat, topic, {"forum_topic_reopened": {}})
    return True


def delete_forum_topic(ask: Ask) -> bool:
    """The topic and all in it."""
    chat = _forum(ask)
    topic = _topic(ask, chat)
    if not ask.me(chat).may("can_delete_messages"):
        raise bad("not enough rights to delete messages")
    topic.deleted = True
    ask.world.effect("deleteForumTopic", chat.id, topic.thread_id, topic.name)
    return True


def get_forum_topic_icon_stickers(ask: Ask) -> list[Raw]:
    """The icons that every bot may give a topic."""
    file = ask.world.keep("icon.webp", "image/webp", b"icon")
    base = described("sticker", file) | {"type": "custom_emoji", "width": 100, "height": 100}
    return [base | {"emoji": emoji, "custom_emoji_id": number} for emoji, number in ICONS.items()]


METHODS: dict[str, Method] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "getForumTopicIconStickers": get_forum_topic_icon_stickers,
}
