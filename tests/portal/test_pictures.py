"""Pictures of articles: shown from the desk's folder, known by their bytes, and only to whoever may read the article."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from presszero.cli.kb_files import take_away
from presszero.kb.library import Library
from presszero.kb.pictures import MOST, SIDE, look
from tests.console.room import Room

TODAY = date(2026, 11, 23)
HEAD = "---\ntitle: {}\nquestions: [как {}]\n---\n"


def drawn(kind: str, size: tuple[int, int] = (30, 20), **more: object) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, "teal").save(kept, kind, **more)
    return kept.getvalue()


KINDS = {
    "png": drawn("PNG"),
    "jpg": drawn("JPEG", exif=b"Exif\0\0" + bytes(300)),
    "gif": drawn("GIF"),
    "webp": drawn("WEBP"),
}
LOSSLESS = drawn("WEBP", lossless=True)
GOOD = """Первый шаг.

![Роутер сзади](img/one.png) ![Роутер сбоку](two.jpg) ![Схема](../img/three.webp) ![Мигает](<img/мигает быстро.gif>)

1. ![Вход](img/one.png)
2. Второй шаг.
"""
BAD = """Текст.

![нет](img/none.png)

![наружу](../../../secret.png)

![абсолютно](/etc/passwd)

![рисунок](img/plan.svg)

![другое](img/fake.png)

![](img/one.png)

![чужая](https://example.com/x.png)

![большая](img/large.png)

![широкая](img/wide.png)

![ссылкой](img/link.png)

![внутри](data:image/png;base64,AA==)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    kb = tmp_path / "desk/kb"
    files: dict[str, bytes] = {
        "../config.yaml": b"format: 1\n",
        "ru/setup/good.md": (HEAD.format("Хорошая", "хорошо") + GOOD).encode(),
        "ru/setup/bad.md": (HEAD.format("Плохая", "плохо") + BAD).encode(),
        "ru/setup/img/one.png": KINDS["png"],
        "ru/setup/two.jpg": KINDS["jpg"],
        "ru/img/three.webp": KINDS["webp"],
        "ru/setup/img/мигает быстро.gif": KINDS["gif"],
        "ru/setup/img/plan.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "ru/setup/img/fake.png": b"<script>alert(1)</script>",
        "ru/setup/img/large.png": KINDS["png"] + bytes(MOST),
        "ru/setup/img/wide.png": drawn("PNG", (SIDE + 1, 1)),
        "ru/staff.md": ("---\ntitle: Тайная\naudience: [staff]\n---\nТайна.\n\n![План](setup/img/one.png)\n").encode(),
    }
    for name, data in files.items():
        path = kb / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "secret.png").write_bytes(KINDS["png"])
    (kb / "ru/setup/img/link.png").symlink_to(tmp_path / "secret.png")
    return tmp_path / "desk"


def test_the_bytes_tell_the_kind_and_the_size() -> None:
    assert {kind: look(data) for kind, data in KINDS.items()} == {kind: (kind, 30, 20) for kind in KINDS}
    assert look(LOSSLESS) == ("webp", 30, 20)
    clear = BytesIO()
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(clear, "WEBP", exif=b"Exif\0\0" + bytes(20))
    assert look(clear.getvalue()) == ("webp", 30, 20)


@given(st.sampled_from([*KINDS.values(), LOSSLESS]), st.integers(0, 40), st.binary(max_size=40))
def test_any_bytes_are_looked_at_without_a_fault(data: bytes, at: int, other: bytes) -> None:
    for bad in (data[:at], data[:at] + other + data[at + len(other) :], other):
        seen = look(bad)
        assert seen is None or seen[0] in KINDS


def test_what_cannot_be_shown_is_a_finding_with_its_place(folder: Path) -> None:
    _, findings = Library.load(folder, ["ru"], TODAY)
    found = [(f.code, f.place.line) for f in findings if f.place.file == "kb/ru/setup/bad.md"]
    assert found == [
        ("PZ522", 7),
        ("PZ523", 9),
        ("PZ523", 11),
        ("PZ524", 13),
        ("PZ524", 15),
        ("PZ525", 17),
        ("PZ526", 19),
        ("PZ527", 21),
        ("PZ527", 23),
        ("PZ523", 25),
        ("PZ517", 27),
    ]
    assert [f.code for f in findings if f.place.file != "kb/ru/setup/bad.md"] == []


async def test_a_page_shows_them_and_its_words_stay_words(desk: Room, folder: Path) -> None:
    library, _ = Library.load(folder, ["ru"], TODAY)
    desk.intake.content = replace(desk.intake.content, library=library, languages=("ru",))
    client = desk.client()
    text = (await client.get("/kb/ru/good")).text
    body = text[text.index('<div class="body">') : text.index('<section class="rate"')]
    images = re.findall(r"<img [^>]*>", body)
    assert len(images) == 5
    for image, kind in zip(images, ("png", "jpg", "webp", "gif", "png"), strict=True):
        assert 'width="30"' in image
        assert 'height="20"' in image
        assert 'loading="lazy"' in image
        assert re.search(r'alt="[А-Я]', image)
        address = re.search(r'src="(/kb/ru/good/img/[0-9a-f]{20}\.\w+)"', image)
        assert address
        answer = await client.get(address[1])
        assert (answer.status_code, answer.content) == (200, KINDS[kind])
        assert answer.headers["content-type"] == {"jpg": "image/jpeg"}.get(kind, f"image/{kind}")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
    assert f'<meta property="og:image" content="{desk.url}/kb/ru/good/img/' in text
    bad = (await client.get("/kb/ru/bad")).text
    assert bad[bad.index('<div class="body">') :].count("<img") == 1
    for words in ("чужая", "наружу", "рисунок"):
        assert f"<p>{words}</p>" in bad
    passage = library.search("как хорошо", "ru").passages[0].text
    assert "Роутер" not in passage
    assert "Первый шаг." in passage


async def test_a_restricted_articles_picture_is_not_served(desk: Room, folder: Path) -> None:
    library, _ = Library.load(folder, ["ru"], TODAY)
    staff = {"segment": frozenset({"staff"})}
    own = library.article("staff", "ru", staff)
    assert own
    [picture] = own.pictures
    desk.intake.content = replace(desk.intake.content, library=library, languages=("ru",))
    client = desk.client()
    for path in (
        f"/kb/ru/staff/img/{picture.name}",
        "/kb/ru/good/img/none.png",
        "/kb/ru/good/img/..%2f..%2fstaff.md",
        f"/kb/ru/good/img/{picture.mark}.svg",
        f"/kb/xx/good/img/{picture.name}",
    ):
        assert (await client.get(path)).status_code == 404, path
    assert (await client.get(f"/kb/ru/good/img/{picture.name}")).status_code == 200  # the same file, in an open article


def test_a_changed_picture_makes_another_article(folder: Path) -> None:
    library, _ = Library.load(folder, ["ru"], TODAY)
    before = library.article("good", "ru")
    (folder / "kb/ru/setup/img/one.png").write_bytes(drawn("PNG", (31, 20)))
    again, _ = Library.load(folder, ["ru"], TODAY)
    after = again.article("good", "ru")
    assert before
    assert after
    assert before != after
    assert {p.name for p in before.pictures} != {p.name for p in after.pictures}


def test_a_link_to_what_is_not_for_all_is_words_and_said(folder: Path) -> None:
    (folder / "kb/ru/open.md").write_text(HEAD.format("Для всех", "всё") + "Прочтите [про тайну](staff).\n")
    _, findings = Library.load(folder, ["ru"], TODAY)
    assert [(f.code, f.place.line, f.severity) for f in findings if f.place.file == "kb/ru/open.md"] == [
        ("PZ528", 5, "warning")
    ]
    for audience in ("[staff]", "{segment: staff, region: Казань}"):
        text = f"---\ntitle: Своим\nquestions: [для своих]\naudience: {audience}\n---\nПрочтите [про тайну](staff).\n"
        (folder / "kb/ru/open.md").write_text(text)
        _, findings = Library.load(folder, ["ru"], TODAY)
        assert [f for f in findings if f.place.file == "kb/ru/open.md"] == []


def test_an_export_has_the_pictures(folder: Path, tmp_path: Path) -> None:
    assert take_away(Namespace(dir=str(folder), to=str(tmp_path / "out"), lang="ru")) == 0
    assert (tmp_path / "out/ru/setup/img/one.png").read_bytes() == KINDS["png"]
    assert not (tmp_path / "out/ru/setup/img/link.png").exists()
