"""Durable turns a second and CPU per turn of the SQLite store, beside hand-written sqlite3 in the same run.

    uv run python bench/store.py [--seconds 3] [--clients 32] [--rounds 3] [--dir DIR]

A turn here: `conversation`, `taken`, `commit_turn` with a state of 1.5 kB, an external id, two messages of which one is
delivered, one timer, one count. Rounds are interleaved and the best of each row is shown; only ratios mean anything.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import sqlite3
import tempfile
import time
from pathlib import Path

from presszero.store.base import Committed, Inbound, NewMessage, TimerSet, Turn
from presszero.store.connect import connect
from presszero.store.sqlite import SqliteStore

PEERS = 1000
STATE = json.dumps(
    {"frames": [{"flow": "refund", "values": {f"slot{i}": "значение " * 4 for i in range(12)}}]}, ensure_ascii=False
)
IN, OUT = (
    "Здравствуйте, где мой заказ номер 123456? " * 2,
    "Ваш заказ передан в доставку, ожидайте звонка курьера. " * 2,
)


def cpu() -> float:
    """Seconds of processor time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def shown(name: str, turns: int, wall: float, used: float, waits: list[float], commits: int) -> dict[str, object]:
    waits.sort()
    return {
        "row": name,
        "turns_s": round(turns / wall),
        "cpu_us": round(used / turns * 1e6),
        "p50_ms": round(1000 * waits[len(waits) // 2], 2),
        "p99_ms": round(1000 * waits[int(len(waits) * 0.99)], 2),
        "turns_per_commit": round(turns / commits, 1),
    }


async def ours(path: Path, clients: int, seconds: float) -> dict[str, object]:
    """The whole path of a turn through the store."""
    store = SqliteStore(path)
    await store.open()
    waits: list[float] = []
    stop = time.perf_counter() + seconds
    began, used, commits = time.perf_counter(), cpu(), store.commits

    async def client(k: int) -> None:
        n = 0
        while time.perf_counter() < stop:
            n += 1
            start, at = time.perf_counter(), time.time()
            inbound = Inbound("web", f"{at}-{k}-{n}")
            found, _ = await store.conversation("web", f"p{random.randrange(PEERS // clients) * clients + k}", at)
            if await store.taken(inbound) is not None:
                raise SystemExit("taken before")
            turn = Turn(
                conversation_id=found.id,
                version=found.version,
                state=STATE.encode(),
                at=at,
                inbound=inbound,
                messages=[NewMessage("customer", IN + str(n)), NewMessage("bot", OUT, deliver=True)],
                timers=[TimerSet("silence", found.version, at + 600)],
                counts=["turns"],
            )
            if not isinstance(await store.commit_turn(turn), Committed):
                raise SystemExit("not written")
            waits.append(time.perf_counter() - start)

    await asyncio.gather(*(client(k) for k in range(clients)))
    row = shown("store", len(waits), time.perf_counter() - began, cpu() - used, waits, store.commits - commits)
    await store.close()
    return row


def raw(path: Path, together: int, seconds: float) -> dict[str, object]:
    """The same rows by hand, one after another, ``together`` turns in a transaction."""
    db = connect(path, 2.0, write=True)
    cur = db.cursor()
    ex = cur.execute
    waits: list[float] = []
    n = 0
    began, used, commits = time.perf_counter(), cpu(), 0
    while time.perf_counter() < began + seconds:
        start = time.perf_counter()
        ex("BEGIN IMMEDIATE")
        for _ in range(together):
            n += 1
            at, peer = time.time(), f"p{random.randrange(PEERS)}"
            cid, version, seq, _ = ex(
                "SELECT id, version, last_seq, state FROM conversation WHERE channel = 'web' AND peer = ? "
                "ORDER BY id DESC LIMIT 1",
                (peer,),
            ).fetchone()
            ex(
                "INSERT INTO inbound (channel, external_id, conversation_id, at) VALUES ('web', ?, ?, ?)",
                (f"{at}-{n}", cid, at),
            )
            ex(
                "UPDATE conversation SET version = version + 1, state = ?, last_seq = ?, updated_at = ? "
                "WHERE id = ? AND version = ?",
                (STATE.encode(), seq + 2, at, cid, version),
            )
            say = (
                "INSERT INTO message (conversation_id, seq, who, text, at, author, body, folded) "
                "VALUES (?, ?, ?, ?, ?, '', '{}', ?)"
            )
            ex(say, (cid, seq + 1, "customer", IN + str(n), at, IN))
            ex(say, (cid, seq + 2, "bot", OUT, at, OUT))
            ex("INSERT INTO outbox VALUES (?, 'web', ?, 'queued', 0, ?, '', '')", (cur.lastrowid, peer, at))
            ex(
                "INSERT INTO timer VALUES (?, 'silence', 1, ?) ON CONFLICT DO UPDATE SET due_at = excluded.due_at",
                (cid, at),
            )
            ex("INSERT INTO count VALUES (1, 'turns', 1) ON CONFLICT DO UPDATE SET total = total + 1")
        ex("COMMIT")
        commits += 1
        waits.append(time.perf_counter() - start)
    row = shown(f"raw, {together} a commit", n, time.perf_counter() - began, cpu() - used, waits, commits)
    db.close()
    return row


async def fill(path: Path) -> None:
    store = SqliteStore(path)
    await store.open()
    await asyncio.gather(*(store.conversation("web", f"p{i}", time.time()) for i in range(PEERS)))
    await store.close()


def measured(kind: str, path: Path, clients: int, seconds: float) -> dict[str, object]:
    if kind == "store":
        return asyncio.run(ours(path, clients, seconds))
    return raw(path, int(kind.removeprefix("raw")), seconds)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=3)
    asked.add_argument("--clients", type=int, default=32)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--dir", default=None)
    given = asked.parse_args()
    rows: dict[str, dict[str, object]] = {}
    for _ in range(given.rounds):
        for kind in ("raw1", "raw32", "store"):
            with tempfile.TemporaryDirectory(dir=given.dir) as folder:
                path = Path(folder) / "bench.db"
                asyncio.run(fill(path))
                row = measured(kind, path, given.clients, given.seconds)
            best = rows.setdefault(kind, row)
            rows[kind] = {**max(best, row, key=lambda r: r["turns_s"]), "cpu_us": min(best["cpu_us"], row["cpu_us"])}
    print(
        json.dumps({"sqlite": sqlite3.sqlite_version, "load": round(os.getloadavg()[0], 1), "clients": given.clients})
    )
    for row in rows.values():
        print(json.dumps(row))
    ratio = rows["store"]["turns_s"] / rows["raw1"]["turns_s"]
    print(
        json.dumps(
            {
                "store_to_raw1": round(ratio, 2),
                "store_to_raw32": round(rows["store"]["turns_s"] / rows["raw32"]["turns_s"], 2),
            }
        )
    )


if __name__ == "__main__":
    main()
