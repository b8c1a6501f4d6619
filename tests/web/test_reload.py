"""Files edited under a running desk: a broken edit is refused and the old version goes on; a good one takes effect."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.running import Here, copy_desk, here, until


@pytest.fixture
async def edited(tmp_path: Path) -> AsyncIterator[tuple[Here, Path]]:
    """A desk that watches its files, and its folder."""
    folder = copy_desk(tmp_path / "desk")
    async with here(tmp_path / "data", folder, watch=True) as found:
        yield found, folder


def change(path: Path, old: str, new: str) -> None:
    """An edit as an editor makes it: a new file in the old one's place."""
    text = path.read_text()
    assert old in text
    fresh = path.with_name(path.name + "~")
    fresh.write_text(text.replace(old, new))
    fresh.replace(path)


async def told(caplog: pytest.LogCaptureFixture, fragment: str) -> None:
    """Until the log says it."""
    await until(lambda: fragment in caplog.text, 15)


async def test_a_broken_edit_is_refused_then_a_good_one_is_taken(
    edited: tuple[Here, Path], caplog: pytest.LogCaptureFixture
) -> None:
    desk, folder = edited
    caplog.set_level(logging.INFO)
    visitor = await desk.visitor()
    await visitor.say("start counting")
    flow = folder / "flows" / "count.yaml"
    change(flow, "go: number", "go: nowhere")
    await told(caplog, "PZ-RELOAD")
    assert "flows/count.yaml:" in caplog.text
    assert "nowhere" in caplog.text
    assert await visitor.said("5") == ["Got 5.", "Which number?"]
    assert (await desk.http.get("/healthz")).status_code == 200
    change(flow, "go: nowhere", "go: number")
    change(flow, "Got ${n}.", "Here is ${n}.")
    await told(caplog, "were read again")
    await until(lambda: "Here is" in _words(desk), 15)
    assert await visitor.said("6") == ["Here is 6.", "Which number?"]


def _words(desk: Here) -> str:
    return repr(desk.running.intake.content.flows.flows["count"])


KIND = [
    ("config.yaml", "languages: [en, ru]", "languages: [en, xx]"),
    ("handoff/queues.yaml", "hours: always", "hours: never"),
    ("kb/en/opening.md", "questions: [", "questions: [["),
    ("flows/_common.yaml", "give_up: {flow: to_operator}", "give_up: {flow: nobody}"),
]


@pytest.mark.parametrize(("name", "old", "new"), KIND)
async def test_every_kind_of_file_is_judged(tmp_path: Path, name: str, old: str, new: str) -> None:
    folder = copy_desk(tmp_path / "desk")
    async with here(tmp_path / "data", folder) as desk:
        before = desk.running.intake.content
        change(folder / name, old, new)
        errors = await desk.running.reload()
        assert name in {e.place.file for e in errors}
        assert desk.running.intake.content is before
        assert await (await desk.visitor()).said("start counting") == ["Which number?"]


async def test_a_reload_keeps_people_inside_a_changed_flow(tmp_path: Path) -> None:
    folder = copy_desk(tmp_path / "desk")
    async with here(tmp_path / "data", folder) as desk:
        inside = await desk.visitor()
        await inside.say("find a book")
        await inside.say("start counting")
        change(
            folder / "flows" / "count.yaml",
            "  - id: got\n",
            "  - id: more\n    say: {ru: Новый шаг, en: A new step}\n  - id: got\n",
        )
        assert await desk.running.reload() == ()
        assert await inside.said("5") == ["Got 5.", "Which number?"], "who is inside finishes on the old structure"
        fresh = await desk.visitor()
        await fresh.say("start counting")
        assert await fresh.said("5") == ["A new step", "Got 5.", "Which number?"]
        change(folder / "flows" / "count.yaml", "Got ${n}.", "Here is ${n}.")
        assert await desk.running.reload() == ()
        assert (await fresh.said("6"))[1] == "Here is 6."


async def test_a_step_that_went_away_under_somebody_leads_on(tmp_path: Path) -> None:
    folder = copy_desk(tmp_path / "desk")
    async with here(tmp_path / "data", folder) as desk:
        inside = await desk.visitor()
        await inside.say("start counting")
        (folder / "flows" / "count.yaml").unlink()
        assert await desk.running.reload() == ()
        assert await inside.said("5"), "somebody answers"
        assert await inside.said("thank you"), "and goes on answering"


async def test_a_file_that_is_half_written_is_refused(tmp_path: Path) -> None:
    folder = copy_desk(tmp_path / "desk")
    async with here(tmp_path / "data", folder) as desk:
        flow = folder / "flows" / "count.yaml"
        whole = flow.read_bytes()
        refused = 0
        for cut in range(0, len(whole), 97):
            flow.write_bytes(whole[:cut])
            refused += bool(await desk.running.reload())
            assert await (await desk.visitor()).said("thank you") == ["Glad to help."]
        assert refused
        flow.write_bytes(whole)
        assert await desk.running.reload() == ()
        assert await (await desk.visitor()).said("start counting") == ["Which number?"]
