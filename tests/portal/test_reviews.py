"""Articles to be read again: their owners are told once for each day, in working hours, and the console says whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from presszero.channels.telegram.rich import MOST_TEXT, units
from presszero.channels.telegram_desk.reminder import reminder
from presszero.errors import ChannelError
from presszero.kb.article import Article, Section
from presszero.kb.library import Library
from presszero.kb.review import review
from presszero.runtime.reviews import Due, remind
from tests.console.room import NOON, Room, room

DAY = 86400.0
TODAY = date(2025, 11, 24)  # the day of the room's noon


def article(slug: str, owner: str, by: date | None, **more: object) -> Article:
    sections = (Section("", "", "Текст."),)
    return Article(slug, "ru", f"kb/ru/{slug}.md", f"Про {slug}", "Текст.", sections, owner=owner, review_by=by, **more)  # type: ignore[arg-type]


def with_articles(desk: Room, *articles: Article) -> None:
    desk.intake.content = replace(desk.intake.content, library=Library(articles, ["ru", "en"], TODAY))


@pytest.fixture
def told() -> list[Due]:
    return []


async def test_each_is_told_once_for_its_day(desk: Room, told: list[Due]) -> None:
    async def tell(due: Sequence[Due]) -> None:
        told.extend(due)

    old, mine = article("old", "Игорь", date(2025, 11, 1)), article("mine", "Анна", TODAY)
    hidden = article("hidden", "", TODAY, audience=(("segment", frozenset({"staff"})),))
    with_articles(desk, old, mine, hidden, article("later", "Анна", date(2025, 11, 25)), article("none", "Анна", None))
    assert await remind(desk.intake, tell) == 3
    assert [(d.owner, d.title, d.url) for d in told] == [
        ("", "Про hidden", ""),
        ("Анна", "Про mine", f"{desk.url}/kb/ru/mine"),
        ("Игорь", "Про old", f"{desk.url}/kb/ru/old"),
    ]
    for _ in range(3):
        assert await remind(desk.intake, tell) == 0
    desk.clock.at = NOON + DAY
    assert await remind(desk.intake, tell) == 1
    assert told[-1].title == "Про later"
    with_articles(desk, replace(old, review_by=date(2025, 11, 20)))  # put off, and late again: another day
    assert await remind(desk.intake, tell) == 1


async def test_nobody_is_told_at_night_or_of_what_could_not_be_sent(desk: Room, told: list[Due]) -> None:
    async def tell(due: Sequence[Due]) -> None:
        told.extend(due)

    async def broken(_: Sequence[Due]) -> None:
        raise ChannelError("the line is down")

    with_articles(desk, article("old", "Игорь", date(2025, 11, 1)))
    desk.clock.at = NOON + 9 * 3600
    assert await remind(desk.intake, tell) == 0
    desk.clock.at = NOON
    with pytest.raises(ChannelError):
        await remind(desk.intake, broken)
    assert await remind(desk.intake, tell) == 1
    assert len(told) == 1


def test_the_post_is_by_owner_and_fits() -> None:
    due = [
        Due("", "Ничья", TODAY, "", "m"),
        *(Due("Анна", f"Статья {n}", TODAY, "https://a.test/kb/ru/x", "m") for n in range(300)),
    ]
    posts = reminder(due, "ru")
    assert len(posts) > 1
    assert all(units(post.text) <= MOST_TEXT for post in posts)
    whole = "\n".join(post.text for post in posts)
    assert whole.startswith("Пора перечитать статьи:\n\nБез владельца\n• Ничья, до 24.11.2025")
    assert whole.count("• Статья") == 300
    assert 'href="https://a.test/kb/ru/x"' in posts[0].html()
    assert "Without an owner" in reminder(due, "en")[0].text


async def test_the_console_says_whose_they_are(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with room(tmp_path_factory.mktemp("reviews")) as desk:
        old = date(2025, 11, 1)
        both = (article("a", desk.anna.shown, old), article("b", "Игорь", old), article("c", desk.anna.shown, None))
        with_articles(desk, *both)
        await desk.store.save_operator(desk.anna.name, role="lead")
        [anna] = [o for o in await desk.store.operators() if o.id == desk.anna.id]
        client = await desk.signed_in(anna)
        page = (await client.get("/console/articles")).text
        assert re.search(r'<span class="due"><span class="vh">[^<]+: </span>1</span>', page)  # of two, one is hers
        part = page[page.index('id="due"') : page.index("</section>")]
        assert part.index(desk.anna.shown) < part.index("Про a") < part.index("Игорь") < part.index("Про b")


def test_an_article_without_a_day_is_a_note() -> None:
    found = review([article("a", "", None), article("b", "", TODAY)])
    assert [f.place.file for f in found if f.code == "PZ536"] == ["kb/ru/a.md"]
