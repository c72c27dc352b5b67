"""How each engine's database is copied while people write, and put back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from coprod_data.store.places import PlaceFault, opening, shown

BESIDE = ("", "-wal", "-shm", "-journal")
REVISION = sa.text("SELECT version_num FROM alembic_version")
TOOLS = "/usr/lib/postgresql"


def copy(engine: Engine, target: Path) -> tuple[str, dict[str, int]]:
    """Copy a database as it is at one moment. Returns its schema's revision and rows by table."""
    if engine.dialect.name == "sqlite":
        target.touch(mode=0o600)
        whole, made = sqlite3.connect(_path(engine.url)), sqlite3.connect(target)
        try:
            with closing(whole), closing(made):
                whole.backup(made)
                made.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            why = "its disk is full" if "full" in str(error) else str(error)
            raise PlaceFault(f"The database cannot be copied to {target.parent}: {why}.") from error
        with sa.create_engine(f"sqlite:///{target}", poolclass=sa.NullPool).connect() as copied:
            return str(copied.scalar(REVISION)), _counted(copied)
    with engine.execution_options(isolation_level="REPEATABLE READ").connect() as still:
        snapshot = still.scalar(sa.text("SELECT pg_export_snapshot()"))
        revision, counts = str(still.scalar(REVISION)), _counted(still)
        _tool(engine, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
    return revision, counts


def counts(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has."""
    with engine.connect() as connection:
        return _counted(connection)


def must_be_sound(engine: Engine, copied: Path) -> None:
    """Raise PlaceFault unless a copy can be read by its engine."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(copied)) as made:
            said = made.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            raise PlaceFault(f"The copy of the database is not sound: {said}.")
    else:
        _tool(engine, "pg_restore", "--list", str(copied), url=False)


def fill(engine: Engine, copied: Path) -> None:
    """Put a copy into the empty database of this address."""
    if engine.dialect.name == "sqlite":
        engine.dispose()
        copied.replace(_path(engine.url))
        _path(engine.url).chmod(0o600)
    else:
        _tool(
            engine, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner",
            "--no-privileges", str(copied),
        )  # fmt: skip


def taken(address: sa.URL) -> str:
    """Return what stands where a backup should go, or nothing."""
    if address.get_backend_name() == "sqlite":
        there = [Path(f"{_path(address)}{part}") for part in BESIDE]
        return next((str(path) for path in there if path.exists()), "")
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    with opening(address), engine.connect() as connection:
        return shown(address) if sa.inspect(connection).get_table_names() else ""


def clear(address: sa.URL) -> None:
    """Empty a place which a restore that did not end has filled."""
    if address.get_backend_name() == "sqlite":
        for part in BESIDE:
            Path(f"{_path(address)}{part}").unlink(missing_ok=True)
        return
    with sa.create_engine(address, poolclass=sa.NullPool).begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")


def _counted(connection: Connection) -> dict[str, int]:
    names = sorted(sa.inspect(connection).get_table_names())
    return {
        name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0
        for name in names
        if not name.startswith("released_text")
    }


def _path(address: sa.URL) -> Path:
    return Path(address.database or "")


def _tool(engine: Engine, name: str, *options: str, url: bool = True) -> None:
    """Run a tool of PostgreSQL, of the server's version; the password is on no command line."""
    with engine.connect() as connection:
        major = int(str(connection.scalar(sa.text("SHOW server_version_num")))) // 10_000
    beside = Path(TOOLS) / str(major) / "bin" / name
    tool = str(beside) if beside.exists() else shutil.which(name)
    if tool is None:
        raise PlaceFault(
            f"{name} is not here. Install the tools of PostgreSQL {major}: they come with the "
            f"package postgresql-client-{major}."
        )
    address = engine.url.set(drivername="postgresql")
    password = {"PGPASSWORD": str(address.password)} if address.password else {}
    plain = address.set(password=None).render_as_string(hide_password=False)
    ran = subprocess.run(  # noqa: S603 - our own options, no shell
        [tool, *options, *([f"--dbname={plain}"] if url else [])],
        env={**os.environ, **password},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        said = (ran.stderr.strip().splitlines() or ["no reason"])[-1]
        raise PlaceFault(f"{name} did not end well: {said}")
