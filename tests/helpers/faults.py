"""What can happen to a database while people work, on each engine, and how it ends."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from coprod_data.store.database import Database

Fault = Callable[[Database], AbstractContextManager[None]]

END_ALL = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$
"""


@contextmanager
def gone(database: Database) -> Iterator[None]:
    """The file is not where it was; the server accepts no connections."""
    name = str(database.engine.url.database)
    if database.is_sqlite:
        files = [Path(name + part) for part in ("", "-wal", "-shm")]
        database.engine.dispose()
        moved = [(file, file.rename(f"{file}.away")) for file in files if file.exists()]
        Path(name).mkdir()  # otherwise an empty one would be made
        yield
        Path(name).rmdir()
        for file, away in moved:
            away.rename(file)
        return
    server = sa.create_engine(
        database.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT"
    )
    with server.connect() as admin:
        admin.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        admin.execute(END_ALL, {"name": name})
        yield
        admin.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    server.dispose()


@contextmanager
def read_only(database: Database) -> Iterator[None]:
    """Connections made during this may only read, until they connect again."""
    setting = "PRAGMA query_only=ON" if database.is_sqlite else (
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    )  # fmt: skip

    def refuse(connection: Any, _record: Any) -> None:
        connection.execute(setting)
        connection.commit()

    sa.event.listen(database.engine, "connect", refuse)
    database.engine.dispose()
    yield
    sa.event.remove(database.engine, "connect", refuse)


@contextmanager
def disk_refuses(_database: Database) -> Iterator[None]:
    """The operating system takes not one byte more into any file of ours."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def full(database: Database) -> Iterator[None]:
    """There is no room for another page, and none is free."""
    if database.is_sqlite:
        database.engine.dispose()
        with closing(sqlite3.connect(str(database.engine.url.database))) as connection:
            connection.execute("VACUUM")

        def no_more_pages(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA max_page_count=1")  # SQLite makes that: as many as now

        sa.event.listen(database.engine, "connect", no_more_pages)
        database.engine.dispose()
        yield
        sa.event.remove(database.engine, "connect", no_more_pages)
        database.engine.dispose()  # the limit is a connection's own, unlike a full disk
        return
    with database.engine.begin() as connection:
        connection.exec_driver_sql(NO_ROOM)
        connection.exec_driver_sql(
            "CREATE TRIGGER no_room BEFORE INSERT ON event EXECUTE FUNCTION no_room()"
        )
    yield
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP FUNCTION no_room CASCADE")


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody else keeps a write open."""
    other = sa.create_engine(database.engine.url)
    with other.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("LOCK TABLE event, job, card_entry IN SHARE MODE")
        yield
    other.dispose()


FAULTS: list[Fault] = [gone, read_only, full, locked]
