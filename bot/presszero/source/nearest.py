"""The name that was meant by a mistyped one: slips of the fingers, the other keyboard layout, look-alike letters."""

from __future__ import annotations

from collections.abc import Collection

from presszero.lang.layout import to_english

_LIKE_LATIN = str.maketrans("асеорхукмтвнзь", "aceopxykmtbh3b")
_CLOSE = 0.5  # of a name's letters stand as they should
_PART = 85.0  # a name with a part left out


def nearest(word: str, among: Collection[str]) -> str:
    """The likeliest name that was meant, or nothing."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    said = word.strip().lower()
    readings = (said,) if said.isascii() else (to_english(said), said.translate(_LIKE_LATIN), said)
    names = sorted(among)
    found = (process.extractOne(r, names, scorer=OSA.normalized_similarity, score_cutoff=_CLOSE) for r in readings)
    best = max((hit for hit in found if hit), key=lambda hit: hit[1], default=None)
    if best is None and len(said) > 2:  # of two letters everything has a part
        best = process.extractOne(said, names, scorer=fuzz.partial_ratio, score_cutoff=_PART)
    return str(best[0]) if best else ""
