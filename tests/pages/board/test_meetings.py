"""A meeting on its page: the agenda is drawn up, runs, and what it decides is confirmed."""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa

from coprod_data.commands.meetings_agenda import add_item, publish_agenda
from coprod_data.commands.meetings_decisions import (
    record_decision,
    record_present,
    withdraw_decision,
)
from coprod_data.commands.meetings_heard import end_meeting, start_item, start_meeting
from coprod_data.models import PromiseCommitment, RoleGrant, Service
from coprod_data.permissions import Role
from coprod_data.queries.meetings import meetings
from coprod_data.queries.meetings_decisions import decisions
from coprod_data.rules.meeting_decision import Said
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.meetings import DecisionResult, MeetingPart
from tests.helpers.builders import NOW
from tests.helpers.opening import OpenAs, heading, words

PAGE = "board/meetings.py"


def press(at, label: str):
    return next(button for button in at.button if button.label == label).click().run()


def test_a_meeting_is_drawn_up_runs_and_decides(small_council: Database, open_as: OpenAs):
    with small_council.reading(Played("chair", NOW)) as (db, actor):
        [row] = meetings(db, actor)
    number = str(row.id)
    at = open_as("chair", PAGE, id=number)
    assert heading(at).startswith("The Board, ")
    at = press(at, "Draw up the agenda")
    shown = words(at)
    assert "Opening words" in shown
    assert "First by rule: the longest wait" in shown
    then = datetime.combine(row.on, time(17, 30), UTC)
    with small_council.writing(Played("chair", then)) as (db, actor):
        item = add_item(db, actor, row.id, title="Homes that need repair")
        publish_agenda(db, actor, row.id)
        start_meeting(db, actor, row.id)
        start_item(db, actor, item)
        record_decision(
            db, actor, item,
            said=Said(
                result=DecisionResult.NOTED, wording="The list is noted", recommendation="Note it."
            ),
        )  # fmt: skip
        shut = add_item(db, actor, row.id, title="A firm", private=True)
        commitment = db.scalar(sa.select(PromiseCommitment.id).order_by(PromiseCommitment.id))
        workers = sa.select(RoleGrant.person_id).where(RoleGrant.role == Role.YOUTH_VOICE)
        said = Said(
            result=DecisionResult.AGREED, wording="End the contract", owner_id=db.scalar(workers),
            due_on=row.on + timedelta(days=30), commitment_id=commitment,
            service_id=db.scalar(sa.select(Service.id)),
        )  # fmt: skip

    at = open_as("chair", PAGE, id=number)
    shown = words(at)
    for part in ("Running now", "To be confirmed", "Who was there", "Record a decision"):
        assert part in shown or any(part in one.label for one in at.expander), part
    at = press(at, "Confirm as read out")
    assert "Confirmed. It is approved." in words(at)
    at = press(at, "Take the confirmation back")
    assert "To be confirmed" in words(at)
    at = press(at, "Confirm as read out")
    assert "What happened here" in words(at)
    with small_council.writing(Played("chair", then)) as (db, actor):
        start_item(db, actor, shut)
        record_decision(db, actor, shut, said=said)
    at = open_as("chair", PAGE, id=number)
    for part in ("A firm, without the public", "What the plan may tell everybody"):
        assert part in words(at)
    at = press(at, "Confirm as read out")
    assert "You wrote this down yourself." in words(at)
    with small_council.writing(Played("chair", then)) as (db, actor):
        withdraw_decision(db, actor, decisions(db, actor, row.id)[-1].id)

    with small_council.writing(Played("chair", then + timedelta(minutes=12))) as (db, actor):
        end_meeting(db, actor, row.id)
    shown = words(open_as("board.member", PAGE, id=number))
    assert "Who was invited" in shown
    assert "Who was there is not written down yet." in shown
    with small_council.writing(Played("chair", then + timedelta(minutes=15))) as (db, actor):
        record_present(db, actor, row.id, present={MeetingPart.MEMBERS: 3})
    shown = words(open_as("board.member", PAGE, id=number))
    assert "Who was there" in shown
    assert "not written down" not in shown
    assert "heard 12 min" in shown
    assert "The list is noted" in shown
    assert words(open_as("board.member", PAGE, show="before"))
