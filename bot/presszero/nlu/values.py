"""Finds values in a text."""

from __future__ import annotations

from datetime import datetime

from presszero.dialogue.parse import Value


def find_values(text: str, lang: str, at: datetime) -> tuple[Value, ...]:
    """Every value of a text, by place."""
    return ()
