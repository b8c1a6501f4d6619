"""What is wrong between this desk and Telegram, with the fix of each: token, clock, webhook, groups and the bot's rights in them.

For `presszero doctor`: asks, changes nothing. Imports aiogram when it is called.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from presszero.channels.telegram import light
from presszero.channels.telegram.bots import Setting
from presszero.channels.telegram.reach import fits
from presszero.errors import ChannelError

if TYPE_CHECKING:
    from presszero.channels.telegram.client import Client
    from presszero.channels.telegram_desk.desk import Setting as Forum

Line = tuple[bool, str, str]  # fine, what, the fix
OWN = "https://api.telegram.org"
SKEW = 30.0
MANY = 40  # open topics in a group: beyond that its twenty messages a minute will not do
SECONDS = 10.0


async def lines(bots: Sequence[Setting], forum: Forum | None, public_url: str, database: Path) -> list[Line]:
    """Everything about every bot."""
    light.load()
    found: list[Line] = []
    for setting in bots:
        found += [
            line async for line in _bot(setting, forum if forum and forum.bot == setting.channel else None, public_url)
        ]
    if forum is not None:
        found += _kept(database)
    return found


async def _bot(setting: Setting, forum: Forum | None, public_url: str) -> AsyncIterator[Line]:
    from aiogram.methods import GetMe

    from presszero.channels.telegram.client import Client, Revoked

    name = setting.channel
    if setting.token is None or not setting.token.reveal():
        yield (
            False,
            f"{name}: no token",
            "Take one from @BotFather and put it into the variable that config.yaml names.",
        )
        return
    yield await asyncio.to_thread(_clock, name, setting.api_base or OWN)
    client = Client(setting.token.reveal(), setting.api_base)
    try:
        me: Any = await client(GetMe())
        yield True, f"{name}: the token is @{me.username}'s", ""
        yield await _webhook(client, setting, public_url)
        for chat in forum.groups if forum else ():
            async for line in _group(client, chat, me):
                yield line
    except Revoked:
        fix = f"Take a token from @BotFather (/token), put it into {setting.token.name} and restart."
        yield False, f"{name}: Telegram does not know the token in {setting.token.name}", fix
    except ChannelError as error:
        yield (
            False,
            f"{name}: {error}",
            f"Is {setting.api_base or OWN} reachable from here? A firewall or proxy may be between.",
        )
    finally:
        await client.close()


def _clock(name: str, base: str) -> Line:
    """Telegram's clock beside ours: with a wrong one deadlines lie."""
    parts = urlsplit(base)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    try:
        with closing(kind(parts.hostname or "", parts.port, timeout=SECONDS)) as line:
            line.request("HEAD", "/")
            told = line.getresponse().getheader("date", "")
        apart = abs(parsedate_to_datetime(told).timestamp() - time.time())
    except (OSError, HTTPException, ValueError, TypeError):
        return True, f"{name}: the clock could not be compared", ""
    fix = "Turn on time synchronisation: timedatectl set-ntp true."
    return apart <= SKEW, f"{name}: the clock is {apart:.0f} s from Telegram's", fix


async def _webhook(client: Client, setting: Setting, public_url: str) -> Line:
    from aiogram.methods import GetWebhookInfo

    info = await client(GetWebhookInfo())
    name = setting.channel
    if setting.mode == "polling":
        fix = "The desk takes it away when it starts. If something else needs it, give that another bot."
        return (
            not info.url,
            f"{name}: {'a webhook is set, and the desk polls' if info.url else 'no webhook, as it should be'}",
            fix,
        )
    if not fits(public_url):
        fix = "Set public_url to an https address on port 443, 80, 88 or 8443, or use mode: polling."
        return False, f"{name}: Telegram sends no webhooks to {public_url or 'nowhere'}", fix
    if not info.url.startswith(public_url):
        return False, f"{name}: the webhook is not set to this desk", "The desk sets it when it starts: presszero run."
    if info.last_error_message and info.pending_update_count:
        fix = "Is the desk running, and does its certificate hold? Look at public_url from outside."
        return (
            False,
            f"{name}: Telegram cannot deliver ({info.last_error_message}), {info.pending_update_count} wait",
            fix,
        )
    return True, f"{name}: the webhook is set, {info.pending_update_count} updates wait", ""


async def _group(client: Client, number: int, me: Any) -> AsyncIterator[Line]:
    from aiogram.methods import GetChat, GetChatMember

    from presszero.channels.telegram.client import Moved, Refused
    from presszero.errors import Blocked

    try:
        chat: Any = await client(GetChat(chat_id=number))
        mine: Any = await client(GetChatMember(chat_id=number, user_id=me.id))
    except Moved as moved:
        yield False, f"group {number} has moved", f"Put {moved.chat} into channels.telegram_desk.groups."
        return
    except (Refused, Blocked) as error:
        yield (
            False,
            f"group {number}: {error}",
            f"Add @{me.username} to the group as an administrator, and check its number.",
        )
        return
    named = f"group {number} “{chat.title}”"
    yield bool(chat.is_forum), f"{named}: topics are on", "Turn on Topics in the group's settings."
    leads = mine.status in {"administrator", "creator"}
    for right, what in (("can_manage_topics", "Manage topics"), ("can_delete_messages", "Delete messages")):
        fix = f"Make @{me.username} an administrator of the group with the right “{what}”."
        yield leads and bool(getattr(mine, right, True)), f"{named}: the bot may “{what}”", fix
    fix = "Make the bot an administrator, or turn privacy mode off: @BotFather, /setprivacy, Disable, and add the bot anew."
    yield leads or bool(me.can_read_all_group_messages), f"{named}: the bot hears what operators write", fix


def _kept(path: Path) -> list[Line]:
    """Who is known in the groups, and whether a group has more topics than it can carry."""
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            known = db.execute("SELECT count(*) FROM handle WHERE channel = 'telegram'").fetchone()[0]
            open_topics = "SELECT chat_id, count(*) FROM topic WHERE state NOT IN ('solved', 'gone') GROUP BY chat_id"
            full = [(chat, count) for chat, count in db.execute(open_topics) if count > MANY]
    except sqlite3.DatabaseError:
        return []  # an older database: the start brings it up to date
    fix = "presszero operator link NAME gives a code to write in the group."
    found: list[Line] = [(known > 0, f"{known} operators are known in the groups", fix)]
    more = "Add another group to channels.telegram_desk.groups: Telegram takes 20 messages a minute in one."
    return found + [(False, f"group {chat} has {count} open topics", more) for chat, count in full]
