"""What happened at a step in one short line: on a box of a picture, beside a line of a file."""

from __future__ import annotations

from presszero.dialogue.tally import Passage


def line_of(passage: Passage, lang: str) -> str:
    """Entered, misunderstood, handed over, dropped, median time; what is zero is left out."""
    if not passage.entered and not passage.exits:
        return "—"
    ru = lang == "ru"
    parts = [f"{passage.entered} {'вошли' if ru else 'entered'}"]
    for count, words in (
        (passage.misunderstood, ("not understood", "не поняты")),
        (passage.handed_over, ("to a person", "к человеку")),
        (passage.dropped, ("dropped", "ушли")),
    ):
        if count:
            parts.append(f"{count} {words[ru]}")
    if passage.median is not None:
        parts.append(time_of(passage.median, lang))
    return " · ".join(parts)


def time_of(seconds: float, lang: str) -> str:
    """A median time in words: ``12 s``, ``3 min``, ``2 h``."""
    ru = lang == "ru"
    if seconds < 90:
        return f"{max(1, round(seconds))} {'с' if ru else 's'}"
    if seconds < 5400:
        return f"{round(seconds / 60)} {'мин' if ru else 'min'}"
    return f"{round(seconds / 3600)} {'ч' if ru else 'h'}"
