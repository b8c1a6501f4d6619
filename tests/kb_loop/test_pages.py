"""The lead's pages: gaps, the two proposals with their undo, the articles' numbers. Nothing is kept until somebody saves it."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from presszero.kb import drafting
from tests.console.room import ROOT, Room

LAMP = "почему моргает красная лампочка на коробке в подъезде"
ANSWER = "Мария, красная лампочка значит обрыв линии: мастер придёт завтра, позвоните +7 900 123-45-67."


@pytest.fixture
def kb(desk: Room, tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "kb", tmp_path / "desk" / "kb")
    return tmp_path / "desk" / "kb"


def files(kb: Path) -> set[Path]:
    return set(kb.rglob("*.md"))


async def gap(desk: Room, answer: str = ANSWER) -> str:
    number = await desk.waiting("v1", LAMP)
    await desk.people.say(number, desk.anna, answer, "c1")
    await desk.waiting("v2", LAMP.replace("почему", "отчего"))
    page = (await (await desk.signed_in()).get("/console/gaps")).text
    found = re.search(r'href="(/console/gaps/[0-9a-f]{10})"', page)
    assert found
    return found[1]


async def test_gaps_are_listed_with_their_counts(desk: Room) -> None:
    at = await gap(desk)
    lead = await desk.signed_in()
    page = (await lead.get("/console/gaps")).text
    assert len(set(re.findall(r"/console/gaps/[0-9a-f]{10}", page))) == 1
    assert "Что написать" in page
    one = (await lead.get(at)).text
    assert "отчего моргает" in one
    assert "почему моргает" in one
    assert "обрыв линии" in one
    assert "900" not in one
    assert (await lead.get("/console/gaps/0000000000")).status_code == 404


async def test_only_leads_see_them(desk: Room) -> None:
    at = await gap(desk)
    igor = await desk.signed_in(desk.igor)
    for path in ("/console/gaps", "/console/articles", at, f"{at}/draft"):
        assert (await igor.get(path)).status_code == 403
        assert (await desk.client().get(path)).status_code in {303, 401, 403}


async def test_a_phrasing_is_shown_saved_and_taken_back(desk: Room, kb: Path) -> None:
    at = await gap(desk)
    lead = await desk.signed_in()
    [path] = [each for each in files(kb) if each.name == "wifi-password.md" and "ru" in each.parts]
    before = path.read_bytes()
    way = f"{at}/variant?{urlencode({'article': 'wifi-password', 'text': LAMP})}"
    page = (await lead.get(way)).text
    assert LAMP in page
    assert path.read_bytes() == before
    taken = await lead.get(f"{at}/variant/file?{urlencode({'article': 'wifi-password', 'text': LAMP})}")
    assert taken.headers["content-disposition"].startswith("attachment")
    assert LAMP in drafting.questions(taken.text)
    mark = re.search(r'name="mark" value="([^"]+)"', page)
    assert mark
    said = {"article": "wifi-password", "text": LAMP, "mark": mark[1]}
    done = await lead.post(f"{at}/variant", data=said)
    assert done.status_code == 200, done.text
    assert LAMP in drafting.questions(path.read_text())
    assert (await lead.post(f"{at}/variant", data=said)).status_code == 409
    name = path.relative_to(kb.parent).as_posix()
    undone = await lead.post(f"{at}/variant/undo", data={"name": name, "text": LAMP})
    assert undone.status_code == 303
    assert path.read_bytes() == before


async def test_a_draft_is_made_of_what_people_answered(desk: Room, kb: Path) -> None:
    at = await gap(desk, "Мария, красная лампочка значит обрыв линии: мастер придёт завтра с утра.")
    lead = await desk.signed_in()
    there = files(kb)
    page = (await lead.get(f"{at}/draft?reply=0")).text
    assert "обрыв линии" in page
    assert files(kb) == there
    assert (await lead.post(f"{at}/draft", data={"reply": "0", "mark": ""})).status_code == 200
    [new] = files(kb) - there
    text = new.read_text()
    assert len(drafting.questions(text)) == 2
    assert "owner: Анна Орлова" in text
    assert "review_by: 2026-02-23" in text
    name = new.relative_to(kb.parent).as_posix()
    assert (await lead.post(f"{at}/draft/undo", data={"name": name, "mark": "another"})).status_code == 409
    page = (await lead.post(f"{at}/draft", data={"reply": "0", "mark": ""})).text
    marks = re.findall(r'name="mark" value="([^"]+)"', page)
    other = re.findall(r'name="name" value="([^"]+)"', page)
    assert (await lead.post(f"{at}/draft/undo", data={"name": other[0], "mark": marks[0]})).status_code == 303
    assert files(kb) - there == {new}


async def test_what_was_hidden_gets_into_no_article(desk: Room, kb: Path) -> None:
    at = await gap(desk)
    lead = await desk.signed_in()
    there = files(kb)
    page = (await lead.get(f"{at}/draft?reply=0")).text
    assert "900" not in page
    assert "позвоните •••" in page
    done = await lead.post(f"{at}/draft", data={"reply": "0", "mark": ""})
    assert done.status_code == 422
    assert "Личные данные здесь скрыты" in done.text
    said = {"article": "wifi-password", "text": "звонил •••, лампочка", "mark": ""}
    assert (await lead.post(f"{at}/variant", data=said)).status_code == 422
    assert files(kb) == there


async def test_no_article_is_chosen_where_none_is_near(desk: Room) -> None:
    await desk.waiting("v1", "фыва олдж йцук")
    lead = await desk.signed_in()
    found = re.search(r'href="(/console/gaps/[0-9a-f]{10})"', (await lead.get("/console/gaps")).text)
    assert found
    page = (await lead.get(found[1])).text
    assert 'name="article" required><option value="">Выберите статью</option>' in page
    assert (await lead.get(f"{found[1]}/variant?article=&text=x")).status_code == 404


async def test_no_file_outside_the_articles_is_written_or_removed(desk: Room, kb: Path) -> None:
    at = await gap(desk)
    lead = await desk.signed_in()
    (kb.parent / "config.yaml").write_text("name: x\n")
    for name in ("config.yaml", "../secret", "/etc/passwd", "kb/../config.yaml", ""):
        for kind in ("draft", "variant"):
            assert (await lead.post(f"{at}/{kind}/undo", data={"name": name, "mark": "x"})).status_code == 409
    assert (await lead.get(f"{at}/variant?article=../../config")).status_code == 404
    assert (await lead.get(f"{at}/other")).status_code == 404
    assert (kb.parent / "config.yaml").exists()


async def test_articles_show_their_numbers(desk: Room) -> None:
    await desk.hear("v1", "как сменить пароль от wi-fi")
    await desk.hear("v1", "нет")
    lead = await desk.signed_in()
    page = (await lead.get("/console/articles")).text
    row = next(line for line in page.splitlines() if "/kb/ru/wifi-password" in line)
    assert "0%" in row
    assert "Ни разу не показаны" in page


@pytest.mark.parametrize("kind", ["variant", "draft"])
async def test_a_proposal_is_kept_and_taken_back_by_the_forms_of_its_own_page(desk: Room, kb: Path, kind: str) -> None:
    at = await gap(desk, "Мария, красная лампочка значит обрыв линии: мастер придёт завтра с утра.")
    lead = await desk.signed_in()
    before = {path: path.read_bytes() for path in files(kb)}
    page = await lead.get(f"{at}/{kind}?{urlencode({'article': 'wifi-password', 'text': LAMP, 'reply': '0'})}")
    links = re.findall(r'href="(/console/gaps/[^"]+)"', page.text)
    assert len(links) == 2, "back, and the file"
    assert [(await lead.get(html.unescape(link))).status_code for link in links] == [200, 200]
    saved = await pressed(lead, page.text)
    assert saved.status_code == 200, saved.text
    assert "Сохранено" in saved.text
    changed = {path for path in files(kb) if before.get(path) != path.read_bytes()}
    assert len(changed) == 1
    assert LAMP in changed.pop().read_text()
    undone = await pressed(lead, saved.text)
    assert undone.status_code == 303
    assert {path: path.read_bytes() for path in files(kb)} == before


async def pressed(lead: httpx.AsyncClient, page: str) -> httpx.Response:
    """The one form of the sheet as a browser sends it: to its own action, with its own fields."""
    sheet = page[page.index('<main class="sheet">') :]
    [action] = re.findall(r'<form method="post" action="([^"]+)"', sheet)
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', sheet)
    return await lead.post(html.unescape(action), data={name: html.unescape(value) for name, value in fields})
