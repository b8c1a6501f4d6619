"""The lead's page of lessons: approve with other words and another category, refuse, undo. Nothing is written before somebody approves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from presszero.nlu.phrases import of_text
from presszero.store.base import TicketEdit
from tests.console.room import ROOT, Room
from tests.lessons.test_capture import ticket

SAID = "серая коробка под телевизором гудит"
PHRASES = "nlu/ru/lessons.yml"
WAY = "/console/lessons"


@pytest.fixture
def folder(desk: Room, tmp_path: Path) -> Path:
    for name in ("nlu", "handoff"):
        shutil.copytree(ROOT / name, tmp_path / "desk" / name)
    shutil.copy(ROOT / "config.yaml", tmp_path / "desk")
    return tmp_path / "desk"


async def lesson(desk: Room, text: str = SAID, peer: str = "v1", category: str = "tv/box") -> int:
    number = await ticket(desk, text, peer)
    await desk.people.change_ticket(TicketEdit(number, category=category, by=desk.igor.shown))
    assert await desk.store.lesson(number)
    return number


def learned(folder: Path) -> list[tuple[str, str]]:
    return [(p.intent, p.text) for p in of_text((folder / PHRASES).read_text(), PHRASES).trained]


async def test_it_is_listed_with_all_that_a_lead_decides_by(desk: Room, folder: Path) -> None:
    number = await lesson(desk)
    lead = await desk.signed_in()
    page = (await lead.get(WAY)).text
    kept = await desk.store.lesson(number)
    assert kept
    was = desk.intake.content.handoff.categories[kept.guess].title.render("ru", {})
    for part in (SAID, "ТВ-приставка", f"<s>{was}</s>", "Igor Lee", f"/console/requests/{number}", "Одобрить"):
        assert part in page, part
    assert not (folder / PHRASES).exists()
    assert f'href="{WAY}" aria-current="page"' in page
    assert "Ждут решения: </span>1</span>" in (await lead.get("/console/gaps")).text.replace("\u00a0", " ")
    igor = await desk.signed_in(desk.igor)
    assert "Ждут решения" not in (await igor.get("/console")).text.replace("\u00a0", " ")


async def test_only_leads_decide(desk: Room, folder: Path) -> None:
    number = await lesson(desk)
    igor = await desk.signed_in(desk.igor)
    assert (await igor.get(WAY)).status_code == 403
    for act in ("approve", "refuse", "undo"):
        said = {"text": SAID, "category": "tv/box"}
        assert (await igor.post(f"{WAY}/{number}/{act}", data=said)).status_code == 403
        assert (await desk.client().post(f"{WAY}/{number}/{act}", data=said)).status_code in {303, 401}
        lead = await desk.signed_in()
        other = {"origin": "https://evil.example"}
        assert (await lead.post(f"{WAY}/{number}/{act}", data=said, headers=other)).status_code == 403
    assert await desk.store.lessons(decided=True) == []
    assert not (folder / PHRASES).exists()


async def test_approved_it_is_a_phrase_and_undone_it_is_none(desk: Room, folder: Path) -> None:
    number = await lesson(desk)
    lead = await desk.signed_in()
    said = {"text": "серая  коробка\nгудит", "category": "equipment/broken"}
    done = await lead.post(f"{WAY}/{number}/approve", data=said)
    assert (done.status_code, done.headers["location"]) == (303, f"{WAY}?done={number}")
    assert learned(folder) == [("category/equipment/broken", "серая коробка гудит")]
    kept = await desk.store.lesson(number)
    assert kept
    assert (kept.state, kept.decided_by, kept.file) == ("approved", desk.anna.shown, PHRASES)
    page = (await lead.get(done.headers["location"])).text
    assert f"Сохранено: {PHRASES}" in page
    assert "серая коробка гудит" in page
    again = await lead.post(f"{WAY}/{number}/approve", data=said)
    assert again.status_code == 409
    assert "уже кто-то решил" in again.text
    assert (await lead.post(f"{WAY}/{number}/undo")).status_code == 303
    assert not (folder / PHRASES).exists()
    assert [each.ticket_number for each in await desk.store.lessons(decided=False)] == [number]
    assert (await lead.post(f"{WAY}/{number}/undo")).status_code == 303


async def test_refused_it_is_only_a_row(desk: Room, folder: Path) -> None:
    number = await lesson(desk)
    lead = await desk.signed_in()
    assert (await lead.post(f"{WAY}/{number}/refuse")).status_code == 303
    assert "отклонено, учить нечего" in (await lead.get(f"{WAY}?done={number}")).text
    assert (await lead.post(f"{WAY}/{number}/refuse")).status_code == 409
    assert (await lead.post(f"{WAY}/{number}/undo")).status_code == 303
    assert await desk.store.lessons(decided=False)
    assert not (folder / PHRASES).exists()


async def test_what_cannot_be_learned_is_said_and_keeps_what_was_typed(desk: Room, folder: Path) -> None:
    number = await lesson(desk)
    lead = await desk.signed_in()
    for text, category, why in (
        ("гудит", "tv/box", "хотя бы два слова"),
        ("звоните +7 900 123-45-67 ей", "", "Выберите категорию"),
        (SAID, "no/such", "Выберите категорию"),
        ("Пропал интернет с утра, перезагрузка не помогла", "", "Выберите категорию"),
    ):
        answer = await lead.post(f"{WAY}/{number}/approve", data={"text": text, "category": category})
        assert answer.status_code == 422
        assert why in answer.text.replace("\u00a0", " ")
        assert text in answer.text
    phrase, *_ = re.findall(r"^ +- (.+)$", (folder / "nlu/ru/categories.yml").read_text(), re.MULTILINE)[1:]
    twice = await lead.post(f"{WAY}/{number}/approve", data={"text": phrase, "category": "complaint/staff"})
    assert twice.status_code == 422
    assert "Фраза «" in twice.text
    assert not (folder / PHRASES).exists()
    assert (await lead.post(f"{WAY}/77/approve", data={})).status_code == 404
    assert (await lead.post(f"{WAY}/{10**30}/refuse", data={})).status_code == 404
    assert (await lead.get(f"{WAY}?done=<b>")).status_code == 200


async def test_two_lessons_of_the_same_words_share_a_phrase(desk: Room, folder: Path) -> None:
    first, second = await lesson(desk), await lesson(desk, SAID, "v2")
    lead = await desk.signed_in()
    for number in (first, second):
        said = {"text": SAID, "category": "tv/box"}
        assert (await lead.post(f"{WAY}/{number}/approve", data=said)).status_code == 303
    assert learned(folder) == [("category/tv/box", SAID)]
    assert "такая фраза в файлах уже есть" in (await lead.get(f"{WAY}?done={second}")).text.replace("\u00a0", " ")
    assert (await lead.post(f"{WAY}/{first}/undo")).status_code == 303
    assert learned(folder) == [("category/tv/box", SAID)]


async def test_a_file_that_people_changed_is_theirs(desk: Room, folder: Path) -> None:
    number = await lesson(desk)
    lead = await desk.signed_in()
    said = {"text": SAID, "category": "tv/box"}
    await lead.post(f"{WAY}/{number}/approve", data=said)
    path = folder / PHRASES
    path.write_text(path.read_text().replace(SAID, "коробка гудит"))
    assert (await lead.post(f"{WAY}/{number}/undo")).status_code == 303  # theirs stays
    assert learned(folder) == [("category/tv/box", "коробка гудит")]
    path.write_text("nlu: [oh\n")
    answer = await lead.post(f"{WAY}/{number}/approve", data=said)
    assert answer.status_code == 409
    assert "Файл уроков изменён" in answer.text
    assert path.read_text() == "nlu: [oh\n"
    assert [each.ticket_number for each in await desk.store.lessons(decided=False)] == [number]


async def test_customers_words_are_text(desk: Room) -> None:
    await lesson(desk, "<script>alert(1)</script> не работает \"сеть\" & 'дом'")
    page = (await (await desk.signed_in()).get(WAY)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


async def test_an_empty_page_says_what_will_be_there(desk: Room) -> None:
    page = (await (await desk.signed_in()).get(WAY)).text
    assert "Решать пока нечего" in page
