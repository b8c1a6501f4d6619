"""Operators changed from the command line, beside a desk that runs: short transactions on the same file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from presszero.store import people, schema
from presszero.store.base import Operator
from presszero.store.connect import connect
from presszero.store.pack import pack

WAIT = 10.0


class People:
    """The operators of a database file, made if it is not there yet."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        schema.prepare(path, WAIT)
        self._path = path

    def all(self) -> list[Operator]:
        """Operators by name."""
        with closing(connect(self._path, WAIT)) as db:
            return [people.operator_of(row) for row in db.execute(people.ALL)]

    def add_session(self, digest: str, operator_id: int, expires_at: float) -> None:
        """A sign-in, or a key, by its digest."""
        with closing(connect(self._path, WAIT, write=True)) as db:
            db.execute("BEGIN IMMEDIATE")
            people.add_session(db.cursor(), digest, operator_id, expires_at)
            db.execute("COMMIT")

    def save(self, name: str, *, queues: Sequence[str] | None = None, **changes: Any) -> Operator:
        """Adds or changes one; None leaves a thing as it is."""
        given = {k: int(v) if isinstance(v, bool) else v for k, v in changes.items() if v is not None}
        if queues is not None:
            given["queues"] = pack(list(queues))
        with closing(connect(self._path, WAIT, write=True)) as db:
            db.execute("BEGIN IMMEDIATE")
            saved = people.save(db.cursor(), name, given)
            db.execute("COMMIT")
        return saved
