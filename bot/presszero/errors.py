"""The errors of Press Zero, named by who must act.

    PressZeroError
    ├── ContentError    a support lead must mend a file: carries Findings (flows, phrases, articles, queues, config.yaml)
    ├── ConfigError     an administrator must mend the installation (port, database, secret, data folder)
    ├── StoreError      the database refused: the message is not acknowledged, the sender tries again
    │   └── Busy        locked or full disk: worth another try
    ├── ChannelError    a channel refused for now: the outbox tries again (``retry_after`` seconds, if told)
    │   ├── Undeliverable   for good: goes to the dead letters
    │   │   └── Blocked     the customer does not want messages there: kept with the customer until they write again
    │   └── InDoubt         sent, and nobody knows whether it arrived: shown so, never sent again by itself
    └── BugError        we must act: something the code promised did not hold

It must never import anything but the standard library and the diagnostics' tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from presszero.diagnostics import rule

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file: ``file`` relative to the desk with forward slashes, line and column from 1 (0 = whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """``file:line:column`` as editors and terminals understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in a file of the desk: a place, a stable code, and the values its sentence names."""

    place: Place
    code: str
    values: Mapping[str, str] = field(default_factory=dict, compare=False)
    severity_set: Severity | None = field(default=None, compare=False)

    @property
    def severity(self) -> Severity:
        """The rule's severity, unless the desk changed it."""
        return self.severity_set or rule(self.code).severity

    def sentence(self, lang: str = "en") -> str:
        """What is wrong, in the reader's language."""
        return rule(self.code).sentence(lang, self.values)

    def hint(self, lang: str = "en") -> str:
        """What to do about it; may be empty."""
        return rule(self.code).hint(lang, self.values)

    def line(self, lang: str = "en") -> str:
        """``file:line:column  CODE  sentence  hint`` on one line."""
        tail = self.hint(lang)
        return f"{self.place}  {self.code}  {self.sentence(lang)}" + (f"  {tail}" if tail else "")


class PressZeroError(Exception):
    """The root of everything this package raises on purpose."""


class ContentError(PressZeroError):
    """Files of the desk are wrong; ``findings`` says each place."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("; ".join(f.line() for f in self.findings[:3]))


class ConfigError(PressZeroError):
    """The installation is wrong: the sentence is for the administrator."""


class StoreError(PressZeroError):
    """The database refused; nothing was written."""


class Busy(StoreError):
    """The database is locked or the disk is full; nothing was written, a later try may succeed."""


class ChannelError(PressZeroError):
    """A channel did not take a message; the outbox will try again."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(why)


class Undeliverable(ChannelError):
    """A channel will never take this message."""


class Blocked(Undeliverable):
    """The customer has blocked us there; nothing arrives until they write again."""


class InDoubt(ChannelError):
    """The message was sent and the answer was lost: whether it arrived nobody knows."""


class BugError(PressZeroError):
    """Our own promise did not hold."""
