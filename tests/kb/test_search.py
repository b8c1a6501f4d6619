"""Customers ask in their own words; the right passage is found, or nothing is asserted."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.dialogue.knowledge import Answer
from presszero.kb.article import Article, Section
from presszero.kb.chunks import PASSAGE, chunks, passage
from presszero.kb.library import Library
from presszero.kb.load import load

TODAY = date(2026, 11, 23)
DESK = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "lang", "slug"),
    [
        ("заклеить прокол", "ru", "puncture"),
        ("у меня прокол на заднем колесе", "ru", "puncture"),
        ("проколы колёс", "ru", "puncture"),
        ("скрипит тормоз", "ru", "brakes"),
        ("нужны новые колодки", "ru", "brakes"),
        ("оплата картой", "ru", "payment"),
        ("ОПЛАТА КАРТОЙ!!!", "ru", "payment"),
        ("хранение велосипедов зимой", "ru", "storage"),
        ("patching punctures", "en", "puncture"),
        ("my brake squeals", "en", "brakes"),
        ("paying with a card", "en", "payment"),
        ("what are your opening hours", "en", "hours"),
    ],
)
def test_word_forms(library, text, lang, slug):
    answer = library.search(text, lang)
    assert answer.kind in {"answer", "suggest"}
    assert answer.passages[0].article == slug
    assert answer.passages[0].lang == lang


@pytest.mark.parametrize(
    ("text", "lang", "slug", "searched"),
    [
        ("ghjrjk rjktcf", "ru", "puncture", "прокол колеса"),
        ("cktnftn wtgm", "ru", "chain", "слетает цепь"),
        ("skripyat tormoza", "ru", "brakes", "скрипят тормоза"),
        ("garantiya na raboty", "ru", "warranty", "гарантия на работы"),
        ("скрипят тармоза", "ru", "brakes", ""),
        ("зимнее храненее велосепеда", "ru", "storage", ""),
        ("warantty on repairs", "en", "warranty", ""),
        ("пшае certificate", "en", "gift", ""),
        ("bay a gift certifcate", "en", "gift", ""),
    ],
)
def test_slips_layout_and_transliteration(library, text, lang, slug, searched):
    answer = library.search(text, lang)
    assert answer.kind != "none"
    assert answer.passages[0].article == slug
    if searched:
        assert answer.searched.casefold() == searched


@pytest.mark.parametrize(
    ("text", "lang", "greeted"),
    [
        ("скрипит тормоз", "ru", "Здравствуйте, подскажите пожалуйста: скрипит тормоз"),
        ("скрипит тормоз", "ru", "привет! скрипит тормоз, заранее спасибо"),
        ("my brake squeals", "en", "Hello there, my brake squeals. Thanks in advance"),
    ],
)
def test_a_greeting_changes_nothing(library, text, lang, greeted):
    plain, polite = library.search(text, lang), library.search(greeted, lang)
    assert (plain.kind, plain.passages) == (polite.kind, polite.passages)
    assert plain.passages


def test_a_question_of_the_article_is_answered(library):
    answer = library.search("плохо тормозит", "ru")
    assert answer.kind == "answer"
    first = answer.passages[0]
    assert first.text == "Поменяйте колодки: они служат около 2000 км. Замена колодок стоит 500 ₽ за колесо."
    assert first.title == "Тормоза скрипят или не держат"
    assert first.score >= 0.75
    assert answer.searched == ""


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("как сварить борщ", "ru"),
        ("какая завтра погода", "ru"),
        ("кто президент франции", "ru"),
        ("спасибо", "ru"),
        ("what is the capital of france", "en"),
        ("tell me a joke", "en"),
        ("ok", "en"),
        ("?!", "ru"),
        ("", "ru"),
        ("12345", "en"),
    ],
)
def test_nothing_is_found_for_another_domain(library, text, lang):
    answer = library.search(text, lang)
    assert answer.kind == "none"
    assert answer.passages == ()


def test_an_article_of_the_other_language_when_there_is_none_in_ones_own(library):
    answer = library.search("gift certificate", "ru")
    assert (answer.passages[0].article, answer.passages[0].lang) == ("gift", "en")
    assert library.shown("gift", "ru").lang == "en"
    assert library.article("gift", "ru") is None


def test_words_of_another_language_find_ones_own_twin(library):
    answer = library.search("squealing brakes", "ru")
    assert (answer.passages[0].article, answer.passages[0].lang) == ("brakes", "ru")
    assert answer.passages[0].text.startswith("Поменяйте колодки")


def test_the_passage_is_the_section_that_was_asked_for(library):
    answer = library.search("покрышка с порезом", "ru")
    assert answer.passages[0].text.startswith("Покрышку с порезом не клеим")
    assert answer.passages[0].anchor == "s-если-разрезана-покрышка"


def test_the_search_page(library):
    hits = library.find("оплата картой", "ru")
    assert hits[0].slug == "payment"
    assert {"картой"} <= set(hits[0].matched)
    assert len(hits[0].snippet) <= 200
    assert library.find("", "ru") == []
    assert library.find("борщ", "ru") == []


def test_related_articles(write):
    write("kb/en/a.md", "---\ntitle: A\nrelated: [b, c]\n---\nText\n")
    write("kb/ru/b.md", "---\ntitle: B\n---\nText\n")
    desk = write("kb/en/c.md", "---\ntitle: C\naudience: staff\n---\nText\n")
    library, _ = Library.load(desk, ["en", "ru"], TODAY)
    assert [article.slug for article in library.related("a", "en")] == ["b"]


def test_articles_that_are_not_public_are_nowhere(write):
    write("kb/en/staff.md", "---\ntitle: Secret tariff\naudience: [staff]\n---\nSecret tariff.\n")
    write("kb/en/future.md", "---\ntitle: Secret tariff\neffective_from: 2026-11-24\n---\nSecret tariff.\n")
    write("kb/en/past.md", "---\ntitle: Secret tariff\neffective_to: 2026-11-22\n---\nSecret tariff.\n")
    desk = write("kb/en/today.md", "---\ntitle: Open hours\neffective_to: 2026-11-23\n---\nAlways.\n")
    library, _ = Library.load(desk, ["en"], TODAY)
    assert [article.slug for article in library.articles("en")] == ["today"]
    assert library.article("staff", "en") is None
    assert library.search("secret tariff", "en").kind == "none"
    assert library.find("secret tariff", "en") == []


def test_an_empty_library():
    library = Library([], ["ru"], TODAY)
    assert library.search("оплата", "ru") == Answer("none")
    assert library.find("оплата", "ru") == []
    assert library.articles("en") == ()


@given(st.text(max_size=1500), st.sampled_from(["ru", "en", "de", ""]), st.integers(1, 5))
def test_any_text_gets_an_answer_within_bounds(library, text, lang, limit):
    answer = library.search(text, lang, limit)
    assert len(answer.passages) <= limit
    assert (answer.kind == "none") == (not answer.passages)
    for found in answer.passages:
        assert 0 < len(found.text) <= PASSAGE
        assert 0 <= found.score <= 1
    assert len(library.find(text, lang, limit)) <= limit


def test_only_the_first_thousand_characters_are_read(library):
    assert library.search("я" * 1000 + " оплата картой", "ru").kind == "none"
    assert library.search("оплата картой " * 10_000, "ru").kind in {"answer", "suggest"}


@given(st.lists(st.text(min_size=1, max_size=700), max_size=6))
def test_passages_are_words_of_the_article(texts):
    parts = tuple(Section(f"s-{at}", "Heading", text) for at, text in enumerate(texts))
    made = chunks(Article("a", "en", "a.md", "Title", "", parts))
    assert made
    quote, anchor = passage(made, {})
    assert len(quote) <= PASSAGE
    source = {f"s-{at}": " ".join(text.split()) for at, text in enumerate(texts)} | {"": ""}
    assert " ".join(quote.removesuffix("…").split()) in source[anchor]


def test_the_desk_of_this_repository():
    """Its articles have no errors, and each of their questions finds its own article among the first three."""
    library, findings = Library.load(DESK, ["ru", "en"], TODAY)
    assert [finding.line() for finding in findings if finding.severity == "error"] == []
    asked = [(q, a) for lang in ("ru", "en") for a in library.articles(lang) for q in (a.title, *a.questions)]
    assert len(asked) > 300
    missed = [
        (question, article.slug)
        for question, article in asked
        if article.slug not in [found.slug for found in library.ranked(question, article.lang, 3)]
    ]
    assert len(missed) <= len(asked) // 100, missed


def test_loading_names_no_file_outside_the_desk():
    articles, _ = load(DESK, ["ru", "en"], TODAY)
    assert articles
    assert all(article.file.startswith("kb/") for article in articles)
