"""Editing as the console sees it: files with marks, what is said of drafts, what can be typed next, a conversation tried out.

The records and the promise only; `presszero.workshop` keeps it, because it reads a whole desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

from presszero.errors import Finding, PressZeroError

Drafts = Mapping[str, str]  # name of a file → its text as it is being typed


class FileText(msgspec.Struct, frozen=True):
    """A file; ``mark`` names exactly this text, ``by`` who saved it last."""

    name: str
    text: str
    mark: str
    by: str = ""


class Taken(PressZeroError):
    """Somebody else saved the file meanwhile; ``now`` is what stands there."""

    def __init__(self, now: FileText) -> None:
        self.now = now
        super().__init__(now.by)


class Offer(msgspec.Struct, frozen=True):
    """Something that can be typed: shown, what it is, what is written, and the column it replaces from."""

    label: str
    about: str = ""
    apply: str = ""
    kind: str = "property"


class Act(msgspec.Struct):
    """What somebody does in a conversation that is tried out; ``start`` begins a new one."""

    do: str = "text"
    text: str = ""
    label: str = ""
    channel: str = "web"
    lang: str = ""


class Said(msgspec.Struct, frozen=True):
    """A line of it."""

    who: str
    text: str
    author: str = ""
    buttons: tuple[Mapping[str, Any], ...] = ()
    links: tuple[Mapping[str, Any], ...] = ()


class Tried(msgspec.Struct, frozen=True):
    """What came of an act: what was said, and where the conversation stands."""

    said: tuple[Said, ...] = ()
    at: str = ""
    holder: str = "bot"
    tickets: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """A dialogue test as it went."""

    name: str
    file: str
    line: int
    passed: bool
    sentence: str = ""
    at: int = 0  # the line that did not hold
    log: tuple[str, ...] = ()


class Editing(Protocol):
    """What the editor needs. Everything but `save` leaves the desk as it is."""

    def names(self) -> list[str]:
        """The files that can be edited."""
        ...

    def read(self, name: str) -> FileText:
        """A file."""
        ...

    async def save(self, name: str, text: str, base: str, author: str) -> FileText:
        """Writes a file. Raises Taken."""
        ...

    async def remove(self, name: str, base: str) -> None:
        """Removes a file that is still as it was read. Raises Taken and Refused."""

    async def judge(self, drafts: Drafts) -> Sequence[Finding]:
        """What is wrong in the desk with these drafts."""
        ...

    async def complete(self, drafts: Drafts, name: str, line: int, column: int, lang: str) -> Sequence[Offer]:
        """What can be typed at a place of a draft."""
        ...

    async def act(self, who: int, drafts: Drafts, act: Act) -> Tried:
        """One act in the conversation that somebody tries out. Raises ContentError for drafts that do not hold."""
        ...

    async def test(self, drafts: Drafts, lang: str) -> Sequence[Outcome]:
        """Plays the dialogue tests. Raises ContentError."""
        ...
