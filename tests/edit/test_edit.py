"""The editor over HTTP: who may, what it says of drafts, that nothing is lost between two leads, and bad input."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.edit.bench import Bench, bench

pytestmark = pytest.mark.asyncio(loop_scope="module")
FLOW = "flows/wifi.yaml"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    async with bench(tmp_path_factory.mktemp("edit")) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def anna(desk: Bench) -> AsyncIterator[httpx.AsyncClient]:
    async with desk.signed_in(desk.anna) as client:
        yield client


async def post(client: httpx.AsyncClient, what: str, **asked: Any) -> httpx.Response:
    return await client.post(f"/console/edit/{what}", json=asked)


async def file(client: httpx.AsyncClient, name: str = FLOW) -> dict[str, Any]:
    answer = await client.get("/console/edit/file", params={"name": name})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_only_leads_edit(desk: Bench) -> None:
    async with desk.signed_in(desk.igor) as igor:
        assert (await igor.get("/console/edit")).status_code == 403
        assert (await igor.get("/console/edit/file", params={"name": FLOW})).status_code == 403
        for what in ("check", "complete", "save", "remove", "try", "test"):
            assert (await post(igor, what)).status_code == 403, what
        assert "/console/edit" not in (await igor.get("/console")).text
    async with httpx.AsyncClient(base_url=desk.here.url, trust_env=False) as nobody:
        assert (await nobody.get("/console/edit")).status_code in {302, 303, 401}


async def test_the_page_shows_files_and_the_one_that_is_open(desk: Bench, anna: httpx.AsyncClient) -> None:
    page = await anna.get("/console/edit", params={"file": FLOW})
    assert page.status_code == 200
    for name in ("flows/welcome.yaml", "handoff/queues.yaml", "handoff/hours.yaml"):
        assert f'data-file="{name}"' in page.text
    assert "config.yaml" not in page.text
    assert "Сохранить" in page.text


async def test_faults_of_a_draft_with_their_places(anna: httpx.AsyncClient) -> None:
    text = (await file(anna))["text"]
    clean = (await post(anna, "check", name=FLOW, drafts={})).json()
    bad = (await post(anna, "check", name=FLOW, drafts={FLOW: text.replace("title:", "titel:", 1)})).json()
    assert bad["errors"] > clean["errors"]
    first = next(f for f in bad["findings"] if f["code"] == "PZ181")
    assert (first["file"], first["line"]) == (FLOW, text.split("title:")[0].count("\n") + 1)
    assert "title" in first["hint"]
    assert (await file(anna))["text"] == text


async def test_keys_and_names_are_offered(anna: httpx.AsyncClient) -> None:
    text = "format: 1\nflow: z\nslots:\n  phone: phone\nsteps:\n  - id: a\n    ask: \n    go: \n    \n"

    async def offered(line: int, column: int) -> list[str]:
        answer = await post(
            anna, "complete", name="flows/z.yaml", line=line, column=column, drafts={"flows/z.yaml": text}
        )
        return [o["label"] for o in answer.json()["offers"]]

    assert (await offered(7, 10)) == ["phone"]
    assert {"a", "end", "{flow: to_operator}"} <= set(await offered(8, 9))
    assert {"optional", "dont_know", "invalid"} <= set(await offered(9, 5))
    assert "ticket" not in await offered(9, 5)


async def test_the_second_sees_the_change_of_the_first(desk: Bench, anna: httpx.AsyncClient) -> None:
    before = await file(anna)
    async with desk.signed_in(desk.boris) as boris:
        done = await post(boris, "save", name=FLOW, text=before["text"] + "# Boris\n", base=before["mark"])
        assert done.status_code == 200
        late = await post(anna, "save", name=FLOW, text=before["text"] + "# Anna\n", base=before["mark"])
        assert late.status_code == 409
        now = late.json()["now"]
        assert now["text"].endswith("# Boris\n")
        assert now["by"] == "Boris Stone"
        assert (desk.root / FLOW).read_text("utf-8").endswith("# Boris\n")
        assert (await post(anna, "save", name=FLOW, text=before["text"], base=now["mark"])).status_code == 200
    assert (desk.root / FLOW).read_text("utf-8") == before["text"]
    assert [p.name for p in (desk.root / "flows").iterdir() if p.name.startswith(".")] == []


async def test_a_new_file_is_made_once(desk: Bench, anna: httpx.AsyncClient) -> None:
    text = 'format: 1\nflow: bye\ntitle: {ru: "Пока", en: "Bye"}\nsteps:\n  - id: a\n    go: end\n'
    assert (await post(anna, "save", name="flows/bye.yaml", text=text, base="")).status_code == 200
    assert (await post(anna, "save", name="flows/bye.yaml", text="x", base="")).status_code == 409
    (desk.root / "flows/bye.yaml").unlink()


async def test_a_conversation_with_drafts_in_every_channel(desk: Bench, anna: httpx.AsyncClient) -> None:
    name = "flows/complaint.yaml"
    good = (await file(anna, name))["text"]
    text = good.replace(
        '      en: "The shift', '      voice: {ru: "Нажмите цифру.", en: "Press a digit."}\n      en: "The shift', 1
    )
    text = text.replace("Жалобу прочитает", "Проба пера", 1)
    assert text.count("Нажмите цифру.") == 1
    rows = desk.here.rows
    for channel, expected in (("web", "Проба пера"), ("telegram", "Проба пера"), ("voice", "Нажмите цифру.")):
        begun = await post(anna, "try", drafts={name: text}, act={"do": "start", "channel": channel, "lang": "ru"})
        assert begun.status_code == 200, begun.text
        heard = (await post(anna, "try", act={"do": "text", "text": "жалоба"})).json()
        assert expected in heard["said"][-1]["text"]
        assert heard["at"] == "complaint/about"
        button = heard["said"][-1]["buttons"][0]
        after = (
            await post(anna, "try", act={"do": "press", "text": button["payload"], "label": button["label"]})
        ).json()
        assert after["at"] == "complaint/story"
    assert desk.here.rows["conversation"] == rows["conversation"]


async def test_drafts_with_faults_are_not_tried_out(anna: httpx.AsyncClient) -> None:
    answer = await post(anna, "try", drafts={"flows/bad.yaml": "format: 1\n"}, act={"do": "start"})
    assert answer.status_code == 422
    assert answer.json()["findings"]


async def test_dialogue_tests_run_with_drafts(anna: httpx.AsyncClient) -> None:
    name = "tests/dialogues/own.yaml"
    text = "tests:\n  - name: holds\n    lang: ru\n    talk:\n      - user: оператор\n      - handoff: any\n  - name: fails\n    lang: ru\n    talk:\n      - user: оператор\n      - bot: никогда такого не скажет\n"
    answer = await post(anna, "test", drafts={name: text})
    assert answer.status_code == 200, answer.text
    outcomes = {o["name"]: o for o in answer.json()["outcomes"]}
    assert outcomes["holds"]["passed"]
    assert not outcomes["fails"]["passed"]
    assert outcomes["fails"]["at"] == 11
    assert outcomes["fails"]["log"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "config.yaml",
        "../desk/flows/a.yaml",
        "flows/../config.yaml",
        "/etc/passwd",
        "flows/a.py",
        "flows/.a.yaml",
        "flows",
        "flows/a\x00.yaml",
        "data/presszero.db",
        "kb/" + "a" * 400 + ".md",
    ],
)
async def test_no_other_file_is_read_or_written(desk: Bench, anna: httpx.AsyncClient, name: str) -> None:
    assert (await anna.get("/console/edit/file", params={"name": name})).status_code == 422
    assert (await post(anna, "save", name=name, text="x", base="")).status_code == 422
    assert (await post(anna, "check", name=name, drafts={name: "x"})).status_code == 422


async def test_a_link_out_of_the_desk_is_no_file(desk: Bench, anna: httpx.AsyncClient, tmp_path: Path) -> None:
    (tmp_path / "out.yaml").write_text("secret: x\n", "utf-8")
    (desk.root / "flows/link.yaml").symlink_to(tmp_path / "out.yaml")
    try:
        assert (await anna.get("/console/edit/file", params={"name": "flows/link.yaml"})).status_code == 422
        assert (await post(anna, "save", name="flows/link.yaml", text="y", base="")).status_code == 422
    finally:
        (desk.root / "flows/link.yaml").unlink()
    assert (tmp_path / "out.yaml").read_text("utf-8") == "secret: x\n"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"drafts": 1}', b'{"drafts": {"flows/a.yaml": 5}}', b"\xff"])
async def test_odd_bodies_are_answered(anna: httpx.AsyncClient, body: bytes) -> None:
    for what in ("check", "save", "try", "complete"):
        answer = await anna.post(f"/console/edit/{what}", content=body, headers={"content-type": "application/json"})
        assert answer.status_code < 500, (what, answer.text)


async def test_too_much_is_refused(anna: httpx.AsyncClient) -> None:
    huge = "#" * (5 * 1024 * 1024)
    assert (await post(anna, "check", name=FLOW, drafts={FLOW: huge})).status_code == 413
    many = {f"flows/a{n}.yaml": "" for n in range(31)}
    assert (await post(anna, "check", name=FLOW, drafts=many)).status_code == 422
    mark = (await file(anna))["mark"]
    assert (await post(anna, "save", name=FLOW, text="#" * 1_100_000, base=mark)).status_code == 422
    nothing = await post(anna, "check", name=FLOW, drafts={FLOW: "\x00\u202e<<<<<<< \t"})
    assert nothing.json()["errors"]
    assert (await post(anna, "try", act={"do": "text", "text": "x" * 5000})).status_code == 422
    assert (await post(anna, "complete", name=FLOW, line=10**9, column=5, drafts={FLOW: "a"})).status_code == 200
    for line, column in ((-1, 1), (0, 1), (1, -5)):
        odd = await post(anna, "complete", name=FLOW, line=line, column=column, drafts={FLOW: "a"})
        assert odd.status_code == 422


async def test_a_new_file_in_a_folder_below_is_refused_with_its_place(desk: Bench, anna: httpx.AsyncClient) -> None:
    name = "flows/a/b/c.yaml"
    for answer in (
        await anna.get("/console/edit/file", params={"name": name}),
        await post(anna, "save", name=name, text="- a\n", base=""),
        await post(anna, "complete", name=name, drafts={name: "a"}),
    ):
        assert answer.status_code == 422
    assert "flows/c.yaml" in (await post(anna, "save", name=name, text="x", base="")).text
    stray = desk.root / name
    stray.parent.mkdir(parents=True)
    stray.write_text("- broken\n", "utf-8")
    found = (await post(anna, "check", name=name, drafts={})).json()["findings"]
    assert [f["code"] for f in found if f["file"] == name] == ["PZ251"]
    mark = (await file(anna, name))["mark"]
    assert (await post(anna, "remove", name=name, base=mark)).status_code == 200
    assert not stray.exists()


async def test_a_file_is_deleted_and_put_back(desk: Bench, anna: httpx.AsyncClient) -> None:
    name, text = "flows/stray.yaml", "format: 1\nflow: [\n"
    (desk.root / name).write_text(text, "utf-8")
    assert (await post(anna, "check", name=name, drafts={})).json()["errors"]
    mark = (await file(anna, name))["mark"]
    late = await post(anna, "remove", name=name, base="other")
    assert (late.status_code, late.json()["now"]["text"]) == (409, text)
    gone = await post(anna, "remove", name=name, base=mark)
    assert gone.json()["text"] == text
    assert not (desk.root / name).exists()
    assert not (await post(anna, "check", name=name, drafts={})).json()["errors"]
    assert (await post(anna, "save", name=name, text=text, base="")).json()["mark"] == mark
    (desk.root / name).unlink()


async def test_titles_are_offered_in_the_language_of_the_console(desk: Bench, anna: httpx.AsyncClient) -> None:
    asked = {"name": FLOW, "line": 3, "column": 9, "drafts": {FLOW: "steps:\n  - id: a\n    go: \n"}}
    async with desk.signed_in(desk.boris) as boris:
        for client, title in ((anna, "Оператор"), (boris, "Operator")):
            offers = (await post(client, "complete", **asked)).json()["offers"]
            assert title in {o["about"] for o in offers}, offers
