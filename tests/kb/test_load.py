"""What is wrong with an article is a finding with its place; the other articles still load."""

from datetime import date
from pathlib import Path

import pytest

from presszero.diagnostics import rules
from presszero.kb.load import MAX_BYTES, load

TODAY = date(2026, 11, 23)
GOOD = "---\ntitle: A good one\nquestions: [how]\nrelated: []\n---\nText with [a link](good#top).\n"


def found(desk: Path, languages: tuple[str, ...] = ("en",)) -> dict[str, str]:
    _, findings = load(desk, languages, TODAY)
    return {finding.code: str(finding.place) for finding in findings}


def test_a_good_article(write):
    desk = write("kb/en/money/good.md", GOOD)
    articles, findings = load(desk, ["en"], TODAY)
    assert not findings
    (article,) = articles
    assert (article.slug, article.lang, article.file) == ("good", "en", "kb/en/money/good.md")
    assert (article.title, article.questions) == ("A good one", ("how",))
    assert article.sections[0].text == "Text with a link."


def test_links_to_headings_and_html_are_judged(write):
    write("kb/en/other.md", "---\ntitle: O\nquestions: [o]\n---\n## How to pay\n\nSo.\n")
    text = GOOD.replace("good#top", "other#s-how-to-pay") + "\n[b](other#how-to-pay) and\n<b>bold</b>, `<b>` is code\n"
    _, findings = load(write("kb/en/good.md", text), ["en"], TODAY)
    assert [(f.code, str(f.place)) for f in findings] == [
        ("PZ529", "kb/en/good.md:8:5"),
        ("PZ537", "kb/en/good.md:9:1"),
    ]


def test_a_desk_without_articles(tmp_path):
    assert load(tmp_path, ["ru", "en"], TODAY) == ([], [])


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("No front matter at all.\n", "PZ501", "kb/en/bad.md:1:1"),
        ("---\ntitle: never closed\ntext\n", "PZ501", "kb/en/bad.md:1:1"),
        ("---\ntitle: [a\n---\nText\n", "PZ118", "kb/en/bad.md:"),
        ("---\ntitle: a\ntitle: b\n---\nText\n", "PZ102", "kb/en/bad.md:3:1"),
        ("---\n- a list\n---\nText\n", "PZ502", "kb/en/bad.md:2:1"),
        ("---\nquestions: [x]\n---\nText\n", "PZ503", "kb/en/bad.md:1:1"),
        ("---\n---\nText\n", "PZ503", "kb/en/bad.md:1:1"),
        ("---\ntitle: T\nquestions:\n  - a: b\n---\nText\n", "PZ504", "kb/en/bad.md:4:5"),
        ("---\ntitle: [T]\n---\nText\n", "PZ504", "kb/en/bad.md:2:8"),
        ("---\ntitle: T\nreview: 2027-01-01\n---\nText\n", "PZ505", "kb/en/bad.md:3:1"),
        ("---\ntitle: T\nreview_by: next year\n---\nText\n", "PZ506", "kb/en/bad.md:3:12"),
        ("---\ntitle: T\nreview_by: 2027-02-30\n---\nText\n", "PZ506", "kb/en/bad.md:3:12"),
        ("---\ntitle: T\n---\n\n", "PZ507", "kb/en/bad.md:1:1"),
        ("---\ntitle: T\nrelated: [good, gone]\n---\nText\n", "PZ512", "kb/en/bad.md:3:17"),
        ("---\ntitle: T\n---\nText\n\nmore [x](gone) text\n", "PZ513", "kb/en/bad.md:6:10"),
        ("---\ntitle: T\nreview_by: 2026-11-22\n---\nText\n", "PZ514", "kb/en/bad.md:3:12"),
        ("---\ntitle: T\n---\nText [x](javascript:alert(1))\n", "PZ517", "kb/en/bad.md:4:10"),
        ("---\ntitle: T\n---\nText ![x](data:image/png;base64,AA)\n", "PZ517", "kb/en/bad.md:4:11"),
        ("---\ntitle: T\n---\nText [x](//elsewhere.example)\n", "PZ517", "kb/en/bad.md:4:10"),
        ("---\ntitle: T\n---\nText <vbscript:x>\n", "PZ517", "kb/en/bad.md:4:7"),
        (
            "---\ntitle: T\neffective_from: 2026-05-01\neffective_to: 2026-04-01\n---\nText\n",
            "PZ518",
            "kb/en/bad.md:4:15",
        ),
        ("---\ntitle: T\naudience: {city: Kazan}\n---\nText\n", "PZ520", "kb/en/bad.md:3:12"),
        ("---\ntitle: T\nboost: {region: [[x]]}\n---\nText\n", "PZ504", "kb/en/bad.md:3:18"),
        ("\n" * MAX_BYTES + "x", "PZ515", "kb/en/bad.md"),
        (b"---\ntitle: T\n---\n\xd2\xe5\xea\xf1\xf2\n", "PZ516", "kb/en/bad.md:4:1"),
        (b"---\ntitle: T\x00\n---\nText\n", "PZ516", "kb/en/bad.md:2:1"),
    ],
)
def test_a_fault_has_a_code_and_a_place(write, text, code, place):
    write("kb/en/good.md", GOOD)
    desk = write("kb/en/bad.md", text)
    faults = found(desk)
    assert list(faults) == [code]
    assert faults[code].startswith(place)
    assert "good" in {article.slug for article in load(desk, ["en"], TODAY)[0]}


def test_two_articles_with_one_name(write):
    write("kb/en/good.md", GOOD)
    desk = write("kb/en/other/good.md", GOOD)
    articles, findings = load(desk, ["en"], TODAY)
    assert [(finding.code, finding.values["other"]) for finding in findings] == [("PZ510", "kb/en/good.md")]
    assert len(articles) == 1


def test_a_missing_twin_is_a_warning(write):
    desk = write("kb/en/good.md", GOOD)
    _, findings = load(desk, ["ru", "en"], TODAY)
    (finding,) = findings
    assert (finding.code, finding.severity, finding.values["lang"]) == ("PZ511", "warning", "ru")


def test_an_article_of_another_language_may_be_linked(write):
    write("kb/ru/only-here.md", GOOD.replace("good#top", "only-here"))
    desk = write("kb/en/good.md", GOOD.replace("good#top", "only-here"))
    assert set(found(desk, ("ru", "en"))) == {"PZ511"}


def test_a_name_that_cannot_be_an_address(write):
    assert "PZ508" in found(write("kb/en/Оплата.md", GOOD.replace("good#top", "https://a.example")))


def test_windows_line_ends_and_a_byte_order_mark(write):
    desk = write("kb/en/good.md", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    articles, findings = load(desk, ["en"], TODAY)
    assert not findings
    assert articles[0].body == "Text with [a link](good#top).\n"


def test_a_link_out_of_the_desk_is_not_followed(write, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_text(GOOD, encoding="utf-8")
    desk = write("kb/en/good.md", GOOD)
    (desk / "kb/en/secret.md").symlink_to(outside)
    assert found(desk) == {"PZ519": "kb/en/secret.md"}


def test_every_rule_speaks_both_languages():
    own = {code: rule for code, rule in rules().items() if code.startswith("PZ5")}
    assert len(own) > 15
    for rule in own.values():
        assert rule.ru != rule.en
        assert bool(rule.hint_ru) == bool(rule.hint_en)
