"""An article that is for some readers is nowhere for the others: every door of the portal, the chat, the lead's proposals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from presszero.dialogue.knowledge import Answer
from presszero.kb.gaps import Asked, gaps, nearest
from presszero.kb.library import Library
from tests.console.room import Room

SECRET = "Квазулин"  # stands in the restricted article alone
ARTICLES = {
    "ru/open.md": "---\ntitle: Как оплатить\nquestions: [чем платить]\nrelated: [vip, hidden]\n---\nКартой. Подробности [для своих](vip), [ещё](hidden#s-x).\n",
    "en/open.md": "---\ntitle: How to pay\nrelated: [vip]\n---\nBy card, see [here](vip).\n",
    "ru/vip.md": f"---\ntitle: Скидка {SECRET}\nquestions: [как получить {SECRET}]\ntags: [{SECRET}]\naudience: vip\n---\n{SECRET}: минус 90 %.\n\n## {SECRET}\n\nЗвоните.\n",
    "en/vip.md": "---\ntitle: Quazuline discount\naudience: vip\n---\nQuazuline: 90 % off.\n",
    "ru/hidden.md": f"---\ntitle: Тоже {SECRET}\naudience: {{segment: vip, channel: telegram}}\n---\n{SECRET}.\n",
}
WORDS = (SECRET.casefold(), "quazuline", "90 %", "vip")


@pytest.fixture
def shut(desk: Room, tmp_path: Path) -> Room:
    root = tmp_path / "shut"
    for name, text in ARTICLES.items():
        path = root / "kb" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    library, _ = Library.load(root, ["ru", "en"], date(2026, 11, 24))
    assert library.search(SECRET, "ru", reader={"segment": frozenset({"vip"})}).passages[0].article == "vip"
    desk.intake.content = replace(desk.intake.content, library=library, languages=("ru", "en"))
    return desk


async def test_no_page_tells_of_it(shut: Room) -> None:
    client = shut.client()
    asked = (SECRET, SECRET.lower(), "Квазлин", "rdfpekby", "kvazulin", "quazuline", "скидка 90", "vip", "как получить")
    paths = ["/kb/ru", "/kb/en", "/kb/ru/open", "/kb/en/open", "/sitemap.xml", "/robots.txt"]
    paths += [
        f"/kb/{lang}/{door}?q={text}" for lang in ("ru", "en") for door in ("search", "suggest") for text in asked
    ]
    paths += [
        f"/kb/{lang}/{slug}{more}" for lang in ("ru", "en") for slug in ("vip", "hidden") for more in ("", "?chat=yes")
    ]
    paths += [f"/request?lang=ru&about={slug}" for slug in ("vip", "hidden")] + ["/?lang=ru&article=vip"]
    seen = 0
    for path in paths:
        page = await client.get(path)
        typed = path.rpartition("=")[2] if "q=" in path else "vip"  # a page repeats what was typed
        text = page.text.casefold().replace(typed.casefold(), "")
        told = [word for word in WORDS if word in text and word != "vip" and word not in typed.casefold()]
        assert told == [], path
        assert "/vip" not in page.text.replace(path, ""), path
        seen += page.status_code == 200
        if "/vip" in path or "/hidden" in path:
            assert page.status_code == 404, path
    assert seen > 30
    sitemap = (await client.get("/sitemap.xml")).text
    assert "open" in sitemap
    assert "vip" not in sitemap
    assert (await client.post("/kb/ru/vip/helped", data={"helped": "yes"})).status_code == 404


async def test_the_chat_does_not_tell_a_stranger(shut: Room) -> None:
    for text in (SECRET, f"как получить {SECRET}", "rdfpekby", "скидка 90 процентов"):
        taken = await shut.hear("stranger", text)
        history = await shut.store.history("web", "stranger", limit=100)
        said = " ".join(f"{m.text} {m.body}" for m in history if m.who == "bot").casefold()
        assert "минус 90" not in said
        assert "скидка квазулин" not in said
        assert taken.state


def test_a_gap_is_not_led_to_it(shut: Room) -> None:
    library = shut.intake.content.library
    asked = [Asked(n, 1e9, f"как получить {SECRET}", "ru", "none", who=str(n)) for n in range(3)]
    [gap] = gaps(asked, 1e9)
    near = nearest(gap, library)
    assert near is None or near.slug == "open"
    assert library.search(SECRET, "en") == Answer("none")
    assert library.related("open", "ru") == ()
