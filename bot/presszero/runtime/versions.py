"""Publishing as the console and the command line see it: what would change, who is inside, two versions side by side.

The records and the promise only; `presszero.publishing` keeps it, because it reads a whole desk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from presszero.errors import Finding, PressZeroError
from presszero.flows.diff import Change
from presszero.store.shelf import Publication

if TYPE_CHECKING:
    from presszero.runtime.content import Content

FORMAT = 1
Files = Mapping[str, bytes]


class Outrun(PressZeroError):
    """Somebody published meanwhile, or the draft is not the one that was looked at: look again."""


class Refused(PressZeroError):
    """It cannot be done now; ``code`` is for programs, the sentences are for people."""

    def __init__(self, code: str, en: str, ru: str) -> None:
        self.code, self.en, self.ru = code, en, ru
        super().__init__(en)


class FileChange(msgspec.Struct, frozen=True):
    """A file that is no flow: an article, phrases, queues, settings."""

    name: str
    kind: Literal["added", "removed", "changed"]


class Inside(msgspec.Struct, frozen=True):
    """People on a step that changes."""

    flow: str
    step: str
    people: int
    removed: bool
    policy: str


class Tested(msgspec.Struct, frozen=True):
    """When the dialogue tests were last played on exactly these files, and how they went."""

    at: float
    passed: int
    failed: int


class Plan(msgspec.Struct, frozen=True):
    """What publishing a draft would do. ``seen`` names the draft, so that what is published is what was looked at."""

    base: int | None
    seen: str
    changes: tuple[Change, ...] = ()
    files: tuple[FileChange, ...] = ()
    inside: tuple[Inside, ...] = ()
    people: int = 0
    findings: tuple[Finding, ...] = ()
    restart: bool = False  # channels, services and variables are read at the start only
    tested: Tested | None = None  # None = never played on this very set

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What refuses."""
        return tuple(f for f in self.findings if f.severity == "error")

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.changes or self.files)


class Numbers(msgspec.Struct, frozen=True):
    """How a publication fares."""

    number: int
    talks: int = 0
    handoffs: int = 0
    heard: int = 0
    misunderstood: int = 0
    rated: int = 0
    satisfied: int = 0  # marks of 4 and 5

    @property
    def shares(self) -> tuple[float | None, float | None, float | None]:
        """Handoffs in talks, misunderstood in messages, satisfied in marks; None = nothing to divide by."""
        return (
            self.handoffs / self.talks if self.talks else None,
            self.misunderstood / self.heard if self.heard else None,
            self.satisfied / self.rated if self.rated else None,
        )


class Publishing(Protocol):
    """Publishes, takes back, compares."""

    async def plan(self, files: Files | None = None) -> Plan:
        """What publishing the files (None = the desk's folder) would do; nothing is changed."""
        ...

    async def publish(
        self,
        files: Files | None = None,
        *,
        base: int | None,
        author: str,
        note: str = "",
        share: int = 100,
        seen: str = "",
    ) -> Publication:
        """Publishes. Raises ContentError (broken, or somebody would be lost), Outrun, Refused."""
        ...

    async def rollback(
        self, number: int | None = None, *, base: int | None, author: str, note: str = ""
    ) -> Publication:
        """Publishes again what was published before; None = what ran before. Raises like ``publish``."""
        ...

    async def end_trial(self, number: int, *, promote: bool) -> None:
        """The trial is for everybody from now on, or for nobody. Raises Outrun when it is over."""
        ...

    async def history(self, limit: int = 50) -> Sequence[Publication]:
        """Publications, newest first."""
        ...

    async def running(self) -> tuple[int | None, int | None]:
        """The numbers of what runs and of the trial."""
        ...

    async def sides(self) -> tuple[Numbers, Numbers] | None:
        """What runs and the trial since it began; None without a trial."""
        ...


class Trial(msgspec.Struct, frozen=True):
    """A publication that a share of customers meets."""

    number: int
    share: int
    content: Content

    def takes(self, customer_id: int) -> bool:
        """Whether this customer meets it: always the same answer for the same trial."""
        mark = hashlib.sha256(f"{self.number}:{customer_id}".encode()).digest()
        return int.from_bytes(mark[:4]) % 100 < self.share


def counted(number: int, counts: Iterable[str], *, first: bool, heard: bool, handed: bool) -> list[str]:
    """What a turn counts for its publication."""
    if not number:
        return []
    found = ["talk"] * first + ["heard"] * heard + ["handoff"] * handed
    found += [c for c in counts if c == "misunderstood" or c.startswith("metric:csat=")]
    return [f"@{number}:{name}" for name in found]


def numbers(number: int, totals: Mapping[str, int], before: Mapping[str, int] | None = None) -> Numbers:
    """The numbers of a publication from the store's counts, without those from before."""

    def total(name: str) -> int:
        key = f"@{number}:{name}"
        return totals.get(key, 0) - (before or {}).get(key, 0)

    marks = {n: total(f"metric:csat={n}") for n in range(1, 6)}
    return Numbers(
        number,
        total("talk"),
        total("handoff"),
        total("heard"),
        total("misunderstood"),
        sum(marks.values()),
        marks[4] + marks[5],
    )
