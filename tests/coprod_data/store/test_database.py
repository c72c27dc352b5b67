"""Transactions: all or nothing, readers never write, and faults are one plain sentence."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from coprod_data.commands.event_log import record
from coprod_data.models import Service
from coprod_data.store import database as process
from coprod_data.store import places
from coprod_data.store.actors import System
from coprod_data.store.database import Database, Unavailable, connect
from coprod_data.store.schema import migrate
from coprod_data.vocabulary.events import EventKind
from tests.helpers.faults import FAULTS, Fault, gone, locked, read_only


def add_service(database: Database, name: str) -> None:
    with database.writing(System()) as (db, actor):
        service = Service(name=name)
        db.add(service)
        record(db, actor, EventKind.SERVICE_ADDED, service)


def add_services(database: Database, number: int) -> None:
    with database.writing(System()) as (db, actor):
        for one in range(number):
            service = Service(name=f"Service {one} " + "of many words " * 7)
            db.add(service)
            record(db, actor, EventKind.SERVICE_ADDED, service)


def services(database: Database) -> list[str]:
    with database.reading(System()) as (db, _):
        return list(db.scalars(sa.select(Service.name).order_by(Service.id)))


def test_what_was_written_is_there_afterwards(database: Database):
    add_service(database, "Housing")

    assert services(database) == ["Housing"]


def test_an_error_leaves_nothing_half_saved(database: Database):
    with pytest.raises(ZeroDivisionError), database.writing(System()) as (db, actor):
        service = Service(name="Housing")
        db.add(service)
        record(db, actor, EventKind.SERVICE_ADDED, service)
        raise ZeroDivisionError

    assert services(database) == []


def test_a_reader_saves_nothing(database: Database):
    with database.reading(System()) as (db, _):
        db.add(Service(name="Housing"))

    assert services(database) == []


def test_moments_come_back_in_utc(database: Database):
    with database.reading(System()) as (db, actor):
        came_back = db.scalar(sa.select(sa.literal(actor.at, type_=UTC_COLUMN)))

    assert came_back == actor.at
    assert came_back.utcoffset().total_seconds() == 0


UTC_COLUMN = Service.__table__.c.retired_at.type


def test_a_moment_without_a_zone_is_refused(database: Database):
    with (
        pytest.raises(sa.exc.StatementError, match="time zone"),
        database.reading(System()) as (
            db,
            actor,
        ),
    ):
        db.scalar(sa.select(sa.literal(actor.at.replace(tzinfo=None), type_=UTC_COLUMN)))


def test_a_lost_database_is_one_sentence_with_a_reference_and_works_again(
    tmp_path: Path, key_file: Path, caplog: pytest.LogCaptureFixture
):
    path = tmp_path / "coprod.db"
    database = connect(f"sqlite:///{path}", key_file)
    migrate(database.engine)
    database.engine.dispose()
    path.rename(tmp_path / "gone.db")
    path.mkdir()

    with pytest.raises(Unavailable, match="Nothing you typed is lost") as refused:
        add_service(database, "Housing")
    assert refused.value.reference in str(refused.value)
    assert refused.value.reference in caplog.text

    path.rmdir()
    (tmp_path / "gone.db").rename(path)
    add_service(database, "Housing")
    assert services(database) == ["Housing"]
    database.engine.dispose()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_told_saves_nothing_and_is_over_with_its_cause(
    database: Database, monkeypatch: pytest.MonkeyPatch, fault: Fault
):
    monkeypatch.setattr(process, "BUSY_SECONDS", 1)
    database.engine.dispose()  # a connection keeps the timeout it was opened with

    with fault(database):
        for _ in range(2):
            with pytest.raises(Unavailable):
                add_services(database, 100)

    add_service(database, "Housing")
    assert services(database) == ["Housing"]


def test_nobody_waits_for_a_turn_for_ever(tmp_path: Path, key_file: Path, monkeypatch):
    monkeypatch.setattr(process, "BUSY_SECONDS", 0)
    database = connect(f"sqlite:///{tmp_path / 'coprod.db'}", key_file)
    migrate(database.engine)

    with database.writing(System()), pytest.raises(Unavailable):
        add_service(database, "Housing")

    add_service(database, "Housing")
    database.engine.dispose()


@pytest.mark.parametrize("fault", [gone, read_only, locked], ids=lambda fault: fault.__name__)
def test_what_could_not_be_saved_is_known_beforehand(
    database: Database, monkeypatch: pytest.MonkeyPatch, fault: Fault
):
    monkeypatch.setattr(process, "BUSY_SECONDS", 1)
    database.engine.dispose()

    with fault(database), pytest.raises(Unavailable):
        database.check_writable()

    database.check_writable()


def test_a_file_that_is_no_database_is_a_fault(tmp_path: Path, key_file: Path):
    path = tmp_path / "coprod.db"
    path.write_text("Once upon a time. " * 100)
    database = connect(f"sqlite:///{path}", key_file)

    with pytest.raises(Unavailable):
        services(database)


def test_a_server_that_is_not_there_is_one_sentence(key_file: Path):
    database = connect("postgresql://nobody@127.0.0.1:9/none", key_file)

    with pytest.raises(Unavailable):
        services(database)


def test_the_process_has_one_database(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(process, "_current", None)
    with pytest.raises(RuntimeError, match="not been opened"):
        process.current()

    process.use(database)

    with process.writing(System()) as (db, actor):
        service = Service(name="Housing")
        db.add(service)
        record(db, actor, EventKind.SERVICE_ADDED, service)
    with process.reading(System()) as (db, _):
        assert db.scalar(sa.select(Service.name)) == "Housing"


def test_where_the_database_lies_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("COPROD_DATABASE_URL", raising=False)
    monkeypatch.delenv("COPROD_KEY_FILE", raising=False)
    assert places.default_url().endswith("/data/coprod.db")
    assert places.default_key_file().parts[-2:] == ("data", "coprod.key")

    monkeypatch.setenv("COPROD_DATABASE_URL", "postgresql://council")
    monkeypatch.setenv("COPROD_KEY_FILE", "/etc/key")
    assert places.default_url() == "postgresql://council"
    assert places.default_key_file() == Path("/etc/key")
