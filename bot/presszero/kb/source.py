"""What every reader of foreign articles shares: the text of a file in whatever encoding, its language, the faults so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from presszero.errors import Finding, Place
from presszero.lang.detect import detect

_NAMED = {"русский": "ru", "russian": "ru", "rus": "ru", "english": "en", "английский": "en", "eng": "en"}
_OLD = {"cp1251": "Windows-1251", "koi8-r": "KOI8-R", "cp866": "CP866"}
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Source:
    """A source that is being read. ``lang``: the language of articles that do not say it."""

    def __init__(self, home: Path, languages: Sequence[str], lang: str = "") -> None:
        self.home, self.languages, self._lang = home, languages, lang
        self.findings: list[Finding] = []

    def fault(self, place: Place, code: str, **values: str) -> None:
        """Adds a finding."""
        self.findings.append(Finding(place, code, values))

    def text(self, path: Path) -> str | None:
        """A file's text with plain line ends; None with a finding for what is no text."""
        text = self.raw(path)
        return None if text is None else text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def raw(self, path: Path) -> str | None:
        """A file's text as it is: UTF-8, else UTF-16 or what old programs write in Russia, said so."""
        data = path.read_bytes()
        for encoding in (_BOMS.get(data[:2], "utf-8"), *_wide(data)):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text and (encoding == "utf-8" or re.search(r"[ \n]", text)):
                return text
        old = max(_OLD, key=lambda each: _letters(data[: 1 << 16].decode(each, "replace")))
        text = data.decode(old, "replace")
        if b"\x00" in data or text.count("\ufffd") > len(text) // 100:
            self.fault(Place(str(path), 1, 1), "PZ516")
            return None
        self.fault(Place(str(path), 1, 1), "PZ542", encoding=_OLD[old])
        return text

    def language(self, said: str, text: str, place: Place) -> str:
        """The desk's language that is said, else that of the text; "" with a finding when the said one is not the desk's."""
        named = re.split(r"[-_]", said.strip().lower())[0]
        named = _NAMED.get(named, named)
        if named in self.languages:
            return named
        if named:
            self.fault(place, "PZ546", lang=said.strip()[:40], known=", ".join(self.languages))
            return ""
        if self._lang:
            return self._lang
        guessed = detect(text)[0]
        return guessed if guessed and guessed in self.languages else self.languages[0]


def _wide(data: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark: every other byte of Latin text is zero, of Russian text four."""
    if len(data) < 4 or len(data) % 2:
        return ()
    for half, name in ((data[1::2], "utf-16-le"), (data[::2], "utf-16-be")):
        if (half.count(0) + half.count(4)) > 0.9 * len(half):
            return (name,)
    return ()


def _letters(text: str) -> float:
    """How much like Russian a text is: small letters, the common ones most; nobody writes capitals inside words."""
    small = sum("а" <= c <= "я" for c in text) + sum(text.count(c) for c in "оеаинт")
    return small - 2 * len(re.findall("[а-я][А-Я]", text)) - 3 * len(re.findall("[╀-▟■]", text))
