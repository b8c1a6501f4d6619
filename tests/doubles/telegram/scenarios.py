"""What a bot goes through, written once: each scenario is driven by both clients."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from presszero.testing.telegram import MANAGE, Limits, Telegram
from tests.doubles.telegram.clients import Broken, Client, File, Refused

Scenario = Callable[[Telegram, Client], Awaitable[None]]
SCENARIOS: dict[str, Scenario] = {}


def scenario(run: Scenario) -> Scenario:
    SCENARIOS[run.__name__] = run
    return run


async def refused(call: Awaitable[Any], words: str, kind: str = "") -> Refused:
    with pytest.raises(Refused) as found:
        await call
    assert words.lower() in found.value.text.lower(), found.value.text
    assert not kind or kind in found.value.kind
    return found.value


@scenario
async def itself(tg: Telegram, client: Client) -> None:
    me = await client.call("getMe")
    assert (me["is_bot"], me["username"]) == (True, "support_bot")
    tg.bot.revoked = True
    await refused(client.call("getMe"), "unauthorized")


@scenario
async def texts(tg: Telegram, client: Client) -> None:
    anna = tg.person("Анна", lang="ru")
    await refused(client.call("sendMessage", chat_id=anna.id, text="first"), "chat not found")
    first = await anna.start("promo")
    html = '<b>жирный</b> и <a href="https://a.example/?a=1&amp;b=2">ссылка</a> &lt;'
    sent = await client.call("sendMessage", chat_id=anna.id, text=html, parse_mode="HTML")
    assert sent["text"] == "жирный и ссылка <"
    assert [(e["type"], e["offset"], e["length"]) for e in sent["entities"]] == [("bold", 0, 6), ("text_link", 9, 6)]
    answer = await client.call("sendMessage", chat_id=anna.id, text="ok", reply_parameters={"message_id": first.id})
    assert answer["reply_to_message"]["text"] == "/start promo"
    assert anna.chat.said == ["жирный и ссылка <", "ok"]
    await refused(
        client.call("sendMessage", chat_id=anna.id, text="x", reply_parameters={"message_id": 999}),
        "message to be replied not found",
    )
    await refused(client.call("sendMessage", chat_id=anna.id, text="<b> </b>", parse_mode="HTML"), "text is empty")
    await client.call("sendMessage", chat_id=anna.id, text="😀" * 2048)
    await refused(client.call("sendMessage", chat_id=anna.id, text="😀" * 2048 + "x"), "message is too long")


@scenario
async def markup(tg: Telegram, client: Client) -> None:
    tg.limits.flood = False
    anna = tg.person("Анна")
    await anna.start()

    async def broken(text: str, mode: str, words: str) -> None:
        await refused(
            client.call("sendMessage", chat_id=anna.id, text=text, parse_mode=mode), f"can't parse entities: {words}"
        )

    await broken("я <b>x", "HTML", 'Can\'t find end tag corresponding to start tag "b"')
    await broken("я <x>x</x>", "HTML", 'Unsupported start tag "x" at byte offset 3')
    await broken("x</b>", "HTML", "Unexpected end tag at byte offset 1")
    await broken("<b>x</i>", "HTML", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"')
    await broken("5 < 6", "HTML", "Unclosed start tag at byte offset 2")
    await broken("1.5", "MarkdownV2", "Character '.' is reserved and must be escaped with the preceding '\\'")
    await broken("я *x", "MarkdownV2", "Can't find end of Bold entity at byte offset 3")
    sent = await client.call(
        "sendMessage", chat_id=anna.id, text="*x* _y_ ||z|| `c` 1\\.5 [l](https://a.example)", parse_mode="MarkdownV2"
    )
    assert sent["text"] == "x y z c 1.5 l"
    assert [e["type"] for e in sent["entities"]] == ["bold", "italic", "spoiler", "code", "text_link"]


@scenario
async def keyboards(tg: Telegram, client: Client) -> None:
    tg.limits.flood = False
    anna = tg.person("Анна")
    await anna.start()

    def menu(*rows: list[str]) -> dict[str, Any]:
        return {"inline_keyboard": [[{"text": d[:9] or "-", "callback_data": d} for d in row] for row in rows]}

    async def send(keyboard: dict[str, Any]) -> Any:
        return await client.call("sendMessage", chat_id=anna.id, text="?", reply_markup=keyboard)

    await send(menu(["я" * 32], ["b", "c"]))
    await refused(send(menu(["я" * 32 + "b"])), "BUTTON_DATA_INVALID")
    await send(menu(*([str(n)] for n in range(100))))
    await refused(send(menu(*([str(n)] for n in range(101)))), "reply markup is too long")
    await refused(send(menu([str(n) for n in range(9)])), "reply markup is too long")
    first = await send(menu(["yes", "no"]))
    press = await anna.press(anna.chat.last, "no")
    update = (await client.call("getUpdates", offset=0, timeout=5))[-1]
    assert (update["callback_query"]["data"], update["callback_query"]["id"]) == ("no", press)
    await client.call("answerCallbackQuery", callback_query_id=press, text="ok")
    assert (anna.answered(press) or {})["text"] == "ok"
    await refused(
        client.call("answerCallbackQuery", callback_query_id="1"),
        "query is too old and response timeout expired or query ID is invalid",
    )
    where = {"chat_id": anna.id, "message_id": first["message_id"]}
    edited = await client.call("editMessageText", **where, text="thank you")
    assert "reply_markup" not in edited
    assert anna.chat.last.text == "thank you"
    await refused(
        client.call("editMessageText", **where, text="thank you"),
        "message is not modified: specified new message content",
    )
    await client.call("editMessageReplyMarkup", **where, reply_markup=menu(["again"]))
    assert [b.data for b in anna.chat.last.buttons] == ["again"]
    await refused(
        client.call("editMessageText", chat_id=anna.id, message_id=999, text="x"), "message to edit not found"
    )
    await refused(client.call("editMessageText", chat_id=anna.id, message_id=1, text="x"), "message can't be edited")
    await client.call("deleteMessage", **where)
    await refused(client.call("deleteMessage", **where), "message to delete not found")
    await send({"keyboard": [[{"text": "телефон", "request_contact": True}]]})
    assert anna.chat.keyboard == [[{"text": "телефон", "request_contact": True}]]


@scenario
async def hearing(tg: Telegram, client: Client) -> None:
    anna, boris = tg.person("Анна", lang="ru"), tg.person("Boris", username="boris")
    await anna.write("раз")
    await boris.write("/menu now")
    got = await client.call("getUpdates", offset=0, limit=1)
    assert [u["message"]["text"] for u in got] == ["раз"]
    got = await client.call("getUpdates", offset=0)
    assert [u["message"]["from"].get("username", "") for u in got] == ["", "boris"]
    assert got[1]["update_id"] == got[0]["update_id"] + 1
    assert got[1]["message"]["entities"][0]["type"] == "bot_command"
    after = got[1]["update_id"] + 1
    waiting = asyncio.create_task(client.call("getUpdates", offset=after, timeout=10))
    await asyncio.sleep(0.05)
    await anna.write("два")
    assert [u["message"]["text"] for u in await waiting] == ["два"]
    first = asyncio.create_task(client.call("getUpdates", offset=after + 1, timeout=10))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(client.call("getUpdates", offset=after + 1, timeout=10))
    await refused(
        first, "terminated by other getUpdates request; make sure that only one bot instance is running", "Conflict"
    )
    photo = await anna.send_photo(caption="вот")
    await anna.edit(photo, "вот так")
    assert len(await second) >= 1
    got = await client.call("getUpdates", offset=after + 1, timeout=1)
    assert [u.get("edited_message", {}).get("caption") for u in got] == [None, "вот так"]
    assert await client.call("getUpdates", offset=-1) == got[-1:]
    await client.call("getUpdates", offset=got[-1]["update_id"] + 1)
    tg.bot.updates.quiet_week()
    await anna.reply(photo, "через неделю")
    (late,) = await client.call("getUpdates", offset=got[-1]["update_id"] + 1, timeout=1)
    assert late["update_id"] != got[-1]["update_id"] + 1
    assert late["message"]["reply_to_message"]["caption"] == "вот так"
    await anna.block()
    (gone,) = await client.call("getUpdates", offset=late["update_id"] + 1, timeout=1)
    assert gone["my_chat_member"]["new_chat_member"]["status"] == "kicked"


@scenario
async def everything_a_person_sends(tg: Telegram, client: Client) -> None:
    anna = tg.person("Анна", phone="79991112233")
    await anna.album(b"one", b"two", b"three", caption="альбом")
    await anna.send_voice()
    await anna.send_video_note()
    await anna.send_sticker(animated=True)
    await anna.send_document(b"%PDF", "акт.pdf", "caption", "application/pdf")
    await anna.send_contact()
    await anna.send_location()
    await anna.send_poll("?")
    got = [u["message"] for u in await client.call("getUpdates", offset=0, timeout=1)]
    assert len({m["media_group_id"] for m in got[:3]}) == 1
    assert [m.get("caption") for m in got[:3]] == ["альбом", None, None]
    kinds = ["voice", "video_note", "sticker", "document", "contact", "location", "poll"]
    assert [next(k for k in kinds if k in m) for m in got[3:]] == kinds
    assert got[6]["document"]["file_name"] == "акт.pdf"
    assert got[7]["contact"]["user_id"] == anna.id
    assert await client.fetch(got[6]["document"]["file_id"]) == b"%PDF"
    assert await client.fetch(got[0]["photo"][-1]["file_id"]) == b"one"


@scenario
async def webhooks(tg: Telegram, client: Client) -> None:
    await refused(
        client.call("setWebhook", url="http://bot.example/x"), "bad webhook: An HTTPS URL must be provided for webhook"
    )
    await refused(
        client.call("setWebhook", url="https://bot.example/x", secret_token="a b"),
        "secret token contains unallowed characters",
    )
    url = "http://127.0.0.1:9/telegram"
    await client.call("setWebhook", url=url, secret_token="s", max_connections=4, allowed_updates=["message"])
    await tg.person("Анна").write("hello")
    await refused(
        client.call("getUpdates", offset=0), "can't use getUpdates method while webhook is active", "Conflict"
    )
    async with asyncio.timeout(5):
        while not tg.bot.webhook.error:  # noqa: ASYNC110 - bounded, and the double rings no bell for it
            await asyncio.sleep(0.01)
    info = await client.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (url, 1, 4)
    assert "refused" in info["last_error_message"]
    await client.call("deleteWebhook", drop_pending_updates=True)
    assert await client.call("getUpdates", offset=0) == []
    assert (await client.call("getWebhookInfo"))["url"] == ""


@scenario
async def files(tg: Telegram, client: Client) -> None:
    tg.limits.flood = False
    anna = tg.person("Анна")
    await anna.start()
    ways = {
        "sendDocument": "document",
        "sendPhoto": "photo",
        "sendVoice": "voice",
        "sendAudio": "audio",
        "sendVideo": "video",
        "sendAnimation": "animation",
        "sendSticker": "sticker",
    }
    sent = {}
    for method, name in ways.items():
        more = {} if name == "sticker" else {"caption": "c"}
        sent[name] = await client.call(
            method, chat_id=anna.id, **{name: File(b"bytes " + name.encode(), f"{name}.bin")}, **more
        )
        assert anna.chat.last.kind == name
    file_id = sent["document"]["document"]["file_id"]
    assert await client.fetch(file_id) == b"bytes document"
    again = await client.call(
        "sendDocument", chat_id=anna.id, document=file_id, caption="<i>снова</i>", parse_mode="HTML"
    )
    assert (again["document"]["file_id"], again["caption"]) == (file_id, "снова")
    where = {"chat_id": anna.id, "message_id": again["message_id"]}
    await client.call("editMessageCaption", **where, caption="иначе")
    assert anna.chat.last.text == "иначе"
    await refused(
        client.call("sendDocument", chat_id=anna.id, document=file_id, caption="x" * 1025),
        "message caption is too long",
    )
    await refused(
        client.call("sendDocument", chat_id=anna.id, document="unknown"), "wrong remote file identifier specified"
    )
    await refused(client.call("getFile", file_id="unknown"), "wrong file_id or the file is temporarily unavailable")
    album = [
        {"type": "photo", "media": File(b"a", "a.jpg"), "caption": "two"},
        {"type": "photo", "media": File(b"b", "b.jpg")},
    ]
    sent_album = await client.call("sendMediaGroup", chat_id=anna.id, media=album)
    assert len({m["media_group_id"] for m in sent_album}) == 1
    assert [m.text for m in anna.chat.messages[-2:]] == ["two", ""]
    mixed = [{"type": "photo", "media": File(b"a")}, {"type": "document", "media": File(b"b")}]
    await refused(
        client.call("sendMediaGroup", chat_id=anna.id, media=mixed), "document can't be mixed with other media types"
    )
    large = await anna.send_document(name="film.mkv", size=(20 << 20) + 1)
    await refused(client.call("getFile", file_id=large.raw["document"]["file_id"]), "file is too big")
    tg.limits.upload = 1000
    await refused(client.call("sendDocument", chat_id=anna.id, document=File(b"x" * 1001)), "too large", "large")


@scenario
async def the_rest_of_a_talk(tg: Telegram, client: Client) -> None:
    tg.limits.flood = False
    anna = tg.person("Анна", phone="7999")
    hello = await anna.start()
    await client.call("sendChatAction", chat_id=anna.id, action="typing")
    assert [action for _, action, _ in anna.chat.chat.actions] == ["typing"]
    await client.call("sendLocation", chat_id=anna.id, latitude=55.75, longitude=37.62)
    await client.call("sendContact", chat_id=anna.id, phone_number="+7999", first_name="Desk")
    assert [m.kind for m in anna.chat.messages[-2:]] == ["location", "contact"]
    copied = await client.call("copyMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=hello.id)
    assert anna.chat.last.id == copied["message_id"]
    assert anna.chat.last.text == "/start"
    await refused(
        client.call("copyMessage", chat_id=anna.id, from_chat_id=anna.id, message_id=99), "message to copy not found"
    )
    await client.call(
        "setMessageReaction", chat_id=anna.id, message_id=hello.id, reaction=[{"type": "emoji", "emoji": "👍"}]
    )
    assert hello.raw["_reactions"] == ["👍"]
    await refused(
        client.call(
            "setMessageReaction", chat_id=anna.id, message_id=hello.id, reaction=[{"type": "emoji", "emoji": "🧱"}]
        ),
        "REACTION_INVALID",
    )
    await anna.block()
    await refused(client.call("sendMessage", chat_id=anna.id, text="x"), "bot was blocked by the user", "Forbidden")
    await anna.unblock()
    await client.call("sendMessage", chat_id=anna.id, text="x")
    anna.deactivate()
    await refused(client.call("sendMessage", chat_id=anna.id, text="x"), "user is deactivated", "Forbidden")


@scenario
async def commands(tg: Telegram, client: Client) -> None:
    ru = [{"command": "menu", "description": "Меню"}]
    await client.call("setMyCommands", commands=ru, language_code="ru")
    await client.call(
        "setMyCommands", commands=[{"command": "menu", "description": "Menu"}], scope={"type": "all_private_chats"}
    )
    assert await client.call("getMyCommands", language_code="ru") == ru
    assert await client.call("getMyCommands") == []
    assert tg.bot.commands["all_private_chats", ""][0]["description"] == "Menu"
    await client.call("deleteMyCommands", language_code="ru")
    assert await client.call("getMyCommands", language_code="ru") == []
    await refused(
        client.call("setMyCommands", commands=[{"command": "Меню", "description": "x"}]), "BOT_COMMAND_INVALID"
    )


@scenario
async def topics(tg: Telegram, client: Client) -> None:
    tg.limits.flood = False
    boss, olga, eve = tg.person("Boss"), tg.person("Ольга"), tg.person("Eve")
    forum = tg.forum("Поддержка", boss, olga)
    icons = await client.call("getForumTopicIconStickers")
    icon = next(i["custom_emoji_id"] for i in icons if i["emoji"] == "❗")
    made = await client.call("createForumTopic", chat_id=forum.id, name="Анна", icon_custom_emoji_id=icon)
    where = {"chat_id": forum.id, "message_thread_id": made["message_thread_id"]}
    sent = await client.call("sendMessage", **where, text="карточка")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (made["message_thread_id"], True)
    topic = forum.topics[0]
    assert (topic.name, topic.icon, topic.texts) == ("Анна", "❗", ["карточка"])
    await topic.write(olga, "привет", reply_to=topic.messages[-1])
    forum.chat.members[boss.id].anonymous = True
    await topic.write(boss, "тайно")
    await topic.close(olga)
    got = [u["message"] for u in await client.call("getUpdates", offset=0, timeout=1)]
    assert [m["message_thread_id"] for m in got] == [made["message_thread_id"]] * 3
    assert got[0]["reply_to_message"]["text"] == "карточка"
    assert (got[1]["from"]["username"], got[1]["sender_chat"]["id"]) == ("GroupAnonymousBot", forum.id)
    assert "forum_topic_closed" in got[2]
    await client.call("reopenForumTopic", **where)
    await refused(client.call("reopenForumTopic", **where), "TOPIC_NOT_MODIFIED")
    await client.call("editForumTopic", **where, name="Анна, решено")
    await refused(client.call("editForumTopic", **where, name="Анна, решено"), "TOPIC_NOT_MODIFIED")
    await client.call("closeForumTopic", **where)
    await client.call("sendMessage", **where, text="администратор пишет и в закрытую")
    await refused(client.call("createForumTopic", chat_id=forum.id, name="x" * 129), "topic name is too long")
    await topic.delete()
    await refused(client.call("sendMessage", **where, text="x"), "message thread not found")
    topic.topic.says_deleted = True
    await refused(client.call("sendMessage", **where, text="x"), "TOPIC_DELETED")
    await client.call("sendChatAction", **where, action="typing")  # as with the real server
    other = await client.call("createForumTopic", chat_id=forum.id, name="x" * 128)
    forum.topics[0].topic.lost = True
    sent = await client.call("sendMessage", chat_id=forum.id, message_thread_id=other["message_thread_id"], text="lost")
    assert "message_thread_id" not in sent
    await client.call("deleteForumTopic", chat_id=forum.id, message_thread_id=other["message_thread_id"])
    assert forum.topics == []
    assert (await client.call("getChat", chat_id=forum.id))["is_forum"] is True
    admins = await client.call("getChatAdministrators", chat_id=forum.id)
    assert [a["user"]["first_name"] for a in admins] == ["Boss", "Ольга", "Support"]
    me = await client.call("getChatMember", chat_id=forum.id, user_id=tg.bot.user.id)
    assert (me["status"], me["can_manage_topics"]) == ("administrator", True)
    assert (await client.call("getChatMember", chat_id=forum.id, user_id=eve.id))["status"] == "left"
    await forum.add(tg.bot)
    await refused(client.call("createForumTopic", chat_id=forum.id, name="x"), "not enough rights to create a topic")


@scenario
async def groups(tg: Telegram, client: Client) -> None:
    boss = tg.person("Boss")
    group = tg.group("Friends", boss)
    await group.add(tg.bot, by=boss)
    await group.write(boss, "between us")
    await group.write(boss, "/start@support_bot")
    got = await client.call("getUpdates", offset=0, timeout=1)
    assert [u.get("message", {}).get("text") for u in got] == [None, "/start@support_bot"]
    await refused(client.call("createForumTopic", chat_id=group.id, name="x"), "the chat is not a forum")
    large = await group.upgrade()
    moved = await refused(client.call("sendMessage", chat_id=group.id, text="x"), "", "migrated")
    assert moved.migrate_to == large.id
    await client.call("sendMessage", chat_id=large.id, text="x")
    await client.call("leaveChat", chat_id=large.id)
    await refused(
        client.call("sendMessage", chat_id=large.id, text="x"),
        "bot is not a member of the supergroup chat",
        "Forbidden",
    )
    await large.add(tg.bot, **MANAGE)
    await large.remove(tg.bot)
    await refused(
        client.call("sendMessage", chat_id=large.id, text="x"), "bot was kicked from the supergroup chat", "Forbidden"
    )


@scenario
async def floods(tg: Telegram, client: Client) -> None:
    anna = tg.person("Анна")
    await anna.start()
    for n in range(Limits.burst):
        await client.call("sendMessage", chat_id=anna.id, text=str(n))
    found = await refused(client.call("sendMessage", chat_id=anna.id, text="over"), "", "flood")
    assert found.retry_after == 1
    tg.faults.add("flood", "getMe", seconds=7)
    found = await refused(client.call("getMe"), "", "flood")
    assert found.retry_after == 7
    assert [c.status for c in tg.journal.of("sendMessage")] == [200, 200, 200, 429]


@scenario
async def broken_wires(tg: Telegram, client: Client) -> None:
    anna = tg.person("Анна")
    await anna.start()
    tg.limits.flood = False
    for kind, done in (("drop", False), ("lost", True), ("cut", True)):
        tg.faults.add(kind, "sendMessage")  # type: ignore[arg-type]
        with pytest.raises(Broken):
            await client.call("sendMessage", chat_id=anna.id, text=kind)
        assert (kind in anna.chat.said) is done
    tg.faults.add("error", "sendMessage", status=500, times=2)
    for _ in range(2):
        with pytest.raises((Refused, Broken)):
            await client.call("sendMessage", chat_id=anna.id, text="error")
    assert "error" not in anna.chat.said
    tg.faults.add("slow", "sendMessage", seconds=0.05)
    before = tg.world.now()
    await client.call("sendMessage", chat_id=anna.id, text="slow")
    assert tg.world.now() - before >= 0.05
    assert [e.text for e in tg.journal.effects if e.what == "sendMessage"] == ["lost", "cut", "slow"]
