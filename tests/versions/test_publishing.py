"""Publishing, taking back, trials; two at once; sets that must not run."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from presszero.app import Running, Settings
from presszero.cli import run
from presszero.errors import ConfigError, ContentError
from presszero.nlu import model
from presszero.publishing.publisher import Publisher
from presszero.publishing.told import compared, told
from presszero.runtime.versions import Outrun, Refused, numbers
from presszero.store.publications_aside import ShelfAside
from presszero.store.shelf import NewPublication
from tests.running import MODELS, data_folder
from tests.versions.room import Clock, Room, make, order, renamed, room


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Room]:
    async with room(make(tmp_path / "desk"), tmp_path / "data") as found:
        yield found


async def asked(desk: Room, peer: str) -> str:
    """What the order asks second."""
    await desk.say(peer, "place an order")
    return (await desk.say(peer, "1234"))[-1]


async def test_the_first_start_publishes_what_is_there(desk: Room) -> None:
    [first] = await desk.running.current.publisher.history()
    assert (first.id, first.base, first.state) == (1, None, "live")
    assert "flows/order.yaml" in first.files
    assert desk.running.intake.content.publication == 1
    assert (await desk.plan()).empty


async def test_the_folder_is_a_draft_until_it_is_published(tmp_path: Path) -> None:
    folder = make(tmp_path / "desk")
    async with room(folder, tmp_path / "data"):
        pass
    (folder / "flows" / "order.yaml").write_text(order().replace("Which size?", "What size?"))
    async with room(folder, tmp_path / "data") as desk:
        assert await asked(desk, "a") == "Which size?"
        await desk.publish()
        assert await asked(desk, "b") == "What size?"
    async with room(folder, tmp_path / "data", published=False) as desk:
        desk.write(order().replace("Which size?", "Size?"))
        await desk.running.reload()
        assert await asked(desk, "c") == "Size?"


async def test_channels_belong_to_the_installation(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = make(tmp_path / "desk")
    settings = folder / "config.yaml"
    async with room(folder, tmp_path / "data"):
        pass
    (folder / "flows" / "order.yaml").write_text(order().replace("Which size?", "What size?"))
    published = settings.read_text("utf-8")
    switched = published.replace("  rest: on", "  callback: {url: http://127.0.0.1:9}\ndata: {keep_days: 7}")
    settings.write_text(switched.replace("Test desk", "Another name"), "utf-8")
    async with room(folder, tmp_path / "data") as desk:
        config = desk.running.config
        assert (config.rest, config.callback, config.keep_days) == (False, "http://127.0.0.1:9", 7)
        assert config.name.render("en", {}) == "Test desk"
        assert desk.running.intake.content.pushed == {"callback"}
        assert await asked(desk, "a") == "Which size?"
        await desk.publish()
        assert await asked(desk, "b") == "What size?"
        assert desk.running.intake.content.pushed == {"callback"}
    settings.write_text(published.replace("rest: on", "rest: [broken"), "utf-8")
    async with room(folder, tmp_path / "data") as desk:
        assert desk.running.config.callback
        assert "PZ-CONFIG" in caplog.text


def test_doctor_says_whether_the_folder_is_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, data = make(tmp_path / "desk"), tmp_path / "data"

    async def serve() -> None:
        async with room(folder, data):
            pass

    def said() -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PRESSZERO_DATA", str(data))
            run(["doctor", "--desk", str(folder)])
        return capsys.readouterr().out

    assert "publication" not in said()
    asyncio.run(serve())
    assert "which is the folder as it stands" in said()
    (folder / "flows" / "order.yaml").write_text(order().replace("Which size?", "What size?"))
    assert "flows/order.yaml. Channels are read" in said()


async def test_a_publication_made_beside_the_desk_is_served(desk: Room, tmp_path: Path) -> None:
    desk.write(order().replace("Which size?", "What size?"))
    aside = Publisher(ShelfAside(tmp_path / "data" / "presszero.db"), desk.folder, {}, MODELS, desk.clock)
    plan = await aside.plan()
    await aside.publish(base=plan.base, author="oleg", seen=plan.seen)
    await desk.running.current.follow()
    assert await asked(desk, "a") == "What size?"


async def test_rollback_and_back_further(desk: Room) -> None:
    for n, words in enumerate(("Size one?", "Size two?")):
        await desk.publish(order().replace("Which size?", words), note=f"n{n}")
    publisher = desk.running.current.publisher
    assert await asked(desk, "a") == "Size two?"
    back = await publisher.rollback(base=3, author="vera")
    assert (back.id, back.restores) == (4, 2)
    assert await asked(desk, "b") == "Size one?"
    back = await publisher.rollback(base=4, author="vera")
    assert back.restores == 1
    assert await asked(desk, "c") == "Which size?"
    with pytest.raises(Refused, match="nothing to go back to"):
        await publisher.rollback(base=5, author="vera")
    assert (await publisher.rollback(3, base=5, author="vera")).restores == 3
    assert await asked(desk, "d") == "Size two?"
    assert [p.note for p in await publisher.history()][-3:] == ["n1", "n0", ""]


async def test_taken_back_while_people_are_inside(desk: Room) -> None:
    await desk.publish(renamed(order()))
    await desk.say("a", "place an order")
    await desk.say("a", "1234")
    await desk.running.current.publisher.rollback(base=2, author="vera")
    assert await desk.say("a", "Small") == ["In whose name?"]  # finishes what was taken back
    assert await asked(desk, "b") == "Which size?"


async def test_two_at_once_the_second_must_look_again(desk: Room) -> None:
    publisher = desk.running.current.publisher
    desk.write(order().replace("Which size?", "One?"))
    one = await publisher.plan()
    desk.write(order().replace("Which size?", "Two?"))
    two = await publisher.plan()
    await publisher.publish(base=two.base, author="oleg", note="mine", seen=two.seen)
    with pytest.raises(Outrun, match=r"oleg published 2 meanwhile \(mine\)"):
        await publisher.publish(base=one.base, author="vera")
    assert await asked(desk, "a") == "Two?"


async def test_at_the_very_same_moment_one_of_two_wins(desk: Room) -> None:
    publisher = desk.running.current.publisher
    desk.write(order().replace("Which size?", "Two?"))
    plan = await publisher.plan()
    tries = [publisher.publish(base=plan.base, author=name) for name in ("vera", "oleg")]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(d).__name__ for d in done) == ["Outrun", "Publication"]
    assert len(await publisher.history()) == 2


async def test_a_draft_that_changed_since_it_was_looked_at(desk: Room) -> None:
    publisher = desk.running.current.publisher
    desk.write(order().replace("Which size?", "One?"))
    plan = await publisher.plan()
    desk.write(order().replace("Which size?", "Two?"))
    with pytest.raises(Outrun):
        await publisher.publish(base=plan.base, author="vera", seen=plan.seen)


async def test_a_broken_set_never_replaces_a_good_one(desk: Room) -> None:
    desk.write(order().replace("    go: end\n", "    go: nowhere\n"))
    assert (await desk.plan()).errors
    with pytest.raises(ContentError, match="nowhere"):
        await desk.publish()
    desk.write(order().replace("format: 1", "format: 2"))
    with pytest.raises(ContentError):
        await desk.publish()
    assert await asked(desk, "a") == "Which size?"
    assert len(await desk.running.current.publisher.history()) == 1


async def test_a_publication_of_another_format_is_refused(tmp_path: Path) -> None:
    folder, clock = make(tmp_path / "desk"), Clock()
    async with room(folder, tmp_path / "data", clock) as desk:
        await desk.publish(order().replace("Which size?", "Two?"))
        with closing(sqlite3.connect(tmp_path / "data" / "presszero.db")) as db:
            db.execute("UPDATE publication SET format = 2 WHERE id = 1")
            db.commit()
        with pytest.raises(Refused, match="format 2, this release reads 1: update"):
            await desk.running.current.publisher.rollback(base=2, author="vera")
        with closing(sqlite3.connect(tmp_path / "data" / "presszero.db")) as db:
            db.execute("UPDATE publication SET format = 2")
            db.commit()
    with pytest.raises(ConfigError, match="format 2"):
        Running(Settings(folder, data_folder(tmp_path / "data"), "http://desk.example", {}, published=True))


async def test_one_that_cannot_run_here_changes_nothing_and_is_said(
    desk: Room, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(desk.running.settings.data / "presszero.db")) as db:
        db.execute(
            "INSERT INTO publication (at, author, note, base, share, state, format, files, baseline) "
            "VALUES (0, 'x', '', 1, 100, 'live', 2, '{}', '{}')"
        )
        db.commit()
    caplog.set_level(logging.ERROR)
    await desk.running.current.follow()
    assert "PZ-PUBLISHED" in caplog.text
    assert await asked(desk, "a") == "Which size?"


async def test_a_process_whose_files_were_replaced_says_so_once_and_serves_on(
    desk: Room, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = desk.running.store
    [first] = await desk.running.current.publisher.history()
    files = {**await desk.running.current.publisher.files(first.id)}
    files["flows/order.yaml"] = order().replace("order a delivery", "bring me a parcel").encode()
    await store.publish(NewPublication(desk.clock.at, "vera", "", first.id, 1, files), [])
    monkeypatch.setattr(model, "FORMAT", model.FORMAT - 2)
    caplog.set_level(logging.ERROR)
    await desk.running.current.follow()
    await desk.running.current.follow()
    assert [line for line in caplog.messages if "start it again" in line] == caplog.messages
    assert len(caplog.messages) == 1
    assert await asked(desk, "a") == "Which size?"


async def test_a_trial_is_sticky_compared_and_promoted(desk: Room) -> None:
    publisher = desk.running.current.publisher
    await desk.publish(order("{in_flight: move}").replace("Which size?", "What size?"), share=30)
    met = {f"p{n}": await asked(desk, f"p{n}") for n in range(60)}
    trial = [p for p, words in met.items() if words == "What size?"]
    assert 8 <= len(trial) <= 30
    assert len(trial) < len(met)
    for peer, words in met.items():
        await desk.say(peer, "restart")
        assert await asked(desk, peer) == words
    await desk.say(trial[0], "qwertyuiop")
    await desk.say(trial[1], "operator")
    sides = await publisher.sides()
    assert sides
    old, new = sides
    assert (old.number, new.number) == (1, 2)
    assert (old.talks, new.talks) == (60 - len(trial), len(trial))
    assert new.misunderstood == 1
    assert old.shares[1] == 0.0
    assert "№2" in compared(sides, "en")
    with pytest.raises(Refused, match="A trial is on"):
        await desk.publish(order().replace("Which size?", "Three?"))
    with pytest.raises(Refused):
        await publisher.rollback(base=1, author="vera")
    await publisher.end_trial(2, promote=True)
    assert await asked(desk, "z") == "What size?"
    assert desk.running.intake.trial is None


async def test_a_trial_withdrawn_keeps_its_people(desk: Room) -> None:
    publisher = desk.running.current.publisher
    await desk.publish(renamed(order()), share=50)
    inside = []
    for n in range(30):
        await desk.say(f"p{n}", "place an order")
        await desk.say(f"p{n}", "1234")
        top = (await desk.state(f"p{n}")).top
        assert top
        inside.append(top.step)
    assert {"size", "colour"} == set(inside)
    await publisher.end_trial(2, promote=False)
    for n in range(30):
        assert await desk.say(f"p{n}", "Small") == ["In whose name?"]
    with pytest.raises(Outrun):
        await publisher.end_trial(2, promote=True)


async def test_promoting_would_lose_somebody(desk: Room) -> None:
    await desk.stand("a", "size")
    await desk.publish(renamed(order("{in_flight: keep}")), share=50)
    with closing(sqlite3.connect(desk.running.settings.data / "presszero.db")) as db:
        assert db.execute("SELECT count(*) FROM structure WHERE policy = ''").fetchone()[0] >= 3
    await desk.running.current.publisher.end_trial(2, promote=True)
    assert await desk.say("a", "Small") == ["In whose name?"]


async def test_a_trial_survives_a_restart(tmp_path: Path) -> None:
    folder, clock = make(tmp_path / "desk"), Clock()
    async with room(folder, tmp_path / "data", clock) as desk:
        await desk.publish(renamed(order()), share=50)
        before = {f"p{n}": await asked(desk, f"p{n}") for n in range(10)}
    async with room(folder, tmp_path / "data", clock) as desk:
        assert desk.running.intake.trial
        for peer in before:
            assert await desk.say(peer, "Small") == ["In whose name?"]


async def test_the_plan_in_words(desk: Room) -> None:
    await desk.stand("a", "size")
    desk.write(renamed(order("{in_flight: move}")).replace("In whose name?", "Whose?"))
    plan = await desk.plan()
    en, ru = told(plan, "en"), told(plan, "ru")
    assert "step size is called colour now" in en
    assert "order/size: 1 (removed, they are taken along)" in en
    assert "order/size: 1 (шаг удалён, перейдут на новое)" in ru


def test_numbers_without_what_was_before() -> None:
    found = numbers(
        3, {"@3:talk": 10, "@3:handoff": 4, "@3:metric:csat=5": 2, "@3:metric:csat=1": 2, "@31:talk": 9}, {"@3:talk": 2}
    )
    assert (found.talks, found.handoffs, found.rated) == (8, 4, 4)
    assert found.shares == (0.5, None, 0.5)


async def test_what_cannot_be_proved_is_refused(desk: Room) -> None:
    lost = order().replace(
        "  - id: done", "  - id: look\n    kb: {ru: заказ, en: order}\n    nothing: end\n  - id: done"
    )
    desk.write(lost)
    assert {f.code for f in (await desk.plan()).errors} <= {"PZ341"}
    with pytest.raises(ContentError, match="PZ341"):
        await desk.publish()


async def test_a_variable_that_the_running_desk_lacks_is_refused(desk: Room) -> None:
    config = desk.folder / "config.yaml"
    call = "calls: {find: {get: '/b/{n}', takes: {n: digits}, gives: {title: text}}}"
    config.write_text(config.read_text() + f"services:\n  books:\n    base: env.NOT_SET_HERE\n    {call}\n")
    with pytest.raises(ContentError, match="NOT_SET_HERE"):
        await desk.publish()
