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


def strange(word: str, near: str) -> tuple[str, str] | None:
    """The letters of another alphabet that were typed for look-alikes in a name, and which alphabet that is."""
    said, meant = word.strip().lower(), near.lower()
    foreign = "".join(dict.fromkeys(c for c in said if "а" <= c <= "ё"))
    if near.isascii() and foreign and any("a" <= c <= "z" for c in said):
        return foreign, "кириллица"
    if len(said) != len(meant):
        return None
    pairs = [(a, b) for a, b in zip(said, meant, strict=True) if a != b]
    cyrillic = [a for a, b in pairs if a.translate(_LIKE_LATIN) == b]
    latin = [a for a, b in pairs if b.translate(_LIKE_LATIN) == a]
    odd, name = (cyrillic, "кириллица") if cyrillic else (latin, "латиница")
    return ("".join(dict.fromkeys(odd)), name) if odd and len(odd) == len(pairs) else None
