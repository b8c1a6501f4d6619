"""A conversation becomes a test that passes when it is played, and holds nothing of anybody."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.check.dialogues import play_all
from presszero.check.masks import Masks
from presszero.check.player import Player, Stage
from presszero.check.record import Recorded, record
from presszero.check.script import load
from presszero.check.talk import fragment
from presszero.cli import run
from presszero.runtime.content import Content
from tests.console.room import room
from tests.played.desks import content, make
from tests.running import data_folder

AT = 1_795_503_600.0  # a working morning


async def _recorded(stage: Stage, ready: Content, player: Player) -> Recorded:
    assert player.conversation
    found = await stage.store.load(player.conversation.id)
    assert found
    lines = await stage.store.messages(player.conversation.id, limit=400)
    return await record(ready, *found, lines, await player.tickets())


async def _passes(root: Path, ready: Content, made: Recorded) -> None:
    (root / "tests" / "dialogues" / "own.yaml").write_text(made.text, encoding="utf-8")
    scripts, faults = load(root)
    assert not faults, [f.line() for f in faults]
    assert len(scripts) == 1
    [played] = await play_all(scripts, ready)
    assert played.failure is None, played.log


async def test_what_was_lived_passes_when_it_is_played(tmp_path: Path) -> None:
    root = make(tmp_path, "  []\n")
    _, ready = content(root)
    answers = {"shop.order": ["not_found", {"state": "у Марины Соколовой", "days": 2}], "shop.book": {"id": "777123"}}
    async with Stage(ready, AT) as stage:
        player = await stage.player(
            lang="ru", at=AT, services=answers, customer={"verified": "yes", "name": "Марина Соколова"}
        )
        await player.say("где мой заказ")
        await player.say("555666")
        await player.say("меня зовут Марина Соколова, +7 912 345-67-89, marina@mail.ru")
        await player.say("654321")
        await player.after(2000)  # silence, and the reminder
        await player.say("завтра")
        await player.press("order/booked/yes", "Верно")
        made = await _recorded(stage, ready, player)
    assert made.left_out == ()
    assert "not_found" in made.text
    assert "after: 30m" in made.text
    assert re.search(r"press: Верно", made.text)
    for private in ("555666", "654321", "777123", "912", "marina", "Марин", "Соколов"):
        assert private not in made.text, private
    await _passes(root, ready, made)


async def test_people_and_requests_are_in_it(tmp_path: Path) -> None:
    root = make(tmp_path, "  []\n")
    _, ready = content(root)
    async with Stage(ready, AT) as stage:
        player = await stage.player(lang="ru", at=AT, services={}, customer={})
        await player.start()
        await player.say("нужен ремонт")
        await player.say("123456")
        await player.press("repair/part/belt", "Красный ремень")
        await player.say("завтра")
        await player.say("оператор")
        await player.operator("Здравствуйте, Анна на связи")
        await player.give_back()
        await player.file("паспорт.jpg")
        made = await _recorded(stage, ready, player)
    assert made.left_out == ()
    for line in (
        "start: yes",
        "category: repair/machine",
        "operator: Здравствуйте,",
        "returned: yes",
        "file: file.jpg",
    ):
        assert line in made.text, made.text
    assert "паспорт" not in made.text
    assert "Анна" not in made.text
    await _passes(root, ready, made)


async def test_what_goes_another_way_is_left_out_and_said(tmp_path: Path) -> None:
    root = make(tmp_path, "  []\n")
    _, ready = content(root)
    async with Stage(ready, AT) as stage:
        player = await stage.player(lang="ru", at=AT, services={}, customer={})
        await player.say("нужен ремонт")
        await player.say("123456")
        assert player.conversation
        found = await stage.store.load(player.conversation.id)
        assert found
        lines = list(await stage.store.messages(player.conversation.id))
        texts = {"Что сломалось?": "Раньше здесь спрашивали иначе"}
        from msgspec.structs import replace as changed

        lines = [changed(m, text=texts.get(m.text, m.text)) for m in lines]
        made = await record(replace(ready, always_open=True), *found, lines, [])
    assert made.left_out == ("bot: Раньше здесь спрашивали иначе",)
    assert "clock: 2026-11-24 10:00" in made.text
    await _passes(root, ready, made)


def test_stand_ins_are_the_same_everywhere() -> None:
    masks = Masks(["Иван Петров"], ["Садовая, 7, кв. 12"])
    said = masks.text("Ивану Петрову, договор 555666, Садовая, 7, кв. 12, звоните 8 (912) 345-67-89 или +79123456789")
    assert masks.text("555666") in said
    assert "912" not in said
    assert "Иван" not in said
    assert "Петров" not in said
    assert "Садовая" not in said
    assert "8 (900) 000-00-0" in said
    assert "+7900000000" in said
    phones = re.findall(r"90{4,}\d", re.sub(r"\D(?=\d)", "", said))
    assert len(set(phones)) <= 1
    assert masks.data({"a": ["555666", 12345, None], "b": "a@b.ru A@B.RU"}) == {
        "a": [masks.text("555666"), 12345, None],
        "b": " ".join([masks.text("a@b.ru")] * 2),
    }
    assert masks.text("в 10:30 24.11.2026 за 450 ₽") == "в 10:30 24.11.2026 за 450 ₽"


@given(st.from_regex(r"[1-9]\d{4,9}", fullmatch=True), st.from_regex(r"[1-9]\d{4,9}", fullmatch=True))
def test_numbers_keep_their_length_and_stay_apart(one: str, other: str) -> None:
    masks = Masks()
    first, second = masks.text(f"N {one}")[2:], masks.text(f"N {other}")[2:]
    assert (len(first), len(second)) == (len(one), len(other))
    assert (first == second) == (one == other)
    assert masks.text(f"{one}, {other}") == f"{first}, {second}"


def test_what_is_expected_holds_no_figures() -> None:
    assert fragment("Заявка №3381 принята, ответим до 18:00.\nСпасибо") == "принята, ответим до"
    assert fragment("12") == ""
    assert len(fragment("слово " * 40)) <= 60


async def test_the_page_for_leads(tmp_path: Path) -> None:
    async with room(tmp_path) as desk:
        talk = await desk.waiting("v1", "меня зовут Ольга, 555666")
        client, igor = await desk.signed_in(), await desk.signed_in(desk.igor)
        at = f"/console/c/{talk}/test"
        assert (await igor.get(at)).status_code == 403
        assert (await igor.post(at)).status_code == 403
        assert at not in (await igor.get(f"/console/c/{talk}")).text
        assert at in (await client.get(f"/console/c/{talk}")).text
        page = await client.get(at)
        assert page.status_code == 200
        assert "tests:" in page.text
        assert "555666" not in page.text
        file = await client.get(f"{at}.yaml")
        assert file.headers["content-disposition"].startswith("attachment")
        saved = await client.post(at)
        assert saved.status_code == 200
        kept = tmp_path / "tests" / f"conversation_{talk}.yaml"
        assert kept.read_text(encoding="utf-8") == file.text
        again = await client.post(at)
        assert again.status_code == 409
        assert kept.read_text(encoding="utf-8") == file.text
        assert (await client.get("/console/c/999/test")).status_code == 404


def test_chat_saves_a_test_that_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    root = make(tmp_path / "desk", "  []\n") if (tmp_path / "desk").mkdir() is None else tmp_path
    monkeypatch.setenv("PRESSZERO_DATA", str(data_folder(tmp_path / "data")))
    monkeypatch.setenv("SHOP_URL", "http://127.0.0.1:9")
    target = root / "tests" / "dialogues" / "saved.yaml"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"нужен ремонт\n123456\nмотор\n/after 1m\n/save {target}\n/quit\n"))
    assert run(["chat", str(root), "--lang", "ru"]) == 0
    assert "repair/day" in target.read_text(encoding="utf-8")
    (root / "tests" / "dialogues" / "own.yaml").unlink()
    assert run(["test", str(root)]) == 0, capsys.readouterr().out
    assert "clock: 20" in target.read_text(encoding="utf-8")
    assert run(["fmt", "--check", str(target)]) == 0
