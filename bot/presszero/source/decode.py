"""The bytes of a desk's file as text: size, encoding, and the characters that no editor shows.

Lines and columns stay those of an editor. It must never guess an encoding and go on: a wrong guess reaches customers.
"""

from __future__ import annotations

import re

from presszero.errors import Finding, Place

MAX_BYTES = 1 << 20
MOST = 20  # findings of one kind in one file: a file saved wrongly would give thousands
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_HIDDEN = re.compile("[\xad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]")
_MARKER = re.compile(r"(?:<{7}|>{7}|\|{7}) |={7}$")
_INDENT = re.compile("[ \xa0]*\xa0")


def decode(data: bytes, file: str, faults: list[Finding]) -> str | None:
    """The text with Unix line ends and no BOM, or None when there is nothing to go on with."""
    if len(data) > MAX_BYTES:
        faults.append(Finding(Place(file), "PZ107", {"limit": "1"}))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(Finding(_place_of(data, error.start, file), "PZ109", _guess(data)))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str, file: str, faults: list[Finding]) -> str | None:
    """The text with characters that YAML refuses reported and blanked; None when its structure cannot be trusted."""
    before = len(faults)
    lines = text.split("\n")
    _markers(lines, file, faults)
    if "\t" in text:
        _each(re.compile("\t"), lines, file, "PZ105", faults)
    if "\xa0" in text:
        _each(_INDENT, lines, file, "PZ120", faults, start=True)
    broken = len(faults) > before
    if _CONTROL.search(text):
        _each(_CONTROL, lines, file, "PZ110", faults)
        text = _CONTROL.sub(" ", text)
    if _HIDDEN.search(text):
        _each(_HIDDEN, lines, file, "PZ123", faults)
    return None if broken else text


def _each(
    what: re.Pattern[str], lines: list[str], file: str, code: str, faults: list[Finding], *, start: bool = False
) -> None:
    found = 0
    for number, line in enumerate(lines, 1):
        hit = what.match(line) if start else what.search(line)
        if hit and found < MOST:
            found += 1
            faults.append(Finding(Place(file, number, hit.start() + 1), code, {"char": f"U+{ord(hit[0][-1]):04X}"}))


def _markers(lines: list[str], file: str, faults: list[Finding]) -> None:
    """One finding for each conflict; a lone ``=======`` is none."""
    inside = False
    most = len(faults) + MOST
    for number, line in enumerate(lines, 1):
        if len(faults) >= most:
            return
        if line[:1] not in "<>|=" or not _MARKER.match(line + (" " if line[:7] in {"<" * 7, ">" * 7} else "")):
            continue
        if line.startswith("<" * 7) or (line.startswith(">" * 7) and not inside):
            faults.append(Finding(Place(file, number, 1), "PZ111"))
        inside = not line.startswith(">" * 7)


def _place_of(data: bytes, offset: int, file: str) -> Place:
    start = data.rfind(b"\n", 0, offset) + 1
    return Place(file, data.count(b"\n", 0, offset) + 1, len(data[start:offset].decode("utf-8", "replace")) + 1)


def _guess(data: bytes) -> dict[str, str]:
    letters = sum(byte >= 0xC0 for byte in data)  # Russian letters of Windows-1251 are 0xC0…0xFF
    likely = "UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "Windows-1251" if letters > len(data) // 20 else ""
    if not likely:
        return {}
    return {
        "hint_en": f"It looks like {likely}: save it as UTF-8 in your editor.",
        "hint_ru": f"Похоже на {likely}: сохраните его в редакторе как UTF-8.",
    }
