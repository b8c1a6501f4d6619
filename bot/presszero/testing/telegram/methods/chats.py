"""Chats, who is in them, and the commands a bot offers there."""

from __future__ import annotations

from presszero.testing.telegram.methods.ask import Ask, Method
from presszero.testing.telegram.refusal import bad
from presszero.testing.telegram.world import Member, Raw

RIGHTS = ("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
          "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
          "can_delete_stories", "can_pin_messages", "can_manage_topics", "can_send_welcome_messages")  # fmt: skip


def get_chat(ask: Ask) -> Raw:
    """A chat in full."""
    chat = ask.chat()
    more: Raw = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _gifts()}
    if chat.group:
        more["permissions"] = {"can_send_messages": True}
    return chat.raw() | more


def _gifts() -> Raw:
    kinds = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return dict.fromkeys(kinds, False)


def member(found: Member) -> Raw:
    """Somebody in a group, as clients read it."""
    base: Raw = {"status": found.status, "user": found.user.raw()}
    match found.status:
        case "creator":
            return base | {"is_anonymous": found.anonymous}
        case "administrator":
            rights = {name: found.rights.get(name, False) for name in RIGHTS}
            return base | {"can_be_edited": False, "is_anonymous": found.anonymous} | rights
        case "kicked":
            return base | {"until_date": 0}
        case _:
            return base


def get_chat_member(ask: Ask) -> Raw:
    """Somebody in a group; who never was there has left."""
    chat = ask.chat()
    user_id = ask.params.number("user_id")
    found = chat.member(user_id)
    if found:
        return member(found)
    if user_id not in ask.world.users:
        raise bad("invalid user_id specified")
    return member(Member(ask.world.users[user_id], "left"))


def get_chat_administrators(ask: Ask) -> list[Raw]:
    """Who leads a group."""
    chat = ask.chat()
    if not chat.group:
        raise bad("there are no administrators in the private chat")
    return [member(m) for m in chat.members.values() if m.leads and (not m.user.is_bot or m.user is ask.bot.user)]


def leave_chat(ask: Ask) -> bool:
    """The bot goes."""
    chat = ask.chat()
    if chat.person:
        raise bad("chat not found")
    ask.me(chat).status = "left"
    ask.world.effect("leaveChat", chat.id, 0)
    return True


def set_my_commands(ask: Ask) -> bool:
    """The commands of one language and scope."""
    commands = ask.params.object("commands")
    if not isinstance(commands, list):
        raise bad("can't parse commands JSON object")
    if len(commands) > 100:
        raise bad("too many commands specified")
    for one in commands:
        name, about = str(one.get("command", "")).lstrip("/"), str(one.get("description", ""))
        if (
            not 1 <= len(name) <= 32
            or not name.isascii()
            or not name.replace("_", "a").isalnum()
            or name != name.lower()
        ):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(about) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    key = _scope(ask)
    if commands:
        ask.bot.commands[key] = commands
    else:
        ask.bot.commands.pop(key, None)
    return True


def get_my_commands(ask: Ask) -> list[Raw]:
    """The commands of one language and scope."""
    return ask.bot.commands.get(_scope(ask), [])


def delete_my_commands(ask: Ask) -> bool:
    """No commands for one language and scope."""
    ask.bot.commands.pop(_scope(ask), None)
    return True


def _scope(ask: Ask) -> tuple[str, str]:
    scope = ask.params.object("scope") or {}
    lang = ask.params.text("language_code")
    if lang and (len(lang) != 2 or not lang.isalpha()):
        raise bad("invalid language code specified")
    kind = str(scope.get("type", "default"))
    return f"{kind}:{scope['chat_id']}" if "chat_id" in scope else kind, lang


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
