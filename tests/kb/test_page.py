"""Whatever an author writes, the page is safe; links to articles lead to their pages."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.kb import markdown, page
from presszero.kb.text import sections

ALLOWED = page.TAGS


def url(slug: str) -> str:
    return f"/kb/en/{slug}" if slug != "gone" else ""


class Seen(HTMLParser):
    """Collects tags and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#x0A;script:alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](\\javascript:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x](vbscript:msgbox)",
        "[x](file:///etc/passwd)",
        "[x](//evil.example)",
        "[x](\\\\evil.example)",
        '[x](good "onclick=alert(1)")',
        "[x]\n\n[x]: javascript:alert(1)",
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe src='https://evil.example'></iframe>",
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_active_passes(body):
    assert_safe(page.html(body, url))


def assert_safe(text: str) -> None:
    seen = Seen(text)
    assert set(seen.tags) <= ALLOWED
    for name, value in seen.attributes:
        assert name in {"id", "href", "alt", "title", "rel", "start"}
        if name == "href":
            assert re.match(r"(https?|mailto|tel):|/(?![/\\])|#|/kb/en/", value), value


@given(st.text(alphabet=st.sampled_from(list("[]()<>!:/\\#*`|-\n \t\"'&;=javscriptdt:0xAé")), max_size=200))
def test_any_text_makes_a_safe_page(body):
    assert_safe(page.html(body, url))


def test_links_to_articles():
    text = page.html("[pay](how-to-pay) [part](how-to-pay.md#s-cards) [none](gone) [web](https://a.example/x)", url)
    assert 'href="/kb/en/how-to-pay"' in text
    assert 'href="/kb/en/how-to-pay#s-cards"' in text
    assert "</a> none <a" in text  # nowhere to go: plain words
    assert 'href="https://a.example/x"' in text


def test_headings_have_their_own_ids_and_stay_below_the_title():
    text = page.html("# Оплата картой\n\n## Cards\n\n## Cards\n\n## !!!", url)
    assert '<h2 id="s-оплата-картой">' in text
    assert '<h2 id="s-cards">' in text
    assert '<h2 id="s-cards-2">' in text
    assert '<h2 id="s-section">' in text
    assert "<h1" not in text


def test_tables_and_lists():
    text = page.html("| a | b |\n|---|:-:|\n| 1 | 2 |\n\n3. three\n4. four\n", url)
    assert "<td>1</td>" in text
    assert '<ol start="3">' in text
    assert "style" not in text


def test_plain_text_of_sections():
    body = (
        "Short *answer*, see [cards](cards).\nSame line.\n\n## Steps\n\n1. First\n2. Second\n   - inner\n\n"
        "```\ncode  here\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    first, second = sections(markdown.parse(body))
    assert (first.anchor, first.text) == ("", "Short answer, see cards. Same line.")
    assert (second.anchor, second.heading) == ("s-steps", "Steps")
    assert second.text.split("\n") == ["1. First", "2. Second", "• inner", "code  here", "a — b", "1 — 2"]


def test_anchors_of_passages_are_those_of_the_page():
    body = "## How it works\n\nText.\n\n## How it works\n\nMore.\n"
    ids = re.findall(r'id="([^"]+)"', page.html(body, url))
    assert ids == [section.anchor for section in sections(markdown.parse(body))]
    assert len(ids) == 2
