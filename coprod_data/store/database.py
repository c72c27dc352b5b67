"""The only place where a transaction begins: engine, reading(who), writing(who)."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from coprod_data.models import Trail
from coprod_data.permissions import Actor, NotAllowed, Refused
from coprod_data.store.actors import System, Who, actor_for, prepare
from coprod_data.store.erasures import ERASED, list_erased
from coprod_data.store.keys import Keys, UnsafeKey, load_keys, read_keys
from coprod_data.store.own_keys import must_have_a_key
from coprod_data.store.owner_only import make_for_owner
from coprod_data.store.places import address_of, opening
from coprod_data.store.saving import save_a_line
from coprod_data.store.wiping import OWED, wipe
from coprod_data.vocabulary.trail import TrailKind

log = logging.getLogger("coprod_data")

Opened = tuple[Session, Actor]

BUSY_SECONDS = 15
OURS = (  # faults of our statements, not of the database
    sa.exc.IntegrityError, sa.exc.DataError, sa.exc.ProgrammingError, sa.exc.NotSupportedError
)  # fmt: skip


class Unavailable(Refused):
    """The database cannot be reached, is locked, full or read-only. Carries a reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            "We cannot save or read anything just now. Nothing you typed is lost. "
            f"Try again in a minute. Reference {reference}."
        )
        self.reference = reference


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


@dataclass
class Database:
    """An open database with its keys and its clock, and since when this process has it open."""

    engine: Engine
    keys: Keys
    clock: Callable[[], datetime] = utc_now
    key_file: Path | None = None
    since: datetime = field(default_factory=utc_now)
    _one_writer: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is the embedded engine."""
        return self.engine.dialect.name == "sqlite"

    def take_new_keys(self) -> None:
        """Take the keys that were added to the key file, or ended in it, since it was read."""
        if self.key_file is None:
            return
        try:
            kept = read_keys(self.key_file)
        except UnsafeKey as fault:
            log.error("The keys cannot be read again: %s", fault)
            return
        if kept != self.keys and kept.go_on_from(self.keys):
            self.keys = kept
            log.info("The keys were read again; the newest is %s.", kept.newest.number)

    @contextmanager
    def reading(self, who: Who) -> Iterator[tuple[Session, Actor]]:
        """Open a transaction that is never written. Raises SignedOut, NotFound, Unavailable."""
        digests = prepare(who, self.keys)
        with self._noting_refusals(), self._transaction(who, digests, write=False) as opened:
            yield opened

    @contextmanager
    def reading_still(self, who: Who) -> Iterator[tuple[Session, Actor]]:
        """Open a transaction that reads everything as it was at one moment. Raises as reading."""
        still = None if self.is_sqlite else "REPEATABLE READ"
        with self._transaction(who, prepare(who, self.keys), write=False, still=still) as opened:
            yield opened

    @contextmanager
    def writing(self, who: Who) -> Iterator[tuple[Session, Actor]]:
        """Open a transaction that is committed at the end, or not at all.

        Raises SignedOut, NotFound, Unavailable.
        """
        digests = prepare(who, self.keys)
        # SQLite gives its one write lock to any writer that asks at a lucky moment; a queue is
        # fairer.
        queue = self._turn_to_write() if self.is_sqlite else nullcontext()
        with self._noting_refusals(), queue:
            with self._transaction(who, digests, write=True) as opened:
                yield opened
            if self.key_file and (erased := opened[0].info.get(ERASED)):
                self._list_erased(self.key_file, erased)
            if opened[0].info.get(OWED):
                self.wipe()

    def _list_erased(self, key_file: Path, entry_ids: list[int]) -> None:
        try:
            list_erased(key_file, self.keys, entry_ids, self.clock())
        except OSError as error:  # they are erased; the list is made whole again at the next start
            log.warning("The erasure list cannot be written: %s", type(error).__name__)

    def wipe(self) -> bool:
        """Wipe erased words from the files; after a fault, later. Returns whether any were."""
        try:
            return wipe(self.engine, self.clock())
        except (sa.exc.DatabaseError, sa.exc.TimeoutError) as error:
            log.warning(
                "Erased words are not wiped yet: %s", type(error.__cause__ or error).__name__
            )
            return False

    @contextmanager
    def _noting_refusals(self) -> Iterator[None]:
        """Note in the trail that a person was refused a right, once their transaction is over."""
        try:
            yield
        except NotAllowed as refused:
            if refused.right and refused.person_id is not None:
                self._note(refused)
            raise

    def _note(self, refused: NotAllowed) -> None:
        # Whoever holds the lock in this very thread must not be waited for.
        if self.is_sqlite and not self._one_writer.acquire(timeout=1):
            log.warning("A refused right was not noted: %s", refused.right)
            return
        try:
            with Session(self.engine.execution_options(coprod_write=True)) as db:
                db.add(
                    Trail(
                        kind=TrailKind.RIGHT_REFUSED,
                        at=self.clock(),
                        person_id=refused.person_id,
                        about=refused.right,
                    )
                )
                db.commit()
        except (sa.exc.DatabaseError, sa.exc.TimeoutError) as error:
            log.warning("A refused right was not noted: %s", type(error).__name__)
        finally:
            if self.is_sqlite:
                self._one_writer.release()

    def check_writable(self) -> None:
        """Raise Unavailable if nothing can be saved now: full, read-only, or locked for long."""
        with self.writing(System()) as (db, actor):
            save_a_line(db, actor.at)

    @contextmanager
    def _transaction(
        self, who: Who, digests: list[tuple[str, str]], *, write: bool, still: str | None = None
    ) -> Iterator[tuple[Session, Actor]]:
        bind = self.engine.execution_options(coprod_write=write)
        if still:
            bind = bind.execution_options(isolation_level=still)
        try:
            with database_faults(), Session(bind, autoflush=write, expire_on_commit=False) as db:
                db.info["keys"] = self.keys
                actor = actor_for(db, who, self.clock(), digests)
                yield db, actor
                if write:
                    db.commit()
                else:
                    db.rollback()
        except Unavailable:
            # A connection opened while a file was read-only stays so after it is repaired.
            self.engine.dispose()
            raise

    @contextmanager
    def _turn_to_write(self) -> Iterator[None]:
        # Without a limit to waiting, a locked database would block every thread of the server.
        if not self._one_writer.acquire(timeout=BUSY_SECONDS):
            raise _unavailable("no turn to write")
        try:
            yield
        finally:
            self._one_writer.release()


@contextmanager
def database_faults() -> Iterator[None]:
    """Turn database faults into one plain sentence with a reference."""
    try:
        yield
    except (sa.exc.DatabaseError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        if isinstance(error, OURS):
            raise
        raise _unavailable(type(error.__cause__ or error).__name__) from error


def _unavailable(why: str) -> Unavailable:
    reference = secrets.token_hex(4)
    log.error("Database fault %s: %s", reference, why)
    return Unavailable(reference)


def connect(url: str, key_file: Path) -> Database:
    """Open a database without migrating it. Raises UnsafeKey, PlaceFault."""
    address = address_of(url)
    options: dict[str, Any] = {}
    if address.get_backend_name() == "sqlite":
        with opening(address):
            make_for_owner(Path(address.database or ""))
        options |= {"connect_args": {"timeout": BUSY_SECONDS}, "pool_size": 20, "max_overflow": 20}
    else:
        options["pool_pre_ping"] = True  # the server may have closed it; a file cannot
        options |= {"connect_args": {"connect_timeout": 5}, "pool_size": 10, "max_overflow": 20}
    # Faults are logged, and the parameters of a statement can hold a child's words.
    engine = sa.create_engine(address, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        sa.event.listen(engine, "connect", _prepare_postgresql)
    must_have_a_key(engine, key_file)
    return Database(engine, load_keys(key_file), key_file=key_file)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin too late for BEGIN IMMEDIATE, so it keeps out of them.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-8000",  # KB; with 2,000 a page among a million entries is slow
        "secure_delete=ON",  # words that a child took back leave no bytes in free pages
        "recursive_triggers=ON",  # or INSERT OR REPLACE would delete past the guards
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    # A wait for a lock ends with an error, as on SQLite.
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    # Our statements are short and use indexes: compiling one costs fifty times running it.
    connection.execute("SET jit = off")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("coprod_keys_later"):
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # only before BEGIN
    write = options.get("coprod_write", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


_current: Database | None = None


def use(database: Database) -> None:
    """Make this the database of the process."""
    global _current
    _current = database


def current() -> Database:
    """Return the process's database. Raises RuntimeError before `use`."""
    if _current is None:
        raise RuntimeError("The database has not been opened yet.")
    return _current


@contextmanager
def reading(who: Who) -> Iterator[tuple[Session, Actor]]:
    """Read from the process's database as somebody. See Database.reading."""
    with current().reading(who) as opened:
        yield opened


@contextmanager
def writing(who: Who) -> Iterator[tuple[Session, Actor]]:
    """Write to the process's database as somebody. See Database.writing."""
    with current().writing(who) as opened:
        yield opened
