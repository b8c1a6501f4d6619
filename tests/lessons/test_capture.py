"""Who corrects a category proposes a lesson: masked, and only where something was said."""

from __future__ import annotations

import pytest

from presszero.runtime.keeping import throw_away
from presszero.runtime.lessons import lesson, phrase
from presszero.store.base import Customer, CustomerEdit, Ticket, TicketEdit
from tests.console.room import Room

TEXT = "Мария Кротова, договор СС-4471: камера у подъезда не пишет, звоните +7 900 123-45-67"


async def ticket(desk: Room, text: str, peer: str = "v1") -> int:
    """A request that was opened after these words, in the category it was given."""
    if text:
        taken = await desk.hear(peer, text)
        await desk.store.save_customer(
            taken.conversation.customer_id, CustomerEdit({"name": "Мария Кротова", "contract": "СС-4471"})
        )
    number, _ = await desk.ticket(peer)
    return number


async def test_the_console_proposes_it_without_personal_data(desk: Room) -> None:
    number = await ticket(desk, TEXT)
    before = await desk.store.ticket(number)
    assert before
    igor = await desk.signed_in(desk.igor)
    answer = await igor.post(f"/console/requests/{number}", data={"category": "tv/box"}, headers={"hx-request": "true"})
    assert answer.status_code == 200
    [lesson] = await desk.store.lessons(decided=False)
    assert (lesson.ticket_number, lesson.by, lesson.lang) == (number, "Igor Lee", "ru")
    assert (lesson.guess, lesson.category) == (before.category, "tv/box")
    for part in ("Мари", "Крот", "4471", "900", "123"):
        assert part not in lesson.text, part
    assert "камера у подъезда не пишет" in lesson.text


async def test_too_little_is_no_lesson(desk: Room) -> None:
    for n, text in enumerate(("", "интернет", "4471 900 12", "+7 900 123-45-67 Мария")):
        number = await ticket(desk, text, f"v{n}")
        await desk.people.change_ticket(TicketEdit(number, category="tv/box", by="Анна"))
    assert await desk.store.lessons(decided=False) == []


async def test_other_changes_and_the_bots_own_are_no_lessons(desk: Room) -> None:
    number = await ticket(desk, "камера не пишет")
    await desk.people.change_ticket(TicketEdit(number, priority="high", state="open", by="Анна"))
    await desk.store.edit_ticket(TicketEdit(number, category="tv/box"), desk.clock.now())
    assert await desk.store.lessons(decided=False) == []


async def test_it_goes_with_the_conversation_and_in_time(desk: Room) -> None:
    number = await ticket(desk, "камера не пишет")
    await desk.people.change_ticket(TicketEdit(number, category="tv/box", by="Анна"))
    found = await desk.store.ticket(number)
    assert found
    await desk.intake.forget(found.conversation_id)
    assert await desk.store.lesson(number) is None
    number = await ticket(desk, "камера не пишет", "v2")
    await desk.people.change_ticket(TicketEdit(number, category="tv/box", by="Анна"))
    desk.clock.at += 40 * 86400
    await throw_away(desk.intake, 30, lambda _: None)
    assert await desk.store.lesson(number) is None


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"address": "Лесная 14 кв 8", "what": "камера не пишет третий день"}, "камера не пишет третий день"),
        ({"name": "Иванова Мария Петровна", "what": "пропали каналы"}, "пропали каналы"),
        ({"what": "пропали каналы и спорт"}, "пропали каналы и спорт"),
    ],
)
def test_names_and_addresses_that_a_flow_asked_for_are_hidden(fields: dict[str, str], left: str) -> None:
    kept = lesson(opened(fields), Customer(1))
    assert kept
    assert phrase(kept.text) == left
    assert kept.lang == "ru"


def test_nothing_but_names_is_no_lesson() -> None:
    assert lesson(opened({"name": "Иванова Мария"}), Customer(1)) is None
    assert lesson(opened({}), Customer(1)) is None


def opened(fields: dict[str, str]) -> Ticket:
    guess = {"text": " ".join(fields.values())}
    return Ticket(
        *(1001, 1, 1, "", "other", "normal", "care", "new", None, fields, (), guess, None, None, "", "", 0.0, 0.0),
        lang="ru",
    )
