"""The files that only the server's own user may read: database, keys, and what stands beside them.

SQLite gives its write-ahead files the mode of the database, so it is enough to make that one well.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from coprod_data.store.places import PlaceFault, address_of

BESIDE_DATABASE = ("", "-wal", "-shm", "-journal")
BESIDE_KEY = ("", ".seal", ".erased")
OTHERS = 0o077


def make_for_owner(path: Path) -> None:
    """Make an empty file, and its folder, for their owner only, unless they are there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def keep_to_owner(url: str, key_file: Path, *, mend: bool) -> None:
    """See that others can read none of the server's files: mend them, or refuse to go on.

    Raises PlaceFault.
    """
    if os.name != "posix":
        return
    for path in _files(url, key_file):
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & OTHERS:
            if not mend:
                raise PlaceFault(f"Others can read {path}. Run: chmod 600 {path}")
            path.chmod(0o600)


def _files(url: str, key_file: Path) -> Iterator[Path]:
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        yield from (Path(f"{address.database}{part}") for part in BESIDE_DATABASE)
    yield from (Path(f"{key_file}{part}") for part in BESIDE_KEY)
