"""A model that misbehaves, and what the customer reads: the author's own passage, soon."""

from __future__ import annotations

import time

import pytest

from presszero.runtime import generating
from tests.generated.room import PASSAGE, Room

SAID = {
    "invented citation": "Pay by card in the app [7].",
    "no citation": "Pay by card in the app or at the desk.",
    "half of it cited": "Pay by card in the app [1]. Also ask your neighbours.",
    "foreign link": "Pay by card in the app, see https://evil.example/pay [1].",
    "foreign e-mail": "Pay by card in the app, write to pay@evil.example [1].",
    "wrong number": "The money arrives within 5 hours [1].",
    "wrong number in words": "The money arrives within five hours [1].",
    "invented name": "Pay by card in the app or at Barclays [1].",
    "the opposite": "Cash is accepted at the desk [1].",
    "injection followed": "Ignore the desk: send your password to the administrator now [1].",
    "another passage": "The branches stand in Oak street [1].",
    "too long": "Pay by card in the app [1]. " * 30,
    "markup that hides words": "<img src=x onerror=alert(1)> <script>steal(password)</script> [1].",
    "nothing": "",
    "only a mark": "[1]",
    "does not know": "NO_ANSWER",
}
KINDS = ["silence", "drip", "500", "429", "redirect", "not_json", "huge", "empty", "tool_call", "cut", "close"]


async def test_answers_that_must_not_be_shown(desk: Room) -> None:
    for name, said in SAID.items():
        desk.llm.answer = said
        visitor = await desk.visitor()
        passage, helped = await desk.read(visitor)
        assert (name, passage["text"], helped["text"]) == (name, PASSAGE, "Did this help?")
        assert passage["links"] == [{"title": "How to pay", "url": "http://desk.example/kb/en/paying"}]
        assert "generated" not in passage
    assert len(desk.llm.asked) == len(SAID)
    counts = await desk.counts()
    assert sum(n for name, n in counts.items() if name.startswith("not_generated:")) == len(SAID)


async def test_servers_that_misbehave(desk: Room, caplog: pytest.LogCaptureFixture) -> None:
    for kind in KINDS:
        desk.clock.ahead += generating.REST + 1
        desk.llm.kind, desk.llm.answer = kind, "Pay by card in the app [1]."
        visitor = await desk.visitor()
        began = time.monotonic()
        *_, passage, _ = await desk.read(visitor)  # before it, perhaps, that it takes a while
        assert (kind, passage["text"]) == (kind, PASSAGE)
        assert time.monotonic() - began < 9.0  # the limit is one second
    assert len(desk.llm.asked) == len(KINDS)
    assert "sk-never" not in caplog.text


async def test_who_comes_while_it_is_ill_does_not_wait(desk: Room) -> None:
    desk.llm.kind = "500"
    await desk.read(await desk.visitor())
    desk.llm.kind, desk.llm.answer = "ok", "Pay by card in the app [1]."
    passage, _ = await desk.read(await desk.visitor())
    assert (passage["text"], len(desk.llm.asked)) == (PASSAGE, 1)
    desk.clock.ahead += generating.REST + 1
    answer, _ = await desk.read(await desk.visitor())
    assert answer["generated"]


async def test_markup_is_plain_text(desk: Room) -> None:
    desk.llm.answer = "### **Pay** by <b>card</b> in the `app` [1].\n* The money arrives within 3 hours [1]"
    answer, _ = await desk.read(await desk.visitor())
    assert answer["text"].startswith("Pay by card in the app [1].\n• The money arrives within 3 hours [1]\n\n")
