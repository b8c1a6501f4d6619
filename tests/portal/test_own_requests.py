"""One's own requests by the link of a messenger: once, in time, whoever looks at it before; never by a number alone."""

from __future__ import annotations

import re

from presszero.channels.telegram.commands import command
from presszero.runtime import passes
from presszero.store.base import Customer
from tests.console.room import Room

OWN = {"origin": "http://desk.test"}


async def somebody(desk: Room) -> Customer:
    _, conversation = await desk.ticket("v1")
    found = await desk.store.load(conversation)
    assert found
    return found[1]


async def given(desk: Room, customer: Customer, lang: str = "ru") -> str:
    url = await passes.give(desk.intake, "telegram", "7", customer, lang)
    assert url.startswith(f"{desk.url}/requests/mine?code=")
    return url.removeprefix(desk.url)


def code_of(path: str) -> str:
    found = re.search(r"code=([\w-]+)", path)
    assert found
    return found[1]


async def test_a_link_opens_once_and_by_its_button_only(desk: Room) -> None:
    customer, client = await somebody(desk), desk.client()
    other, _ = await desk.ticket("v2")
    path = await given(desk, customer)
    for _ in range(3):  # a messenger that looks for a preview uses nothing up
        page = await client.get(path)
        assert "Показать мои заявки" in page.text
        assert "№" not in page.text
        assert "noindex" in page.headers["x-robots-tag"]
    said = {"lang": "ru", "code": code_of(path)}
    page = await client.post("/requests/mine", data=said, headers=OWN)
    [own] = await desk.store.tickets(customer_id=customer.id)
    assert f'href="/requests/{own.number}?key=' in page.text
    assert f"/requests/{other}?" not in page.text
    again = await client.post("/requests/mine", data=said, headers=OWN)
    assert "Ссылка уже открыта или устарела." in again.text
    assert "№" not in again.text
    assert "Ссылка уже открыта или устарела." in (await client.get(path)).text


async def test_a_link_grows_old_and_a_new_one_ends_it(desk: Room) -> None:
    customer, client = await somebody(desk), desk.client()
    first = await given(desk, customer, "en")
    second = await given(desk, customer, "en")
    assert "This link was used or is too old." in (await client.get(first)).text
    desk.clock.at += passes.LASTS + 1
    page = await client.post("/requests/mine", data={"lang": "en", "code": code_of(second)}, headers=OWN)
    assert "This link was used or is too old." in page.text


async def test_a_pass_and_a_links_code_are_not_each_other(desk: Room) -> None:
    customer = await somebody(desk)
    code = code_of(await given(desk, customer))
    now = desk.clock.now()
    await desk.store.add_link("a" * 64, "web", "v1", customer.id, now, now + 600)
    assert await passes.spend(desk.intake, "a" * 64) is None
    assert await passes.spend(desk.intake, "../" + code) is None
    end = await desk.store.use_link(code, "telegram", "9", now)
    assert end.outcome == "wrong"
    assert (await passes.spend(desk.intake, code)) == customer
    assert await passes.spend(desk.intake, code) is None


async def test_a_number_alone_opens_nothing(desk: Room) -> None:
    number, _ = await desk.ticket("v1")
    client = desk.client()
    for path in (
        f"/requests/{number}",
        f"/requests/{number}?key=",
        f"/requests/{number}?key=x",
        "/requests/999999",
        f"/requests/{2**70}",
    ):
        assert (await client.get(path)).status_code == 404, path
    posted = await client.post(f"/requests/{number}", data={"text": "а"}, headers=OWN)
    assert posted.status_code == 404
    page = (await client.get(f"/requests/mine?lang=ru&number={number}&code=&customer_id=1")).text
    assert "№" not in page


def test_the_bot_is_opened_for_it() -> None:
    for text in ("/start my", "/my", "/MY@shop_bot"):
        found = command(text, ("ru",))
        assert found
        assert found.payload == "!my", text
