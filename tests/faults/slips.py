"""Slips of the fingers: a word as somebody in a hurry would have typed it."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

from presszero.lang.layout import to_russian

BESIDE = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "t": "y", "s": "d", "r": "t", "l": "k", "c": "v", "d": "f"}


def slip(word: str, taken: Collection[str], chance: Random) -> str:
    """The word with one slip in it, and never another word that is there."""
    made = [wrong for wrong in _slips(word) if wrong not in taken and wrong != word]
    return chance.choice(made)


def _slips(word: str) -> list[str]:
    at = range(1 if len(word) > 3 else 0, len(word))
    found = [word[:n] + word[n + 1 :] for n in at if word[n].isalpha() and len(word) > 2]  # a letter lost
    found += [word[:n] + word[n] + word[n:] for n in at if word[n].isalpha()]  # a letter twice
    found += [word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in at if n + 1 < len(word)]  # two swapped
    found += [word[:n] + BESIDE[word[n]] + word[n + 1 :] for n in at if word[n] in BESIDE]  # the key beside
    return found + [to_russian(word)] if len(word) > 3 and word.isalpha() else found
