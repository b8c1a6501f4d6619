"""What the pages of the codes do not show: where a rule must keep silent, and names that are guessed."""

from __future__ import annotations

import pytest

from presszero.check.lint import lint
from presszero.check.near import near
from presszero.flows.tongues import other_tongue
from presszero.source.nearest import nearest
from tests.flows.desks import edited, files, load_texts

N, H = "no_connection", "to_operator"


def _codes(texts: dict[str, str]) -> list[str]:
    loaded = load_texts(texts)
    return sorted({f.code for f in (*loaded.findings, *lint(loaded))} - {"PZ316", "PZ325"})


def test_a_choice_of_the_customer_may_go_round() -> None:
    again = '      - {value: again, label: {ru: "Ещё раз", en: "Once again please"}, go: lights}\n'
    assert _codes(edited(N, "      - {value: none,", again + "      - {value: none,")) in ([], ["PZ313"])
    assert _codes(edited(N, "    dont_know: advice", "    dont_know: contract")) == ["PZ322"]


def test_a_ticket_after_a_person_was_called_needs_no_article() -> None:
    assert "PZ324" not in _codes(files())
    texts = files()
    texts["flows/late.yaml"] = (
        "flow: late\ntitle: {ru: а, en: b}\nstarts_on: {phrases: {ru: [мастер опоздал], en: [the man is late]}}\n"
        "steps:\n  - id: note\n    ticket: create\n    category: callback\n    go: end\n"
    )
    assert _codes(texts) == ["PZ324"]
    texts["flows/late.yaml"] = texts["flows/late.yaml"].replace("    go: end", "    direct: yes\n    go: end")
    assert _codes(texts) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("оплатить картой", "оплатить катрой", True),
        ("оплатить картой", "оплатить картами", False),
        ("Тариф 100", "Тариф 200", False),
        ("да", "дай", False),
        ("Home plan", "home plan", False),
        ("Home plan", "Hope plan", True),
    ],
)
def test_near_spelling(one: str, other: str, expected: bool) -> None:
    found = list(near([(one, "a", one), (other, "b", other)]))
    assert found == ([(other, one)] if expected else [])
    assert not list(near([(one, "a", one), (other, "a", other)]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tehc", "tech"), ("еуср", "tech"), ("теch", "tech"), ("bil", "billing"), ("og", "go"),
        ("no_conection", "no_connection"), ("xyz", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_name_that_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, ["tech", "billing", "go", "no_connection", "sales"]) == meant


@pytest.mark.parametrize(
    ("text", "lang", "wrong"),
    [
        ("Please restart the router", "ru", True),
        ("Wi-Fi 5 GHz", "ru", False),
        ("https://desk.example/how/to/pay", "ru", False),
        ("Да", "en", True),
        ("Русский", "en", False),
        ("Call «Ромашка»", "en", False),
        ("Привет", "ru", False),
    ],
)
def test_a_text_left_untranslated(text: str, lang: str, wrong: bool) -> None:
    assert other_tongue(text, lang) is wrong
