"""Who a visitor is: a signed token, and, where the site's back end vouches for them, a verified identity.

Nothing less than the site's signature joins identities.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from typing import Any

import jwt
import msgspec

from presszero.http.problem import Problem

_AUDIENCE = "presszero-visitor"
LONGEST = 12 * 3600.0  # seconds that a site is believed for one signature
_FACTS = ("name", "email", "phone", "segment", "region", "product", "contract")


class Visitor(msgspec.Struct, frozen=True):
    """A visitor: ``identity`` is empty or ``site:SUB`` with the facts the site vouched for, ``until`` a moment."""

    peer: str
    identity: str = ""
    facts: dict[str, Any] = {}
    until: float = 0.0


class Tokens:
    """Signs and reads visitors' tokens. ``desk`` is this desk's own key; ``site`` the one shared with the site's back end.

    A verified customer has a peer of their own, made from the identity: an anonymous token can never come to mean them.
    """

    def __init__(self, desk: bytes, site: str | None) -> None:
        self._desk = desk
        self._site = site

    def new(self) -> Visitor:
        """A new anonymous visitor."""
        return Visitor("v" + secrets.token_urlsafe(16))

    def sign(self, visitor: Visitor) -> str:
        """The token of a visitor; the facts stay on our side. A verified one lasts as long as the site vouched."""
        claims: dict[str, Any] = {"aud": _AUDIENCE, "sub": visitor.peer}
        if visitor.identity:
            claims |= {"idn": visitor.identity, "exp": int(visitor.until)}
        return jwt.encode(claims, self._desk, "HS256")

    def read(self, token: str) -> Visitor:
        """The visitor of a token. Raises Problem 401, also when the site's word for them has run out."""
        try:
            claims = jwt.decode(token, self._desk, ["HS256"], audience=_AUDIENCE, options={"require": ["sub"]})
        except jwt.PyJWTError:
            raise Problem(401, "bad_token", "Say hello again.") from None
        return Visitor(str(claims["sub"]), str(claims.get("idn", "")), until=float(claims.get("exp", 0)))

    def identity(self, token: str) -> Visitor:
        """Whom the site vouches for: HS256, ``sub`` and ``exp``. Raises Problem 401."""
        if not self._site:
            raise Problem(401, "bad_identity", "This desk has no site secret.")
        try:
            claims = jwt.decode(token, self._site, ["HS256"], options={"require": ["sub", "exp"], "verify_aud": False})
        except jwt.PyJWTError as error:
            raise Problem(401, "bad_identity", type(error).__name__) from None
        subject = str(claims["sub"])
        if not 0 < len(subject) <= 200 or not subject.isprintable():
            raise Problem(401, "bad_identity", "sub")
        facts = {k: str(claims[k])[:200] for k in _FACTS if claims.get(k)}
        peer = "i" + hmac.new(self._desk, subject.encode(), hashlib.sha256).hexdigest()[:32]
        until = min(float(claims["exp"]), time.time() + LONGEST)
        return Visitor(peer, f"site:{subject}", facts, until)
