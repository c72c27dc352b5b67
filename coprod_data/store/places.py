"""Where this server's database and keys are and what it is for, as its environment says."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from coprod_data.vocabulary.settings import Mode

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = "sqlite:////path/to/file.db or postgresql://user@host/database"
MB = 1024 * 1024
FULL = MB // 2  # with less free than this, a fault of a database file is the disk's
NO_RIGHT = "42501"  # of PostgreSQL: the user may not make tables
_HOW_TO_MEND = (
    "Check COPROD_KEY_FILE and COPROD_DATABASE_URL: both must be those that the server uses. If "
    "the file is lost, restore your newest backup into an empty place and copy the key file from "
    "there (docs/operating.md); never let another be made, or card codes stay closed. For a new "
    "council, name a new database in COPROD_DATABASE_URL."
)
_WHY = {
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a part of the path is a file and no folder",
    errno.EISDIR: "it is a folder",
    errno.EACCES: "the user who runs this may not use it",
    errno.EPERM: "the user who runs this may not use it",
    errno.EROFS: "its disk can only be read",
    errno.ENOSPC: "its disk is full",
    errno.EDQUOT: "its disk is full",
}
_SERVER_SAYS = {  # what psycopg tells of a server, by what it holds, in words for an operator
    'database "*" does not exist': "its server has no such database; createdb makes one",
    'role "*" does not exist': "its server knows no such user",
    "resolve host": "there is no host of that name",
    "Connection refused": "no server answers there",
    "No such file or directory": "no server answers there",
    "timeout expired": "no server answers there",
    "password": "its server does not let this user in",
    "pg_hba.conf": "its server does not let this user in",
}
FAULTS_OF_OURS = (sa.exc.IntegrityError, sa.exc.ProgrammingError, sa.exc.DataError)


class PlaceFault(Exception):
    """Why the database or the mode that was named cannot be used, in sentences for operators."""


def default_url() -> str:
    """Return the database's address: `COPROD_DATABASE_URL`, else a file beside `dashboard.py`."""
    return os.environ.get("COPROD_DATABASE_URL") or f"sqlite:///{ROOT / 'data' / 'coprod.db'}"


def default_key_file() -> Path:
    """Return the key file's path: `COPROD_KEY_FILE`, else one beside the default database."""
    return Path(os.environ.get("COPROD_KEY_FILE") or ROOT / "data" / "coprod.key")


def chosen_mode() -> Mode:
    """Return what a new database is for: `COPROD_MODE`, else demo. Raises PlaceFault."""
    named = os.environ.get("COPROD_MODE") or Mode.DEMO
    try:
        return Mode(named)
    except ValueError:
        raise PlaceFault(f'COPROD_MODE is "{named}". Set it to demo or to live.') from None


def address_of(url: str) -> sa.URL:
    """Return a database's address as SQLAlchemy takes it. Raises PlaceFault."""
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):  # never repeated: it may hold a password
        raise PlaceFault(
            f"COPROD_DATABASE_URL is no address of a database. Write {EXAMPLES}."
        ) from None
    engine = address.get_backend_name()
    if engine == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if engine != "sqlite":
        raise PlaceFault(
            f"COPROD_DATABASE_URL names {engine}, which Together cannot use. Write {EXAMPLES}."
        )
    if not address.database or address.database == ":memory:":
        raise PlaceFault(
            "COPROD_DATABASE_URL names no file. Write four slashes and the whole path, "
            "for example sqlite:////path/to/file.db."
        )
    if address.query:
        raise PlaceFault("COPROD_DATABASE_URL: leave out what follows the question mark.")
    return address


def shown(address: sa.URL) -> str:
    """Return where a database is, for an operator: a path, or an address without its password."""
    if address.get_backend_name() == "sqlite":
        return str(Path(address.database or "").absolute())
    return address.set(drivername="postgresql").render_as_string(hide_password=True)


def must_exist(url: str, key_file: Path) -> None:
    """Refuse a database file or a key file that is not there. Raises PlaceFault.

    For commands that look at a council: a mistyped path must not make an empty one. Whether a
    database of PostgreSQL is there, its server says, and first.
    """
    address = address_of(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise PlaceFault(
            f"There is no database at {shown(address)}. Nothing was made. Check "
            "COPROD_DATABASE_URL: the path must be the one that the server uses."
        )
    if key_file.exists():
        return
    if address.get_backend_name() != "sqlite":
        engine = sa.create_engine(address, poolclass=sa.NullPool)
        with opening(address), engine.connect():  # or it is that which is not there
            pass
    raise no_key_of(address, key_file)


def no_key_of(address: sa.URL, key_file: Path) -> PlaceFault:
    """Return what to say where a database that is not new has lost its key file."""
    return PlaceFault(
        f"There is no key file at {key_file.absolute()}, and the database at {shown(address)} is "
        f"not new. Nothing was made. {_HOW_TO_MEND}"
    )


def foreign_key_of(address: sa.URL, key_file: Path) -> PlaceFault:
    """Return what to say where the key file is not the one that a database was made under."""
    return PlaceFault(
        f"The key file {key_file.absolute()} is not the one of the database at {shown(address)}: "
        f"its log was made under other keys. Nothing was made or sealed. {_HOW_TO_MEND}"
    )


def why_not(fault: OSError) -> str:
    """Return why a file cannot be used, in words that an operator can act on."""
    return _WHY.get(fault.errno or 0) or (fault.strerror or type(fault).__name__).lower()


@contextmanager
def opening(address: sa.URL) -> Iterator[None]:
    """Turn what a database that cannot be opened or changed says into a PlaceFault."""
    try:
        yield
    except OSError as error:
        raise PlaceFault(f"{shown(address)} cannot be opened: {_reason(error)}.") from error
    except (sa.exc.DatabaseError, sa.exc.InterfaceError) as error:
        may_not = getattr(error.orig, "sqlstate", "") == NO_RIGHT
        if isinstance(error, FAULTS_OF_OURS) and error.statement is not None and not may_not:
            raise
        if fault := disk_fault(address):
            raise PlaceFault(fault) from error
        raise PlaceFault(
            f"The database at {shown(address)} cannot be used: {_reason(error.orig)}. Check "
            "COPROD_DATABASE_URL, and that the server's user may read and write there."
        ) from error


def disk_fault(address: sa.URL) -> str:
    """Return a sentence where the disk under a database file is full or read-only, else nothing."""
    folder = Path(address.database or "").absolute().parent
    if address.get_backend_name() != "sqlite" or not folder.is_dir():
        return ""
    if os.name == "posix" and os.statvfs(folder).f_flag & os.ST_RDONLY:
        return (
            f"The disk under {folder} can only be read. Mount it so that it can be written, then "
            "run this again."
        )
    disk = shutil.disk_usage(folder)
    if disk.free >= FULL:
        return ""
    return (
        f"The disk under {folder} is full: {disk.free / MB:.1f} of {disk.total / MB:,.0f} MB are "
        "free. Make room, then run this again."
    )


def _reason(error: BaseException | None) -> str:
    said = why_not(error) if isinstance(error, OSError) else str(error)
    for holds, words in _SERVER_SAYS.items():
        if all(part in said for part in holds.split("*")):
            return words
    return said.strip().splitlines()[0].rstrip(".") if said.strip() else type(error).__name__
