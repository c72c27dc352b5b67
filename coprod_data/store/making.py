"""Make a council's database, or bring it to this release; what could not be made leaves nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from coprod_data.store.database import Database, connect
from coprod_data.store.own_keys import must_be_its_own
from coprod_data.store.owner_only import BESIDE_DATABASE
from coprod_data.store.places import address_of
from coprod_data.store.schema import check_guards, migrate

A_PAGE = 4096  # bytes, of a database without a table


def make_or_upgrade(url: str, key_file: Path) -> Database:
    """Open a database, made and brought to this release. Raises UnsafeKey, PlaceFault, SchemaFault.

    A file and a key that were not there before are not there afterwards if it cannot be made, for
    example because the disk is full: an empty one would be taken for a council later.
    """
    with _nothing_left(url, key_file):
        database = connect(url, key_file)
        try:
            must_be_its_own(database.engine, database.keys, key_file)
            migrate(database.engine, keys=database.keys)
            check_guards(database.engine)
        except BaseException:
            database.engine.dispose()
            raise
    return database


@contextmanager
def _nothing_left(url: str, key_file: Path) -> Iterator[None]:
    address = address_of(url)
    file = Path(address.database or "") if address.get_backend_name() == "sqlite" else None
    is_new, has_key = file is not None and not file.exists(), key_file.exists()
    try:
        yield
    except BaseException:
        if file is not None and is_new and _taken_away(file) and not has_key:
            key_file.unlink(missing_ok=True)
        raise


def _taken_away(file: Path) -> bool:
    """Take a database without a table away, unless somebody else is making it just now. Returns
    whether it is gone.
    """
    if not file.exists():
        return True
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as looking:
            looking.execute("BEGIN EXCLUSIVE")
            if looking.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
                return False
            _unlink(file)
    except sqlite3.Error as fault:
        # With no room even for its lock nobody else can be making it either.
        if fault.sqlite_errorcode == sqlite3.SQLITE_BUSY or file.stat().st_size > A_PAGE:
            return False
    _unlink(file)  # closing may have made one again
    return True


def _unlink(file: Path) -> None:
    for part in BESIDE_DATABASE:
        Path(f"{file}{part}").unlink(missing_ok=True)
