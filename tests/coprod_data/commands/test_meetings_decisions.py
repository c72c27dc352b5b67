"""What a meeting decided: two clerks, a stale tab, the chair's approval, the log with its clock."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.meetings_agenda import add_item
from coprod_data.commands.meetings_decisions import (
    change_decision,
    confirm_decision,
    finish_line,
    record_decision,
    record_present,
    take_confirmation_back,
    take_done_back,
    withdraw_decision,
)
from coprod_data.commands.meetings_heard import end_meeting, start_meeting
from coprod_data.models import Action, Person
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.events import history
from coprod_data.queries.events_of import history_of_meeting
from coprod_data.queries.meetings_decisions import (
    decisions,
    every_decision,
    what_we_said,
    who_was_there,
)
from coprod_data.queries.search import search
from coprod_data.queries.work import turns
from coprod_data.rules.meeting_decision import Said
from coprod_data.vocabulary.actions import Stage, WorkedOnBy
from coprod_data.vocabulary.meetings import DecisionResult, MeetingPart
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_person,
    a_promise,
    a_service,
    acting,
    somebody,
    the_duty,
)
from tests.helpers.meetings import DAY, a_meeting


@pytest.fixture
def clerk(db: Session) -> Actor:
    return somebody(db, Role.CLERK, name="Tess Clerk")


@pytest.fixture
def item(db: Session, clerk: Actor) -> int:
    number = a_meeting(db, clerk, days=0)
    item = add_item(db, clerk, number, title="Homes")
    start_meeting(db, clerk, number)
    return item


def agreed(db: Session, **said: object) -> Said:
    owner = a_person(db, Role.MANAGER, name="Ada Owner")
    usual = Said(
        recommendation="Mend ten homes.", result=DecisionResult.AGREED, wording="Mend all homes",
        owner_id=owner.id, due_on=TODAY + 30 * DAY, together_with="two young people",
    )  # fmt: skip
    return replace(usual, **said)  # type: ignore[arg-type]


def test_two_clerks_at_once_are_told_each_others_words(db: Session, clerk: Actor, item: int):
    other = somebody(db, Role.CLERK)
    shown = {"newest": 0}
    record_decision(db, clerk, item, said=agreed(db), opened=shown)
    with pytest.raises(ChangedMeanwhile) as refused:
        record_decision(db, other, item, said=agreed(db, wording="Sell them"), opened=shown)
    assert (refused.value.by, refused.value.words) == ("Tess Clerk", "Mend all homes")
    record_decision(
        db, other, item, said=agreed(db, wording="Sell them"), opened=refused.value.now
    )  # fmt: skip

    rows = decisions(db, other, 1)
    assert [row.said.wording for row in rows] == ["Mend all homes", "Sell them"]
    withdraw_decision(db, clerk, rows[1].id)
    assert len(decisions(db, other, 1)) == 1


def test_the_chair_confirms_what_was_read_out_and_nothing_else(
    db: Session, clerk: Actor, item: int
):
    chair = somebody(db, Role.CHAIR)
    said = agreed(db, result=DecisionResult.AMENDED)
    number = record_decision(db, clerk, item, said=said)
    [read_out] = decisions(db, chair, 1)
    assert (read_out.confirmed_on, read_out.may_confirm) == (None, True)
    change_decision(db, clerk, number, said=replace(said, wording="Mend five homes"))
    with pytest.raises(ChangedMeanwhile) as stale:
        confirm_decision(db, chair, number, opened=read_out.said.values)
    assert stale.value.now == {"wording": "Mend five homes"}
    with pytest.raises(NotAllowed):
        confirm_decision(db, clerk, number)
    confirm_decision(db, chair, number, opened=decisions(db, chair, 1)[0].said.values)

    [row] = decisions(db, chair, 1)
    assert row.confirmed_on == TODAY
    assert (row.said.recommendation, row.said.wording) == ("Mend ten homes.", "Mend five homes")
    for again in (
        lambda: change_decision(db, clerk, number, said=said),
        lambda: confirm_decision(db, chair, number),
        lambda: withdraw_decision(db, clerk, number),
    ):
        with pytest.raises(Refused, match="has confirmed"):
            again()


def test_with_a_commitment_it_is_an_agreed_action_of_the_plan(db: Session, clerk: Actor, item: int):
    the_duty(db)
    commitment, service = a_commitment(db, a_promise(db)[0]), a_service(db)
    chair = somebody(db, Role.CHAIR)
    said = agreed(db, commitment_id=commitment.id, service_id=service.id)
    with pytest.raises(Invalid, match="manager or a worker"):
        member = a_person(db, Role.BOARD_MEMBER)
        record_decision(db, clerk, item, said=replace(said, owner_id=member.id))
    own = record_decision(db, chair, item, said=said)
    with pytest.raises(NotAllowed, match="yourself"):
        confirm_decision(db, chair, own)
    number = record_decision(db, clerk, item, said=said)
    assert db.query(Action).count() == 0  # to be confirmed
    confirm_decision(db, chair, number)

    action = db.query(Action).one()
    assert (action.stage, action.title, action.due_on) == (
        Stage.AGREED, "Mend all homes", TODAY + 30 * DAY,
    )  # fmt: skip
    # Nothing shows yet that they work on it.
    assert (action.worked_on_by, action.partners) == (WorkedOnBy.STAFF, "two young people")
    assert (action.proposed_by_id, action.approved_by_id) == (clerk.id, chair.id)
    assert decisions(db, chair, 1)[-1].action_id == action.id
    with pytest.raises(Refused, match="action of the plan"):
        finish_line(db, clerk, number, words="Done.")


@pytest.mark.usefixtures("item")
def test_what_was_decided_without_the_public_goes_into_the_plan_in_other_words(
    db: Session, clerk: Actor
):
    the_duty(db)
    commitment, service = a_commitment(db, a_promise(db)[0]), a_service(db)
    chair = somebody(db, Role.CHAIR)
    shut = add_item(db, clerk, 1, title="A firm", private=True)
    said = agreed(
        db, wording="End the contract", commitment_id=commitment.id, service_id=service.id
    )  # fmt: skip
    number = record_decision(db, clerk, shut, said=said)
    with pytest.raises(Invalid, match="what the plan may tell everybody") as refused:
        confirm_decision(db, chair, number, in_plan=" ")
    assert refused.value.field == "in_plan"
    confirm_decision(db, chair, number, in_plan="Find another home")

    action = db.query(Action).one()
    assert (action.title, action.will_see, action.partners) == (
        "Find another home", "Find another home", "",
    )  # fmt: skip
    [row] = decisions(db, chair, 1)
    assert (row.private, row.said.wording) == (True, "End the contract")
    [hit] = [hit for kind in search(db, chair, "contract") for hit in kind.hits]
    assert hit.detail.endswith(", without the public")
    line = record_decision(db, clerk, shut, said=agreed(db, wording="Sue them"))
    titles = [one.title for one in turns(db, chair) if one.kind is WorkKind.DECISION_CONFIRM]
    assert titles == ["Decided without the public"]
    confirm_decision(db, chair, line)
    assert "Sue them" not in repr(history(db, somebody(db, Role.YOUTH_VOICE)))


def test_a_line_of_the_log_has_a_clock_and_its_owner_says_that_it_is_done(
    db: Session, clerk: Actor, item: int
):
    chair, said = somebody(db, Role.CHAIR), agreed(db)
    number = record_decision(db, clerk, item, said=said)
    owner = acting(a_person(db), Role.MANAGER)
    with pytest.raises(NotAllowed):
        finish_line(db, owner, number, words="Done.")
    confirm_decision(db, chair, number)
    end_meeting(db, clerk, 1)
    following = TODAY + 60 * DAY
    later = acting(a_person(db), Role.BOARD_MEMBER, at=NOW + timedelta(days=31))
    assert [row.late for row in what_we_said(db, clerk, following)] == [False]
    assert [row.late for row in what_we_said(db, later, following)] == [True]
    finish_line(db, clerk, number, words="All homes are mended.")

    [row] = what_we_said(db, later, following)
    assert (row.done, row.late, row.done_words) == (True, False, "All homes are mended.")
    with pytest.raises(Refused, match="done already"):
        finish_line(db, clerk, number, words="Again.")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"result": None}, "result"), ({"wording": " "}, "wording"),
        ({"owner_id": None}, "owner_id"), ({"due_on": None}, "due_on"),
        ({"due_on": TODAY - DAY}, "due_on"),
        ({"commitment_id": 1}, "service_id"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for(
    db: Session, clerk: Actor, item: int, said: dict[str, object], field: str
):
    with pytest.raises(Invalid) as refused:
        record_decision(db, clerk, item, said=agreed(db, **said))
    assert refused.value.field == field


@pytest.mark.usefixtures("item")
def test_who_was_there_is_counted_and_few_young_people_are_not_told(db: Session, clerk: Actor):
    present = {MeetingPart.MEMBERS: 6, MeetingPart.YOUNG_PEOPLE: 4, MeetingPart.PUBLIC: 2}
    record_present(db, clerk, 1, present=present)

    member = somebody(db, Role.BOARD_MEMBER)
    told = {row.part: row.number for row in who_was_there(db, member, 1)}
    assert told == {**present, MeetingPart.YOUNG_PEOPLE: None}
    record_present(db, clerk, 1, present={MeetingPart.YOUNG_PEOPLE: 5})
    assert {row.part: row.number for row in who_was_there(db, member, 1)}[
        MeetingPart.YOUNG_PEOPLE
    ] == 5


def test_a_confirmation_and_that_it_is_done_are_taken_back(db: Session, clerk: Actor, item: int):
    chair = somebody(db, Role.CHAIR)
    number = record_decision(db, clerk, item, said=agreed(db))
    confirm_decision(db, chair, number)
    [row] = decisions(db, chair, 1)
    owner = acting(db.get_one(Person, row.said.owner_id), Role.MANAGER)
    finish_line(db, owner, number, words="All ten are mended.")
    with pytest.raises(Refused, match="carried out already"):
        take_confirmation_back(db, chair, number)
    with pytest.raises(NotAllowed):
        take_done_back(db, somebody(db, Role.MANAGER), number)
    take_done_back(db, owner, number)
    [row] = decisions(db, chair, 1)
    assert (row.done, row.done_words, row.may_finish, row.may_unconfirm) == (False, "", True, True)
    with pytest.raises(NotAllowed):
        take_confirmation_back(db, clerk, number)
    take_confirmation_back(db, chair, number)
    change_decision(db, clerk, number, said=replace(row.said, wording="Mend nine homes"))
    assert [row.said.wording for row in every_decision(db, chair)] == ["Mend nine homes"]
    told = [row.did for row in history_of_meeting(db, chair, 1)]
    assert "took back that a decision was confirmed" in told
