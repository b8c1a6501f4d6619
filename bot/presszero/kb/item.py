"""An article as another system had it, and a file that an import would write. Plain data; nothing here reads or writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from presszero.errors import Place


@dataclass(frozen=True, slots=True)
class Brought:
    """A picture that an article shows: the address in its text, and the file."""

    address: str
    path: Path


@dataclass(frozen=True, slots=True)
class Item:
    """An article that was read."""

    place: Place
    title: str
    body: str
    lang: str
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    path: str = ""  # where it wants to lie below its language, with the folders it had
    text: str = ""  # its file, where it has one whole
    name: str = ""  # the slug it had
    ids: tuple[str, ...] = ()  # what links of its system call it
    same: str = ""  # what its translations share
    owner: str = ""
    starts: date | None = None
    ends: date | None = None
    pictures: tuple[Brought, ...] = ()
    text_place: Place | None = None  # where the text begins, when it is not the title's place

    @property
    def where(self) -> Place:
        """The place of the text."""
        return self.text_place or self.place


@dataclass(frozen=True, slots=True)
class Proposed:
    """A file that the import would write: ``new``, ``same`` as what is there, or ``differs`` from it.

    A picture has a ``copy``: the file it is. ``place`` is where the article stands in the source; ``whole``: line by line so.
    """

    name: str
    state: str
    place: Place
    text: str = ""
    copy: Path | None = None
    whole: bool = False

    @property
    def data(self) -> bytes:
        """What will be in the file."""
        return self.copy.read_bytes() if self.copy else self.text.encode()
