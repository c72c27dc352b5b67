"""The server's health names each fault, on both engines where it can differ."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from psycopg.errors import DiskFull

from coprod_data import readiness
from coprod_data.commands.event_seals import keep_check
from coprod_data.commands.people import add_person
from coprod_data.jobs import RETENTION, run_jobs
from coprod_data.models import Job, Notice, Person, Wiping
from coprod_data.readiness import server_fault
from coprod_data.store.actors import System
from coprod_data.store.database import Database, utc_now
from coprod_data.store.erasures import erasures_of
from coprod_data.store.keys import Key, Keys, add_key, load_keys
from coprod_data.store.migrations.guards import guards
from coprod_data.store.seal_notes import note_of
from coprod_data.vocabulary.log_checks import LogFault
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind
from coprod_data.vocabulary.server_faults import ServerFault
from tests.helpers.databases import statements
from tests.helpers.faults import disk_refuses, gone, read_only

Fault = Callable[[Database], AbstractContextManager[None]]


@pytest.fixture
def council(database: Database, tmp_path: Path) -> Database:
    """A council an hour old, sealed; its jobs ran just now."""
    began = utc_now() - timedelta(hours=1)
    keys = load_keys(tmp_path / "key")
    council = replace(
        database, keys=keys, key_file=tmp_path / "key", clock=lambda: began, since=began
    )
    with council.writing(System()) as (db, actor):
        add_person(db, actor, username="ada", name="Ada", roles=frozenset())
    council.clock = utc_now
    run_jobs(council, now=True)
    return council


def add(council: Database, row: object) -> None:
    with council.engine.begin() as connection, sa.orm.Session(connection) as db:
        db.add(row)
        db.flush()


@contextmanager
def change(council: Database, statement: str) -> Iterator[None]:
    with council.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    yield


def older(council: Database) -> AbstractContextManager[None]:
    return change(council, "UPDATE alembic_version SET version_num = 'r0001'")


def newer(council: Database) -> AbstractContextManager[None]:
    return change(council, "UPDATE alembic_version SET version_num = 'r9999'")


def no_guard(council: Database) -> AbstractContextManager[None]:
    name, text = next(iter(guards(sqlite=council.is_sqlite).items()))
    on = "" if council.is_sqlite else f" ON {text.split(' ON ')[1].split()[0]}"
    return change(council, f"DROP TRIGGER {name}{on}")


@contextmanager
def no_bytes(council: Database) -> Iterator[None]:
    """A full disk: a file of ours, or the PostgreSQL server, takes no more."""
    council.clock = lambda: utc_now() + timedelta(minutes=2)  # past the last line that was saved
    with (disk_refuses if council.is_sqlite else server_full)(council):
        yield


@contextmanager
def server_full(council: Database) -> Iterator[None]:
    def refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE job"):
            raise sa.exc.OperationalError(statement, None, DiskFull("no space left on device"))

    sa.event.listen(council.engine, "before_cursor_execute", refuse)
    yield
    sa.event.remove(council.engine, "before_cursor_execute", refuse)


@contextmanager
def no_room(_council: Database) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(readiness, "LEAST_FREE", 2**60)
        yield


def key_of(council: Database) -> Path:
    assert council.key_file
    return council.key_file


@contextmanager
def key_away(council: Database) -> Iterator[None]:
    key_of(council).unlink()
    yield
    assert not key_of(council).exists(), "asking made a key"


@contextmanager
def key_damaged(council: Database) -> Iterator[None]:
    key_of(council).write_text("1 not a key\n", "ascii")
    yield


@contextmanager
def key_exchanged(council: Database) -> Iterator[None]:
    key_of(council).write_text(f"1 {'ab' * 32}\n", "ascii")
    yield


@contextmanager
def started_with_another_key(council: Database) -> Iterator[None]:
    key_of(council).write_text(f"1 {'ab' * 32}\n", "ascii")
    council.keys = Keys((Key("1", bytes.fromhex("ab" * 32)),))
    yield


@contextmanager
def open_to_others(council: Database) -> Iterator[None]:
    note_of(key_of(council)).chmod(0o644)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COPROD_MODE", "live")
        yield


@contextmanager
def not_proven(council: Database) -> Iterator[None]:
    with council.writing(System()) as (db, actor):
        keep_check(db, actor, whole=True, seal_id=None, fault=LogFault.ROW)
    yield


@contextmanager
def ends_early(council: Database) -> Iterator[None]:
    note = note_of(key_of(council))
    note.write_text(note.read_text().replace('"event": ', '"event": 9'), "ascii")
    yield


@contextmanager
def no_list(council: Database) -> Iterator[None]:
    erasures_of(key_of(council)).unlink()
    yield


@contextmanager
def no_note(council: Database) -> Iterator[None]:
    note_of(key_of(council)).unlink()
    yield


@contextmanager
def jobs_late(council: Database) -> Iterator[None]:
    with council.engine.begin() as connection:
        late = sa.update(Job).where(Job.name == "forget drafts")
        connection.execute(late.values(ran_at=utc_now() - timedelta(minutes=31)))
    yield


@contextmanager
def not_wiped(council: Database) -> Iterator[None]:
    add(council, Wiping(asked_at=utc_now() - timedelta(minutes=61)))
    yield


@contextmanager
def no_notice(council: Database) -> Iterator[None]:
    with council.reading(System()) as (db, _):
        person_id = db.scalars(sa.select(Person.id)).one()
    made = utc_now() - timedelta(hours=25)
    add(
        council,
        Notice(
            person_id=person_id, kind=NoticeKind.URGENT, made_at=made, due_at=None,
            failed=NoticeFault.NO_ANSWER,
        ),
    )  # fmt: skip
    yield


@contextmanager
def clock_back(council: Database) -> Iterator[None]:
    council.clock = lambda: utc_now() - timedelta(hours=2)
    yield


@contextmanager
def clock_set_back(council: Database) -> Iterator[None]:
    """Nothing has happened for an hour, so no event tells of it."""
    with the_clock_set(council, timedelta(minutes=-62)):
        yield


@contextmanager
def clock_ahead(council: Database) -> Iterator[None]:
    with the_clock_set(council, timedelta(days=2)):
        yield


@contextmanager
def the_clock_set(council: Database, by: timedelta) -> Iterator[None]:
    council.clock = lambda: utc_now() + by
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(readiness, "utc_now", council.clock)
        yield


@contextmanager
def started_far_ahead(council: Database) -> Iterator[None]:
    """The clock was wrong before the process began: only the last run of the jobs tells."""
    council.clock = lambda: utc_now() + timedelta(days=400)
    council.since = council.clock()
    assert not {RETENTION, "forget drafts", "count what nobody stopped"} & set(run_jobs(council))
    yield
    run_jobs(council, now=True)  # somebody looked at the clock
    assert server_fault(council) is None


FAULTS: list[tuple[Fault, ServerFault]] = [
    (gone, ServerFault.AWAY),
    (read_only, ServerFault.SAVES_NOTHING),
    (no_room, ServerFault.DISK),
    (older, ServerFault.OLDER),
    (newer, ServerFault.NEWER),
    (no_guard, ServerFault.GUARDS),
    (key_away, ServerFault.KEY),
    (key_damaged, ServerFault.KEY),
    (key_exchanged, ServerFault.OTHER_KEY),
    (started_with_another_key, ServerFault.OTHER_KEY),
    (open_to_others, ServerFault.OPEN),
    (not_proven, ServerFault.LOG),
    (ends_early, ServerFault.LOG),
    (no_note, ServerFault.NOTE),
    (no_list, ServerFault.ERASURES),
    (jobs_late, ServerFault.JOBS),
    (not_wiped, ServerFault.WIPING),
    (no_notice, ServerFault.NOTICES),
    (no_bytes, ServerFault.SAVES_NOTHING),
    (clock_back, ServerFault.CLOCK),
    (clock_set_back, ServerFault.CLOCK),
    (clock_ahead, ServerFault.AHEAD),
    (started_far_ahead, ServerFault.AHEAD),
]


@pytest.mark.parametrize(("fault", "named"), FAULTS, ids=lambda one: getattr(one, "__name__", ""))
def test_each_fault_is_named(council: Database, fault: Fault, named: ServerFault):
    assert server_fault(council) is None
    with fault(council):
        assert server_fault(council) is named


def test_every_fault_is_tested():
    assert {named for _, named in FAULTS} == set(ServerFault)


def test_what_is_usual_is_no_fault(council: Database):
    """A new key, words that were erased just now, and a server that started just now."""
    add_key(key_of(council))
    add(council, Wiping(asked_at=utc_now() - timedelta(minutes=5)))
    council.since = utc_now()
    with jobs_late(council), no_note(council):
        assert server_fault(council) is None


def test_asking_is_cheap(council: Database):
    server_fault(council)
    with statements(council) as sent:
        assert server_fault(council) is None
    assert len(sent) <= 17
