"""Brings a database file to the newest schema: a new one from `schema.sql`, an older one by the migrations.

Which revision a file has is read with plain sqlite3: SQLAlchemy and Alembic are loaded only to migrate.
To change the schema: change `tables`, write `tables.schema()` into `schema.sql`, add a revision, raise ``HEAD``.
"""

from __future__ import annotations

import sqlite3
from importlib import resources
from pathlib import Path

from presszero.errors import ConfigError
from presszero.store.connect import connect

HEAD = "0005"  # the newest revision in migrations/versions
_STAMP = (
    "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n"
    "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n);\n"
    f"INSERT INTO alembic_version (version_num) VALUES ('{HEAD}');\n"
)


def prepare(path: Path, busy: float) -> None:
    """Creates or migrates the file, or raises ConfigError."""
    if sqlite3.sqlite_version_info < (3, 35):
        raise ConfigError(f"SQLite {sqlite3.sqlite_version} is too old: 3.35 or newer is needed.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    try:
        revision = _revision(path, busy)
    except sqlite3.DatabaseError as error:
        raise ConfigError(f"{path} cannot be opened as a database: {error}") from error
    if revision not in ("", HEAD):
        migrate(path)


def _revision(path: Path, busy: float) -> str:
    """What the file has; a new file is created here and has none to migrate."""
    db = connect(path, busy, write=True)
    try:
        if db.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            raise ConfigError(f"{path} lies on a file system that SQLite cannot share memory on; use a local disk.")
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            create(db)
            return ""
        if "alembic_version" not in tables:
            raise ConfigError(f"{path} is a database, but not one of Press Zero.")
        row: tuple[str] | None = db.execute("SELECT version_num FROM alembic_version").fetchone()
        return row[0] if row else "0"
    finally:
        db.close()


def create(db: sqlite3.Connection) -> None:
    """The newest schema in an empty file, all of it or nothing."""
    sql = resources.files("presszero.store").joinpath("schema.sql").read_text("utf-8")
    db.executescript(f"BEGIN IMMEDIATE;\n{sql}{_STAMP}COMMIT;")


def migrate(path: Path) -> None:
    """Runs the migrations up to ``HEAD``."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError
    from sqlalchemy import create_engine, event, pool

    engine = create_engine(f"sqlite:///{path}", poolclass=pool.NullPool)
    # The driver's own habit of beginning transactions late would leave a half-made schema behind a failure.
    event.listen(engine, "connect", _autocommit)
    event.listen(engine, "begin", _begin)
    config = Config()
    config.set_main_option("script_location", "presszero.store:migrations")
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise ConfigError(
            f"{path} was written by a newer version of Press Zero ({error}); update, or restore a backup."
        ) from error
    finally:
        engine.dispose()


def _autocommit(dbapi: sqlite3.Connection, _record: object) -> None:
    dbapi.isolation_level = None


def _begin(connection: object) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]
