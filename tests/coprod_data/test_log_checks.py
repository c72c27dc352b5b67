"""The log proves itself: each way of changing the past, past the commands, is found.

Whoever does it here may do anything in the database but has no key: guards are dropped for it and
made again. Changed and removed events are in `test_jobs.py`, lost guards in `store/test_schema.py`.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.orm import Session

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.event_log import UNLOGGED_COLUMNS, UNLOGGED_TABLES, record
from coprod_data.commands.people import add_person
from coprod_data.jobs import CHECKING, check_log, run_jobs
from coprod_data.log_proof import found_in_log
from coprod_data.models import EntryVersion, Event, EventSeal, EventText, LogCheck, Person
from coprod_data.models.report_cards import VOICE_COUNTS
from coprod_data.permissions import Role
from coprod_data.queries.event_seals import last_check
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.migrations import telling
from coprod_data.store.migrations.guards import guards
from coprod_data.store.row_digests import UNTOLD_COLUMNS, UNTOLD_TABLES
from coprod_data.store.schema import MissingGuards, check_guards, downgrade, migrate
from coprod_data.store.seal_notes import note_of, read_note
from coprod_data.store.seals import FIRST, seal
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.log_checks import LogFault
from tests.helpers.builders import NOW, holding_the_code, the_system
from tests.helpers.told import a_set_up, send

LATER = NOW + timedelta(minutes=11)


@pytest.fixture
def council(database: Database, tmp_path: Path) -> Database:
    """A council with a child's words, an account and a role: all told, half sealed."""
    council = replace(database, key_file=tmp_path / "key", clock=lambda: NOW)
    with council.writing(System()) as (db, actor):
        theme_id = a_set_up(db)
        add_person(db, actor, username="ada", name="Ada", roles=frozenset({Role.MANAGER}))
    send(council, theme_id)
    council.clock = lambda: LATER
    run_jobs(council)
    send(council, theme_id)
    return council


@contextmanager
def without_guards(db: Session) -> Iterator[None]:
    sqlite = db.get_bind().dialect.name == "sqlite"
    for name, text in guards(sqlite=sqlite).items():
        table = text.split(" ON ")[1].split()[0]
        db.execute(sa.text(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}")))
    yield
    for text in guards(sqlite=sqlite).values():
        db.execute(sa.text(text))


ATTACKS = {
    "a deleted tail": (  # after what was noted with the seal: that a month's faces were counted
        "DELETE FROM event_text WHERE event_id > (SELECT min(to_id) + 1 FROM event_seal)",
        "DELETE FROM event WHERE id > (SELECT min(to_id) + 1 FROM event_seal)",
        LogFault.ROW,
    ),
    "a deleted last seal": ("DELETE FROM event_seal", LogFault.TAIL),
    "a deleted tail with its seals": (
        "DELETE FROM event_seal",
        "DELETE FROM event_text",
        "DELETE FROM event",
        LogFault.TAIL,
    ),
    "a child's word": (
        "UPDATE entry_version SET thinks = 'My room is fine.' WHERE id = 1",
        LogFault.ROW,
    ),
    "a role": ("UPDATE role_grant SET role = 'administrator'", LogFault.ROW),
    "a new role": (
        "INSERT INTO role_grant (person_id, role, given_at, confirmed_at, first_setup)"
        " SELECT person_id, 'safeguarding', given_at, given_at, first_setup FROM role_grant"
        " WHERE role = 'manager'",
        LogFault.ROW,
    ),
    "a password": ("UPDATE person SET password_hash = '$2b$12$mine'", LogFault.ROW),
    "a consent that is gone": ("DELETE FROM consent WHERE id = 1", LogFault.ROW),
    "a staff text beside its event": (
        "UPDATE event_text SET text = 'Somebody else' WHERE text = 'Ada'",
        LogFault.TEXT,
    ),
    "an unsealed event": (
        "UPDATE event SET digests = NULL WHERE id = (SELECT max(id) FROM event)",
        LogFault.ROW,
    ),
    "an event before the first": (
        "INSERT INTO event (id, at, recorded_at, actor_kind, kind, subject_type, changes)"
        " SELECT -5, at, recorded_at, actor_kind, kind, subject_type, changes FROM event"
        " WHERE id = 1",
        LogFault.SEAL,
    ),
}


def test_what_is_changed_past_the_commands_is_found(council: Database) -> None:
    note = read_note(council.key_file)
    for name, (*statements, fault) in ATTACKS.items():
        with Session(council.engine) as db:
            db.info["keys"] = council.keys
            assert found_in_log(db, the_system(), note, whole=True) == (None, "")
            with without_guards(db):
                for statement in statements:
                    db.execute(sa.text(str(statement)))
            found, sentence = found_in_log(db, the_system(), note, whole=True)
            assert found is fault, f"{name}: {sentence}"
            db.rollback()


def test_seals_made_again_without_the_key_are_found(council: Database) -> None:
    with Session(council.engine) as db:
        db.info["keys"] = council.keys
        old = db.scalars(sa.select(EventSeal)).one()
        before, note = old.hash, read_note(council.key_file)
        forged_by = replace(council.keys.newest, secret=b"guessed" * 5)
        with without_guards(db):
            db.execute(sa.update(Event).where(Event.id == 1).values(subject_id=99))
            db.expire_all()
            events = db.scalars(sa.select(Event).where(Event.id <= old.to_id)).all()
            for key, number in ((None, None), (forged_by, old.key)):
                forged = seal(FIRST, events, key)
                assert forged != before
                db.execute(sa.update(EventSeal).values(hash=forged, key=number))
                db.expire_all()
                assert found_in_log(db, the_system(), note, whole=False)[0] is LogFault.SEAL
        db.rollback()


def test_nothing_kept_is_replaced(council: Database) -> None:
    tables = ("event", "event_text", "event_seal", "entry_version")
    if not council.is_sqlite:  # it has no REPLACE
        for table in tables:
            with pytest.raises(sa.exc.DBAPIError), council.engine.begin() as begun:
                begun.exec_driver_sql(
                    f"INSERT INTO {table} SELECT * FROM {table} WHERE id = 1"  # noqa: S608
                    " ON CONFLICT (id) DO UPDATE SET id = excluded.id"
                )
        return
    connection = council.engine.raw_connection()
    connection.driver_connection.execute("PRAGMA recursive_triggers=OFF")  # as a stranger's
    for table in tables:
        with pytest.raises(Exception, match="is never replaced"):
            connection.driver_connection.execute(
                f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1"  # noqa: S608
            )
    with pytest.raises(Exception, match="is never replaced"):
        connection.driver_connection.execute(
            "INSERT OR REPLACE INTO entry_version (entry_id, number, kind, thinks, spans, made_at)"
            " SELECT entry_id, number, kind, 'Mine', spans, made_at FROM entry_version"
        )
    connection.close()
    council.engine.dispose()


def test_a_guard_that_guards_nothing_is_no_guard(council: Database) -> None:
    empty = (
        [
            "DROP TRIGGER event_append_only",
            "CREATE TRIGGER event_append_only BEFORE UPDATE ON event BEGIN SELECT 1; END",
        ]
        if council.is_sqlite
        else ["ALTER TABLE event DISABLE TRIGGER event_append_only"]
    )
    with council.engine.begin() as connection:
        for statement in empty:
            connection.execute(sa.text(statement))
    with pytest.raises(MissingGuards, match=r"lost its guards \(event_append_only\)"):
        check_guards(council.engine)


def test_a_refusal_that_refuses_nothing_is_noticed(council: Database) -> None:
    if council.is_sqlite:
        statement = (
            "CREATE TRIGGER mine AFTER INSERT ON person BEGIN DELETE FROM person WHERE id = 1; END"
        )
    else:
        statement = (
            "CREATE OR REPLACE FUNCTION coprod_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NEW; END $$"
        )
    with council.engine.begin() as connection:
        connection.execute(sa.text(statement))
    with pytest.raises(MissingGuards):
        check_guards(council.engine)


def test_the_daily_check_keeps_what_it_found_and_an_erased_word_fits(council: Database) -> None:
    with council.reading(System()) as (db, actor):
        assert last_check(db, actor) is not None  # the first seal brought the first check
    with council.writing(System()) as (db, actor):
        entry_id = db.scalar(sa.select(sa.func.min(EntryVersion.entry_id))) or 0
    with council.writing(System()) as (db, _):
        entry = db.get_one(EntryVersion, 1)
        holder = holding_the_code(type("Entry", (), {"id": entry_id})(), LATER)
        withdraw_entry(db, holder, entry_id)
        assert (entry.thinks, entry.salt) == (None, None)

    assert check_log(council) == ""
    council.clock = lambda: LATER + timedelta(days=1, minutes=1)
    assert CHECKING in run_jobs(council)
    assert CHECKING not in run_jobs(council, now=True)
    with council.engine.begin() as connection:
        connection.execute(sa.text("UPDATE person SET name = 'Eve' WHERE username = 'ada'"))
    assert "person:" in check_log(council)
    with council.reading(System()) as (db, actor):
        assert last_check(db, actor).fault is LogFault.ROW  # type: ignore[union-attr]
        assert db.scalar(sa.select(sa.func.count()).select_from(LogCheck)) == 4


def test_a_text_written_twice_in_one_step_fits_its_event(council: Database) -> None:
    with council.writing(System()) as (db, actor):
        row = db.scalars(sa.select(Person).where(Person.username == "ada")).one()
        row.job = "A first job"
        db.flush()
        row.job = "A second job"
        event = record(db, actor, EventKind.PERSON_CHANGED, row)
        texts = db.scalars(sa.select(EventText.text).where(EventText.event_id == event.id))
        assert texts.all() == ["A second job"]

    assert check_log(council) == ""


def test_the_note_is_its_owners_only_and_never_goes_back(council: Database, tmp_path: Path) -> None:
    note = read_note(council.key_file)
    assert note is not None
    assert note_of(tmp_path / "key").stat().st_mode & 0o077 == 0
    with Session(council.engine) as db, without_guards(db):
        db.execute(sa.delete(EventSeal))
        db.commit()
    run_jobs(council)
    assert read_note(council.key_file) == note


def test_an_upgrade_tells_the_log_of_every_row(council: Database) -> None:
    """Down and up again with rows."""
    council.key_file = None  # what was noted there is of seals that the older release cannot make
    downgrade(council.engine, "r0024")
    migrate(council.engine, keys=council.keys)
    check_guards(council.engine)
    assert check_log(council) == ""
    with council.reading(System()) as (db, _):
        kinds = db.scalars(sa.select(Event.kind).order_by(Event.id.desc()).limit(1)).all()
        assert kinds == [EventKind.LOG_UPGRADED]
        assert db.get_one(EntryVersion, 1).salt is not None


def test_a_migration_tells_what_it_writes_and_forgives_nobody(
    council: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "_keys", lambda: council.keys)
    forged = "UPDATE person SET job = 'Chair' WHERE username = 'ada'"
    for before, found in (("", None), (forged, "person:")):
        with council.engine.begin() as connection:
            connection.execute(sa.text(before or "SELECT 1"))
            with (
                Operations.context(MigrationContext.configure(connection)),
                telling.telling("person", "consent"),
            ):
                connection.execute(sa.text("UPDATE person SET name = name || '.'"))
                connection.execute(sa.text("DELETE FROM consent WHERE id = 1"))
        said = check_log(council)
        assert said.startswith(found) if found else said == ""


def test_what_the_log_leaves_out_is_the_same_in_both_places() -> None:
    assert {table.__tablename__ for table in UNLOGGED_TABLES} == UNTOLD_TABLES - {
        "alembic_version",
        "released_text",
    }
    assert {"summed_up", *VOICE_COUNTS} == UNTOLD_COLUMNS
    assert UNTOLD_COLUMNS < UNLOGGED_COLUMNS
    assert len(hashlib.sha256().hexdigest()) == len(FIRST)
