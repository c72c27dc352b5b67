"""Every write has an event, and no event is ever changed or deleted."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import Unrecorded, record
from coprod_data.models import EntryVersion, Event, EventText, ReportCard, Service, Setting
from coprod_data.permissions import Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import CardState
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import NOW, a_promise, a_report_card, an_entry, somebody, the_system


def texts(db: Session) -> dict[str, str | None]:
    return {row.field: row.text for row in db.scalars(sa.select(EventText))}


def test_a_change_without_an_event_is_not_committed(database: Database):
    with pytest.raises(Unrecorded, match=r"service\.name"), database.writing(System()) as (db, _):
        db.add(Service(name="Housing"))

    with database.reading(System()) as (db, _):
        assert db.scalars(sa.select(Service)).all() == []


def test_a_change_after_the_event_is_not_committed(database: Database):
    with pytest.raises(Unrecorded), database.writing(System()) as (db, actor):
        service = Service(name="Housing")
        db.add(service)
        record(db, actor, EventKind.SERVICE_ADDED, service)
        service.retired_at = actor.at


def test_an_event_tells_what_was_and_what_is(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    worker = somebody(db, Role.YOUTH_VOICE)

    card.state = CardState.READY
    event = record(db, worker, EventKind.CARD_READY, card)

    assert event.changes == {f"report_card:{card.id}.state": ["gathering", "ready"]}
    assert (event.subject_type, event.subject_id) == ("report_card", card.id)
    assert (event.actor_id, event.at) == (worker.id, NOW)


def test_staff_words_stand_beside_the_event_and_never_in_it(db: Session):
    card = a_report_card(db, a_promise(db)[0])

    card.title = "Cold rooms"
    event = record(db, somebody(db, Role.YOUTH_VOICE), EventKind.CARD_TITLED, card)

    assert "Cold rooms" not in str(event.changes)
    assert texts(db) == {f"report_card:{card.id}.title": "Cold rooms"}


def test_a_setting_is_a_text_beside_the_event(db: Session):
    setting = Setting(key=SettingKey.COUNCIL_NAME, value="Westmarch", changed_at=NOW)

    db.add(setting)
    event = record(db, the_system(), EventKind.SETTING_CHANGED, setting)

    assert "Westmarch" not in str(event.changes)
    assert "Westmarch" in texts(db).values()


def test_a_young_persons_words_stand_in_no_event(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    entry = an_entry(db, card)
    version = EntryVersion(
        entry_id=entry.id, number=2, kind="shown", thinks="Zanzibar secret", wants=None, made_at=NOW
    )

    db.add(version)
    event = record(db, somebody(db, Role.YOUTH_VOICE), EventKind.ENTRY_RELEASED, version)

    assert "Zanzibar" not in str(event.changes)
    assert all("Zanzibar" not in (text or "") for text in texts(db).values())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor_id = 99",
        "DELETE FROM event",
        "DELETE FROM event_text",
        "UPDATE event_text SET text = 'other words'",
        "UPDATE event_text SET field = 'x', text = NULL",
        "DELETE FROM entry_version",
        "UPDATE entry_version SET thinks = 'other words'",
        "UPDATE entry_version SET number = 7, thinks = NULL, wants = NULL",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(database: Database, statement: str):
    with database.writing(System()) as (db, actor):
        card = a_report_card(db, a_promise(db)[0])
        an_entry(db, card)
        card.title = "Cold rooms"
        record(db, actor, EventKind.CARD_TITLED, card)

    with pytest.raises(sa.exc.DatabaseError), database.engine.begin() as connection:
        connection.execute(sa.text(statement))


def test_a_text_beside_an_event_can_be_erased_and_the_event_stays(database: Database):
    with database.writing(System()) as (db, actor):
        card = a_report_card(db, a_promise(db)[0])
        card.title = "Cold rooms"
        record(db, actor, EventKind.CARD_TITLED, card)

    with database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE event_text SET text = NULL, salt = NULL"))

    with database.reading(System()) as (db, _):
        assert list(texts(db).values()) == [None]
        assert db.scalar(sa.select(sa.func.count(Event.id))) == 1


def test_the_model_refuses_too(db: Session):
    card = a_report_card(db, a_promise(db)[0])
    card.title = "Cold rooms"
    event = record(db, the_system(), EventKind.CARD_TITLED, card)

    event.subject_id = 99
    with pytest.raises(RuntimeError, match="append-only"):
        db.flush()

    db.rollback()
    assert db.scalars(sa.select(ReportCard)).all() == []
