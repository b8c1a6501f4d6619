"""Values that live in the environment and not in files: `env.NAME`.

A secret must never be printed: its repr and its text are the variable's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from presszero.errors import Finding
from presszero.nowhere import nowhere
from presszero.source.fields import Faults, Fields

PREFIX = "env."
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
_ADDRESS = re.compile(r"https?://[^\s/@]+(/\S*)?")
_HOST = re.compile(r"https?://(\[[^\]]*\]|[^/:?#]*).*", re.DOTALL)
_PASSWORD = re.compile(r"https?://[^\s/]*@.*")


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret by the name of its variable; only ``reveal`` gives the value."""

    name: str
    _value: str = field(repr=False)

    def __str__(self) -> str:
        return f"{PREFIX}{self.name}"

    def reveal(self) -> str:
        """The value itself: for a header or a signature, never for a log."""
        return self._value


class Environment:
    """The variables a desk may use, and the findings of those it needs and does not have."""

    def __init__(self, variables: Mapping[str, str], faults: Faults) -> None:
        self._variables = variables
        self._faults = faults
        self.missing: list[Finding] = []

    def secret(self, f: Fields, key: str) -> Secret | None:
        """A secret; standing in the file itself it is an error, and is not repeated in the sentence."""
        text = f.text(key, "")
        if not text:
            return None
        if not text.startswith(PREFIX):
            self._faults.add(f.at(key), "PZ701", key=key)
            return None
        return Secret(text.removeprefix(PREFIX), self._value(f, key, text))

    def address(self, f: Fields, key: str, *, needed: bool = True) -> str:
        """An http address, in the file or in a variable."""
        text = f.text(key, None if needed else "")
        if _PASSWORD.fullmatch(text):
            self._faults.add(f.at(key), "PZ701", key=key)
            return ""
        if text.startswith(PREFIX):
            return self._judged(f, key, text, self._value(f, key, text, needed=needed))
        return self._judged(f, key, text, text)

    def _judged(self, f: Fields, key: str, text: str, address: str) -> str:
        """The address, once it is one that requests may go to; ``text``: as the file has it."""
        if address and not _ADDRESS.fullmatch(address):
            self._faults.add(f.at(key), "PZ704", text=text)
        elif address and nowhere(_HOST.sub(r"\1", address)):
            self._faults.add(f.at(key), "PZ725", text=text)
        return address.rstrip("/")

    def _value(self, f: Fields, key: str, text: str, *, needed: bool = True) -> str:
        name = text.removeprefix(PREFIX)
        if not _NAME.fullmatch(name):
            self._faults.add(f.at(key), "PZ703", text=text)
            return ""
        found = self._variables.get(name, "").strip()
        if needed and not found:
            self.missing.append(Finding(f.at(key), "PZ702", {"name": name}))
        return found
