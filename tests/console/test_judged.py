"""Why a request is what it is, as an operator reads it: what decided, how surely, and which of the customer's words."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from presszero.console.judged import category, judged
from presszero.console.reader import Reader
from presszero.nlu.why import Reason
from presszero.runtime.incoming import Incoming
from presszero.store.base import Operator, Ticket
from tests.console.room import NOON, Room, content

ANGRY = "Третий день нет интернета <b>сколько можно</b>!!!"


def ticket(text: str, why: dict[str, Reason], **more: object) -> Ticket:
    blank = dict.fromkeys(Ticket.__struct_fields__, "") | {"number": 7, "guess": {}}
    made = msgspec.structs.replace(Ticket(**blank), **more)  # type: ignore[arg-type]
    return msgspec.structs.replace(made, guess={"text": text, "why": msgspec.to_builtins(why)})


def reads(lang: str) -> Reader:
    return Reader(Operator(id=1, name="anna", shown="Анна", password="", lang=lang), content(""), NOON)


WHY = {
    "category": Reason("network/slow", "model", 0.72, ("скорость", "низкая"), "network/wifi", 0.12),
    "priority": Reason("normal", "category"),
    "queue": Reason("tech", "category", 0.72),
    "language": Reason("ru", "text", 0.93),
    "mood": Reason("neutral", "default", 0.75),
}


def test_each_decision_is_told_with_its_reason_and_its_certainty() -> None:
    found = judged(reads("ru"), ticket("Низкая скорость, дома", WHY))
    assert found
    assert found.title == "Как понял бот"
    assert found.lines[0][1:] == (
        "Интернет → Низкая скорость",
        "по похожим фразам",
        ("«скорость»", "«низкая»"),
        "скорее всего, 72 %",
        "иначе: Интернет → Wi-Fi и роутер, 12 %",
    )
    assert [(line.label, line.value, line.by, line.sure) for line in found.lines[1:]] == [
        ("Приоритет", "обычный", "по категории", ""),
        ("Очередь", "Техническая поддержка", "по категории", ""),
        ("Язык", "русский", "по словам", "уверенно, 93 %"),
        ("Настроение", "спокоен", "других указаний нет", "скорее всего, 75 %"),
    ]
    english = judged(reads("en"), ticket("Низкая скорость, дома", WHY))
    assert english
    assert english.lines[0].sure == "likely, 72%"
    assert english.lines[0].words == ("“скорость”", "“низкая”")


def test_the_words_that_decided_are_marked_where_they_stand() -> None:
    found = judged(reads("ru"), ticket("Низкая  скорость, дома", WHY))
    assert found
    assert "".join(part for part, _ in found.text) == "Низкая  скорость, дома"
    assert [part for part, marked in found.text if marked] == ["Низкая", "скорость,"]


@pytest.mark.parametrize("guess", [{}, {"why": {}}, {"why": 5}, {"why": {"category": {"value": 5}}}, {"by": "words"}])
def test_a_request_that_nothing_was_kept_of_has_no_reasons(guess: dict[str, object]) -> None:
    assert judged(reads("ru"), msgspec.structs.replace(ticket("x", WHY), guess=guess)) is None


def test_a_category_without_a_group_stands_alone() -> None:
    eye = reads("en")
    assert category(eye, "callback") == "Call back"
    assert category(eye, "network/slow") == "Internet → Slow internet"
    assert category(eye, "gone/away") == "gone/away"
    bare = replace(eye, content=replace(eye.content, handoff=replace(eye.content.handoff, groups={})))
    assert category(bare, "network/slow") == "Slow internet"


async def test_it_stands_in_the_pane_and_on_the_page(desk: Room) -> None:
    await desk.store.touch_operator(desk.anna.id, desk.clock.now())
    await desk.hear("w1", ANGRY)
    taken = await desk.hear("w1", "оператор")
    client = await desk.signed_in()
    pane = f"/console/c/{taken.conversation.id}/context"
    page = (await client.get(pane)).text.replace("\u00a0", " ")
    assert "Интернет → Нет интернета" in page, "also before there is a request"
    assert "<mark>нет</mark> <mark>интернета</mark>" in page
    await desk.intake.accept(Incoming(channel="web", peer="w1", external_id="n1", kind="press", payload="!note"))
    found = (await desk.store.tickets(conversation_id=taken.conversation.id))[0]
    assert found.guess["why"]["category"]["by"] == "flow"
    for address in (pane, f"/console/requests/{found.number}"):
        page = (await client.get(address)).text.replace("\u00a0", " ")
        assert "Как понял бот: Перезвонить" in page
        assert "задано диалогом" in page
        assert "«сколько можно»" in page
        assert "сердится" in page
        assert "<b>" not in page.partition("judged")[2].partition("</details>")[0], "a customer's text is plain"
        assert '<optgroup label="Интернет">' in page


async def test_a_conversation_that_the_bot_leads_is_not_judged(desk: Room) -> None:
    taken = await desk.hear("w2", "нет интернета")
    client = await desk.signed_in()
    assert "Как понял бот" not in (await client.get(f"/console/c/{taken.conversation.id}/context")).text
