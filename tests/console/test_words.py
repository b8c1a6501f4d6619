"""Every word of the pages is in every language."""

from __future__ import annotations

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from presszero.console.pages import HERE
from presszero.console.typeset import typeset
from presszero.console.words import FOLDER, words

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None}
OPTIONS = {"templates/**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}}


def used() -> set[str]:
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    found = extract_from_dir(HERE, method_map=methods, options_map=OPTIONS, keywords=KEYWORDS)
    return {m[2] if isinstance(m[2], str) else m[2][0] for m in found}


def test_every_word_has_a_russian_translation() -> None:
    with (FOLDER / "ru.po").open("rb") as file:
        catalogue = read_po(file, locale="ru")
    translated = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.id and m.string and not m.fuzzy}
    asked = used()
    assert len(asked) > 200
    assert sorted(asked - translated) == []
    assert sorted(translated - asked) == []


@pytest.mark.parametrize(
    ("n", "text"), [(1, "1 статья"), (2, "2 статьи"), (5, "5 статей"), (11, "11 статей"), (21, "21 статья")]
)
def test_plural_forms(n: int, text: str) -> None:
    assert words("ru").ngettext("%(num)d article", "%(num)d articles", n) % {"num": n} == text


def test_english_is_the_msgid_itself() -> None:
    assert words("en").gettext("Take") == "Take"


@pytest.mark.parametrize(
    ("text", "set_"),
    [
        ("Как сменить пароль на роутере", "Как сменить пароль на\u00a0роутере"),
        ("от 8 знаков — не меньше", "от\u00a08\u00a0знаков\u00a0— не\u00a0меньше"),
        ("Заявка № 12, 4–6 минут", "Заявка №\u00a012, 4\u2060–\u20606\u00a0минут"),
        ("Wi-Fi и роутер", "Wi-Fi и\u00a0роутер"),
    ],
)
def test_russian_is_typeset(text: str, set_: str) -> None:
    assert typeset(text, "ru") == set_
    assert typeset(text, "en") == text
