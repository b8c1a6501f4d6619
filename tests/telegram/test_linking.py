"""One customer on the site and in Telegram: joined by a one-time code and a yes, told where they are, taken apart again."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest
import pytest_asyncio

from presszero.store.base import NewTicket, TicketEdit, Turn
from tests.running import SITE_SECRET, Visitor, until
from tests.telegram.stage import Stage, stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
TWO = """
  telegram:
    - {name: shop, token: env.TELEGRAM_TOKEN, api_base: env.TELEGRAM_API, join_ms: 0}
    - {name: help, token: env.TELEGRAM_TOKEN1, api_base: env.TELEGRAM_API, join_ms: 0}
"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def two(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """One desk, two bots."""
    async with stage(tmp_path_factory.mktemp("two"), channel=TWO, bots=("Shop", "Help")) as found:
        yield found


def store(two: Stage) -> Any:
    return two.desk.running.store


async def signed(two: Stage, sub: str, name: str = "Анна") -> Visitor:
    """Somebody whom the site vouches for."""
    claims = {"sub": sub, "exp": time.time() + 600, "name": name}
    return await two.desk.visitor(identity=jwt.encode(claims, SITE_SECRET, "HS256"), lang="ru")


async def link(two: Stage, visitor: Visitor) -> dict[str, Any]:
    answer = await two.desk.http.post("/web/link", headers=_of(visitor))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _of(visitor: Visitor) -> dict[str, str]:
    return {"authorization": f"Bearer {visitor.token}"}


async def owner(two: Stage, channel: str, person: Any) -> Any:
    return (await store(two).conversation(channel, str(person.id), time.time()))[1]


async def joined(two: Stage, visitor: Visitor, person: Any) -> None:
    code = (await link(two, visitor))["code"]
    await person.start(f"link_{code}")
    asked = await person.sees("Связать этот чат")
    await person.press(asked, "Связать")
    await person.sees("Готово")


async def test_a_signed_in_customer_is_one_in_both(two: Stage) -> None:
    anna = two.tg.person("Анна", lang="ru")
    await anna.write("start counting")
    await anna.sees("Which number?")
    before = await owner(two, "telegram:shop", anna)
    assert not before.verified
    visitor = await signed(two, "42")
    made = await link(two, visitor)
    assert made["expires_in"] == 600
    assert made["url"].endswith(f"?start=link_{made['code']}")
    assert sorted(made["urls"]) == ["telegram:help", "telegram:shop"]
    await anna.start(f"link_{made['code']}")
    asked = await anna.sees("to the account “Анна”")
    assert (await owner(two, "telegram:shop", anna)).id == before.id  # asked first
    await anna.press(asked, "Join")
    await anna.sees("Done")
    after = await owner(two, "telegram:shop", anna)
    assert after.verified
    assert after.facts["notify_channel"] == "telegram:shop"
    talks = await store(two).talks(after.id)
    assert {t.channel for t, _ in talks} == {"web", "telegram:shop"}
    await anna.write("5")  # the question that was open is open still
    await anna.sees("Got 5.")
    other_bot = two.tg.bots[1]
    await anna.write("start counting", bot=other_bot)  # the same person at the desk's other bot
    await until(lambda: len(anna.talk(other_bot).said) == 1)
    assert (await owner(two, "telegram:help", anna)).id == after.id
    await anna.start(f"link_{made['code']}")  # once only
    await anna.sees("This link is too old")

    shop = next(t for t, _ in talks if t.channel == "telegram:shop")
    assert await store(two).separate(shop.id)
    assert (await owner(two, "telegram:shop", anna)).id == before.id


async def test_a_no_joins_nothing_and_codes_cannot_be_guessed(two: Stage) -> None:
    boris = two.tg.person("Борис", lang="ru")
    code = (await link(two, await signed(two, "43")))["code"]
    await boris.start(f"link_{code}")
    asked = await boris.sees("Связать этот чат")
    await boris.press(asked, "Не связывать")
    await boris.sees("ничего не связали")
    assert not (await owner(two, "telegram:shop", boris)).verified
    for n in range(5):
        await boris.start(f"link_wrong{n}")
        await until(lambda n=n: sum("Ссылка устарела" in t for t in boris.chat.said) == n + 1)
    await boris.start(f"link_{code}")  # a good one, but there were too many wrong ones
    await until(lambda: sum("Ссылка устарела" in t for t in boris.chat.said) == 6)


async def test_an_anonymous_page_may_be_joined_but_never_to_a_verified_customer(two: Stage) -> None:
    vera = two.tg.person("Вера", lang="ru")
    page = await two.desk.visitor(lang="ru")
    await joined(two, page, vera)
    web = await store(two).talks((await owner(two, "telegram:shop", vera)).id)
    assert {t.channel for t, _ in web} == {"web", "telegram:shop"}

    gleb = two.tg.person("Глеб", lang="ru")
    await joined(two, await signed(two, "44", "Глеб"), gleb)
    stranger = await two.desk.visitor(lang="ru")
    await gleb.start(f"link_{(await link(two, stranger))['code']}")
    asked = await gleb.sees("с вашим разговором на сайте")
    await gleb.press(asked, "Связать")
    await gleb.sees("уже связан с другим")


async def test_news_of_a_request_goes_where_the_customer_is(two: Stage) -> None:
    dina = two.tg.person("Дина", lang="ru")
    visitor = await signed(two, "45", "Дина")
    await joined(two, visitor, dina)
    customer = await owner(two, "telegram:shop", dina)
    web = next(t for t, _ in await store(two).talks(customer.id) if t.channel == "web")
    number = await store(two).next_ticket_number()
    ticket = NewTicket(number, "Линия", "other", "normal", "line1", notify=("status_changed", "resolved"))
    await store(two).commit_turn(Turn(web.id, web.version, web.state, time.time(), tickets=[ticket]))
    change = two.desk.running.people.change_ticket
    await change(TicketEdit(number, state="open", by="Анна"))
    await dina.sees(f"{number}")
    heard = len(dina.chat.said)

    await dina.block()
    await until(lambda: store(two)._reader.one("SELECT 1 FROM blocked") is not None)
    await change(TicketEdit(number, state="waiting", by="Анна"))
    lines = await store(two).messages(web.id)
    assert any(str(number) in m.text for m in lines if m.who != "customer")
    assert len(dina.chat.said) == heard


async def test_a_page_chooses_where_news_go_and_needs_a_messenger(two: Stage) -> None:
    visitor = await signed(two, "46")
    answer = await two.desk.http.post("/web/notify", json={"channel": "web"}, headers=_of(visitor))
    assert answer.status_code == 204
    assert (await two.desk.http.post("/web/notify", json={"channel": "x"}, headers=_of(visitor))).status_code == 422
    assert (await two.desk.http.post("/web/link")).status_code == 401
    ways, two.desk.running.bots.links.ways = two.desk.running.bots.links.ways, {}
    assert (await two.desk.http.post("/web/link", headers=_of(visitor))).status_code == 404
    two.desk.running.bots.links.ways = ways
