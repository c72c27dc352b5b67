"""How it was on an earlier day: the same as a copy of that day, and the same ever after."""

import pickle
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import (
    add_milestone,
    meet_milestone,
    update_action,
)
from coprod_data.commands.actions_stopping import drop_action
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.settings import change_setting
from coprod_data.files.as_at import AsAt, as_at, confirmed, written
from coprod_data.models import (
    Action,
    CardEntry,
    Event,
    OpportunitySource,
    Person,
)
from coprod_data.permissions import ActorKind, Invalid, NotAllowed, Refused, Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.migrations.guards import guards
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import NOW, acting, holding_the_code, somebody, the_system
from tests.helpers.demo import snapshots

YESTERDAY, NEXT_DAY = "2026-03-03", NOW + timedelta(days=1)


@pytest.mark.sqlite  # the same rows of either engine
def test_ten_days_of_the_council_are_as_they_were_while_it_was_played(
    played: Database, engine: str, key_file: Path
) -> None:
    kept: list[AsAt] = pickle.loads(snapshots(key_file, engine).read_bytes())  # noqa: S301 - ours
    assert len(kept) >= 10
    with played.reading(System()) as (db, actor):
        for then in kept:
            now = as_at(db, actor, then.moment.date().isoformat())
            assert replace(now, fingerprint="") == replace(then, fingerprint=""), then.moment


def test_a_fingerprint_outlives_later_events_and_an_erasure_and_no_tampering(
    played: Database,
) -> None:
    with played.engine.connect() as connection, Session(connection) as db:
        db.info["keys"] = played.keys
        before = as_at(db, the_system(), YESTERDAY)
        events = db.scalar(sa.select(sa.func.count(Event.id))) or 0

        much_happens(db)

        assert (db.scalar(sa.select(sa.func.count(Event.id))) or 0) > events + 200
        after = the_system(NEXT_DAY)
        assert as_at(db, after, YESTERDAY) == before
        assert as_at(db, after, NOW.date().isoformat()) != before
        typed = written(before.fingerprint).replace(" ", "-").upper()
        assert "are the ones" in confirmed(db, after, typed, YESTERDAY)

        tamper(db)
        with pytest.raises(Refused, match="are not the ones with that fingerprint"):
            confirmed(db, after, typed, YESTERDAY)


def much_happens(db: Session) -> None:
    """Much is done with each action that goes on; a new limit of days; words taken back."""
    chair = somebody(db, Role.CHAIR)
    going = (Stage.AGREED, Stage.IN_PROGRESS)
    for action in db.scalars(sa.select(Action).where(Action.stage.in_(going))).all():
        owner = acting(db.get_one(Person, action.owner_id), Role.MANAGER)
        for title in ("One", "Two"):
            step = add_milestone(db, owner, action.id, title=title)
            meet_milestone(db, owner, step, evidence="The log of all visits.", met_on=NOW.date())
        for number in range(8):
            text = f"It goes on, said {number} times."
            said = {
                "stage": Stage.IN_PROGRESS,
                "rag": Rag.AMBER,
                "rag_reason": "More vans.",
                "text": text,
            }
            update_action(db, owner, action.id, **said)
    drop_action(db, chair, action.id, reason="Not needed any more.")
    administrator = somebody(db, Role.ADMINISTRATOR)
    change_setting(db, administrator, SettingKey.DRIFT_RED_DAYS, 90)
    entry = db.scalars(
        sa.select(CardEntry)
        .join(OpportunitySource, OpportunitySource.entry_id == CardEntry.id)
        .where(CardEntry.withdrawn_at.is_(None))
    ).first()
    assert entry is not None
    withdraw_entry(db, holding_the_code(entry), entry.id)


def tamper(db: Session) -> None:
    """Change what one event since then says that it replaced, past the commands and the guards."""
    sqlite = db.get_bind().dialect.name == "sqlite"
    for name, text in guards(sqlite=sqlite).items():
        if text.split(" ON ")[1].split()[0] == "event":
            db.execute(sa.text(f"DROP TRIGGER {name}" + ("" if sqlite else " ON event")))
    rows = sa.select(Event.id, Event.changes).where(
        Event.kind == EventKind.MILESTONE_MET, Event.at == NOW
    )
    event_id, changes = db.execute(rows.order_by(Event.id).limit(1)).one()
    for name, values in changes.items():
        if name.endswith(".moved_at"):
            values[0] = "2026-03-03T09:00:00+00:00"
    table = Event.__table__
    db.execute(sa.update(table).where(table.c.id == event_id).values(changes=changes))
    db.expire_all()


@pytest.mark.parametrize(
    ("day", "clock", "sentence"),
    [
        ("2026-03-05", "", "not come yet"),
        ("2026-03-04", "", "Today is not over yet"),
        ("2026-03-04", "23:00", "not come yet"),
        ("2020-01-01", "", r"Nothing was recorded here before \d+ \w+ 2024\. Choose"),
        ("0001-01-01", "", "Nothing was recorded"),
        ("31 June", "", "could not read that date"),
        ("2025-10-26", "01:30", "happened twice that day"),
        ("2025-03-30", "01:30", "There was no 01:30 that day"),
        ("2025-10-26", "half past", "could not read that date"),
    ],
)
def test_a_day_that_cannot_be_shown_gets_a_sentence(
    played: Database, day: str, clock: str, sentence: str
) -> None:
    with played.reading(System()) as (db, actor), pytest.raises(Invalid, match=sentence):
        as_at(db, actor, day, clock)


def test_who_may_not_read_the_plan_may_not_read_how_it_was(played: Database) -> None:
    with played.reading(System()) as (db, actor), pytest.raises(NotAllowed):
        as_at(db, replace(actor, kind=ActorKind.PUBLIC), YESTERDAY)
