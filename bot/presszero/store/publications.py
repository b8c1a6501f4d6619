"""Publications and structures in SQL: a publication is one transaction, so that whoever reads sees the old set or the new one."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from sqlite3 import Connection, Cursor
from typing import Any

import msgspec

from presszero.store.pack import mapping, pack, words
from presszero.store.reader import Row
from presszero.store.shelf import NewPublication, Publication, Standing, Structure

_COLUMNS = "id, at, author, note, base, restores, share, state, format, files, baseline"
ONE = f"SELECT {_COLUMNS} FROM publication WHERE id = ?"  # noqa: S608 - a constant
NEWEST = f"SELECT {_COLUMNS} FROM publication ORDER BY id DESC LIMIT ?"  # noqa: S608 - a constant
RUNS = "SELECT (SELECT max(id) FROM publication WHERE state = 'live'), (SELECT max(id) FROM publication WHERE state = 'trial')"
STRUCTURES = (
    "SELECT flow, version, CASE WHEN policy IN ('', 'keep') THEN compiled ELSE x'' END, in_flight, drain, policy, until "
    "FROM structure WHERE policy = '' OR until > ?"
)
OPEN_STATES = (
    "SELECT state FROM conversation c WHERE NOT ended AND (updated_at > ? OR holder <> 'bot' "
    "OR EXISTS (SELECT 1 FROM timer t WHERE t.conversation_id = c.id))"
)
IDLE = 86400.0  # a conversation that was silent for longer begins anew: nobody stands there
REMEMBERED = 90 * 86400.0  # how long a retired structure's policy is known; past it people are moved
_PUT = (
    "INSERT INTO structure (flow, version, compiled, in_flight, drain, policy, until) VALUES (?, ?, ?, ?, ?, '', 0) "
    "ON CONFLICT (flow, version) DO UPDATE SET compiled = excluded.compiled, in_flight = excluded.in_flight, "
    "drain = excluded.drain, policy = '', until = 0"
)
_RETIRE = "UPDATE structure SET policy = ?, until = ? WHERE flow = ? AND version = ? AND policy = ''"


class _Frame(msgspec.Struct):
    flow: str = ""
    step: str = ""
    values: dict[str, object] = {}


class _State(msgspec.Struct):
    frames: list[_Frame] = []


_state = msgspec.json.Decoder(_State).decode


def publication_of(row: Row) -> Publication:
    """The publication of a row."""
    baseline = {name: int(total) for name, total in mapping(row[10]).items()}
    columns: list[Any] = [*row[:9], words(row[9]), baseline]
    return Publication(*columns)


def files_of(db: Connection | Cursor, publication: Publication) -> dict[str, bytes]:
    """The files, unpacked."""
    found: dict[str, bytes] = {}
    for name, digest in publication.files.items():
        row = db.execute("SELECT body FROM source WHERE digest = ?", (digest,)).fetchone()
        found[name] = zlib.decompress(row[0])
    return found


def publish(cur: Cursor, new: NewPublication, flows: Sequence[Structure]) -> Publication | None:
    """Writes a publication and retires what it replaces, unless somebody was first."""
    if cur.execute(RUNS).fetchone() != (new.base, None):
        return None
    files: dict[str, str] = {}
    for name, body in new.files.items():
        digest = files[name] = hashlib.sha256(body).hexdigest()
        cur.execute(
            "INSERT INTO source (digest, body) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, zlib.compress(body))
        )
    trial = new.share < 100
    cur.execute(
        "INSERT INTO publication (at, author, note, base, restores, share, state, format, files, baseline) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new.at, new.author, new.note, new.base, new.restores, new.share, "trial" if trial else "live"),
            *(new.format, pack(files), pack(_totals(cur, new.base) if trial else {})),
        ),
    )
    number = cur.lastrowid
    _put(cur, flows)
    if not trial:
        _retire_others(cur, flows, new.at)
    return publication_of(cur.execute(ONE, (number,)).fetchone())


def _totals(cur: Cursor, number: int | None) -> Mapping[str, int]:
    found = cur.execute("SELECT name, sum(total) FROM count WHERE name GLOB ? GROUP BY name", (f"@{number}:*",))
    return dict(found.fetchall())


def end_trial(cur: Cursor, number: int, flows: Sequence[Structure], at: float, promote: bool) -> bool:  # noqa: FBT001 - a job's arguments have no names
    """Promotes or withdraws; what does not run any more is retired."""
    cur.execute(
        "UPDATE publication SET state = ?, share = CASE WHEN ? THEN 100 ELSE share END WHERE id = ? AND state = 'trial'",
        ("live" if promote else "withdrawn", promote, number),
    )
    if not cur.rowcount:
        return False
    put_in_force(cur, flows, at)
    return True


def put_in_force(cur: Cursor, flows: Sequence[Structure], at: float) -> None:
    """These run, and nothing else."""
    _put(cur, flows)
    _retire_others(cur, flows, at)


def _put(cur: Cursor, flows: Sequence[Structure]) -> None:
    cur.executemany(_PUT, [(f.flow, f.version, f.compiled, f.in_flight, f.drain) for f in flows])


def _retire_others(cur: Cursor, flows: Sequence[Structure], at: float) -> None:
    """By what the successor says; a flow that is gone by what it said itself."""
    now, runs = {f.flow: f for f in flows}, {(f.flow, f.version) for f in flows}
    rows = cur.execute("SELECT flow, version, in_flight, drain FROM structure WHERE policy = ''").fetchall()
    for flow, version, own, drain in rows:
        if (flow, version) in runs:
            continue
        heir = now.get(flow)
        policy, seconds = (heir.in_flight, heir.drain) if heir is not None else (own, drain)
        policy = policy or "keep"
        until = at + (seconds if policy == "keep" else REMEMBERED)
        cur.execute(_RETIRE, (policy, until, flow, version))


def standing(db: Connection, at: float) -> Standing:
    """Counts people: a conversation counts once for each step and value of its flows."""
    steps: Counter[tuple[str, str]] = Counter()
    values: Counter[tuple[str, str]] = Counter()
    people = 0
    for (state,) in db.execute(OPEN_STATES, (at - IDLE,)):
        frames = _state(state).frames if state else []
        people += bool(frames)
        steps.update({(f.flow, f.step) for f in frames})
        values.update({(f.flow, name) for f in frames for name in f.values})
    return Standing(steps, values, people)
