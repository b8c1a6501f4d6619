"""The pictures of an article: files beside it under ``kb/``, known by their bytes and served by the mark of their content.

Only what a browser draws and cannot run: png, jpg, webp, gif. Never one from outside the articles' folder, never one from
another site.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from presszero.errors import Finding, Place

MOST = 2 * 1024 * 1024
SIDE = 10_000  # pixels
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "gif": "image/gif"}
_WEB = ("http:", "https:")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as an article names it: ``address`` is as written, ``mark`` is of the bytes."""

    address: str
    kind: str
    width: int
    height: int
    mark: str
    data: bytes = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """What it is served as."""
        return f"{self.mark}.{self.kind}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that a body names, and where."""

    place: Place
    address: str
    alt: str


def pictures(kb: Path, article: Path, wanted: Iterator[Wanted], findings: list[Finding]) -> tuple[Picture, ...]:
    """The pictures of the article at ``article``, each once; what cannot be shown is a finding and is left out."""
    found: dict[str, Picture | None] = {}
    for each in wanted:
        if not each.alt.strip():
            findings.append(Finding(each.place, "PZ525", {"picture": each.address}))
        if each.address.lower().startswith(_WEB):
            findings.append(Finding(each.place, "PZ526", {"picture": each.address}))
            continue
        if each.address not in found:
            found[each.address] = _picture(kb, article, each, findings)
    return tuple(picture for picture in found.values() if picture)


def _picture(kb: Path, article: Path, wanted: Wanted, findings: list[Finding]) -> Picture | None:
    values = {"picture": wanted.address}
    path = _path(kb, article, wanted.address)
    if path is None:
        findings.append(Finding(wanted.place, "PZ523", values))
        return None
    try:
        large = path.stat().st_size > MOST
        data = b"" if large else path.read_bytes()
    except OSError:
        findings.append(Finding(wanted.place, "PZ522", values))
        return None
    seen = None if large else look(data)
    if large or (seen and not all(0 < side <= SIDE for side in seen[1:])):
        more = {"limit": str(MOST // 1024 // 1024), "side": str(SIDE)}
        findings.append(Finding(wanted.place, "PZ527", values | more))
        return None
    if seen is None:
        findings.append(Finding(wanted.place, "PZ524", values))
        return None
    return Picture(wanted.address, *seen, hashlib.sha256(data).hexdigest()[:20], data)


def _path(kb: Path, article: Path, address: str) -> Path | None:
    """The file an address means; None when it is, or leads, outside the articles' folder."""
    name = unquote(address)
    if name.startswith("/") or "\\" in name or "\0" in name:
        return None
    try:
        path = article.parent / name
        inside = path.resolve().is_relative_to(kb.resolve())
        return path if inside and not path.is_symlink() else None
    except (OSError, ValueError):
        return None


def look(data: bytes) -> tuple[str, int, int] | None:
    """The kind, width and height that the bytes themselves tell; None for anything that is not a picture."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR":
        return "png", _big(data[16:20]), _big(data[20:24])
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) > 10:
        return "gif", _little(data[6:8]), _little(data[8:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) > 30:
        return _webp(data)
    return _jpeg(data) if data[:3] == b"\xff\xd8\xff" else None


def _webp(data: bytes) -> tuple[str, int, int] | None:
    match data[12:16]:
        case b"VP8X":
            return "webp", _little(data[24:27]) + 1, _little(data[27:30]) + 1
        case b"VP8L":
            bits = _little(data[21:25])
            return "webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return "webp", _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF
    return None


def _jpeg(data: bytes) -> tuple[str, int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if 0xC0 <= mark <= 0xCF and mark not in {0xC4, 0xC8, 0xCC}:  # the frame's header
            return "jpg", _big(data[at + 7 : at + 9]), _big(data[at + 5 : at + 7])
        at += 1 if mark == 0xFF else 2 + max(2, _big(data[at + 2 : at + 4]))
    return None


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
