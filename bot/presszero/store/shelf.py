"""What was published and when: publications, the structures of flows that people may stand in, who stands where.

Several processes share it through the database: `published` is cheap enough to be asked every second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

import msgspec

PublicationState = Literal["live", "trial", "withdrawn"]


class Publication(msgspec.Struct, frozen=True):
    """A set of files that was published. ``files``: name → digest; the newest that is ``live`` is what runs."""

    id: int
    at: float
    author: str
    note: str
    base: int | None  # what it replaced
    restores: int | None  # the publication whose files these are, after a rollback
    share: int  # percent of customers, while it is a trial
    state: PublicationState
    format: int
    files: Mapping[str, str]
    baseline: Mapping[str, int] = {}  # what the replaced one had counted when the trial began


class NewPublication(msgspec.Struct, frozen=True):
    """A set to publish, whole. ``base`` must still be what runs, else somebody was first."""

    at: float
    author: str
    note: str
    base: int | None
    format: int
    files: Mapping[str, bytes]
    share: int = 100
    restores: int | None = None


class Structure(msgspec.Struct, frozen=True):
    """A version of a flow. ``policy`` is empty while it is published; ``until`` ends ``keep``."""

    flow: str
    version: str
    compiled: bytes
    in_flight: str = ""
    drain: float = 86400.0
    policy: str = ""
    until: float = 0.0


class Standing(msgspec.Struct, frozen=True):
    """Who is inside: people on each (flow, step), and people with a value for each (flow, name)."""

    steps: Mapping[tuple[str, str], int] = {}
    values: Mapping[tuple[str, str], int] = {}
    people: int = 0


class Shelf(Protocol):
    """The part of a store that publishing needs."""

    async def published(self) -> tuple[int | None, int | None]:
        """The numbers of what runs and of the trial beside it."""
        ...

    async def publication(self, number: int) -> Publication | None:
        """One publication."""
        ...

    async def publications(self, limit: int = 50) -> Sequence[Publication]:
        """Publications, newest first."""
        ...

    async def published_files(self, number: int) -> Mapping[str, bytes]:
        """The files of a publication."""
        ...

    async def publish(self, new: NewPublication, flows: Sequence[Structure]) -> Publication | None:
        """Publishes all of it, or nothing; None = ``base`` is not what runs, or a trial is on."""
        ...

    async def end_trial(self, number: int, flows: Sequence[Structure], at: float, *, promote: bool) -> bool:
        """The trial becomes what runs, or is withdrawn; ``flows`` are those that run from now on. False = it is over."""
        ...

    async def put_in_force(self, flows: Sequence[Structure], at: float) -> None:
        """These structures run now; what ran before is retired by the policy of its successor."""

    async def structures(self, at: float) -> Sequence[Structure]:
        """The structures in force and those that people may still be inside."""
        ...

    async def counts(self, since: float) -> Mapping[str, int]:
        """Totals of the turns' counts since a moment (by day)."""
        ...

    async def standing(self, at: float) -> Standing:
        """Who is inside a flow now; reads every open conversation, beside the turns."""
        ...
