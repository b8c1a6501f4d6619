"""What is wrong with a line of JSON lines, in our words: where on the line, and what stands there or does not."""

from __future__ import annotations

import re

from presszero.errors import Finding, Place

_BYTE = re.compile(r"\(byte (\d+)\)")
_KEY = re.compile(r"\$\.(\w+)")
_MISSING = re.compile(r"required field `(\w+)`")


def fault(file: str, number: int, line: str, error: Exception, code: str) -> Finding:
    """The finding of a line that a decoder refused."""
    said = str(error)
    byte, key, missing = _BYTE.search(said), _KEY.search(said), _MISSING.search(said)
    if missing:
        column, en, ru = 1, f'there is no "{missing[1]}"', f"нет «{missing[1]}»"
    elif key:
        found = re.search(rf'"{key[1]}"\s*:\s*', line)
        column = found.end() + 1 if found else 1
        en, ru = f'"{key[1]}" has another kind of value', f"у «{key[1]}» значение другого вида"
    elif said.startswith("Expected"):
        column, en, ru = 1, "it is no object in { }", "это не объект в { }"
    else:
        at = int(byte[1]) if byte else len(line.rstrip().encode())
        column = len(line.encode()[:at].decode(errors="ignore")) + 1
        en, ru = "from here on it is not JSON", "отсюда это не JSON"
    return Finding(Place(file, number, column), code, {"why": en, "why_ru": ru})
