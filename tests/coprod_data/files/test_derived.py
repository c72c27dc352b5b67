"""Values stored only for speed can be worked out again, and every screen stays the same."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_steps import index_again
from coprod_data.models import (
    Action,
    CardEntry,
    CardShare,
    EntrySummary,
    Event,
    Outcome,
    Reply,
    ReportCard,
)
from coprod_data.permissions import Actor, NotFound
from coprod_data.queries.actions import action_plan
from coprod_data.queries.actions_movement import movement
from coprod_data.queries.actions_progress import progress_by_theme, promise_kept
from coprod_data.queries.entries_queue import queue_clock, replies_owed
from coprod_data.queries.entries_released import opening_words, search_words
from coprod_data.queries.opportunities import opportunities
from coprod_data.queries.opportunities_counted import tally
from coprod_data.queries.outcomes import outcomes
from coprod_data.queries.overview import numbers, waits
from coprod_data.queries.report_cards import report_cards
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.queries.report_cards_rows import CardDetail
from coprod_data.scopes.entries import summed_up
from coprod_data.scopes.report_cards import counted_voices
from coprod_data.store.actors import Played, actor_for
from coprod_data.store.database import Database
from coprod_data.store.released_text import forget_words
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import NOW

DERIVED = (
    Action.moved_at,
    Outcome.co_signed_at,
    ReportCard.shared_on,
    ReportCard.board_voices,
    ReportCard.public_voices,
    ReportCard.any_voices,
    ReportCard.summaries,
    ReportCard.board_answers,
    ReportCard.public_answers,
    CardEntry.replied_at,
    CardEntry.place,
    CardEntry.summed_up,
)
ALONE = {  # the played council lets out no answer by itself: each card has one and nothing else
    "board_answers": (ReportCard.board_voices, ReportCard.any_voices, ReportCard.summaries),
    "public_answers": (ReportCard.public_voices, ReportCard.any_voices, ReportCard.summaries),
}
MOVES = (
    EventKind.ACTION_PROPOSED,
    EventKind.ACTION_MOVED,
    EventKind.ACTION_DROPPED,
    EventKind.ACTION_HELD,
    EventKind.ACTION_TAKEN_UP,
    EventKind.ACTION_VERIFIED,
)


@pytest.fixture
def council(played: Database) -> Iterator[Session]:
    with Session(played.engine) as db:
        yield db
        db.rollback()


def test_every_screen_is_the_same_after_what_is_derived_was_wiped_and_worked_out(
    council: Session,
) -> None:
    before = screens(council)

    wipe(council, *DERIVED)
    work_out(council)

    after = screens(council)
    assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.parametrize("column", DERIVED, ids=str)
def test_a_screen_would_show_it_if_a_derived_column_were_lost(
    council: Session, column: sa.orm.InstrumentedAttribute[Any]
) -> None:
    if column.key in ALONE:
        wipe(council, *ALONE[column.key])
        council.execute(sa.update(ReportCard).values({column.key: 1}))
    before = screens(council)

    wipe(council, column)

    assert screens(council) != before


def screens(db: Session) -> dict[str, Any]:
    """What the Board's and the team's pages read."""
    db.expire_all()
    member = the(db, "board.member")
    team = the(db, "youth.voice")
    seen = {
        "opening words": opening_words(db, member),
        "waits": waits(db, member),
        "numbers": numbers(db, member),
        "report cards": report_cards(db, member),
        "their report cards": report_cards(db, the(db, "young.person")),
        "linked report cards": report_cards(db, the(db, "manager")),
        "a card that is summed up": summed_up_card(db, member),
        "search": search_words(db, member, "bags"),
        "opportunities": opportunities(db, member),
        "tally": tally(db, member),
        "outcomes": outcomes(db, member),
        "plan": action_plan(db, member),
        "progress": progress_by_theme(db, member),
        "kept": promise_kept(db, member),
        "movement": movement(db, member).to_csv(),
        "queue": queue_clock(db, team),
        "replies": replies_owed(db, team),
    }
    return {name: str(screen) for name, screen in seen.items()}


def summed_up_card(db: Session, reader: Actor) -> CardDetail | None:
    card_id = db.scalars(
        sa.select(CardEntry.report_card_id)
        .join(EntrySummary, EntrySummary.entry_id == CardEntry.id)
        .where(EntrySummary.agreed_at.is_not(None))
        .order_by(CardEntry.id)
    ).first()
    try:
        return report_card(db, reader, card_id or 0)
    except NotFound:
        return None


def the(db: Session, username: str) -> Actor:
    return actor_for(db, Played(username, NOW), NOW, [])


def wipe(db: Session, *columns: sa.orm.InstrumentedAttribute[Any]) -> None:
    places = [place for place in db.scalars(sa.select(CardEntry.place)) if place is not None]
    if CardEntry.place in columns:
        forget_words(db, places)
    for column in columns:
        # A time that may not be empty becomes the moment of the test.
        stored = column.property.columns[0]
        counted = isinstance(stored.type, sa.Integer | sa.Boolean) and not stored.nullable
        empty = None if stored.nullable else 0 if counted else NOW
        db.execute(sa.update(column.class_).values({column.key: empty}))


def work_out(db: Session) -> None:
    """Work out every derived column from the records and the log."""
    events = db.scalars(sa.select(Event).order_by(Event.id)).all()
    places = 0
    for event in events:
        if event.kind in MOVES:
            put(db, Action, event.subject_id, moved_at=event.at)
        elif event.kind is EventKind.MILESTONE_MET:
            put(db, Action, event.changes["action_id"], moved_at=event.at)
        elif event.kind is EventKind.OUTCOME_SIGNED and "together" in event.changes:
            put(db, Outcome, event.subject_id, co_signed_at=event.at)
            for name in event.changes:
                if name.startswith("action:"):
                    action_id = int(name.partition(":")[2].partition(".")[0])
                    put(db, Action, action_id, moved_at=event.at)
        elif event.kind is EventKind.ENTRY_RELEASED:
            places += 1
            put(db, CardEntry, event.subject_id, place=places)
    for card_id, shared_on in db.execute(
        sa.select(CardShare.report_card_id, sa.func.min(CardShare.shared_on)).group_by(
            CardShare.report_card_id
        )
    ).all():
        put(db, ReportCard, card_id, shared_on=shared_on)
    for entry_id, at in db.execute(
        sa.select(Reply.entry_id, sa.func.min(Reply.at)).group_by(Reply.entry_id)
    ).all():
        put(db, CardEntry, entry_id, replied_at=at)
    db.execute(sa.update(CardEntry).values(summed_up=summed_up()))
    for counted in db.execute(counted_voices()).mappings().all():
        counts = {name: count for name, count in counted.items() if name != "report_card_id"}
        put(db, ReportCard, counted["report_card_id"], **counts)
    index_again(db, list(db.scalars(sa.select(CardEntry.id))))


def put(db: Session, table: type[Any], id_: int | None, **values: Any) -> None:
    db.execute(sa.update(table).where(table.id == id_).values(values))
