"""An index that grew answers as one built at once; a restricted article changes nothing for those it is not for."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presszero.kb.article import TRAITS, Article, Section, fits, reader_of
from presszero.kb.library import Library

TODAY = date(2026, 11, 23)
WORDS = [
    "роутер",
    "роутера",
    "мигает",
    "лампочка",
    "красная",
    "оплатить",
    "оплата",
    "картой",
    "счёт",
    "договор",
    "номер",
    "скорость",
    "интернет",
    "интернета",
    "пропал",
    "нет",
    "после",
    "грозы",
    "тариф",
    "сменить",
    "приставка",
    "пульт",
    "не",
    "работает",
    "как",
    "где",
    "мой",
    "кабинет",
    "адрес",
    "переезд",
    "замена",
    "кабель",
]
QUERIES = (
    "оплата картой",
    "роутер мигает красным",
    "не работает пульт",
    "где номер договора",
    "интеренет пропал",
    "кабель",
)

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
bodies = st.lists(texts, min_size=0, max_size=4).map("\n".join)
groups = st.sampled_from([(), (("segment", frozenset({"vip"})),), (("region", frozenset({"казань", "уфа"})),)])


def made(slug: str, title: str, body: str, questions: Sequence[str] = (), **more) -> Article:
    return Article(slug, "ru", f"kb/ru/{slug}.md", title, body, (Section("", "", body),), tuple(questions), **more)


@st.composite
def libraries(draw, most: int = 8):
    count = draw(st.integers(1, most))
    return [
        made(f"a{at}", draw(texts), draw(bodies), draw(st.lists(texts, max_size=3)), audience=draw(groups))
        for at in range(count)
    ]


def ranked(library: Library, query: str, reader=None) -> list[tuple[str, float, float]]:
    return [(each.slug, each.scored.score, each.chance) for each in library.ranked(query, "ru", 5, reader or {})]


def same(one: list[tuple[str, float, float]], other: list[tuple[str, float, float]]) -> bool:
    """The same scores in order; articles of equal scores may stand in any order."""
    return [score for _, score, _ in one] == pytest.approx([score for _, score, _ in other], rel=1e-4) and [
        chance for _, _, chance in one
    ] == pytest.approx([chance for _, _, chance in other], rel=1e-3, abs=1e-4)


@settings(max_examples=20)  # each builds several libraries
@given(libraries(), libraries(), libraries())
def test_an_index_that_grew_is_the_one_built_at_once(first, second, third):
    grown = Library(first, ["ru"], TODAY)
    for articles in (second, third):
        grown = Library(articles, ["ru"], TODAY, before=grown)
    fresh = Library(third, ["ru"], TODAY)
    # what mends queries may lag behind, so the words are asked as they stand
    for query in (*WORDS[:6], "оплата картой", "мой номер договор"):
        assert same(ranked(grown, query), ranked(fresh, query)), query


def test_only_what_changed_is_analysed():
    articles = [made(f"a{at}", f"{WORDS[at]} {WORDS[-at]}", " ".join(WORDS[at:])) for at in range(12)]
    first = Library(articles, ["ru"], TODAY)
    assert first.analysed == 12
    changed = [*articles[:5], replace(articles[5], questions=("выключатель в прихожей",)), *articles[6:]]
    second = Library(changed, ["ru"], TODAY, before=first)
    assert second.analysed == 1
    assert second.ranked("выключатель", "ru", 1)[0].slug == "a5"
    assert second.ranked("выключатиль", "ru", 1)[0].slug == "a5"  # and the new word mends slips
    third = Library(reversed(changed), ["ru"], TODAY, before=second)
    assert third.analysed == 0
    assert third.ranked("выключатель", "ru", 1)[0].slug == "a5"
    assert Library(articles[:5], ["ru"], TODAY, before=third).ranked("выключатель", "ru") == []


@settings(max_examples=20)
@given(libraries(), st.sampled_from(QUERIES), groups)
def test_a_restricted_article_changes_nothing_for_others(articles, query, group):
    reader = {name: frozenset(list(values)[:1]) for name, values in group}
    mine = [article for article in articles if fits(article.audience, reader)]
    everything = Library(articles, ["ru"], TODAY)
    allowed = {article.slug for article in mine}
    assert {hit.slug for hit in everything.find(query, "ru", 20, reader)} <= allowed
    assert {each.article for each in everything.search(query, "ru", 5, reader).passages} <= allowed
    assert {article.slug for article in everything.articles("ru", reader)} == allowed
    for article in articles:
        assert (everything.article(article.slug, "ru", reader) is not None) == (article.slug in allowed)
    hub = made("hub", "узел", "", related=tuple(article.slug for article in articles))
    linked = Library([*articles, hub], ["ru"], TODAY, before=everything)
    assert {other.slug for other in linked.related("hub", "ru", reader)} == allowed
    if not reader:  # a stranger finds, reads and is corrected as if the others were not there
        public = Library(mine, ["ru"], TODAY)
        assert everything.search(query, "ru", 5) == public.search(query, "ru", 5)
        assert everything.find(query, "ru", 5) == public.find(query, "ru", 5)


def test_a_word_of_a_restricted_article_is_never_offered():
    secret = made(
        "secret", "Тариф Бриллиантовый", "Тариф Бриллиантовый для своих.", audience=(("segment", frozenset({"vip"})),)
    )
    library = Library([secret, made("open", "Тарифы", "Все тарифы по порядку.")], ["ru"], TODAY)
    assert "бриллиант" not in library.search("бриллиантвый тариф", "ru").searched
    vip = reader_of({"segment": "VIP"})
    assert library.search("тариф бриллиантовый", "ru", 3, vip).passages[0].article == "secret"
    opened = Library(
        [replace(secret, audience=()), made("open", "Тарифы", "Все тарифы.")], ["ru"], TODAY, before=library
    )
    assert "бриллиантовый" in opened.search("бриллиантвый тариф", "ru").searched
    closed = Library([secret, made("open", "Тарифы", "Все тарифы.")], ["ru"], TODAY, before=opened)
    assert "бриллиант" not in closed.search("бриллиантвый тариф", "ru").searched


def test_every_trait_must_fit_and_only_what_is_known_counts():
    group = (("segment", frozenset({"business"})), ("region", frozenset({"казань"})))
    assert fits(group, reader_of({"segment": "Business", "region": ["Москва", "КАЗАНЬ"]}))
    assert not fits(group, reader_of({"segment": "business"}))
    assert not fits(group, reader_of({}))
    assert not fits((("channel", frozenset({"telegram"})),), reader_of({"channel": "telegram"}, "web"))
    assert fits((("channel", frozenset({"telegram"})),), reader_of({}, "telegram"))
    assert not fits((("segment", frozenset()),), reader_of({"segment": ""}))
    assert set(TRAITS) == {"segment", "region", "product", "channel"}


def test_an_article_is_worth_more_to_those_it_is_meant_for():
    home = made("home", "Смена тарифа", "Тариф меняют в кабинете.")
    office = made("office", "Смена тарифа", "Тариф меняют в кабинете.", boost=(("segment", frozenset({"business"})),))
    library = Library([home, office], ["ru"], TODAY)
    assert [each.slug for each in library.ranked("сменить тариф", "ru")] == ["home", "office"]
    business = reader_of({"segment": "business"})
    assert [each.slug for each in library.ranked("сменить тариф", "ru", 5, business)] == ["office", "home"]


def test_threads_search_side_by_side():
    articles = [made(f"a{at}", f"{WORDS[at]} {WORDS[at + 3]}", " ".join(WORDS[at:])) for at in range(25)]
    library = Library(articles, ["ru"], TODAY)
    queries = [f"{WORDS[at % 30]} {WORDS[(at * 7) % 30]}" for at in range(60)]
    alone = [ranked(library, query) for query in queries]
    assert any(alone)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: ranked(library, query), queries * 3))
    assert together == alone * 3


def test_a_library_for_some_only():
    library = Library([made("a", "Тариф", "Тариф.", audience=(("segment", frozenset({"vip"})),))], ["ru"], TODAY)
    assert library.search("тариф", "ru").kind == "none"
    assert library.articles("ru") == ()
    assert library.ranked("тариф", "ru", 5, reader_of({"segment": "vip"}))[0].slug == "a"


@pytest.mark.parametrize(
    "text",
    ["", "и в на", "не как что", "🙂🙂🙂", "я" * 10_000, "оплата " * 2000, "\x00\u200b", "a\u0301" * 500, "<script>"],
)
def test_strange_questions_are_answered(text):
    library = Library([made("pay", "Оплата", "Платят картой.")], ["ru"], TODAY)
    assert library.search(text, "ru").kind in {"answer", "suggest", "none"}
    assert len(library.find(text, "ru")) <= 1
