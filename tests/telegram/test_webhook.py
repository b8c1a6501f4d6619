"""Updates by webhook: taken once, in order, on disk before 200; nobody without the secret gets anywhere."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from presszero.channels.telegram.webhook import HEADER
from tests.running import until
from tests.telegram.stage import Stage, stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def hook(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with stage(tmp_path_factory.mktemp("hook"), mode="webhook") as found:
        yield found


# Ids grow from test to test, whatever their order: one bot serves them all.
_ids = itertools.count(1 << 32, 1000)


def account(hook: Stage) -> Any:
    return hook.desk.running.bots.accounts["telegram"]


async def post(hook: Stage, update: Any, secret: str | None = None, path: str = "") -> httpx.Response:
    headers = {HEADER: account(hook).secret if secret is None else secret}
    return await hook.desk.http.post(path or account(hook).path, json=update, headers=headers)


def says(hook: Stage, person: Any, number: int, text: str) -> dict[str, Any]:
    chat = {"id": person.id, "type": "private"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person.user.raw(), "text": text}
    return {"update_id": number, "message": message}


async def test_it_is_set_at_the_start_with_the_secret_and_what_we_read(hook: Stage) -> None:
    (call, *_) = hook.tg.journal.of("setWebhook", 200)
    assert call.params["url"] == "https://desk.example" + account(hook).path
    assert call.params["secret_token"] == account(hook).secret
    assert int(call.params["max_connections"]) == 40
    assert "callback_query" in call.params["allowed_updates"]


async def test_nothing_is_taken_without_the_secret(hook: Stage) -> None:
    eve = hook.tg.person("Eve")
    before = hook.desk.rows["message"]
    for secret in ("", "wrong", account(hook).secret[:-1], "ж" * 3):
        headers = {HEADER: secret.encode()}
        body = says(hook, eve, 500, "let me in")
        answer = await hook.desk.http.post(account(hook).path, json=body, headers=headers)
        assert answer.status_code == 401, answer.text
    assert (await post(hook, says(hook, eve, 500, "x"), path="/telegram/bot/0000")).status_code == 404
    assert (
        await post(hook, says(hook, eve, 500, "x"), path="/telegram/shop/" + account(hook).path[-24:])
    ).status_code == 404
    assert (await hook.desk.http.get(account(hook).path)).status_code == 405
    assert hook.desk.rows["message"] == before


async def test_what_is_no_update_is_refused_or_passed_by(hook: Stage) -> None:
    path, headers = account(hook).path, {HEADER: account(hook).secret}
    for body, status in [
        (b"", 400), (b"{", 400), (b"[]", 400), (b'"x"', 400), (b"\xff\xfe", 400), (b"{}", 422),
        (b'{"update_id": "5"}', 422), (b'{"update_id": true}', 422), (b"[" * 100_000, 400),
        (b'{"update_id": 5, "x": "' + b"x" * (2 << 20) + b'"}', 413),
        (b'{"update_id": 5}', 200), (b'{"update_id": 6, "message": 7}', 200),
    ]:  # fmt: skip
        answer = await hook.desk.http.post(path, content=body, headers=headers)
        assert answer.status_code == status, (body[:40], answer.text)


async def test_ten_connections_out_of_order_and_again_and_again(hook: Stage) -> None:
    people = [hook.tg.person(f"P{n}", lang="en") for n in range(4)]
    base = next(_ids)
    updates = [says(hook, people[n % 4], base + n, f"line {n}") for n in range(40)]
    for start in range(0, 40, 10):
        block = updates[start : start + 10]
        answers = await asyncio.gather(*(post(hook, u) for u in [*reversed(block), *block]))
        assert {a.status_code for a in answers} == {200}
    for n, person in enumerate(people):
        lines = [m for m in await hook.lines(person) if m.who == "customer"]
        wanted = [f"line {i}" for i in range(n, 40, 4)]
        assert sorted(m.text for m in lines) == sorted(wanted)  # each once
        in_time = [m.text for m in lines if not m.body.get("late")]  # on a busy machine some come after their time
        assert in_time == [text for text in wanted if text in in_time]


async def test_one_that_comes_after_its_turn_is_taken_and_marked(hook: Stage) -> None:
    anna = hook.tg.person("Anna", lang="en")
    base = next(_ids)
    await post(hook, says(hook, anna, base + 1, "second"))
    answer = await post(hook, says(hook, anna, base, "first"))
    assert answer.status_code == 200
    lines = [(m.text, m.body.get("late", False)) for m in await hook.lines(anna) if m.who == "customer"]
    assert lines == [("second", False), ("first", True)]
    assert hook.health["telegram"]["late"] >= 1


async def test_telegram_itself_brings_updates_and_sees_answers(hook: Stage) -> None:
    from aiogram.methods import SetWebhook

    url = hook.desk.url + account(hook).path
    await account(hook).line.client(SetWebhook(url=url, secret_token=account(hook).secret, max_connections=4))
    hook.tg.bot.webhook.shuffle(10, (1, 3), seed=1)
    people = [hook.tg.person(f"Q{n}", lang="en") for n in range(3)]
    for n in range(15):
        await people[n % 3].write(f"word {n}")
    await until(lambda: hook.tg.bot.webhook.delivered >= 15)
    for n, person in enumerate(people):
        lines = [m.text for m in await hook.lines(person) if m.who == "customer"]
        assert sorted(lines) == sorted(f"word {i}" for i in range(n, 15, 3))
        await person.sees(lambda m: m.text)
