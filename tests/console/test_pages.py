"""The console's pages: what they show, to whom, and that nothing a customer wrote is anything but text."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from presszero.console.headers import CSP
from presszero.store.base import CustomerEdit, TicketEdit
from tests.console.room import Room

XSS = """<img src=x onerror="alert(1)"><script>alert(1)</script>'"&{{7*7}}</textarea><!--"""


async def test_the_list_shows_mine_and_those_who_wait(desk: Room) -> None:
    mine, waits = await desk.waiting("v1", "интернета нет с утра"), await desk.waiting("v2")
    await desk.people.take(mine, desk.anna)
    await desk.hear("v1", "вы тут?")
    client = await desk.signed_in()
    page = (await client.get("/console")).text
    first, _, second = page.partition('data-section="waiting"')
    assert f'data-id="{mine}"' in first
    assert "вы тут?" in first
    assert f'data-id="{waits}"' in second
    assert "1 из 6" in first
    closed = (await client.get("/console/list?tab=closed")).text
    assert f'data-id="{mine}"' not in closed
    every = (await client.get("/console/list?tab=all")).text
    assert f'data-id="{mine}"' in every
    assert f'data-id="{waits}"' in every


async def test_only_my_queues_wait_for_me(desk: Room) -> None:
    conversation = await desk.waiting()
    queue = (await desk.talk(conversation)).queue
    await desk.store.save_operator("anna", queues=[q for q in ("tech", "billing", "sales", "care") if q != queue])
    client = await desk.signed_in()
    assert f'data-id="{conversation}"' not in (await client.get("/console/list")).text
    assert f'data-id="{conversation}"' in (await client.get("/console/list?tab=all")).text


async def test_search_finds_words(desk: Room) -> None:
    conversation = await desk.waiting("v1", "роутер мигает красным")
    client = await desk.signed_in()
    assert f'data-id="{conversation}"' in (await client.get("/console/list", params={"q": "мигает"})).text
    assert "Здесь пусто" in (await client.get("/console/list", params={"q": "такого нет"})).text


async def test_a_deadline_goes_from_grey_over_amber_to_red(desk: Room) -> None:
    conversation = await desk.waiting()
    talk = await desk.talk(conversation)
    assert talk.due_at
    start, client = desk.clock.at, await desk.signed_in()

    async def badge(share: float) -> str:
        desk.clock.at = start + share * (talk.due_at - start)
        found = re.search(r'class="sla([^"]*)"[^>]*>.*?</svg>([^<]+)<', (await client.get("/console/list")).text)
        assert found
        return f"{found[1].strip()}:{found[2]}".replace("\u00a0", " ")

    assert (await badge(0.1)).startswith(":ещё ")
    assert (await badge(0.74)).startswith(":ещё ")
    assert (await badge(0.76)).startswith("soon:ещё ")
    assert (await badge(1.1)).startswith("late:опоздание ")


async def test_a_conversation_shows_who_said_what_and_hides_no_note(desk: Room) -> None:
    conversation = await desk.waiting("v1", "нет интернета\nс утра")
    await desk.people.take(conversation, desk.anna)
    await desk.people.say(conversation, desk.anna, "Здравствуйте, смотрю.", "c1")
    await desk.people.note(conversation, desk.igor, "вчера меняли коммутатор", "c2")
    client = await desk.signed_in()
    page = (await client.get(f"/console/c/{conversation}")).text
    assert '<p class="bub cust">нет интернета\nс утра</p>' in page
    assert '<p class="bub op">Здравствуйте, смотрю.</p>' in page
    assert "Клиент её не видит" in page
    assert "вчера меняли коммутатор" in page
    await desk.store.mark_read(conversation, read_seq=99)
    assert '<span class="mark">прочитано</span>' in (await client.get(f"/console/c/{conversation}")).text


async def test_what_is_new_is_marked(desk: Room) -> None:
    conversation = await desk.waiting()
    await desk.people.take(conversation, desk.anna)
    seen = (await desk.talk(conversation)).last_seq
    await desk.store.mark_read(conversation, seen_seq=seen)
    client = await desk.signed_in()
    assert 'id="new"' not in (await client.get(f"/console/c/{conversation}")).text
    await desk.hear("v1", "ау")
    page = (await client.get(f"/console/c/{conversation}")).text
    assert page.count('id="new"') == 1
    assert page.index('id="new"') < page.rindex(">ау<")


async def test_hostile_text_is_text_on_every_page(desk: Room) -> None:
    number, conversation = await desk.ticket()
    await desk.hear("v9", XSS, page={"address": XSS})
    await desk.store.save_customer(
        (await desk.talk(conversation)).customer_id,
        CustomerEdit({"name": XSS, "segment": XSS}, {}, (XSS,)),
    )
    await desk.store.edit_ticket(TicketEdit(number, fields={"lights": XSS}, contact=XSS, note=XSS), desk.clock.now())
    await desk.people.take(conversation, desk.anna)
    await desk.people.note(conversation, desk.anna, XSS, "c1")
    client = await desk.signed_in()
    ticket = await desk.store.ticket(number)
    assert ticket
    pages = [
        "/console",
        "/console?tab=all",
        f"/console/c/{conversation}",
        "/console/list?q=%3Cimg",
        f"/console?q={httpx.URL(params={'q': XSS}).query.decode()[2:]}",
    ]
    pages += [
        f"/console/requests/{number}",
        "/console/requests?state=all",
        f"/console/c/{conversation}/context",
        f"/console/c/{conversation}/lines",
    ]
    pages += [
        f"/requests/{number}?key={ticket.secret}",
        f"/kb/ru/search?q={httpx.URL(params={'q': XSS}).query.decode()[2:]}",
    ]
    shown = 0
    for path in pages:
        answer = await client.get(path)
        assert answer.status_code == 200, path
        assert "<img src=x" not in answer.text, path
        assert "<script>alert" not in answer.text, path
        assert "49" not in re.sub(r"&#\d+;|v=\w+|\d{2}:\d{2}", "", answer.text) or "{{7*7}}" in answer.text
        shown += "onerror=" in answer.text or "{{7*7}}" in answer.text
    assert shown >= 8


async def test_pages_have_no_inline_code_and_strict_headers(desk: Room) -> None:
    number, conversation = await desk.ticket()
    ticket = await desk.store.ticket(number)
    assert ticket
    client = await desk.signed_in()
    private = [
        "/console",
        f"/console/c/{conversation}",
        "/console/requests",
        f"/console/requests/{number}",
        "/console/letters",
        f"/requests/{number}?key={ticket.secret}",
    ]
    public = ["/kb/ru", "/kb/en/wifi-password", "/kb/ru/search?q=пароль", "/", "/?lang=en"]
    for path in [*private, *public]:
        answer = await client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-security-policy"] == CSP
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert (answer.headers["cache-control"] == "no-store") == (path in private or "search" in path)
        assert not re.search(
            r"<script(?![^>]*(?:\bsrc=|ld\+json))|\son\w+=|\sstyle=|<style|javascript:", answer.text
        ), path
    assert (await client.get(f"/requests/{number}?key={ticket.secret}")).headers["x-robots-tag"].startswith("noindex")


@pytest.mark.parametrize(
    "path",
    [
        "/console/c/99",
        "/console/c/99999999999999999999",
        "/console/requests/99",
        "/console/requests/99999999999999999999",
        "/console/c/99/lines",
        "/console/files/none",
    ],
)
async def test_what_is_not_there_is_404(desk: Room, path: str) -> None:
    client = await desk.signed_in()
    assert (await client.get(path)).status_code == 404


async def test_pages_speak_the_operators_language(desk: Room) -> None:
    client = await desk.signed_in(desk.igor)
    assert "Waiting for a person" in (await client.get("/console")).text
    answer = await client.post(
        "/console/language", data={"lang": "ru"}, headers={"referer": f"{desk.url}/console/requests?x=1"}
    )
    assert answer.headers["location"] == "/console/requests"
    assert "Ждут человека" in (await client.get("/console")).text
    assert (await client.post("/console/language", data={"lang": "xx"})).status_code == 422


async def test_away_takes_the_operator_off_duty(desk: Room) -> None:
    client = await desk.signed_in()
    await client.get("/console")
    assert await desk.store.present(desk.clock.now()) == [desk.anna.id]
    await client.post("/console/away", data={"away": "yes"})
    assert await desk.store.present(desk.clock.now()) == []
    assert "Не беру" in (await client.get("/console")).text
    await client.post("/console/away", data={"away": "no"})
    assert await desk.store.present(desk.clock.now()) == [desk.anna.id]


async def test_requests_are_listed_filtered_and_explained(desk: Room) -> None:
    number, conversation = await desk.ticket()
    client = await desk.signed_in()
    assert f"/console/requests/{number}" in (await client.get("/console/requests")).text
    assert f"/console/requests/{number}" not in (await client.get("/console/requests?state=done")).text
    assert f"/console/requests/{number}" not in (await client.get("/console/requests?mine=1")).text
    page = (await client.get(f"/console/requests/{number}")).text
    assert "Срок: первый ответ за" in page
    assert "работаем" in page
    assert f"/console/c/{conversation}" in page
    assert "Перезвонить" in page
    await client.post(f"/console/c/{conversation}/take")
    assert f"/console/requests/{number}" in (await client.get("/console/requests?mine=1")).text


async def test_context_shows_what_the_bot_learned(desk: Room) -> None:
    await desk.store.touch_operator(desk.anna.id, desk.clock.now())
    taken: Any = await desk.hear("v3", "нет интернета", page={"address": "Лесная, 14"})
    conversation = taken.conversation.id
    await desk.store.save_customer(
        taken.conversation.customer_id, CustomerEdit({"name": "Марина Соколова", "contract": "555666"})
    )
    client = await desk.signed_in()
    page = (await client.get(f"/console/c/{conversation}/context")).text
    assert "Марина Соколова" in page
    assert "555666" in page
    assert "Лесная, 14" in page
    assert "Не сверено" in page
    await desk.hear("v4", "не работает интернет")
    taken = await desk.hear("v4", "оператор")
    page = (await client.get(f"/console/c/{taken.conversation.id}/context")).text
    assert re.search(r'Показали статью\s*<a href="/kb/ru/no-internet"', page)
    assert page.count("Не работает интернет") == 1
