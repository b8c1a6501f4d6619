"""What every verb needs to know of the step it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from presszero.dialogue.flow import Target


@dataclass(frozen=True, slots=True)
class At:
    """A step: its id, its line, where it leads when its verb is done, and its own ``go``, if it has one."""

    id: str
    line: int
    next: Target
    go: Target | None = None
