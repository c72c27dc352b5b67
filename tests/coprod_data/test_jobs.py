"""Recurring jobs: sealing the log, deleting what is out of date, never twice at once."""

from datetime import UTC, datetime, timedelta
from itertools import count as count_on

import sqlalchemy as sa

from coprod_data.commands.drafts import (
    keep_draft,
    keep_draft_of_tab,
    wipe_draft,
    wipe_drafts_of_tab,
)
from coprod_data.commands.people import add_person
from coprod_data.commands.settings import settle_mode
from coprod_data.jobs import JOBS, run_jobs
from coprod_data.models import AuthSession, Draft, Event, EventSeal, Person, RateCount
from coprod_data.permissions import Role
from coprod_data.queries.drafts import draft, typed_before
from coprod_data.queries.event_seals import broken_seal
from coprod_data.rules.draft_marks import DraftMark
from coprod_data.store.actors import Played, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import Mode

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def stand_at(database: Database, moment: datetime) -> None:
    database.clock = lambda: moment


def add(database: Database, username: str) -> int:
    with database.writing(System()) as (db, actor):
        return add_person(
            db, actor, username=username, name=username, roles=frozenset({Role.MANAGER})
        )


def count(database: Database, table: type) -> int:
    with database.reading(System()) as (db, _):
        return db.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_events_are_sealed_once_they_are_ten_minutes_old(database: Database) -> None:
    stand_at(database, NOW)
    add(database, "one")
    run_jobs(database)
    assert count(database, EventSeal) == 0

    stand_at(database, NOW + timedelta(minutes=11))
    add(database, "two")
    run_jobs(database)
    stand_at(database, NOW + timedelta(minutes=30))
    run_jobs(database)

    with database.reading(System()) as (db, actor):
        spans = list(db.execute(sa.select(EventSeal.from_id, EventSeal.to_id)))
        assert spans[0].to_id + 1 == spans[1].from_id
        assert spans[1].to_id == db.scalar(sa.select(sa.func.max(Event.id)))
        assert broken_seal(db, actor) is None


def test_one_changed_value_breaks_its_seal(database: Database) -> None:
    stand_at(database, NOW)
    add(database, "one")
    stand_at(database, NOW + timedelta(minutes=11))
    run_jobs(database)

    with database.engine.begin() as connection:
        drop = "DROP TRIGGER event_append_only"
        connection.execute(sa.text(drop if database.is_sqlite else f"{drop} ON event"))
        connection.execute(sa.update(Event).where(Event.id == 1).values(subject_id=99))

    with database.reading(System()) as (db, actor):
        assert broken_seal(db, actor) == 1


def test_a_removed_event_breaks_its_seal(database: Database) -> None:
    stand_at(database, NOW)
    add(database, "one")
    add(database, "two")
    stand_at(database, NOW + timedelta(minutes=11))
    run_jobs(database)

    with database.engine.begin() as connection:
        for table in ("event", "event_text"):
            drop = f"DROP TRIGGER {table}_keep"
            connection.execute(sa.text(drop if database.is_sqlite else f"{drop} ON {table}"))
        connection.execute(sa.text("DELETE FROM event_text WHERE event_id = 1"))
        connection.execute(sa.text("DELETE FROM event WHERE id = 1"))

    with database.reading(System()) as (db, actor):
        assert broken_seal(db, actor) == 1


def test_a_job_runs_once_in_ten_minutes_unless_it_is_told_to(database: Database) -> None:
    stand_at(database, NOW)
    assert run_jobs(database) == list(JOBS)
    assert run_jobs(database) == []
    assert run_jobs(database, now=True) == list(JOBS)
    stand_at(database, NOW + timedelta(minutes=10))
    assert run_jobs(database) == list(JOBS)


def test_what_is_past_its_day_is_forgotten_and_nothing_younger(database: Database) -> None:
    stand_at(database, NOW)
    who = add(database, "one")
    with database.writing(System()) as (db, _):
        for began in (NOW - timedelta(hours=37), NOW - timedelta(hours=1)):
            db.add(
                AuthSession(
                    public_id=f"p{began:%d%H}", token_hash=f"t{began:%d%H}", person_id=who,
                    began_at=began, seen_at=began,
                )
            )  # fmt: skip
        for at in (NOW - timedelta(hours=25), NOW - timedelta(hours=23)):
            db.add(RateCount(what="share", address_hash="x", at=at))
        for days in (8, 6):
            db.add(
                Draft(
                    person_id=who, form="release", subject=str(days), text="kept",
                    saved_at=NOW - timedelta(days=days),
                )
            )  # fmt: skip

    run_jobs(database)

    assert count(database, AuthSession) == count(database, RateCount) == count(database, Draft) == 1
    assert count(database, Person) == 1


def test_a_draft_is_kept_by_its_writer_alone(database: Database) -> None:
    stand_at(database, NOW)
    with database.writing(System()) as (db, actor):
        settle_mode(db, actor, Mode.DEMO)
    add(database, "one")
    add(database, "two")
    for words in ("first", "second"):
        with database.writing(Played("one", NOW)) as (db, actor):
            keep_draft(db, actor, "release", "7", words)

    with database.reading(Played("one", NOW)) as (db, actor):
        assert draft(db, actor, "release", "7") == "second"
        assert draft(db, actor, "release", "8") is None
    with database.reading(Played("two", NOW)) as (db, actor):
        assert draft(db, actor, "release", "7") is None

    with database.writing(Played("one", NOW)) as (db, actor):
        wipe_draft(db, actor, "release", "7")
    with database.reading(Played("one", NOW)) as (db, actor):
        assert draft(db, actor, "release", "7") is None


def test_a_saved_form_forgets_what_its_tab_kept_and_nothing_of_another(database: Database):
    stand_at(database, NOW)
    with database.writing(System()) as (db, actor):
        settle_mode(db, actor, Mode.DEMO)
    add(database, "one")
    add(database, "two")

    def kept(who: str, subject: str, text: str, before: DraftMark | None = None) -> DraftMark:
        stand_at(database, next(moments))
        with database.writing(Played(who, next(moments))) as (db, actor):
            return keep_draft_of_tab(
                db, actor, "update", subject, text, showed="", before=before
            )  # fmt: skip

    def shown(who: str) -> dict[str, str]:
        with database.reading(Played(who, NOW)) as (db, actor):
            found = typed_before(db, actor, "update", "7")
        return {name: one.text for name, one in (found or {}).items()}

    moments = (NOW + timedelta(seconds=number) for number in count_on(1))
    kept("two", "7:text", "Theirs.")
    kept("one", "71:text", "Of another action.")
    first = kept("one", "7:text", "Of the first tab.")
    second = kept("one", "7:text", "Of the second tab.")  # it was open before the first typed
    second = kept("one", "7:text", "Of the second tab, and more.", second)
    reason = kept("one", "7:rag_reason", "Why.")
    assert shown("one") == {"text": "Of the second tab, and more.", "rag_reason": "Why."}

    with database.writing(Played("one", NOW)) as (db, actor):
        wipe_drafts_of_tab(db, actor, "update", "7", [second, reason])
    assert shown("one") == {"text": "Of the first tab."}
    assert shown("two") == {"text": "Theirs."}

    reloaded = kept("one", "7:text", "Of the first tab, reloaded.", first)
    apart = kept("one", "7:text", "Typed in the tab of before.", first)
    with database.writing(Played("one", NOW)) as (db, actor):
        wipe_drafts_of_tab(db, actor, "update", "7", [apart, first, None])
    assert shown("one") == {"text": "Of the first tab, reloaded."}
    assert reloaded.id == first.id
