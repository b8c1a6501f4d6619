"""A generated answer as a customer meets it: what is read, what may be done meanwhile, and what is never sent or said."""

from __future__ import annotations

import asyncio
import logging
import time
from argparse import Namespace
from pathlib import Path

import jwt
import pytest

from presszero.check.player import Stage
from presszero.cli import doctor_
from presszero.dialogue.generated import SPENT
from presszero.testing.llm import Llm
from tests.generated.room import GOOD, KEY, PASSAGE, Room, desk_of, room, started
from tests.running import ENV, SITE_SECRET, until


async def test_a_good_answer_is_read_with_its_sources(desk: Room, caplog: pytest.LogCaptureFixture) -> None:
    desk.llm.answer = f"**{GOOD}**"
    visitor = await desk.visitor()
    with caplog.at_level(logging.INFO):
        answer, helped = await desk.read(visitor)
    assert answer["text"] == f"{GOOD}\n\nWritten by a machine from this article:"
    assert answer["links"] == [{"title": "[1] How to pay", "url": "http://desk.example/kb/en/paying"}]
    assert (answer["kind"], answer["generated"]) == ("answer", True)
    assert answer["sources"] == [{"article": "paying", "title": "How to pay"}]
    assert helped["text"] == "Did this help?"
    assert [b["label"] for b in helped["buttons"]] == ["Yes", "No"]
    assert (await visitor.said(payload="!offer/helped/yes", label="Yes")) == ["Good. Write if you need anything else."]
    counts = await desk.counts()
    assert (counts["generated"], counts["shown:paying"], counts["helped:paying"]) == (1, 1, 1)
    (question,) = await desk.here.running.store.questions(0.0)
    assert (question.band, question.feedback) == ("answer", "yes")
    assert KEY not in caplog.text
    assert "PZ-LLM answered" in caplog.text
    (asked,) = desk.llm.asked
    assert (asked.path, asked.headers["authorization"]) == ("/v1/chat/completions", f"Bearer {KEY}")


async def test_it_is_written_in_the_customers_language(desk: Room) -> None:
    desk.llm.answer = "Оплатите картой в приложении или на стойке. [1]"
    visitor = await desk.visitor("ru")
    answer, _ = await desk.read(visitor, "как оплатить?")
    assert answer["text"] == "Оплатите картой в приложении или на стойке [1].\n\nНаписано машиной по этой статье:"
    assert "по-русски" in desk.llm.asked[0].body["messages"][0]["content"]


async def test_personal_data_and_other_peoples_articles_are_never_sent(desk: Room) -> None:
    visitor = await desk.visitor()
    text = "how do I pay? card 4242 4242 4242 4242, anna@example.org, my name is Anna Berg, call +7 900 000-00-42"
    await desk.read(visitor, text)
    await desk.read(visitor, "what benefits do staff have")
    assert desk.llm.asked
    for asked in desk.llm.asked:
        sent = str(asked.body)
        assert not [secret for secret in ("4242", "anna@", "Berg", "000-00-42", "90 days") if secret in sent]
    assert desk.llm.asked[0].question.startswith("how do I pay? card •••")


async def test_who_may_read_an_article_gets_answers_from_it(desk: Room) -> None:
    desk.llm.answer = "Staff take books home for 90 days [1]."
    signed = {"sub": "7", "exp": time.time() + 300, "segment": "staff"}
    visitor = await desk.here.visitor(lang="en", identity=jwt.encode(signed, SITE_SECRET, "HS256"))
    answer, _ = await desk.read(visitor, "what benefits do staff have?")
    ends = "Written by a machine from this article:\n[1] Benefits of the staff"  # it has no page to link to
    assert answer["text"] == f"Staff take books home for 90 days [1].\n\n{ends}"
    assert "links" not in answer


async def test_a_restart_amid_the_waiting_gives_the_passage(tmp_path: Path) -> None:
    root = desk_of(tmp_path / "desk", time_limit="30s")
    async with Llm(kind="silence") as llm:
        async with started(tmp_path, root, llm) as before:
            visitor = await before.visitor()
            await visitor.say("how do I pay?")
            await until(lambda: llm.asked)
        async with started(tmp_path, root, llm) as after:
            back = await after.here.visitor(token=visitor.token)
            await after.settled(back)
            assert [m["text"] for m in await back.lines()][-2:] == [PASSAGE, "Did this help?"]
        assert len(llm.asked) == 1


async def test_without_sources_nothing_is_asked(desk: Room) -> None:
    visitor = await desk.visitor()
    (line,) = await desk.read(visitor, "zebra quantum bicycle")
    assert line["text"] == "I did not get that."
    assert desk.llm.asked == []


async def test_an_article_that_gives_orders_is_not_sent(desk: Room) -> None:
    desk.llm.answer = "Call 900 [1]."
    visitor = await desk.visitor()
    lines = await desk.read(visitor, "how do I renew a book?")
    assert not any("Ignore" in str(asked.body) for asked in desk.llm.asked)
    assert not any(line.get("generated") for line in lines)


async def test_who_waits_is_told_so(tmp_path: Path) -> None:
    async with room(tmp_path, time_limit="30s") as desk:
        desk.llm.answer, desk.llm.hold = GOOD, asyncio.Event()
        visitor = await desk.visitor()
        said = await visitor.say("how do I pay?")
        assert [m["who"] for m in said["messages"]] == ["customer"]
        desk.clock.ahead += 1.1
        desk.here.running.intake.wakes.timers.set()
        await _line(desk, "Looking through the articles, this takes a few seconds.")
        assert await visitor.said("ok") == []  # a nod ends nothing
        desk.llm.hold.set()
        await desk.settled(visitor)
        assert [m.get("generated") for m in await visitor.lines()][-2:] == [True, None]


async def _line(desk: Room, text: str) -> None:
    store = desk.here.running.store
    async with asyncio.timeout(10):
        while not any(m.text == text for m in await store.messages(1, before=1 << 60, limit=50)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_person_is_one_word_away_meanwhile(desk: Room) -> None:
    desk.llm.answer, desk.llm.hold = GOOD, asyncio.Event()
    visitor = await desk.visitor()
    await visitor.say("how do I pay?")
    said = await visitor.say("operator")
    assert (await desk.state(visitor)).pending is None
    assert said["conversation"]["holder"] == "queue" or said["conversation"]["ticket"]
    before = len(await visitor.lines())
    desk.llm.hold.set()
    await until(lambda: desk.here.rows["call"] == 0)
    assert len(await visitor.lines()) == before  # the late answer is nobody's


async def test_who_goes_on_gets_the_passage_and_no_late_answer(desk: Room) -> None:
    desk.llm.answer, desk.llm.hold = GOOD, asyncio.Event()
    visitor = await desk.visitor()
    await visitor.say("how do I pay?")
    said = await visitor.said("let us count")
    assert said == [PASSAGE, "Which number?"]
    desk.llm.hold.set()
    await until(lambda: desk.here.rows["call"] == 0)
    assert await visitor.said("7") == ["Got 7.", "Which number?"]
    assert not [m for m in await visitor.lines() if m.get("generated")]


async def test_an_answer_over_an_open_question_puts_it_again(desk: Room) -> None:
    desk.llm.answer = GOOD
    visitor = await desk.visitor()
    await visitor.say("let us count")
    answer, question = await desk.read(visitor)
    assert answer["generated"]
    assert question["text"] == "Which number?"
    assert await visitor.said("7") == ["Got 7.", "Which number?"]


async def test_a_step_that_asks_the_articles_has_its_way(desk: Room) -> None:
    desk.llm.answer = GOOD
    visitor = await desk.visitor()
    assert await visitor.said("give me some advice please") == ["About what?"]
    answer, helped = await desk.read(visitor)
    assert (answer["generated"], helped["text"]) == (True, "Did this help?")
    assert await visitor.said("yes") == ["Good. Write if you need anything else."]
    desk.llm.answer = "NO_ANSWER"
    await visitor.say("give me some advice please")
    passage, helped = await desk.read(visitor)
    assert (passage["text"], passage.get("generated")) == (PASSAGE, None)
    assert passage["kind"] == "answer"


async def test_the_cap_of_a_day(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with room(tmp_path, price_in=1, price_out=1, day_cap=1.5) as desk:
        desk.llm.answer, desk.llm.usage = GOOD, (500, 500)
        visitor = await desk.visitor()
        answer, _ = await desk.read(visitor)
        assert answer["generated"]
        assert (await desk.counts())[SPENT] == 1_000_000
        made = (await desk.here.running.store.messages(1, before=1 << 60, limit=50))[-2].body["made"]
        assert (made["cost"], made["tokens"], made["model"]) == (1.0, [500, 500], "tiny")
        for _ in range(2):
            passage, _ = await desk.read(visitor)
            assert passage["text"] == PASSAGE
        assert len(desk.llm.asked) == 1
        assert caplog.text.count("PZ-LLM-CAP") == 1
        desk.clock.ahead += 86_400
        answer, _ = await desk.read(await desk.visitor())
        assert answer["generated"]


async def test_doctor_tells_what_today_has_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with room(tmp_path, price_in=1, price_out=1, day_cap=1.5) as desk:
        desk.llm.answer, desk.llm.usage = GOOD, (500, 500)
        for _ in range(2):
            await desk.read(await desk.visitor())
    for name, value in {
        **ENV,
        "LLM_URL": desk.llm.url,
        "LLM_KEY": KEY,
        "PRESSZERO_DATA": str(tmp_path / "data"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    assert await asyncio.to_thread(doctor_.run, Namespace(dir=str(tmp_path / "desk"))) == 1
    told = capsys.readouterr().out
    assert "✗ generated answers today (UTC): 1 shown, 1 passages instead, 1.0000 of 1.5 spent" in told
    assert KEY not in told


async def test_played_conversations_stay_verbatim(desk: Room) -> None:
    content = desk.here.running.intake.content
    assert content.generates
    async with Stage(content, time.time()) as stage:
        player = await stage.player(lang="en", at=time.time(), services={}, customer={})
        assert [m.text for m in await player.say("how do I pay?")] == [PASSAGE, "Did this help?"]
    assert desk.llm.asked == []


async def test_rest_front_ends_get_it_in_the_same_answer(desk: Room) -> None:
    desk.llm.answer = GOOD
    found = await desk.here.http.post("/webhooks/rest/webhook", json={"sender": "anna", "message": "how do I pay?"})
    first, second = found.json()
    assert first["text"].startswith(GOOD)
    assert first["text"].endswith("[1] How to pay: http://desk.example/kb/en/paying")
    assert second["text"] == "Did this help?"
