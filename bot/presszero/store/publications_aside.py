"""Publishing from the command line, beside a desk that runs: short transactions on the same file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection, Cursor
from typing import TypeVar

from presszero.store import publications, schema, service, turns
from presszero.store.connect import connect
from presszero.store.shelf import NewPublication, Publication, Standing, Structure

T = TypeVar("T")
WAIT = 10.0


def running(path: Path) -> tuple[Publication, dict[str, bytes]] | None:
    """What was published last, without making or changing the file; None = nothing yet."""
    if not path.is_file():
        return None
    with closing(connect(path, WAIT)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'publication'").fetchone():
            return None
        number, _ = db.execute(publications.RUNS).fetchone()
        row = db.execute(publications.ONE, (number,)).fetchone()
        if row is None:
            return None
        found = publications.publication_of(row)
        return found, publications.files_of(db, found)


class ShelfAside:
    """The publications of a database file, made if it is not there yet. What `shelf.Shelf` promises."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        schema.prepare(path, WAIT)
        self._path = path

    def _read(self, read: Callable[[Connection], T]) -> T:
        with closing(connect(self._path, WAIT)) as db:
            return read(db)

    def _write(self, write: Callable[[Cursor], T]) -> T:
        with closing(connect(self._path, WAIT, write=True)) as db:
            db.execute("BEGIN IMMEDIATE")
            done = write(db.cursor())
            db.execute("COMMIT")
            return done

    async def published(self) -> tuple[int | None, int | None]:
        """What runs, and the trial."""
        found: tuple[int | None, int | None] = self._read(lambda db: db.execute(publications.RUNS).fetchone())
        return found

    async def publication(self, number: int) -> Publication | None:
        """One publication."""
        row = self._read(lambda db: db.execute(publications.ONE, (number,)).fetchone())
        return publications.publication_of(row) if row else None

    async def publications(self, limit: int = 50) -> Sequence[Publication]:
        """Newest first."""
        rows = self._read(lambda db: db.execute(publications.NEWEST, (limit,)).fetchall())
        return [publications.publication_of(row) for row in rows]

    async def published_files(self, number: int) -> Mapping[str, bytes]:
        """The files of a publication."""
        found = await self.publication(number)
        return self._read(lambda db: publications.files_of(db, found)) if found else {}

    async def publish(self, new: NewPublication, flows: Sequence[Structure]) -> Publication | None:
        """All of it, or nothing."""
        return self._write(lambda cur: publications.publish(cur, new, flows))

    async def end_trial(self, number: int, flows: Sequence[Structure], at: float, *, promote: bool) -> bool:
        """Promotes or withdraws."""
        return self._write(lambda cur: publications.end_trial(cur, number, flows, at, promote))

    async def put_in_force(self, flows: Sequence[Structure], at: float) -> None:
        """These run now."""
        self._write(lambda cur: publications.put_in_force(cur, flows, at))

    async def structures(self, at: float) -> Sequence[Structure]:
        """Those that people may be inside."""
        rows = self._read(lambda db: db.execute(publications.STRUCTURES, (at,)).fetchall())
        return [Structure(*row) for row in rows]

    async def counts(self, since: float) -> Mapping[str, int]:
        """Totals by name."""
        rows = self._read(lambda db: db.execute(service.COUNTS, (int(since // turns.DAY),)).fetchall())
        return dict(rows)

    async def standing(self, at: float) -> Standing:
        """Who is inside."""
        return self._read(lambda db: publications.standing(db, at))
