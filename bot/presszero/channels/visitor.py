"""Who a visitor is: a signed token, and, where the site's back end vouches for them, a verified identity.

Nothing less than the site's signature joins identities.
"""

from __future__ import annotations

import secrets
from typing import Any

import jwt
import msgspec

from presszero.http.problem import Problem

_AUDIENCE = "presszero-visitor"
_FACTS = ("name", "email", "phone", "segment", "region", "contract")


class Visitor(msgspec.Struct, frozen=True):
    """A visitor: ``peer`` is random; ``identity`` is empty or ``site:SUB`` with the facts the site vouched for."""

    peer: str
    identity: str = ""
    facts: dict[str, Any] = {}


class Tokens:
    """Signs and reads visitors' tokens. ``desk`` is this desk's own key; ``site`` the one shared with the site's back end."""

    def __init__(self, desk: bytes, site: str | None) -> None:
        self._desk = desk
        self._site = site

    def new(self, identity: Visitor | None = None) -> tuple[Visitor, str]:
        """A new visitor and the token."""
        visitor = Visitor(
            "v" + secrets.token_urlsafe(16), identity.identity if identity else "", identity.facts if identity else {}
        )
        return visitor, self.sign(visitor)

    def sign(self, visitor: Visitor) -> str:
        """The token of a visitor; the facts stay on our side, only the identity goes along."""
        claims = {"aud": _AUDIENCE, "sub": visitor.peer}
        if visitor.identity:
            claims["idn"] = visitor.identity
        return jwt.encode(claims, self._desk, "HS256")

    def read(self, token: str) -> Visitor:
        """The visitor of a token. Raises Problem 401."""
        try:
            claims = jwt.decode(token, self._desk, ["HS256"], audience=_AUDIENCE, options={"require": ["sub"]})
        except jwt.PyJWTError:
            raise Problem(401, "bad_token", "Say hello again.") from None
        return Visitor(str(claims["sub"]), str(claims.get("idn", "")))

    def identity(self, token: str) -> Visitor:
        """Whom the site vouches for: HS256, ``sub`` and ``exp``. Raises Problem 401."""
        if not self._site:
            raise Problem(401, "bad_identity", "This desk has no site secret.")
        try:
            claims = jwt.decode(token, self._site, ["HS256"], options={"require": ["sub", "exp"], "verify_aud": False})
        except jwt.PyJWTError as error:
            raise Problem(401, "bad_identity", type(error).__name__) from None
        subject = str(claims["sub"])
        if not 0 < len(subject) <= 200:
            raise Problem(401, "bad_identity", "sub")
        facts = {k: str(claims[k])[:200] for k in _FACTS if claims.get(k)}
        return Visitor("", f"site:{subject}", facts)
