"""Publishing in the console and from elsewhere: over HTTP with the real app, cookies and keys."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from presszero.console.sessions import login_link
from presszero.errors import ConfigError, ContentError
from presszero.publishing import snapshot
from presszero.publishing.remote import Remote
from presszero.runtime.versions import Outrun, Refused
from tests.running import Here, Server, here
from tests.versions.room import make, order, renamed

ORIGIN = "http://desk.example"


@dataclass
class Lead:
    """A lead signed in at a desk that runs."""

    desk: Here
    folder: Path
    http: httpx.AsyncClient

    async def page(self) -> str:
        answer = await self.http.get("/console/publish")
        assert answer.status_code == 200
        return answer.text

    async def press(self, path: str = "", **form: object) -> httpx.Response:
        return await self.http.post(f"/console/publish{path}", data={k: str(v) for k, v in form.items()})

    def hidden(self, page: str, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', page)
        assert found
        return found[1]

    def write(self, flow: str) -> None:
        (self.folder / "flows" / "order.yaml").write_text(flow)

    async def key(self) -> str:
        answer = await self.press("/key")
        assert answer.status_code == 200, answer.text
        found = re.search(r"<code>([\w-]{30,})</code>", answer.text)
        assert found
        return found[1]


@pytest.fixture
async def lead(tmp_path: Path) -> AsyncIterator[Lead]:
    folder = make(tmp_path / "desk")
    async with here(tmp_path / "data", folder, published=True) as desk:
        store = desk.running.store
        operator = await store.save_operator("vera", shown="Vera", role="lead", lang="en")
        link = await login_link(store, operator, desk.running.settings.clock.now(), "")
        origin = {"origin": desk.url}
        async with httpx.AsyncClient(base_url=desk.url, headers=origin, trust_env=False) as http:
            token = link.partition("token=")[2]
            assert (await http.post("/console/login/once", data={"token": token})).status_code == 303
            yield Lead(desk, folder, http)


async def test_look_publish_undo(lead: Lead) -> None:
    assert "what stands in the folder is what runs" in await lead.page()
    lead.write(order().replace("Which size?", "What <b>size</b>?"))
    page = await lead.page()
    assert "What &lt;b&gt;size&lt;/b&gt;?" in page
    form = {"base": lead.hidden(page, "base"), "seen": lead.hidden(page, "seen"), "note": "a word", "share": 100}
    assert (await lead.press(**form)).status_code == 303
    page = await lead.page()
    assert "a word" in page
    assert "№2" in page
    assert (await lead.press("/back", base=lead.hidden(page, "base"))).status_code == 303
    assert "back to 1" in await lead.page()
    assert lead.desk.running.intake.content.publication == 3


async def test_the_second_of_two_must_look_again(lead: Lead) -> None:
    lead.write(order().replace("Which size?", "One?"))
    page = await lead.page()
    form = {"base": lead.hidden(page, "base"), "seen": lead.hidden(page, "seen")}
    lead.write(order().replace("Which size?", "Two?"))
    late = await lead.press(**form)
    assert late.status_code == 409
    assert "Somebody was first" in late.text
    assert "Two?" in late.text
    assert (await lead.press(base=form["base"], seen="")).status_code == 409


async def test_a_trial_on_the_page(lead: Lead) -> None:
    lead.write(order().replace("Which size?", "One?"))
    page = await lead.page()
    await lead.press(base=lead.hidden(page, "base"), seen=lead.hidden(page, "seen"), share=10)
    page = await lead.page()
    assert "Trial №2, 10 %" in page
    assert (await lead.press("/trial", number=2, end="promote")).status_code == 303
    assert "Trial №2" not in await lead.page()
    assert (await lead.press("/trial", number=2, end="withdraw")).status_code == 409


async def test_what_would_lose_somebody_is_shown_and_refused(lead: Lead) -> None:
    for text in ("place an order", "1234"):
        await lead.desk.http.post("/webhooks/rest/webhook", json={"sender": "a", "message": text})
    lead.write(renamed(order()))
    page = await lead.page()
    assert "PZ901" in page
    assert '<button class="btn">Publish' not in page
    assert (await lead.press(base=1, seen=lead.desk.running.settings.public_url)).status_code in {409, 422}


async def test_only_a_lead_from_our_own_page(lead: Lead) -> None:
    other = await lead.http.post("/console/publish", data={"base": 1}, headers={"origin": "https://evil.example"})
    assert other.status_code == 403
    await lead.desk.running.store.save_operator("vera", role="operator")
    assert (await lead.http.get("/console/publish")).status_code == 403
    async with httpx.AsyncClient(base_url=lead.desk.url, trust_env=False) as nobody:
        assert (await nobody.post("/console/publish")).status_code == 401


async def test_from_elsewhere_with_a_key(lead: Lead) -> None:
    remote = Remote(lead.desk.url, await lead.key())
    files = snapshot.of_folder(make(lead.folder.parent / "git", order().replace("Which size?", "From git?")))
    plan = await asyncio.to_thread(remote.plan, files)
    assert [c.new for c in plan.changes] == ["From git?"]

    def publish(base: int | None) -> object:
        return remote.publish(files, base=base, note="by a pipeline", share=100, seen=plan.seen)

    done = await asyncio.to_thread(publish, plan.base)
    assert (done.id, done.author) == (2, "vera")  # type: ignore[attr-defined]
    with pytest.raises(Outrun, match="vera published 2"):
        await asyncio.to_thread(publish, 1)
    back = await asyncio.to_thread(remote.rollback, None, "oops")
    assert back.restores == 1
    assert await asyncio.to_thread(remote.sides) is None
    broken = {**files, "flows/order.yaml": b"format: 1\nflow: order\n"}
    with pytest.raises(ContentError) as refused:
        await asyncio.to_thread(lambda: remote.publish(broken, base=3, note="", share=100, seen=""))
    assert {f.place.file for f in refused.value.findings} == {"flows/order.yaml"}
    with pytest.raises(Refused, match="no file of a desk"):
        await asyncio.to_thread(remote.plan, {**files, "../../etc/passwd": b"x"})


async def test_keys_are_hashed_end_with_the_person_and_open_nothing_else(lead: Lead) -> None:
    key = await lead.key()
    raw = b"".join(p.read_bytes() for p in lead.desk.data.glob("presszero.db*"))
    assert key.encode() not in raw
    bearer = {"authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=lead.desk.url, headers=bearer, trust_env=False) as http:
        assert (await http.post("/api/publishing/sides", json={})).status_code == 200
        assert (await http.get("/console/requests")).status_code == 401
        assert (await http.get("/console", headers={"cookie": f"pz_session={key}"})).status_code == 401
        assert (
            await http.post("/api/publishing/publish", content=b"{", headers={"content-type": "application/json"})
        ).status_code == 400
        await lead.desk.running.store.save_operator("vera", role="operator")
        assert (await http.post("/api/publishing/sides", json={})).status_code == 403
        await lead.desk.running.store.save_operator("vera", role="lead", password="another")
        assert (await http.post("/api/publishing/sides", json={})).status_code == 401
    with pytest.raises(ConfigError, match="key"):
        await asyncio.to_thread(Remote(lead.desk.url, "nonsense").sides)
    assert (await lead.http.post("/api/publishing/sides", json={})).status_code == 401  # a cookie counts for nothing


async def test_a_broken_edit_is_a_banner_for_leads(tmp_path: Path) -> None:
    folder = make(tmp_path / "desk")
    async with here(tmp_path / "data", folder) as desk:
        store = desk.running.store
        operator = await store.save_operator("vera", shown="Vera", role="lead", lang="en")
        link = await login_link(store, operator, desk.running.settings.clock.now(), "")
        (folder / "flows" / "order.yaml").write_text(order().replace("go: end", "go: nowhere"))
        await desk.running.reload()
        async with httpx.AsyncClient(base_url=desk.url, headers={"origin": desk.url}, trust_env=False) as http:
            await http.post("/console/login/once", data={"token": link.partition("token=")[2]})
            page = (await http.get("/console")).text
            assert "The newest files have errors" in page
            assert "flows/order.yaml:" in page
            (folder / "flows" / "order.yaml").write_text(order())
            await desk.running.reload()
            assert "The newest files have errors" not in (await http.get("/console")).text


def test_the_commands_beside_a_running_desk(tmp_path: Path) -> None:
    folder = make(tmp_path / "desk")
    with Server(tmp_path / "data", folder) as server:
        (folder / "flows" / "order.yaml").write_text(order().replace("Which size?", "What size?"))
        refused = server.presszero("publish", str(folder))
        assert refused.returncode == 2
        assert "--yes" in refused.stderr
        done = server.presszero("publish", str(folder), "--yes", "--note", "words", "--author", "vera", "--lang", "ru")
        assert done.returncode == 0, done.stderr
        assert "Опубликовано: №2." in done.stdout
        said = _until(server, "What size?")
        assert said == "What size?"
        back = server.presszero("rollback", "--desk", str(folder))
        assert "Runs again: 1" in back.stdout
        assert _until(server, "Which size?") == "Which size?"
        listed = server.presszero("rollback", "--list", "--desk", str(folder)).stdout
        assert "words" in listed
        server.presszero("operator", "add", "vera", "--role", "lead", "--desk", str(folder))
        made = server.presszero("operator", "key", "vera", "--desk", str(folder))
        assert "the key is " in made.stdout


def _until(server: Server, wanted: str) -> str:
    """What a newcomer is asked second, once the desk has looked."""
    import itertools
    import time

    end = time.monotonic() + 15
    for n in itertools.count():
        said = ""
        for text in ("place an order", "1234"):
            body = {"sender": f"{wanted}{n}", "message": text}
            answer = httpx.post(f"{server.url}/webhooks/rest/webhook", json=body, trust_env=False).json()
            said = [m["text"] for m in answer if "text" in m][-1]
        if said == wanted or time.monotonic() > end:
            return said
    raise AssertionError
