"""The desk of these tests: the console's."""

from __future__ import annotations

from tests.console.conftest import desk

__all__ = ["desk"]
