"""The demo council, played on both engines: complete, realistic, and on its own dates."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.files.csv_in import read_sheet
from coprod_data.files.seed import COUNCILS, PASSWORD, STEPS
from coprod_data.files.sheets import SHEETS
from coprod_data.models import (
    Action,
    AuditReturn,
    AuditRound,
    CardEntry,
    CoSignature,
    EntryVersion,
    Event,
    NotYet,
    Opportunity,
    Outcome,
    OutcomeAction,
    Person,
    PromiseCommitment,
    PromiseVersion,
    Reply,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, ActorKind
from coprod_data.queries.opportunities import (
    opportunities_asking_me,
    opportunities_awaiting_members,
)
from coprod_data.queries.opportunities_joining import offers_for_entry
from coprod_data.queries.overview import numbers, waits
from coprod_data.rules.clocks import london_day
from coprod_data.store.actors import Played, actor_for, stored_mode
from coprod_data.store.passwords import is_password
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.audits import ReturnState
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.outcomes import Side
from coprod_data.vocabulary.report_cards import CardState
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import NOW, TODAY
from tests.helpers.demo import DEMO


def counts(db: Session, column: sa.orm.InstrumentedAttribute[object]) -> Counter[object]:
    return Counter(db.scalars(sa.select(column)).all())


@pytest.mark.parametrize("folder", COUNCILS.values(), ids=COUNCILS)
def test_every_row_of_every_sheet_has_its_step(folder: Path) -> None:
    told = {
        (sheet.name, row.cells.get("step")) for sheet in SHEETS for row in read_sheet(folder, sheet)
    }

    assert told <= set(STEPS)


def test_the_last_day_falls_within_the_week_before_today_and_keeps_its_weekday(
    westmarch: Session,
) -> None:
    last = westmarch.scalar(
        sa.select(sa.func.max(Event.at)).where(Event.kind == EventKind.ENTRY_SENT)
    )
    adopted = westmarch.scalar(sa.select(sa.func.min(PromiseVersion.adopted_at)))

    assert last is not None
    assert TODAY - timedelta(days=7) <= london_day(last) < TODAY
    assert london_day(last).strftime("%A") == "Friday"
    assert adopted is not None
    assert (london_day(last) - london_day(adopted)).days == (
        date(2026, 3, 20) - date(2024, 9, 19)
    ).days


@pytest.mark.parametrize("folder", COUNCILS.values(), ids=COUNCILS)
@pytest.mark.parametrize("days", range(7))
def test_whatever_the_day_no_row_is_played_in_the_future(days: int, folder: Path) -> None:
    today = TODAY + timedelta(days=days)
    rows = [row for sheet in SHEETS for row in read_sheet(folder, sheet)]
    last = max(row["on"].date() for row in rows)

    moved = last + timedelta(weeks=((today - last).days - 1) // 7)

    assert today - timedelta(days=7) <= moved < today


@pytest.mark.parametrize("days", range(1, 8))
def test_on_every_day_of_the_week_somebody_is_asked_and_somebody_is_awaited(
    westmarch: Session, days: int
) -> None:
    last = westmarch.scalar(
        sa.select(sa.func.max(Event.at)).where(Event.kind == EventKind.ENTRY_SENT)
    )
    assert last is not None
    day = last.replace(hour=12) + timedelta(days=days)
    member, chair, worker = (
        actor_for(westmarch, Played(username, day), NOW, [])
        for username in ("board.member", "chair", "youth.voice")
    )

    assert [row.title for row in opportunities_asking_me(westmarch, member)] == [
        "A school taxi that comes on time"
    ]
    assert len(opportunities_awaiting_members(westmarch, chair)) == 4
    assert numbers(westmarch, chair).to_be_signed > 0
    assert waits(westmarch, worker).unread.count > 5


OF_THE_SERVER = (  # what its jobs do at the end, when all is played
    EventKind.SETTING_CHANGED,
    EventKind.ACTION_MONTH_COUNTED,
    EventKind.FEEDBACK_GIVEN,
)


def test_an_event_keeps_its_day_and_the_true_moment_of_its_recording(westmarch: Session) -> None:
    told = westmarch.execute(
        sa.select(Event.at, Event.recorded_at).where(Event.kind.not_in(OF_THE_SERVER))
    ).all()

    assert len(told) > 1000
    assert {event.recorded_at for event in told} == {NOW}
    assert all(event.at < NOW for event in told)


def test_each_demo_person_signs_in_with_the_one_password(westmarch: Session) -> None:
    hashes = dict(
        westmarch.execute(
            sa.select(Person.username, Person.password_hash).where(Person.username.in_(DEMO))
        ).all()
    )

    assert set(hashes) == set(DEMO)
    assert len(set(hashes.values())) == 1
    assert is_password(PASSWORD, hashes["chair"])


def test_the_database_says_it_is_a_demonstration(westmarch: Session) -> None:
    assert stored_mode(westmarch) is Mode.DEMO


def test_four_opportunities_wait_for_a_member_and_none_is_lost(westmarch: Session) -> None:
    states = counts(westmarch, Opportunity.state)

    assert sum(states.values()) == 18
    made = sa.select(sa.func.count()).where(Opportunity.spotted_by_id.is_(None))
    assert westmarch.scalar(made) == 3  # of gaps in the audit: the group has not looked yet
    assert states[OpportunityState.OPEN] == 5  # one of them has an offer a young person must answer
    assert states[OpportunityState.WORKING] == 3
    assert states[OpportunityState.CLOSED] == 4


def test_words_wait_are_held_and_are_asked_back(westmarch: Session) -> None:
    review = counts(westmarch, CardEntry.review)

    assert review[Review.SUBMITTED] == 6
    assert review[Review.PERSONAL_HELP] == 1
    assert review[Review.RELEASED] > 55
    assert westmarch.scalar(
        sa.select(sa.func.count())
        .select_from(SafeguardingHold)
        .where(SafeguardingHold.closed_at.is_(None))
    )


def test_words_that_were_taken_back_are_gone_but_where_safeguarding_reads_them_first(
    westmarch: Session,
) -> None:
    kept = westmarch.execute(
        sa.select(EntryVersion.thinks, CardEntry.kept_unread)
        .join(CardEntry, CardEntry.id == EntryVersion.entry_id)
        .where(CardEntry.withdrawn_at.is_not(None))
    ).all()

    assert {words is not None for words, unread in kept if not unread} == {False}
    assert {words is not None for words, unread in kept if unread} == {True}


def test_one_commitment_is_kept_because_both_sides_signed(westmarch: Session) -> None:
    stages = Counter(
        westmarch.scalars(
            sa.select(Action.stage)
            .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
            .where(PromiseCommitment.reference == "4.2")
        )
    )
    signed = westmarch.scalars(
        sa.select(CoSignature.side)
        .join(OutcomeAction, OutcomeAction.outcome_id == CoSignature.outcome_id)
        .join(Action, Action.id == OutcomeAction.action_id)
        .where(Action.title == "Council tax discount without having to ask")
    ).all()

    assert set(stages) == {Stage.VERIFIED}
    assert sorted(signed) == [Side.STAFF, Side.YOUNG]


def test_one_action_staff_call_done_is_disputed(westmarch: Session) -> None:
    action = westmarch.execute(
        sa.select(Action.stage, Outcome.co_signed_at)
        .join(OutcomeAction, OutcomeAction.action_id == Action.id)
        .join(Outcome, Outcome.id == OutcomeAction.outcome_id)
        .join(NotYet, NotYet.outcome_id == Outcome.id)
        .where(Action.title == "Suitcases at every office, no bin bags")
    ).one()

    assert action.stage is Stage.DONE
    assert action.co_signed_at is None


def test_one_commitment_has_not_moved_for_four_hundred_days(westmarch: Session) -> None:
    moved = westmarch.scalars(
        sa.select(Action.moved_at)
        .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
        .where(PromiseCommitment.reference == "2.1")
    ).all()

    assert moved
    assert all(NOW - moment > timedelta(days=400) for moment in moved)


def test_the_latest_audit_has_one_service_missing(westmarch: Session) -> None:
    latest, before = westmarch.scalars(sa.select(AuditRound).order_by(AuditRound.opened_on.desc()))

    def states(one: AuditRound) -> list[ReturnState]:
        return list(
            westmarch.scalars(sa.select(AuditReturn.state).where(AuditReturn.round_id == one.id))
        )

    assert len(states(latest)) == len(states(before)) == 8
    assert states(latest).count(ReturnState.IN_PROGRESS) == 1
    assert set(states(before)) == {ReturnState.PUBLISHED}


def test_cards_were_shared_and_one_gathers_for_each_theme(westmarch: Session) -> None:
    states = counts(westmarch, ReportCard.state)

    assert states[CardState.GATHERING] == 7
    assert states[CardState.SHARED] + states[CardState.CLOSED] == 7


def test_no_reply_says_that_the_board_talked_where_it_did_not_get_to_it(westmarch: Session) -> None:
    assert (
        westmarch.scalars(
            sa.select(Reply.text).where(Reply.text.contains("The Board talked"))
        ).all()
        == []
    )


def test_whoever_holds_a_listed_card_is_asked_about_its_own_opportunity_alone(
    westmarch: Session,
) -> None:
    def offered(words: str) -> list[tuple[str, str]]:
        entry_id = westmarch.scalars(
            sa.select(EntryVersion.entry_id).where(EntryVersion.thinks.startswith(words))
        ).first()
        assert entry_id is not None
        holder = Actor(kind=ActorKind.CARD_CODE, at=NOW, recorded_at=NOW, entry_id=entry_id)
        offers = offers_for_entry(westmarch, holder, entry_id)
        return [(offer.wording.title, offer.member) for offer in offers]

    assert offered("Ive had 5 social workers") == [
        ("Meet your worker before they are your worker", "Cllr Tariq Iqbal")
    ]
    assert offered("Stop calling it contact") == []
