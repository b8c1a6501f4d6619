"""Articles as nobody should write them: a finding with a place for each, the good ones served, and pages that do nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from presszero.kb.library import Library
from tests.console.room import Room

HEAD = "---\ntitle: {}\nquestions: [как {}]\n---\n"
HOSTILE = (
    HEAD.format("Опасная", "взломать")
    + """Текст <script>alert(1)</script> и <img src=x onerror=alert(1)> <svg onload=alert(1)>

[раз](javascript:alert(1)) [два](JaVaScRiPt:alert(1)) [три](data:text/html,x) [четыре](//evil.test) [пять](../../../etc/passwd)

![рисунок](javascript:alert(1)) ![свой](img/plan.svg)

## <b>Заголовок</b> {#x}
"""
)


@pytest.fixture
def library(tmp_path: Path) -> tuple[Library, list[tuple[str, str, int]]]:
    files = {
        "ru/good.md": HEAD.format("Хорошая", "хорошо") + "Просто текст.\n",
        "ru/bad.md": "---\ntitle: [не закрыто\n---\nТекст\n",
        "ru/none.md": "Без полей\n",
        "ru/a/twice.md": HEAD.format("Раз", "раз") + "Текст\n",
        "ru/b/twice.md": HEAD.format("Два", "два") + "Текст\n",
        "ru/huge.md": HEAD.format("Большая", "много") + "слово " * 800_000,
        "ru/hostile.md": HOSTILE,
    }
    for name, text in files.items():
        path = tmp_path / "desk" / "kb" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "secret.md").write_text(HEAD.format("Тайна", "узнать") + "секрет\n", encoding="utf-8")
    (tmp_path / "desk/kb/ru/out.md").symlink_to(tmp_path / "secret.md")
    made, findings = Library.load(tmp_path / "desk", ["ru"], date(2026, 11, 23))
    return made, [(f.code, f.place.file, f.place.line) for f in findings]


def test_each_is_a_finding_with_its_place(library: tuple[Library, list[tuple[str, str, int]]]) -> None:
    _, found = library
    said = {(code, file) for code, file, _ in found}
    for expected in (
        ("PZ501", "kb/ru/none.md"),
        ("PZ510", "kb/ru/b/twice.md"),
        ("PZ515", "kb/ru/huge.md"),
        ("PZ517", "kb/ru/hostile.md"),
        ("PZ519", "kb/ru/out.md"),
    ):
        assert expected in said
    assert any(file == "kb/ru/bad.md" for _, file, _ in found)
    assert {line for code, _, line in found if code == "PZ517"} == {7, 9}


async def test_the_good_ones_are_served_and_the_page_is_safe(
    desk: Room, library: tuple[Library, list[tuple[str, str, int]]]
) -> None:
    desk.intake.content = replace(desk.intake.content, library=library[0], languages=("ru",))
    client = desk.client()
    home = (await client.get("/kb/ru")).text
    assert "Хорошая" in home
    for gone in ("Тайна", "Большая", "Без полей"):
        assert gone not in home
    page = (await client.get("/kb/ru/hostile")).text
    body = page[page.index('<div class="body">') : page.index('<section class="rate"')]
    for active in ("<script", "<svg", "<img src=x", "javascript:", "data:text", "//evil.test", "etc/passwd"):
        assert active not in body.lower(), active
    assert "&lt;script&gt;" in body
    data = page[page.index("application/ld+json") :]
    assert "<script>alert" not in data
    policy = (await client.get("/kb/ru/hostile")).headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert (await client.get("/kb/ru/out")).status_code == 404
