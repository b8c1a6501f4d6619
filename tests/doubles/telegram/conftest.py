"""How the clients are set up."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the client warns about its own old way
