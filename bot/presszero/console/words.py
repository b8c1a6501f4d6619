"""The words of the pages: English msgids, other languages from `locale/*.po`, compiled in memory at the first use."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.support import NullTranslations

LANGUAGES = ("ru", "en")
FOLDER = Path(__file__).parent / "locale"


def language(wanted: str) -> str:
    """The language to show pages in: English for whoever speaks none of ours."""
    return wanted if wanted in LANGUAGES else "en"


@cache
def words(lang: str) -> NullTranslations:
    """The catalogue of a language."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import NullTranslations, Translations

    path = FOLDER / f"{lang}.po"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    made = BytesIO()
    write_mo(made, catalogue)
    made.seek(0)
    return Translations(made)
