"""Codes by which an operator shows that an account in a messenger is theirs: one use, a quarter of an hour, only digests kept."""

from __future__ import annotations

import hashlib
import secrets

LASTS = 900.0
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    """A code that can be read aloud."""
    found = "".join(secrets.choice(_LETTERS) for _ in range(10))
    return f"{found[:5]}-{found[5:]}"


def digest(code: str) -> str:
    """What is kept of a code, among the sign-ins; no cookie's digest begins so."""
    plain = "".join(c for c in code.upper() if c in _LETTERS)
    return f"handle:{hashlib.sha256(plain.encode()).hexdigest()}"
