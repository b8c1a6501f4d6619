"""From a request in a wrong category to one in the right one: corrected, approved, published, learned in a child process."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from presszero.console.sessions import login_link
from presszero.store.base import Ticket
from tests.running import Here, here
from tests.versions.room import HANDOFF, make

SAID = "The grey tin hums all night long"
CATEGORIES = """
tv/box:
  title: {ru: "Приставка", en: "TV box"}
  queue: care
  sla: usual
network/slow:
  title: {ru: "Медленно", en: "Slow internet"}
  queue: care
  sla: usual
"""
PHRASES = """version: "3.1"
nlu:
  - intent: category/tv/box
    examples: |
      - the tv box does not turn on
      - my set-top box shows no picture
      - the television asks for a code
      - remote control of the box is broken
      - no channels on the receiver
      - the receiver restarts by itself
  - intent: category/network/slow
    examples: |
      - the internet is very slow
      - pages take ages to load
      - speed is lower than in my plan
      - videos buffer every evening
      - downloads crawl since monday
      - ping is too high in games
"""


def desk_folder(folder: Path) -> Path:
    made = make(folder)
    (made / "handoff/categories.yaml").write_text(HANDOFF["handoff/categories.yaml"] + CATEGORIES, "utf-8")
    (made / "nlu/en").mkdir(parents=True)
    (made / "nlu/en/categories.yml").write_text(PHRASES, "utf-8")
    return made


async def signed_in(desk: Here, http: httpx.AsyncClient) -> None:
    store = desk.running.store
    lead = await store.save_operator("vera", shown="Vera", role="lead", lang="en")
    link = await login_link(store, lead, desk.running.settings.clock.now(), "")
    answer = await http.post("/console/login/once", data={"token": link.partition("token=")[2]})
    assert answer.status_code == 303


async def request(desk: Here, http: httpx.AsyncClient) -> Ticket:
    """A customer writes it on the portal."""
    said = {"lang": "en", "text": SAID, "contact": "a@b.example"}
    answer = await http.post("/requests/send", data=said)
    assert answer.status_code in {200, 303}, answer.text
    [ticket, *_] = await desk.running.store.tickets()
    return ticket


async def test_what_was_corrected_and_approved_is_learned_when_it_is_published(tmp_path: Path) -> None:
    folder, models = desk_folder(tmp_path / "desk"), tmp_path / "data" / "models"
    models.mkdir(parents=True)  # its own: what is learned here is learned now
    async with here(tmp_path / "data", folder, published=True) as desk:
        origin = {"origin": desk.url, "accept": "text/html"}
        async with httpx.AsyncClient(base_url=desk.url, headers=origin, trust_env=False, timeout=100) as http:
            await signed_in(desk, http)
            first = await request(desk, http)
            assert (first.category, first.guess["by"]) == ("other", "default")
            way = f"/console/requests/{first.number}"
            assert (await http.post(way, data={"category": "tv/box"})).status_code == 303
            assert SAID in (await http.get("/console/lessons")).text
            said = {"text": SAID, "category": "tv/box"}
            done = await http.post(f"/console/lessons/{first.number}/approve", data=said)
            assert done.status_code == 303, done.text
            assert "The desk learns it with the next release." in (await http.get(done.headers["location"])).text
            before = {path.name for path in models.glob("*.npz")}
            assert (await request(desk, http)).category == "other"

            page = (await http.get("/console/publish")).text
            assert "nlu/en/lessons.yml" in page
            form = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("base", "seen")}
            published = await http.post(
                "/console/publish", data={k: v[1] for k, v in form.items() if v} | {"share": "100"}
            )
            assert published.status_code == 303, published.text
            second = await request(desk, http)
            assert (second.category, second.guess["by"]) == ("tv/box", "model")
            assert {path.name for path in models.glob("*.npz")} - before  # only the child process writes them
