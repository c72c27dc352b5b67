"""A small filled council is like a real one: complete, repeatable, read by the pages' queries."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import send_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_replies import send_reply
from coprod_data.models import Base, CardEntry, Event, Notice, Person, ReportCard, ViewMonth
from coprod_data.permissions import Actor
from coprod_data.queries.actions import action_plan
from coprod_data.queries.audits import audit_heat, rounds
from coprod_data.queries.entries import my_cards
from coprod_data.queries.entries_queue import (
    ended_entries,
    entries_to_check,
    queue_clock,
    replies_owed,
)
from coprod_data.queries.entries_released import opening_words, search_words, words_to_pin
from coprod_data.queries.event_seals import broken_seal
from coprod_data.queries.events import history
from coprod_data.queries.notices import notices_state
from coprod_data.queries.opportunities import opportunities, opportunities_awaiting_members
from coprod_data.queries.outcomes import done_together
from coprod_data.queries.overview import numbers
from coprod_data.queries.people import my_services
from coprod_data.queries.report_cards import report_cards
from coprod_data.rules.views_counted import month_before
from coprod_data.scopes.report_cards import counted_voices
from coprod_data.store.card_codes import new_code
from coprod_data.store.database import Database
from coprod_data.store.schema import check_guards, migrate
from coprod_data.vocabulary.actions import ViewOf
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.notices import NoticeKind
from tests.benchmarks.filling import fill_database
from tests.benchmarks.filling_plan import Plan
from tests.benchmarks.filling_words import COMMON, MIDDLING, RARE, SHARES, TWO
from tests.helpers.builders import acting, the_public, the_system
from tests.helpers.databases import Databases, opened
from tests.helpers.demo import DEMO

PLAN = Plan(words=600, until=date(2026, 3, 4), batch=200)
SALTED = "password_hash"


def fill(database: Database) -> None:
    for _ in fill_database(database, PLAN.words, PLAN.until, batch=PLAN.batch):
        pass


def made(database: Database) -> None:
    migrate(database.engine)
    fill(database)


@pytest.fixture(scope="module")
def filled(engine: str, databases: Databases, key_file: Path) -> Iterator[Database]:
    with opened(databases(engine, "filled", made).fresh(), key_file) as database:
        yield database


@pytest.fixture
def filled_db(filled: Database) -> Iterator[Session]:
    """A transaction on the filled council that leaves nothing behind."""
    with Session(filled.engine, expire_on_commit=False) as db:
        db.info["keys"] = filled.keys
        yield db
        db.rollback()


def demo(db: Session, username: str) -> Actor:
    person = db.scalars(sa.select(Person).where(Person.username == username)).one()
    return acting(person, *DEMO[username], at=PLAN.ends + timedelta(minutes=1))


def all_rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with Session(database.engine) as db:
        return {
            table.name: sorted(
                map(repr, db.execute(sa.select(*(c for c in table.c if c.name != SALTED))))
            )
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.sqlite  # the benchmark itself fills both
def test_a_fill_that_was_stopped_goes_on_and_makes_the_same_rows(
    filled: Database, database: Database
) -> None:
    lines = fill_database(database, PLAN.words, PLAN.until, batch=PLAN.batch)
    next(lines), next(lines)
    lines.close()
    with database.engine.connect() as connection:
        stopped = connection.exec_driver_sql("SELECT batches, whole FROM filling").one()
    later = PLAN.until + timedelta(days=40)
    for _ in fill_database(database, PLAN.words, later, batch=PLAN.batch):
        pass

    assert stopped == (1, 0)
    assert all_rows(database) == all_rows(filled)


def test_a_whole_one_is_left_alone(filled: Database) -> None:
    before = all_rows(filled)
    fill(filled)

    assert all_rows(filled) == before


def test_the_log_is_sealed_and_every_guard_stands(filled: Database, filled_db: Session) -> None:
    check_guards(filled.engine)

    assert broken_seal(filled_db, the_system()) is None
    assert filled_db.scalar(sa.text("SELECT max(to_id) FROM event_seal")) == filled_db.scalar(
        sa.select(sa.func.max(Event.id))
    )


def test_nothing_refers_to_a_row_that_is_not_there(filled_db: Session) -> None:
    for key in chain.from_iterable(table.foreign_keys for table in Base.metadata.sorted_tables):
        there = key.column.table.alias()
        lost = sa.select(sa.func.count()).where(
            key.parent.is_not(None), ~sa.exists().where(there.c[key.column.name] == key.parent)
        )
        assert filled_db.scalar(lost) == 0, key


def test_the_counts_on_report_cards_are_those_of_a_recount(filled_db: Session) -> None:
    counted = {row.report_card_id: tuple(row)[1:] for row in filled_db.execute(counted_voices())}
    kept = {
        card.id: (
            card.board_voices,
            card.public_voices,
            card.any_voices,
            card.summaries,
            card.board_answers,
            card.public_answers,
        )  # fmt: skip
        for card in filled_db.scalars(sa.select(ReportCard))
    }

    assert len(kept) == 451
    assert kept == {number: counted.get(number, (0,) * 6) for number in kept}


def test_entries_are_as_many_as_asked_for_and_eight_in_a_hundred_have_an_answer(
    filled_db: Session,
) -> None:
    kinds = Counter(filled_db.scalars(sa.select(CardEntry.kind)))

    assert kinds[EntryKind.WORDS] == PLAN.words
    assert kinds[EntryKind.ANSWER] == pytest.approx(0.08 * PLAN.settled, abs=2)


def test_places_follow_the_order_of_release(filled_db: Session) -> None:
    by_place = filled_db.scalars(
        sa.select(CardEntry.released_at)
        .where(CardEntry.place.is_not(None))
        .order_by(CardEntry.place)
    ).all()

    assert by_place == sorted(by_place)
    assert len(by_place) > 0.9 * PLAN.words


def test_planted_words_are_found_as_often_as_said(filled_db: Session) -> None:
    chair = demo(filled_db, "chair")
    found = {
        typed: len(search_words(filled_db, chair, typed, limit=PLAN.words))
        for typed in (COMMON, TWO, MIDDLING, RARE)
    }
    readable = 0.8 * 0.94 * PLAN.words

    assert found[COMMON] == pytest.approx(SHARES[COMMON] * readable, rel=0.4)
    assert 0 < found[TWO] < 0.02 * readable
    assert found[MIDDLING] < 0.02 * readable
    assert found[RARE] == 3


def test_the_same_work_waits_at_every_size(filled_db: Session) -> None:
    lead = demo(filled_db, "safeguarding.lead")
    states = Counter(entry.state for entry in entries_to_check(filled_db, lead))
    clock = queue_clock(filled_db, lead)

    assert clock.unread == 40
    assert states["held"] == 5
    ended = Counter(row.state for row in ended_entries(filled_db, demo(filled_db, "youth.voice")))
    assert (ended["asked_back"], ended["personal_help"]) == (6, 4)
    assert sum(bool(entry.flags) for entry in entries_to_check(filled_db, lead)) == 5 + 5
    assert len(replies_owed(filled_db, lead)) == 30


def test_pages_read_it(filled_db: Session) -> None:
    chair, worker = demo(filled_db, "chair"), demo(filled_db, "youth.voice")
    young = demo(filled_db, "young.person")

    assert opening_words(filled_db, chair)
    assert len(words_to_pin(filled_db, chair)) == 10
    assert numbers(filled_db, chair).cards == 440
    assert report_cards(filled_db, chair).total == 451
    assert len(opportunities_awaiting_members(filled_db, chair)) == 25
    assert len(opportunities(filled_db, worker)) > 0
    assert len(done_together(filled_db, chair)) > 0
    assert len(action_plan(filled_db, chair)) > 0
    assert audit_heat(filled_db, chair, rounds(filled_db, chair)[0].id)
    assert len(history(filled_db, worker)) == 50
    assert len(my_cards(filled_db, young)) > 1
    assert len(my_services(filled_db, demo(filled_db, "manager"))) == 2


def test_the_log_tells_of_an_entry_as_the_commands_do(filled_db: Session) -> None:
    db, worker = filled_db, demo(filled_db, "youth.voice")
    told = {kind: set(shapes(db, kind)) for kind in SHAPED}
    last = db.scalar(sa.select(sa.func.max(Event.id)))
    sent = send_entry(
        db, the_public(worker.at), form_id="a-form-of-today", theme_id=1,
        code=new_code("a-form-of-today", db.info["keys"]),
        thinks="My room is cold at night.", wants="", feeling=3,
        uses=frozenset({ConsentUse.BOARD}),
    )  # fmt: skip
    open_to_read(db, worker, sent.entry_id)
    release_entry(
        db, worker, sent.entry_id,
        shown_thinks="My [place] is cold at night.", shown_wants="",
    )  # fmt: skip
    send_reply(db, worker, sent.entry_id, text="It is mended.")

    for kind in SHAPED:
        (shape,) = shapes(db, kind, after=last)
        assert shape in told[kind], (kind, [shape ^ one for one in told[kind]])


SHAPED = (
    EventKind.ENTRY_SENT,
    EventKind.ENTRY_OPENED,
    EventKind.ENTRY_RELEASED,
    EventKind.ENTRY_REPLIED,
)


def shapes(db: Session, kind: EventKind, after: int | None = 0) -> list[frozenset[str]]:
    """Return what each event of a kind records, without the numbers of the rows."""
    rows = db.execute(
        sa.select(Event.subject_type, Event.actor_kind, Event.changes).where(
            Event.kind == kind, Event.id > after
        )
    )
    return [
        frozenset({subject, by.value, *(re.sub(r":\d+", "", name) for name in changes)})
        for subject, by, changes in rows
    ]


def test_some_faces_are_shown_and_others_are_too_few(filled_db: Session) -> None:
    chair = demo(filled_db, "chair")
    pages = [action_plan(filled_db, chair, page=number) for number in range(1, 9)]
    shown = Counter(row.face_of for page in pages for row in page)

    assert shown[ViewOf.ACTION] > 20
    assert sum(count for of, count in shown.items() if of is not ViewOf.ACTION) > 20
    newest = filled_db.scalar(sa.select(sa.func.max(ViewMonth.month)))
    assert newest == month_before(PLAN.until)


def test_notices_of_two_months_were_sent_and_some_were_given_up(filled_db: Session) -> None:
    state = notices_state(filled_db, demo(filled_db, "administrator"))
    kinds = Counter(filled_db.scalars(sa.select(Notice.kind)))

    assert kinds[NoticeKind.URGENT] > 200
    assert kinds[NoticeKind.TURN] > 400
    assert state.failed
