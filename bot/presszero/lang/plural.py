"""Which plural form a number takes: «1 день, 2 дня, 5 дней, 1,5 дня», "1 day, 1.5 days" (CLDR rules of ru and en)."""

from __future__ import annotations

FORMS = {"ru": 3, "en": 2}  # how many forms an author writes
_SPACES = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, "−": "-", ",": "."})


def plural_form(number_text: str, lang: str) -> int:
    """The index into the forms an author wrote; a text that is no number takes the form of many."""
    number = number_text.strip().translate(_SPACES).lstrip("+-")
    whole, _, fraction = number.partition(".")
    if not whole.isdecimal() or (fraction and not fraction.isdecimal()):
        return FORMS.get(lang, 2) - 1
    if lang != "ru":
        return 0 if number == "1" else 1
    if fraction:
        return 1
    last, tens = int(whole[-1]), int(whole[-2:])
    if 11 <= tens <= 14 or last in (0, 5, 6, 7, 8, 9):
        return 2
    return 0 if last == 1 else 1
