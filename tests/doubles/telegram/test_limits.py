"""What the double counts, on a clock that the test moves; how it brings updates; how it is ordered about from outside."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.testing.telegram import Limits, Telegram
from presszero.testing.telegram.aside import serve_aside
from presszero.testing.telegram.entities import parse, units
from presszero.testing.telegram.flood import Flood
from presszero.testing.telegram.refusal import Refusal
from tests.running import listening, until


class Hands:
    """A clock that is moved."""

    def __init__(self) -> None:
        self.at = 1_700_000_000.0

    def __call__(self) -> float:
        return self.at


def wait(flood: Flood, clock: Hands, chat: int = 1, *, group: bool = False) -> int:
    """Seconds to wait before a message to the chat; 0 = it went."""
    try:
        flood.take(chat, group=group, now=clock())
    except Refusal as refusal:
        return int(refusal.parameters["retry_after"])
    return 0


def test_one_a_second_in_a_chat_after_a_burst() -> None:
    clock, flood = Hands(), Flood(Limits(burst=3))
    assert [wait(flood, clock) for _ in range(5)] == [0, 0, 0, 1, 1]
    clock.at += 1
    assert [wait(flood, clock) for _ in range(2)] == [0, 1]
    assert wait(flood, clock, 2) == 0


def test_thirty_a_second_in_all() -> None:
    clock, flood = Hands(), Flood(Limits())
    assert [wait(flood, clock, chat) for chat in range(31)] == [0] * 30 + [1]
    clock.at += 1
    assert wait(flood, clock, 99) == 0


def test_twenty_a_minute_in_a_group_and_the_moment_that_was_named_holds() -> None:
    clock, flood = Hands(), Flood(Limits())
    for _ in range(20):
        assert wait(flood, clock, -1, group=True) == 0
        clock.at += 1.5
    assert wait(flood, clock, -1, group=True) == 30
    clock.at += 29
    assert wait(flood, clock, -1, group=True) == 1
    clock.at += 1
    assert wait(flood, clock, -1, group=True) == 0


@given(st.lists(st.floats(0, 3), max_size=60))
def test_who_waits_as_told_is_never_refused_again(pauses: list[float]) -> None:
    clock, flood = Hands(), Flood(Limits())
    for pause in pauses:
        clock.at += pause
        if seconds := wait(flood, clock, -1, group=True):
            clock.at += seconds
            assert wait(flood, clock, -1, group=True) == 0


@given(st.text(max_size=60))
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse(escaped, "HTML") == (text.strip(), [])
    marked = "".join(f"\\{c}" if c.isascii() and c.isprintable() and not c.isalnum() and c != " " else c for c in text)
    assert parse(marked, "MarkdownV2")[0] == text.strip()


@given(
    st.text(alphabet="ab<>/&;*_|~`[](){}.!\\ \n😀", max_size=40), st.sampled_from(["HTML", "MarkdownV2", "Markdown"])
)
def test_any_markup_is_read_or_refused(text: str, mode: str) -> None:
    try:
        plain, entities = parse(text, mode)
    except Refusal as refusal:
        assert refusal.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017 - either way is right
        return
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= units(plain) for e in entities)


async def test_updates_are_kept_a_day() -> None:
    clock = Hands()
    async with Telegram(clock=clock) as tg:
        await tg.person("Анна").write("old")
        clock.at += 24 * 3600 - 1
        assert len(await tg.bot.updates.poll(0, 100, 0)) == 1
        clock.at += 2
        assert await tg.bot.updates.poll(0, 100, 0) == []


async def test_a_press_is_answered_in_time_or_not_at_all() -> None:
    clock = Hands()
    async with Telegram(clock=clock) as tg, httpx.AsyncClient(trust_env=False) as http:
        anna = tg.person("Анна")
        press = await anna.press_data(await anna.start(), "x")
        clock.at += 61
        answer = await http.post(f"{tg.url}/bot{tg.token}/answerCallbackQuery", data={"callback_query_id": press})
        assert answer.json()["description"].startswith("Bad Request: query is too old and response timeout expired")


@dataclass
class Hook:
    """A bot's own address: keeps what came, and answers as it is told."""

    got: list[int] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    refuse: int = 0

    async def app(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        body = b""
        while True:
            part = await receive()
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        self.secrets.add(dict(scope["headers"]).get(b"x-telegram-bot-api-secret-token", b"").decode())
        self.refuse -= 1
        if self.refuse < 0:
            self.got.append(json.loads(body)["update_id"])
        await send({"type": "http.response.start", "status": 200 if self.refuse < 0 else 500, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def test_a_webhook_brings_everything_again_until_it_is_taken() -> None:
    hook = Hook(refuse=2)
    async with Telegram() as tg, listening(hook.app) as url, httpx.AsyncClient(trust_env=False) as http:
        anna = tg.person("Анна")
        given = {"url": url, "secret_token": "secret-1", "max_connections": 4}
        assert (await http.post(f"{tg.url}/bot{tg.token}/setWebhook", json=given)).json() == {
            "ok": True,
            "result": True,
        }
        tg.bot.webhook.first_pause = 0.01
        tg.bot.webhook.shuffle(50, (1, 5), seed=7)
        for n in range(80):
            await anna.write(str(n))
        await until(lambda: tg.bot.webhook.delivered == 80)
        assert hook.secrets == {"secret-1"}
        assert len(set(hook.got)) == 80
        assert 80 < len(hook.got) < 400
        first = list(dict.fromkeys(hook.got))
        assert first != sorted(first)
        assert max(abs(n - found) for n, found in enumerate(f - min(first) for f in first)) > 5
        assert not tg.bot.updates.waiting
        assert tg.bot.webhook.error == "Wrong response from the webhook: 500"


async def test_unknown_tokens_and_methods_and_broken_bodies_are_answered() -> None:
    async with Telegram() as tg, httpx.AsyncClient(trust_env=False) as http:
        bot = f"{tg.url}/bot{tg.token}"
        seen = [
            (await http.get(f"{tg.url}/bot1:wrong/getMe")).json()["description"],
            (await http.get(f"{bot}/getNothing")).json()["description"],
            (await http.get(f"{bot}/GETME")).json()["ok"],
            (await http.post(f"{bot}/sendMessage", content=b"{", headers={"content-type": "application/json"})).json()[
                "description"
            ],
            (await http.post(f"{bot}/sendMessage", json=["x"])).json()["description"],
            (await http.get(f"{bot}/sendMessage?chat_id=1&text=x")).json()["description"],
            (await http.get(f"{tg.url}/elsewhere")).status_code,
        ]
        assert seen == ["Unauthorized", "Not Found: method not found", True, "Bad Request: can't parse JSON object",
                        "Bad Request: chat_id is empty", "Bad Request: chat not found", 404]  # fmt: skip


def test_chance_repeats() -> None:
    def run() -> list[str]:
        found = Telegram().faults
        found.chaos(5, {"lost": 0.2, "error": 0.2}, ("sendMessage",))
        met = [found.take("sendmessage", 1) for _ in range(100)]
        return [fault.kind if fault else "" for fault in met]

    first = run()
    assert first == run()
    assert 10 < first.count("lost") < 35
    assert Telegram().faults.take("sendmessage", 1) is None


def test_beside_the_test_in_its_own_thread_and_by_orders() -> None:
    with serve_aside("Shop") as aside, httpx.Client(base_url=aside.url, trust_env=False) as http:
        anna = aside.do(lambda tg: tg.person("Анна", lang="ru"))
        aside.do(lambda _: anna.write("привет"))

        def order(what: str, **given: Any) -> Any:
            return http.post(f"/control/{what}", json=given).json()

        boris = order("person", name="Boris")["id"]
        order("write", person=boris, text="hello")
        updates = http.get(f"/bot{aside.token}/getUpdates").json()["result"]
        assert [u["message"]["text"] for u in updates] == ["привет", "hello"]
        order("fault", kind="lost", method="sendMessage")
        with pytest.raises(httpx.HTTPError):
            http.get(f"/bot{aside.token}/sendMessage", params={"chat_id": boris, "text": "answer"})
        assert [m["text"] for m in order("messages", person=boris)] == ["hello", "answer"]
        assert [e["text"] for e in order("effects")] == ["answer"]
        assert "error" in order("write", person=1, text="x")
        assert "person" in order("nonsense")["orders"]
