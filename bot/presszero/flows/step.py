"""What every verb needs to know of the step it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from presszero.dialogue.flow import Target


@dataclass(frozen=True, slots=True)
class At:
    """A step: its id, its line, and where it leads when its verb is done."""

    id: str
    line: int
    next: Target
