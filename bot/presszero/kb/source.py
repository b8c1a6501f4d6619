"""What every reader of foreign articles shares: the text of a file in whatever encoding, its language, the faults so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from presszero.errors import Finding, Place
from presszero.lang.detect import detect
from presszero.source.encoded import decoded

_NAMED = {"русский": "ru", "russian": "ru", "rus": "ru", "english": "en", "английский": "en", "eng": "en"}


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
        text, encoding = decoded(path.read_bytes())
        if text is None:
            self.fault(Place(str(path), 1, 1), "PZ516")
        elif encoding:
            self.fault(Place(str(path), 1, 1), "PZ542", encoding=encoding)
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
