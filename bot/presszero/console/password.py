"""Passwords of operators: only their argon2id hashes are kept. The library is loaded when the first one is checked."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_AT_ONCE = 2  # each check takes 64 MiB and a core: a flood of sign-ins must not take the machine


def hash_password(password: str) -> str:
    """The hash to keep."""
    return _hasher().hash(password)


def check_password(hashed: str, password: str) -> bool:
    """Whether it is the password; an empty or foreign hash takes as long and is never it."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed or _nobody(), password) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False


class Checks:
    """Checks off the loop's thread, a few at a time."""

    def __init__(self) -> None:
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def check(self, hashed: str, password: str) -> bool:
        """As ``check_password``."""
        async with self._room:
            return await asyncio.to_thread(check_password, hashed, password)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash to spend the same time on when there is no such operator."""
    return _hasher().hash("nobody")
