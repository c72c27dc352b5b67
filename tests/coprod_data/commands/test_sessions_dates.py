"""From a yes to a first meeting: both sides are asked, the place comes late."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.sessions import (
    cancel_session,
    change_session,
    confirm_session,
    move_session,
    restore_session,
)
from coprod_data.commands.sessions_dates import answer_days, choose_day, propose_days
from coprod_data.commands.venues import add_venue
from coprod_data.models import CoproductionSession
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.sessions import session
from coprod_data.queries.sessions_dates import MeetingRow, asked_for, meetings_by_card
from coprod_data.queries.work import turns, turns_of_others
from coprod_data.rules.session_plan import SessionPlan
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.outcomes import Side
from coprod_data.vocabulary.sessions import SessionReply, SessionState, SessionWay
from coprod_data.vocabulary.work import WorkKind
from pages.parts.times import on_and_at
from pages.shared.work_rows import of_turns
from pages.together.sessions_one import when
from tests.helpers.builders import (
    NOW,
    an_entry,
    holding_the_code,
    somebody,
    unrecorded,
)
from tests.helpers.sessions import DAY, HOUR, a_session
from tests.helpers.working_together import Work, work

FIRST, SECOND = NOW + 7 * DAY, NOW + 9 * DAY


def at(actor: Actor, moment: datetime) -> Actor:
    return Actor(**{**actor.__dict__, "at": moment, "recorded_at": moment})


def span(starts_at: datetime) -> tuple[datetime, datetime]:
    return starts_at, starts_at + HOUR


def kinds(db: Session, actor: Actor) -> set[WorkKind]:
    return {row.kind for row in turns(db, actor)}


def on_card(db: Session, together: Work, moment: datetime = NOW) -> tuple[MeetingRow, ...]:
    entry_id = together.entry.id
    return meetings_by_card(db, at(together.author, moment), [entry_id])[entry_id]


def asked(db: Session, together: Work) -> int:
    """A session of a matched opportunity, with two days to choose from."""
    venue = add_venue(db, together.worker, name="The Hub", address="12 Mill Lane", quiet_room=True)
    number = a_session(
        db, together.worker, opportunity_id=together.opportunity.id,
        way=SessionWay.IN_PERSON, venue_id=venue,
        travel="Bus 7 stops there.", food="Lunch for all.",
    )  # fmt: skip
    propose_days(db, together.worker, number, days=[span(SECOND), span(FIRST)])
    return number


def days_of(db: Session, together: Work, number: int) -> list[int]:
    return [day.id for day in asked_for(db, together.worker, number).days]


def test_days_go_to_both_sides_of_a_match_and_one_is_chosen(db: Session):
    together = work(db, OpportunityState.MATCHED)
    worker, author, member = together.worker, together.author, together.member
    number = asked(db, together)
    (seen,) = on_card(db, together)
    assert (len(seen.days), seen.answers, seen.answer, seen.place) == (2, True, None, None)
    assert seen.members == (("Cllr Dawn Pryce", seen.members[0][1]),)
    assert WorkKind.MEET_ANSWER in kinds(db, member)
    assert WorkKind.WAITS_MEET not in {row.kind for row in turns_of_others(db, member)}
    assert WorkKind.MEET_CHOOSE not in kinds(db, worker)
    with pytest.raises(Refused):
        confirm_session(db, worker, number)

    first, second = days_of(db, together, number)
    answer_days(db, author, number, answer=SessionReply.CAN, date_ids=[first, second])
    answer_days(db, author, number, answer=SessionReply.CAN, date_ids=[second])
    answer_days(db, member, number, answer=SessionReply.CAN, date_ids=[second])

    assert WorkKind.MEET_ANSWER not in kinds(db, member)
    assert WorkKind.MEET_CHOOSE in kinds(db, worker)
    [waits] = [row for row in turns_of_others(db, member) if row.kind is WorkKind.WAITS_MEET]
    title, days = together.opportunity.title, f"{on_and_at(FIRST)} or {on_and_at(SECOND)}"
    [told] = of_turns([waits], NOW)
    assert told.title == "Your first meeting with a young person: not fixed yet"
    assert told.detail == f"{title} · {days} · The Youth Voice Team, to fix the day"
    assert session(db, member, number).day_open
    assert when(session(db, member, number)).startswith("The day is not fixed yet.")
    replies = asked_for(db, worker, number).replies
    assert [(row.side, row.date_ids) for row in replies] == [
        (Side.YOUNG, {second}), (Side.STAFF, {second}),
    ]  # fmt: skip
    assert asked_for(db, member, number).replies == ()  # a member reads their own answer only
    choose_day(db, worker, number, second)

    (told,) = on_card(db, together)
    assert (told.state, told.answer) == (SessionState.CONFIRMED, SessionReply.CAN)
    assert [day.starts_at for day in told.days] == [SECOND]
    assert WorkKind.MEET_CHOOSE not in kinds(db, worker)
    assert WorkKind.WAITS_MEET not in {row.kind for row in turns_of_others(db, member)}
    assert not session(db, member, number).day_open
    assert "not fixed" not in when(session(db, member, number))


def test_the_place_is_on_the_card_in_the_last_48_hours_only(db: Session):
    together = work(db, OpportunityState.MATCHED)
    number = asked(db, together)
    near = FIRST - timedelta(hours=47)
    (unsure,) = on_card(db, together, near)
    assert unsure.place is None  # its day is not chosen
    choose_day(db, together.worker, number, days_of(db, together, number)[0])

    (before,) = on_card(db, together, FIRST - timedelta(hours=48, minutes=1))
    (after,) = on_card(db, together, near)

    assert before.place is None
    assert after.place is not None
    assert after.place.name == "The Hub"
    assert after.place.offers == ("Quiet room",)
    assert after.place.good_to_know == ("Bus 7 stops there.", "Lunch for all.")
    assert on_card(db, together, FIRST + 3 * DAY) == ()


def test_a_moved_meeting_is_asked_again_and_a_cancelled_one_says_why(db: Session):
    together = work(db, OpportunityState.MATCHED)
    worker, number = together.worker, asked(db, together)
    answer_days(db, together.author, number, answer=SessionReply.LATER)
    answer_days(db, together.member, number, answer=SessionReply.LATER)
    assert WorkKind.MEET_CHOOSE in kinds(db, worker)  # somebody asks for something else
    for days, answer in ((2, SessionReply.LATER), (3, None)):  # then both are asked again
        moment = NOW + days * DAY
        (now,) = on_card(db, together, moment)
        waits = WorkKind.MEET_ANSWER in kinds(db, at(together.member, moment))
        assert (now.answer, waits) == (answer, answer is None)
    choose_day(db, worker, number, days_of(db, together, number)[0])
    later = NOW + 20 * DAY
    move_session(db, worker, number, starts_at=later, ends_at=later + HOUR, why="The room leaks.")

    (moved,) = on_card(db, together)
    assert (moved.answer, moved.why) == (None, "The room leaks.")
    assert [day.starts_at for day in moved.days] == [later]
    assert WorkKind.MEET_ANSWER in kinds(db, together.member)
    plan = SessionPlan.of(db.get_one(CoproductionSession, number)).values
    with pytest.raises(Invalid):
        change_session(db, worker, number, plan=SessionPlan(**{**plan, "opportunity_id": None}))
    cancel_session(db, worker, number, why="Two of us are ill.")

    (off,) = on_card(db, together)
    assert (off.state, off.why) == (SessionState.CANCELLED, "Two of us are ill.")
    assert not off.answers
    with pytest.raises(Refused):
        answer_days(db, together.author, number, answer=SessionReply.LATER)
    for actor, moment, told in (
        (together.member, NOW, True), (worker, NOW, False),  # who cancelled it knows
        (somebody(db, Role.BOARD_MEMBER), NOW, False),  # nobody asked them
        (together.member, NOW + 15 * DAY, False), (together.member, later, False),
    ):  # fmt: skip
        rows = [row for row in turns(db, at(actor, moment)) if row.kind is WorkKind.MEET_OFF]
        assert [(row.about, row.note) for row in rows] == [(number, "Two of us are ill.")] * told
    restore_session(db, worker, number)
    assert WorkKind.MEET_OFF not in kinds(db, together.member)


def test_only_those_in_the_work_are_asked_and_only_the_team_asks(db: Session):
    together = work(db, OpportunityState.MATCHED)
    worker, number = together.worker, asked(db, together)
    other = holding_the_code(an_entry(db, together.card, released=True))
    days = days_of(db, together, number)
    for stranger in (other, somebody(db, Role.BOARD_MEMBER)):
        with pytest.raises(NotFound):
            answer_days(db, stranger, number, answer=SessionReply.NO)
    for answer, picked in ((None, days), (SessionReply.CAN, []), (SessionReply.CAN, [9_999])):
        with pytest.raises(Invalid):
            answer_days(db, together.author, number, answer=answer, date_ids=picked)
    with pytest.raises(NotAllowed):
        propose_days(db, together.member, number, days=[span(FIRST)])
    for bad in ([], [span(NOW - DAY)], [span(NOW + place * DAY) for place in range(1, 6)]):
        with pytest.raises(Invalid):
            propose_days(db, worker, number, days=bad)
    with pytest.raises(Refused):
        propose_days(db, worker, a_session(db, worker), days=[span(FIRST)])

    with unrecorded(db):
        together.entry.withdrawn_at = NOW
    assert on_card(db, together) == ()  # nothing is told once a card is taken back
    with pytest.raises(NotFound):
        answer_days(db, together.author, number, answer=SessionReply.NO)
