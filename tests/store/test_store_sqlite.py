"""What is SQLite's own: the lock, the schema and its migrations, full disks, locked files, the writer that lives on."""

import asyncio
import importlib.util
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from presszero.errors import Busy, ConfigError, StoreError
from presszero.store import schema
from presszero.store.base import Committed, Inbound, Store
from presszero.store.sqlite import SqliteStore
from tests.store.desk import NOON, again, fresh, turn, write

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a desk's database will be."""
    return tmp_path / "data" / "desk.db"


@pytest.fixture
def other(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the same file."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as db:
        yield db


async def opened(path: Path) -> SqliteStore:
    store = SqliteStore(path, busy=0.05)
    await store.open()
    return store


def started(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Another process of ours."""
    command = [sys.executable, "-c", code, str(path)]
    return subprocess.run(command, cwd=ROOT / "bot", capture_output=True, text=True, check=False)


# the file and its lock


async def test_a_second_process_is_refused_and_told_what_to_use(path: Path) -> None:
    store = await opened(path)
    with pytest.raises(ConfigError, match="PostgreSQL"):
        await opened(path)
    code = "import asyncio, sys, pathlib\nfrom presszero.store.sqlite import SqliteStore\n"
    code += "asyncio.run(SqliteStore(pathlib.Path(sys.argv[1])).open())"
    run = started(code, path)
    assert run.returncode == 1
    assert "ConfigError" in run.stderr
    assert "PostgreSQL" in run.stderr
    await fresh(store)
    await store.close()
    await (await opened(path)).close()


async def test_nobody_else_can_read_the_files(path: Path) -> None:
    store = await opened(path)
    await fresh(store)
    files = list(path.parent.iterdir())
    assert len(files) >= 3  # database, log, lock
    assert {f.stat().st_mode & 0o077 for f in files} == {0}
    await store.close()


async def test_a_start_and_a_turn_load_no_orm(path: Path) -> None:
    code = """
import asyncio, sys, pathlib
from presszero.store.sqlite import SqliteStore
async def main():
    for _ in range(2):
        store = SqliteStore(pathlib.Path(sys.argv[1]))
        await store.open()
        await store.conversation("web", "v1", 1.0)
        await store.close()
asyncio.run(main())
heavy = {"sqlalchemy", "sqlmodel", "alembic", "pydantic", "aiosqlite"}
print(sorted(heavy & set(sys.modules)), "sqlite3" in sys.modules)
"""
    run = started(code, path)
    assert run.stdout.strip() == "[] True"


async def test_a_start_that_fails_gives_everything_back(path: Path, other: sqlite3.Connection) -> None:
    await (await opened(path)).close()
    other.execute("BEGIN IMMEDIATE")
    store = SqliteStore(path, busy=0.05)
    with pytest.raises(Busy):
        await store.open()
    await store.close()  # never opened: nothing to do
    other.execute("ROLLBACK")
    await store.open()
    await fresh(store)
    await store.close()
    await store.close()


# the schema


def shape(db: sqlite3.Connection) -> dict[str, str]:
    """Every table and index by name, as SQL without its spaces."""
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.replace('"', "").split()).replace("( ", "(").replace(" )", ")") for name, sql in rows}


def test_the_shipped_schema_is_that_of_the_tables() -> None:
    from presszero.store import tables

    shipped = (ROOT / "bot/presszero/store/schema.sql").read_text("utf-8")
    assert shipped == tables.schema(), "write presszero.store.tables.schema() into schema.sql"
    assert len(tables.Table.metadata.tables) >= 15
    assert "CREATE TABLE" in tables.schema("postgresql")


def test_the_migrations_lead_to_the_shipped_schema(path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine, pool

    from presszero.store import tables

    path.parent.mkdir()
    schema.migrate(path)
    with closing(sqlite3.connect(path)) as db, closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        schema.create(made)
        assert shape(db) == shape(made)
        assert len(shape(db)) > 25
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema.HEAD,)]
    engine = create_engine(f"sqlite:///{path}", poolclass=pool.NullPool)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.Table.metadata) == []


def test_the_head_is_the_newest_revision() -> None:
    from alembic.script import ScriptDirectory

    found = importlib.util.find_spec("presszero.store.migrations")
    assert found is not None
    assert found.submodule_search_locations is not None
    assert ScriptDirectory(found.submodule_search_locations[0]).get_current_head() == schema.HEAD


async def test_an_older_database_is_migrated_when_opened(path: Path, other: sqlite3.Connection) -> None:
    other.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")  # before the first revision
    store = await opened(path)
    await write(store, turn(await fresh(store), "раз"))
    await store.close()
    assert other.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema.HEAD,)]


async def test_a_newer_database_a_foreign_one_and_no_database_are_refused(path: Path, tmp_path: Path) -> None:
    await (await opened(path)).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
        before = shape(db)
        with pytest.raises(ConfigError, match="newer version"):
            await opened(path)
        assert shape(db) == before
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as db:
        db.execute("CREATE TABLE customer (id)")
    with pytest.raises(ConfigError, match="not one of Press Zero"):
        await opened(foreign)
    text = tmp_path / "text.db"
    text.write_text("no database at all, but long enough to be taken for one " * 99)
    for _ in range(2):  # the lock was given back
        with pytest.raises(ConfigError, match="cannot be opened"):
            await opened(text)


# refusals


async def test_a_locked_database_is_busy_and_later_writes_succeed(path: Path, other: sqlite3.Connection) -> None:
    store = await opened(path)
    found = await fresh(store)
    other.execute("BEGIN IMMEDIATE")
    done = await asyncio.gather(
        *(store.commit_turn(turn(found, str(i), inbound=Inbound("web", str(i)))) for i in range(5)),
        return_exceptions=True,
    )
    assert [type(d) for d in done] == [Busy] * 5
    assert await again(store, found) == found  # reading goes on
    other.execute("ROLLBACK")
    assert await store.taken(Inbound("web", "0")) is None
    await write(store, turn(found, "раз", inbound=Inbound("web", "0")))
    await store.close()


async def pages(store: SqliteStore, most: int) -> None:
    """How large the database may grow: a disk of this size."""
    await store._writer.do(lambda cur: cur.execute(f"PRAGMA max_page_count = {most}").fetchall())


async def test_on_a_full_disk_nothing_is_acknowledged_and_nothing_is_lost(path: Path) -> None:
    store = await opened(path)
    await pages(store, 150)
    acknowledged, refused = [], 0
    for i in range(100):
        found = await fresh(store)
        made = turn(found, f"{i} " + "текст " * 500, inbound=Inbound("web", str(i)))
        done = await asyncio.gather(store.commit_turn(made), return_exceptions=True)
        if isinstance(done[0], Committed):
            acknowledged.append(i)
        else:
            assert isinstance(done[0], Busy)
            refused += 1
            assert await store.taken(made.inbound or pytest.fail("no id")) is None
    assert acknowledged
    assert refused
    found = await fresh(store)
    assert [int(m.text.split()[0]) for m in await store.messages(found.id)] == acknowledged
    await pages(store, 100_000)
    await write(store, turn(found, "снова", inbound=Inbound("web", "99")))
    assert await store.check() == []
    await store.close()


async def test_on_a_full_disk_who_fits_is_written_beside_who_does_not(path: Path) -> None:
    store = await opened(path)
    found = [await fresh(store, f"v{i}") for i in range(8)]
    await pages(store, 150)
    texts = ["x" * 2_000_000 if i % 2 else "short" for i in range(8)]
    done = await asyncio.gather(
        *(store.commit_turn(turn(c, t)) for c, t in zip(found, texts, strict=True)), return_exceptions=True
    )
    for c, t, d in zip(found, texts, done, strict=True):
        assert len(await store.messages(c.id)) == isinstance(d, Committed)
        assert isinstance(d, Committed if t == "short" else Busy)
    await store.close()


@pytest.mark.parametrize("how", ["ABORT", "ROLLBACK"])
async def test_a_refusal_of_any_kind_leaves_the_writer_alive(path: Path, other: sqlite3.Connection, how: str) -> None:
    store: Store = await opened(path)
    trigger = f"CREATE TRIGGER no BEFORE INSERT ON message WHEN new.text = 'no' BEGIN SELECT RAISE({how}, 'no!'); END"
    other.execute(trigger)
    found = [await fresh(store, f"v{i}") for i in range(3)]
    texts = ["раз", "no", "три"]
    done = await asyncio.gather(
        *(store.commit_turn(turn(c, t)) for c, t in zip(found, texts, strict=True)), return_exceptions=True
    )
    assert isinstance(done[1], StoreError)
    for c, d in zip(found, done, strict=True):  # who was told so, and only who was told so, is written
        assert len(await store.messages(c.id)) == isinstance(d, Committed)
    assert isinstance(done[0], Committed)
    assert isinstance(done[2], Committed)
    await write(store, turn(found[1], "снова"))
    await store.close()


async def test_a_fault_of_our_own_comes_to_its_caller_and_ends_nothing(path: Path) -> None:
    store = await opened(path)

    def wrong(_cur: sqlite3.Cursor) -> None:
        raise ZeroDivisionError

    done = await asyncio.gather(store._writer.do(wrong), fresh(store), return_exceptions=True)
    assert isinstance(done[0], ZeroDivisionError)
    assert not isinstance(done[1], BaseException)
    await store.close()


async def test_many_turns_share_a_commit(path: Path) -> None:
    store = await opened(path)
    found = [await fresh(store, f"v{i}") for i in range(64)]
    before = store.commits
    await asyncio.gather(*(store.commit_turn(turn(c, "раз")) for c in found))
    assert store.commits - before <= 8
    await store.close()


async def test_much_that_is_old_goes_a_little_at_a_time(path: Path, other: sqlite3.Connection) -> None:
    store = await opened(path)
    found = await fresh(store)
    rows = [("web", f"x{i}", found.id, NOON + i) for i in range(2500)]
    other.execute("BEGIN")
    other.executemany("INSERT INTO inbound (channel, external_id, conversation_id, at) VALUES (?, ?, ?, ?)", rows)
    other.execute("COMMIT")
    before = store.commits
    assert await store.prune(NOON + 2400) == 2400
    assert store.commits - before == 3
    assert await store.taken(Inbound("web", "x2400")) == found.id
    await store.close()


async def test_the_hot_reads_use_an_index(path: Path) -> None:
    from presszero.store import customers, held, lists, messages, outbox, trace, turns, waiting

    await (await opened(path)).close()
    asked = [
        customers.LAST_OF_PEER,
        customers.BY_ID,
        customers.OF_KEY,
        turns.TAKEN,
        waiting.DUE_TIMERS,
        waiting.NEXT_DUE,
    ]
    asked += [waiting.DUE_CALLS, outbox.DUE, outbox.LOST, outbox.NEXT, outbox.PARTS, outbox.BLOCKED, trace.MESSAGE_OF]
    asked += [trace.REFS, held.OF_PEER, messages.FORWARD, messages.BACKWARD]
    asked += [messages.HISTORY_FORWARD, lists.PLACE, lists.by_deadline(("queue", "person"), ended=False)]
    with closing(sqlite3.connect(path)) as db:
        for sql in asked:
            given = [1] * 5
            while True:  # as many as it takes
                try:
                    plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + sql, given)]
                    break
                except sqlite3.ProgrammingError:
                    given.pop()
            assert plan
            assert not [step for step in plan if step.startswith("SCAN") and "INDEX" not in step], (sql, plan)
