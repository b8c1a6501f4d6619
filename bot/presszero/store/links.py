"""One-time codes that join a peer of another channel to whoever asked for one. Only the digest of a code is kept.

Nothing but the code joins: no phone number, no address. Two people who are both verified elsewhere are never joined.
"""

from __future__ import annotations

from sqlite3 import Cursor

from presszero.store import customers
from presszero.store.base import Customer, LinkEnd
from presszero.store.customers import CUSTOMER, Arrival, customer_of

_ASKER = (
    f"SELECT l.channel, l.peer, {CUSTOMER} FROM link l JOIN customer u ON u.id = l.customer_id "  # noqa: S608 - a constant
    "WHERE l.digest = ? AND l.expires_at > ?"
)
PEEK = f"SELECT {CUSTOMER} FROM link l JOIN customer u ON u.id = l.customer_id WHERE l.digest = ? AND l.expires_at > ?"  # noqa: S608
_ALWAYS = 1e12  # a conversation does not grow old by being joined


def add(cur: Cursor, digest: str, asker: tuple[str, str, int], expires_at: float, at: float) -> None:
    """A code; the one that this peer had before, and those that ran out, are worth nothing any more."""
    channel, peer, customer_id = asker
    cur.execute("DELETE FROM link WHERE (channel = ? AND peer = ?) OR expires_at <= ?", (channel, peer, at))
    cur.execute(
        "INSERT INTO link (digest, channel, peer, customer_id, expires_at) VALUES (?, ?, ?, ?, ?)",
        (digest, channel, peer, customer_id, expires_at),
    )


def spend(cur: Cursor, digest: str, at: float) -> Customer | None:
    """Uses a code up, whatever it was for; who asked for it."""
    row = cur.execute(PEEK, (digest, at)).fetchone()
    cur.execute("DELETE FROM link WHERE digest = ?", (digest,))
    return customer_of(row) if row else None


def use(cur: Cursor, digest: str, channel: str, peer: str, at: float) -> LinkEnd:
    """Joins, once."""
    row = cur.execute(_ASKER, (digest, at)).fetchone()
    if row is None:
        return LinkEnd("wrong")
    asker = customer_of(row[2:])
    who = Arrival(channel, peer, at, _ALWAYS, "")
    other = customers.arrive(cur, who)[1]
    if other.verified and other.id != asker.id:
        # Somebody else's already. An anonymous page must not come to read what a verified customer wrote.
        return LinkEnd("taken")
    cur.execute("DELETE FROM link WHERE digest = ?", (digest,))
    if asker.verified:
        customers.join(cur, who, asker.id)
        return LinkEnd("joined", asker)
    if other.id != asker.id:
        # Of two anonymous ones the messenger's stays: a page's cookie goes with the browser.
        customers.join(cur, Arrival(row[0], row[1], at, _ALWAYS, ""), other.id)
    return LinkEnd("joined", other)
