"""Long polling, and everything that can be wrong with a token or with Telegram: said once, and the web goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from presszero.errors import ChannelError, StoreError
from tests.running import Books, listening, until
from tests.telegram.stage import Stage, stage

TWO = """
  telegram:
    - {name: shop, token: env.TELEGRAM_TOKEN, api_base: env.TELEGRAM_API, join_ms: 0}
    - {name: help, token: env.TELEGRAM_TOKEN1, api_base: env.TELEGRAM_API, join_ms: 0}
"""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presszero.channels.telegram.state.LONGEST", 0.05)


async def greeted(found: Stage, name: str) -> None:
    person = found.tg.person(name, lang="en")
    await person.write("thank you")
    await person.sees("Glad to help.")


async def test_what_telegram_does_to_us_is_survived(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with stage(tmp_path) as found:
        faults = found.tg.faults
        for kind in ("error", "drop", "cut", "lost"):
            faults.add(kind, "getUpdates", times=2)
            await greeted(found, kind)
        faults.add("flood", "getUpdates", seconds=1)
        await greeted(found, "flood")

        # A store that refuses: the offset stays, Telegram keeps the update, and it is taken later, once.
        store, failed = found.desk.running.store, 0
        commit = store.commit_turn

        async def refuses(turn: object) -> object:
            nonlocal failed
            failed += 1
            if failed <= 3:
                raise StoreError("no")
            return await commit(turn)  # type: ignore[arg-type]

        store.commit_turn = refuses  # type: ignore[method-assign]
        await greeted(found, "store")
        assert failed > 3

        # A fault of ours in one update holds up nobody.
        inbox = found.desk.running.bots.accounts["telegram"].line.inbox
        takes = inbox._takes.take
        inbox._takes.take = lambda *_: 1 / 0
        anna = found.tg.person("Anna", lang="en")
        await anna.send_photo()
        await anna.write("thank you")
        await anna.sees("Glad to help.")
        inbox._takes.take = takes

        said = [r.message for r in caplog.records if "PZ-TELEGRAM" in r.message]
        assert any("failed and was passed by" in m for m in said)
        assert found.tg.token not in caplog.text

        # The answer to a send is lost after the effect: in doubt, and never sent again.
        doubt = found.tg.person("Doubt", lang="en")
        faults.add("lost", "sendMessage")
        await doubt.write("thank you")
        await doubt.sees("Glad to help.")
        await doubt.write("start counting")
        await doubt.sees("Which number?")
        assert doubt.chat.said.count("Glad to help.") == 1
        assert [m.sent for m in await found.lines(doubt) if m.text == "Glad to help."] == ["in_doubt"]
        # Not done, or told to wait: sent later.
        retried = found.tg.person("Retried", lang="en")
        faults.add("error", "sendMessage", status=502)
        await retried.write("thank you")
        await retried.sees("Glad to help.")


async def test_a_wrong_token_is_said_once_and_the_web_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for n, token in enumerate(("nonsense", "1234567:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")):
        caplog.clear()
        async with stage(tmp_path / str(n), TELEGRAM_TOKEN=token) as found:
            await until(lambda s=found: "TELEGRAM_TOKEN" in str(s.health["telegram"].get("why", "")), 60.0)
            assert not found.health["telegram"]["up"]
            health = (await found.desk.http.get("/healthz")).json()
            assert health["status"] == "ok"
            assert "@BotFather" in health["telegram"]["telegram"]["why"]
            visitor = await found.desk.visitor(lang="en")
            assert await visitor.said("thank you") == ["Glad to help."]
        said = [r.message for r in caplog.records if "TELEGRAM_TOKEN" in r.message]
        assert len(said) == 1
        assert token not in caplog.text


async def test_several_bots_serve_one_desk_and_a_webhook_of_before_is_taken_away(tmp_path: Path) -> None:
    async with stage(tmp_path, channel=TWO, bots=("Shop", "Help")) as found:
        anna = found.tg.person("Anna", lang="en")
        shop, helps = found.tg.bots
        await anna.write("thank you", bot=shop)
        await anna.sees("Glad to help.", bot=shop)
        await anna.write("start counting", bot=helps)
        await anna.sees("Which number?", bot=helps)
        await anna.write("7", bot=helps)
        await anna.sees("Got 7", bot=helps)
        assert [m.text for m in await found.lines(anna, "telegram:shop") if m.who == "bot"] == ["Glad to help."]
        assert set(found.health) == {"telegram:shop", "telegram:help"}

        # Somebody else polls with the token of one: said, and taken up again when they stop.
        from presszero.channels.telegram.client import Client

        other = Client(shop.token, found.tg.url)
        stop = asyncio.Event()

        async def polls() -> None:
            while not stop.is_set():
                try:
                    await other.updates(None, 1, ["message"])
                except ChannelError:
                    await asyncio.sleep(0)

        task = asyncio.create_task(polls())
        await until(lambda: "somebody else polls" in str(found.health["telegram:shop"].get("why", "")))
        assert found.health["telegram:help"]["up"]
        stop.set()
        await task
        await other.close()
        await until(lambda: found.health["telegram:shop"]["up"], 30.0)
        await anna.write("thank you", bot=shop)
        await until(lambda: anna.talk(shop).said.count("Glad to help.") == 2)


async def test_lines_typed_one_after_another_are_one_turn_and_an_edit_is_none(tmp_path: Path) -> None:
    async with stage(tmp_path, join_ms=300) as found:
        anna = found.tg.person("Anna", lang="en")
        first = await anna.write("thank")
        await anna.write("you")
        await anna.sees("Glad to help.")
        assert len(anna.chat.said) == 1
        await anna.edit(first, "thanks a lot")
        await anna.reply(anna.chat.last, "thank you")
        await until(lambda: len(anna.chat.said) == 2)
        lines = await found.lines(anna)
        assert [m.text for m in lines if m.who == "customer"] == ["thanks a lot", "you", "thank you"]
        assert "thank" in str(lines[0].body)


async def test_who_waits_for_a_service_sees_that_somebody_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("presszero.channels.telegram.presence.SOON", 0.05)
    books = Books(slow=1.0)
    async with listening(books.app) as url, stage(tmp_path, BOOKS_URL=url) as found:
        anna = found.tg.person("Anna", lang="en")
        await anna.write("find a book")
        await anna.sees("The number of the book?", within=60.0)
        assert not found.tg.journal.of("sendChatAction")
        await anna.write("7")
        await until(lambda: found.tg.journal.of("sendChatAction", 200))
        await anna.sees("Book 7: Volume 7.")
