"""What meetings of the Board wait for: each wait is a row for who acts next."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from coprod_data.commands.meetings import (
    cancel_meeting,
    reply_to_meeting,
    restore_meeting,
    set_invited,
)
from coprod_data.commands.meetings_agenda import add_item
from coprod_data.commands.meetings_decisions import confirm_decision, finish_line, record_decision
from coprod_data.commands.meetings_heard import start_meeting
from coprod_data.commands.posts import give_post
from coprod_data.models import Paper
from coprod_data.permissions import Actor, Role
from coprod_data.queries.work import number_of_turns, turns
from coprod_data.rules.meeting_decision import Said
from coprod_data.vocabulary.meetings import DecisionResult, MeetingReply
from coprod_data.vocabulary.papers import PaperState
from coprod_data.vocabulary.posts import Office
from coprod_data.vocabulary.work import WorkKind
from pages.parts.times import on
from pages.shared.work_rows import of_turns
from tests.helpers.builders import NOW, TODAY, a_person, add, somebody, unrecorded
from tests.helpers.meetings import a_meeting


def kinds(db: Session, actor: Actor) -> list[WorkKind]:
    assert number_of_turns(db, actor) == len(turns(db, actor))  # the menu says what the page lists
    return [row.kind for row in turns(db, actor)]


def test_who_did_not_send_apologies_reads_that_a_meeting_is_off(db: Session):
    chair, clerk = somebody(db, Role.CHAIR), somebody(db, Role.CLERK)
    member, away = somebody(db, Role.BOARD_MEMBER), somebody(db, Role.BOARD_MEMBER)
    number = a_meeting(db, clerk, days=9)
    set_invited(db, clerk, number, person_ids=[chair.id, member.id, away.id])
    reply_to_meeting(db, member, number, reply=MeetingReply.COMING)
    reply_to_meeting(db, away, number, reply=MeetingReply.APOLOGIES)
    cancel_meeting(db, chair, number, why="Snow.")

    (off,) = turns(db, member)
    assert (off.kind, off.about, off.note) == (WorkKind.MEETING_OFF, number, "Snow.")
    (row,) = of_turns([off], NOW)
    assert row.title == f"This meeting is off: the Board, {on(off.due_on)}"
    assert row.detail == "It was cancelled. Why: Snow."
    assert kinds(db, member) == [WorkKind.MEETING_OFF]
    assert kinds(db, chair) == kinds(db, away) == []  # who cancelled it, and who was not coming
    for moment in (NOW + timedelta(days=10), NOW + timedelta(days=15)):
        assert turns(db, replace(member, at=moment)) == []
    restore_meeting(db, chair, number)
    assert kinds(db, member) == []


def test_meetings_wait_for_who_comes_confirms_carries_out_signs_and_fills_an_office(db: Session):
    chair, clerk = somebody(db, Role.CHAIR), somebody(db, Role.CLERK)
    director = somebody(db, Role.MANAGER, name="Ellis Marr")
    left = a_person(db, Role.MANAGER, name="Bo Before")
    for office, who in ((Office.EXECUTIVE_DIRECTOR, director.id), (Office.LEAD_OFFICER, left.id)):
        give_post(db, clerk, office=office, person_id=who)
    with unrecorded(db):
        left.disabled_at = NOW
    number = a_meeting(db, clerk, days=0)
    assert kinds(db, chair) == [WorkKind.EMPTY_OFFICE, WorkKind.MEETING_COMES]
    reply_to_meeting(db, chair, number, reply=MeetingReply.COMING)
    item = add_item(db, clerk, number, title="Homes")
    start_meeting(db, clerk, number)
    said = Said(
        result=DecisionResult.AGREED, wording="Mend homes", owner_id=director.id, due_on=TODAY
    )  # fmt: skip
    decision = record_decision(db, clerk, item, said=said)
    assert kinds(db, chair) == [WorkKind.DECISION_CONFIRM, WorkKind.EMPTY_OFFICE]
    confirm_decision(db, chair, decision)
    paper = add(db, Paper(
        meeting_id=number, item=1, title="A bag", state=PaperState.SUBMITTED, begun_at=NOW,
        submitted_at=NOW, author_id=left.id,
    ))  # fmt: skip
    assert kinds(db, director) == [WorkKind.PAPER_SIGN, WorkKind.DECISION_DUE]
    assert kinds(db, chair) == [WorkKind.EMPTY_OFFICE] == kinds(db, clerk)
    rows = of_turns(turns(db, director), NOW)
    assert [row.href for row in rows] == [f"/papers?id={paper.id}", f"/meetings?id={number}"]
    finish_line(db, director, decision, words="All are mended.")
    assert kinds(db, director) == [WorkKind.PAPER_SIGN]
