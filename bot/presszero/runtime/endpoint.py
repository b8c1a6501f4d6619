"""How a service is called, as the caller sees it: what config.yaml declares, with its secrets resolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol


class Shown(Protocol):
    """A secret that has to be asked for by name to be seen."""

    def reveal(self) -> str:
        """The secret itself."""
        ...


class Endpoint(Protocol):
    """One call of a service."""

    @property
    def method(self) -> Literal["GET", "POST"]:
        """GET is repeated freely; POST with an idempotency key, or not at all."""
        ...

    @property
    def base(self) -> str:
        """Where the service is."""
        ...

    @property
    def path(self) -> str:
        """With ``{names}`` of what it takes."""
        ...

    @property
    def token(self) -> Shown | None:
        """Sent as a bearer token."""
        ...

    @property
    def timeout(self) -> float:
        """Seconds for one attempt."""
        ...

    @property
    def retry(self) -> int:
        """Attempts after the first."""
        ...

    @property
    def idempotent(self) -> bool:
        """A POST that may be repeated with the same key."""
        ...

    @property
    def gives(self) -> Mapping[str, str]:
        """Fields of the answer and their types."""
        ...
