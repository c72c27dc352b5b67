"""The screen of a meeting: in which order it asks, who turns it, and what is not for the public."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.meetings import cancel_meeting
from coprod_data.commands.meetings_agenda import add_item, draw_up_agenda
from coprod_data.commands.meetings_decisions import confirm_decision, record_decision
from coprod_data.commands.meetings_heard import end_meeting, start_meeting
from coprod_data.commands.meetings_screens import turn_meeting_screen
from coprod_data.models import AuditReturn, AuditRound, Event, PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.actions_kept import how_kept
from coprod_data.queries.events_of import history_of_meeting
from coprod_data.queries.meetings_decisions import decisions
from coprod_data.queries.meetings_screens import ScreenOfMeeting, meeting_screen
from coprod_data.queries.meetings_screens_steps import Listening, Together
from coprod_data.rules.meeting_decision import Said
from coprod_data.rules.meeting_screens import first_words
from coprod_data.vocabulary.actions import CommitmentState, Stage
from coprod_data.vocabulary.audits import ReturnState
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.meetings import DecisionResult
from coprod_data.vocabulary.opportunities import OpportunityState
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    a_service,
    add,
    an_opportunity,
    an_outcome,
    days_ago,
    somebody,
)
from tests.helpers.meetings import DAY, a_meeting
from tests.helpers.plans import under


@pytest.fixture
def clerk(db: Session) -> Actor:
    return somebody(db, Role.CLERK)


@pytest.fixture
def number(db: Session, clerk: Actor, theme: PromiseTheme) -> int:
    """A meeting that runs, after one that was held; two opportunities wait, one the longer."""
    end_meeting(db, clerk, a_meeting(db, clerk, days=-30))
    officer = a_person(db, Role.MANAGER)
    for title, days in (("Heat the flats", 40), ("Paint the hall", 10)):
        an_opportunity(db, theme, officer, title=title, opened_at=NOW - days * DAY)
    number = a_meeting(db, clerk, days=0)
    draw_up_agenda(db, clerk, number)
    start_meeting(db, clerk, number)
    return number


def asks(db: Session, actor: Actor, number: int, voices: int = 2) -> ScreenOfMeeting:
    return meeting_screen(db, actor, number, voices=voices)


def turn(db: Session, actor: Actor, number: int) -> ScreenOfMeeting:
    now = asks(db, actor, number)
    turn_meeting_screen(db, actor, number, to=str(now.after), seen=now.turned_to)
    return asks(db, actor, number)


def decide(db: Session, clerk: Actor, item_id: int, wording: str) -> int:
    owner = a_person(db, Role.MANAGER)
    return record_decision(
        db, clerk, item_id,
        said=Said(
            result=DecisionResult.AGREED, wording=wording, owner_id=owner.id,
            due_on=TODAY + 30 * DAY,
        ),
    )  # fmt: skip


def test_it_asks_one_question_after_another_and_nothing_about_what_is_private(
    db: Session, clerk: Actor, number: int
):
    decide(db, clerk, add_item(db, clerk, number, title="Homes"), "Mend all homes")
    shut = add_item(db, clerk, number, title="A firm", private=True)
    decide(db, clerk, shut, "End the contract")
    seen = [asks(db, clerk, number)]
    while seen[-1].after:
        seen.append(turn(db, clerk, number))

    assert [one.place.kind.value for one in seen] == [
        "words", "words", "since", "promise", "waiting", "record", "decided"
    ]  # fmt: skip
    assert [one.step for one in seen] == [1, 1, 2, 3, 4, 5, 6]
    waiting, record, decided = seen[4].item, seen[5].record, seen[6].decided
    assert waiting is not None
    assert (waiting.title, seen[4].longest) == ("Heat the flats", False)
    assert record is not None
    assert record.said.wording == "Mend all homes"
    assert [row.said.wording for row in decided] == ["Mend all homes"]
    told = {row.said.wording: row.private for row in decisions(db, clerk, number)}
    assert told == {"Mend all homes": False, "End the contract": True}
    turns = sa.select(sa.func.count()).where(Event.kind == EventKind.MEETING_SCREEN_TURNED)
    assert db.scalar(turns) == 6
    happened = [row.did for row in history_of_meeting(db, clerk, number)]
    assert "began a meeting of the Board" in happened
    assert [did for did in happened if "screen" in did] == []  # nobody needs that record there

    confirm_decision(db, somebody(db, Role.CHAIR), record.id)
    turn_meeting_screen(db, clerk, number, to=str(seen[5].place), seen=str(seen[6].place))
    assert asks(db, clerk, number).place == seen[6].place  # what it asked has been answered
    assert asks(db, clerk, number, voices=0).place == seen[6].place


def test_it_names_what_is_stuck_what_was_done_together_whether_we_listen_and_what_is_asked(
    db: Session, clerk: Actor, number: int, theme: PromiseTheme
):
    owner = a_person(db, Role.MANAGER, name="Priya Nair")
    for days, stage in ((61, Stage.IN_PROGRESS), (90, Stage.AGREED), (59, Stage.AGREED)):
        under(db, theme, owner, title=f"{days}", moved_at=days_ago(days), stage=stage)
    under(db, theme, owner, moved_at=days_ago(80), stage=Stage.DONE)
    for title, days in (("A taxi on time", 10), ("Before the last", 40)):
        work = an_opportunity(db, theme, owner, title=title, state=OpportunityState.WORKING)
        an_outcome(db, work, owner, co_signed_at=days_ago(days))
    audit = add(db, AuditRound(title="2026", opened_on=TODAY, due_on=TODAY))
    for name, state in (("Health", ReturnState.RETURNED), ("Housing", ReturnState.IN_PROGRESS)):
        service = a_service(db, name=name)
        add(db, AuditReturn(round_id=audit.id, service_id=service.id, state=state))
    add_item(db, clerk, number, title="Homes", detail="The order of repairs")
    add_item(db, clerk, number, title="A firm", private=True)
    seen = [asks(db, clerk, number)]
    while seen[-1].after:
        seen.append(turn(db, clerk, number))

    assert [one.place.kind.value for one in seen] == [
        "words", "words", "since", "promise", "stuck", "together", "waiting", "listen", "asked",
        "decided",
    ]  # fmt: skip
    assert {one.steps for one in seen} == {9}
    stuck, together, listening, asked = (
        seen[4].stuck, seen[5].together, seen[7], seen[8].asked
    )  # fmt: skip
    kept = how_kept(db, clerk)
    assert (kept.states[CommitmentState.STUCK], kept.met, kept.both) == (1, 0, 0)
    assert kept.commitments == len(list(db.scalars(sa.select(PromiseCommitment.id))))
    assert stuck
    assert [(row.title, row.owner, row.days) for row in stuck.rows] == [
        ("90", "Priya Nair", 90), ("61", "Priya Nair", 61)
    ]  # fmt: skip
    assert together == Together(("A taxi on time",), 1, 0, 1)
    assert listening.listening == Listening(0, 0, 1, 2, ("Housing",))
    assert [(row.title, row.detail) for row in asked] == [("Homes", "The order of repairs")]


def test_a_stale_press_turns_nothing_and_only_who_keeps_meetings_turns(
    db: Session, clerk: Actor, number: int, chair: Actor
):
    turn_meeting_screen(db, chair, number, to="since-0", seen="")
    turn_meeting_screen(db, clerk, number, to="words-2", seen="")

    assert str(asks(db, clerk, number).place) == "since-0"
    for wrong in ("", "since", "else-1", "since-1x", "words-" + "1" * 12):
        with pytest.raises(Invalid):
            turn_meeting_screen(db, clerk, number, to=wrong, seen="since-0")
    member = somebody(db, Role.BOARD_MEMBER)
    with pytest.raises(NotAllowed):
        turn_meeting_screen(db, member, number, to="words-1", seen="since-0")
    assert not asks(db, member, number).may_turn
    with pytest.raises(NotFound):
        asks(db, clerk, number + 9)


def test_what_was_decided_is_shown_once_it_has_ended_and_a_cancelled_one_has_no_screen(
    db: Session, clerk: Actor, number: int
):
    end_meeting(db, clerk, number)
    turn_meeting_screen(db, clerk, number, to="decided-0", seen="")
    assert asks(db, clerk, number).next is None
    off = a_meeting(db, clerk, days=40)
    assert asks(db, clerk, number).next is not None

    cancel_meeting(db, clerk, off, why="The hall is shut.")

    with pytest.raises(NotFound):
        asks(db, clerk, off)
    with pytest.raises(Refused):
        turn_meeting_screen(db, clerk, off, to="decided-0", seen="")


def test_nobody_is_signed_out_under_it_for_four_hours(db: Session, clerk: Actor, number: int):
    for hours, runs in ((0, True), (4, True), (4.1, False)):
        assert asks(db, replace(clerk, at=NOW + hours * DAY / 24), number).runs is runs


def test_a_long_text_ends_where_a_room_stops_reading():
    assert first_words("one  two") == "one two"
    assert first_words("word " * 60) == "word " * 50 + "..."
