"""Whose turn it is: each wait is a row for who acts next, and one for who waits."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import (
    ActionUpdate,
    AuditReturn,
    AuditRound,
    AuditStandard,
    CoSignature,
)
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.queries.outcomes import outcomes_to_sign
from coprod_data.queries.work import FOR_ME, FOR_OTHERS, number_of_turns, turns, turns_of_others
from coprod_data.queries.work_taken import taken_up
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import DueKind, Rag, Stage
from coprod_data.vocabulary.audits import ReturnState
from coprod_data.vocabulary.opportunities import (
    LOOKED_AT_AGAIN,
    InvitationReply,
    OpportunityState,
)
from coprod_data.vocabulary.outcomes import Capacity, Side
from coprod_data.vocabulary.work import ActionWait, WorkKind
from pages.parts.times import on
from pages.shared.work_rows import of_turns
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_promise,
    a_service,
    add,
    an_action,
    an_opportunity,
    an_outcome,
    days_ago,
    somebody,
    unrecorded,
)
from tests.helpers.databases import statements
from tests.helpers.working_together import an_invitation, the_person, work


def kinds(db: Session, actor: Actor) -> list[WorkKind]:
    assert number_of_turns(db, actor) == len(turns(db, actor))  # the menu says what the page lists
    return [row.kind for row in turns(db, actor)]


def waits(db: Session, actor: Actor) -> list[WorkKind]:
    return [row.kind for row in turns_of_others(db, actor)]


def test_an_invitation_waits_for_who_was_asked_until_it_lapses(db: Session):
    theme = a_promise(db)[0]
    amara, dawn = somebody(db, Role.YOUTH_VOICE, name="Amara"), somebody(db, Role.BOARD_MEMBER)
    opportunity = an_opportunity(db, theme, the_person(db, amara))
    asked = an_invitation(db, opportunity, dawn, asked_by_id=amara.id)

    [row] = turns(db, dawn)
    assert (row.kind, row.about, row.who) == (WorkKind.INVITED, opportunity.id, "Amara")
    assert WorkKind.WAITS_ANSWER in waits(db, amara)

    with unrecorded(db):
        asked.asked_at = days_ago(400)
    assert kinds(db, dawn) == []
    assert WorkKind.WAITS_ANSWER not in waits(db, amara)


def test_an_offer_waits_for_a_young_person_and_youth_voice_asks_one(db: Session):
    theme = a_promise(db)[0]
    amara, dawn = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.BOARD_MEMBER, name="Dawn")
    opportunity = an_opportunity(db, theme, the_person(db, amara))
    an_invitation(db, opportunity, dawn, reply=InvitationReply.YES, replied_at=days_ago(3))

    [row] = turns(db, amara)
    assert (row.kind, row.who, row.since) == (WorkKind.OFFERED, "Dawn", days_ago(3))
    assert kinds(db, dawn) == []
    assert waits(db, dawn) == [WorkKind.WAITS_YES]


def test_work_that_may_begin_waits_for_those_who_can_start_it(db: Session):
    at_work = work(db, OpportunityState.MATCHED)
    chair, other = somebody(db, Role.CHAIR), somebody(db, Role.BOARD_MEMBER)

    assert WorkKind.BEGIN in kinds(db, at_work.worker)
    assert WorkKind.BEGIN in kinds(db, chair)
    assert kinds(db, at_work.member) == []
    assert waits(db, at_work.member) == [WorkKind.WAITS_START]
    assert kinds(db, other) == [] == waits(db, other)


@pytest.mark.parametrize("state", LOOKED_AT_AGAIN)
def test_an_opportunity_is_looked_at_again_from_the_day_that_was_said(
    db: Session, state: OpportunityState
):
    theme = a_promise(db)[0]
    amara, member = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.BOARD_MEMBER)
    an_opportunity(
        db, theme, the_person(db, amara), state=state, review_on=TODAY, reason="Two officers short."
    )

    [row] = [one for one in turns(db, amara) if one.kind is WorkKind.LOOK_AGAIN]
    assert (row.due_on, row.late) == (TODAY, False)
    assert WorkKind.LOOK_AGAIN not in kinds(db, member)
    assert number_of_turns(db, amara) == len(turns(db, amara))


def test_an_opportunity_is_not_looked_at_again_before_its_day_or_once_it_has_ended(db: Session):
    theme = a_promise(db)[0]
    amara = somebody(db, Role.YOUTH_VOICE)
    for state, day in (
        (OpportunityState.OPEN, TODAY + timedelta(days=1)), (OpportunityState.OPEN, None),
        (OpportunityState.CLOSED, TODAY), (OpportunityState.DECLINED, TODAY),
    ):  # fmt: skip
        an_opportunity(db, theme, the_person(db, amara), state=state, review_on=day, reason="No.")

    assert WorkKind.LOOK_AGAIN not in kinds(db, amara)


def test_nobody_is_asked_to_sign_for_both_sides(db: Session):
    at_work = work(db)
    an_outcome(db, at_work.opportunity, the_person(db, at_work.worker))
    assert kinds(db, at_work.member) == [WorkKind.SIGN]

    with unrecorded(db):
        at_work.entry.released_by_id = at_work.member.id

    assert kinds(db, at_work.member) == []
    assert outcomes_to_sign(db, at_work.member) == []


def test_a_proposed_outcome_waits_for_those_in_the_work(db: Session):
    at_work = work(db)
    outcome = an_outcome(db, at_work.opportunity, the_person(db, at_work.worker))
    outsider = somebody(db, Role.BOARD_MEMBER)

    assert kinds(db, at_work.member) == [WorkKind.SIGN]
    assert [row.id for row in outcomes_to_sign(db, at_work.member)] == [outcome.id]
    assert kinds(db, outsider) == []
    assert set(waits(db, at_work.worker)) == {WorkKind.WAITS_YOUNG, WorkKind.WAITS_STAFF}

    add(db, CoSignature(
        outcome_id=outcome.id, side=Side.STAFF, person_id=at_work.member.id,
        capacity=Capacity.BOARD_MEMBER, at=NOW,
    ))  # fmt: skip
    assert kinds(db, at_work.member) == []
    assert waits(db, at_work.member) == [WorkKind.WAITS_YOUNG]


def test_a_paper_signature_waits_for_another_worker_than_who_wrote_it(db: Session):
    at_work = work(db)
    outcome = an_outcome(db, at_work.opportunity, the_person(db, at_work.worker))
    second = somebody(db, Role.YOUTH_VOICE)
    add(db, CoSignature(
        outcome_id=outcome.id, side=Side.YOUNG, entry_id=at_work.entry.id,
        capacity=Capacity.AUTHOR, at=NOW, recorded_by_id=at_work.worker.id,
    ))  # fmt: skip

    assert kinds(db, second) == [WorkKind.WITNESS]
    assert kinds(db, at_work.worker) == []


def test_a_proposed_action_waits_for_the_chair_with_its_proposer_and_words(db: Session):
    theme = a_promise(db)[0]
    priya, chair = somebody(db, Role.MANAGER, name="Priya Nair"), somebody(db, Role.CHAIR)
    action = an_action(
        db, a_commitment(db, theme, reference="6.3"), the_person(db, priya), a_service(db),
        stage=Stage.PROPOSED,
    )  # fmt: skip

    [row] = turns(db, chair)
    assert (row.kind, row.about, row.since) == (WorkKind.APPROVE, action.id, action.proposed_at)
    assert (row.who, row.reference, row.note) == ("Priya Nair", "6.3", action.will_see)
    assert kinds(db, priya) == []
    assert waits(db, priya) == [WorkKind.WAITS_CHAIR]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"due_on": TODAY - timedelta(days=1)}, ActionWait.LATE),
        ({"due_on": TODAY + timedelta(days=14)}, ActionWait.DUE_SOON),
        ({"due_on": TODAY + timedelta(days=15)}, None),
        ({"moved_at": days_ago(30)}, ActionWait.UNMOVED),
        ({"moved_at": days_ago(29)}, None),
        ({"stage": Stage.IN_PROGRESS, "rag": Rag.RED}, ActionWait.NO_NOTE),
        ({"stage": Stage.IN_PROGRESS, "rag": Rag.RED, "rag_reason": "Two more advisers."}, None),
        ({"stage": Stage.DONE, "moved_at": days_ago(90)}, None),
    ],
)
def test_my_action_waits_when_it_is_late_due_soon_unmoved_or_red_without_a_note(
    db: Session, fields: dict[str, object], why: ActionWait | None
):
    theme = a_promise(db)[0]
    owner, other = somebody(db, Role.MANAGER), somebody(db, Role.MANAGER)
    an_action(db, a_commitment(db, theme), the_person(db, owner), a_service(db), **fields)

    assert [row.note for row in turns(db, owner)] == ([why] if why else [])
    assert kinds(db, other) == []


@pytest.mark.parametrize(
    ("fields", "days", "why"),
    [
        ({"moved_at": days_ago(58)}, 0, None),
        ({"moved_at": days_ago(58)}, 13, None),
        ({"moved_at": days_ago(58)}, 14, ActionWait.UNMOVED),
        ({"due_on": TODAY + timedelta(days=3)}, 1, None),
        ({"due_on": TODAY - timedelta(days=1)}, 0, ActionWait.LATE),
        ({"stage": Stage.IN_PROGRESS, "rag": Rag.RED}, 0, ActionWait.NO_NOTE),
    ],
)
def test_an_updated_action_waits_again_after_two_weeks_unless_it_is_late_or_red_without_a_note(
    db: Session, fields: dict[str, object], days: int, why: ActionWait | None
):
    owner = somebody(db, Role.MANAGER)
    commitment = a_commitment(db, a_promise(db)[0])
    action = an_action(db, commitment, the_person(db, owner), a_service(db), **fields)
    for at in (days_ago(40), days_ago(days)):
        add(db, ActionUpdate(action_id=action.id, text="We rang.", person_id=owner.id, at=at))

    found = turns(db, owner)
    assert [row.note for row in found] == ([why] if why else [])
    assert [row.updated_at for row in found] == [days_ago(days) for _ in found]
    told = " ".join(row.detail for row in of_turns(found, NOW))
    if why is ActionWait.UNMOVED:
        assert f"no milestone for 58 days; last update {on(TODAY - timedelta(days=14))}" in told
    elif why:
        assert "last update today" in told


def test_a_date_that_is_a_month_is_read_no_closer_and_late_once_the_month_is_over(db: Session):
    owner = somebody(db, Role.MANAGER)
    said = {"due_on": TODAY - timedelta(days=4), "due_kind": DueKind.MONTH}
    an_action(
        db, a_commitment(db, a_promise(db)[0]), the_person(db, owner), a_service(db), **said
    )  # fmt: skip

    [row] = of_turns(turns(db, owner), NOW)

    assert "February 2026: 4 days late" in row.detail
    assert on(TODAY - timedelta(days=4)) not in row.detail


def test_a_return_waits_for_its_service_then_for_its_reviewer(db: Session):
    priya, amara = somebody(db, Role.MANAGER), somebody(db, Role.YOUTH_VOICE)
    service = a_service(db, the_person(db, priya), name="Leaving Care")
    audit = add(db, AuditRound(title="2026", opened_on=TODAY, due_on=TODAY - timedelta(days=2)))
    add(db, AuditStandard(
        round_id=audit.id, reference="1.1", short="Plans", wording="Everyone helps.", position=1
    ))  # fmt: skip
    owed = add(db, AuditReturn(round_id=audit.id, service_id=service.id))

    [row] = turns(db, priya)
    assert (row.kind, row.title, row.late, row.whole) == (
        WorkKind.RETURN_OWED, "Leaving Care", True, 1,
    )  # fmt: skip
    with unrecorded(db):
        owed.state, owed.returned_at = ReturnState.RETURNED, days_ago(1)
    assert kinds(db, priya) == []
    assert waits(db, priya) == [WorkKind.WAITS_REVIEW]
    assert kinds(db, amara) == [WorkKind.RETURN_REVIEW]


def test_what_was_taken_up_begins_with_what_a_young_person_disputes(db: Session):
    at_work = work(db)
    [row] = taken_up(db, at_work.member)

    assert (row.title, row.came, row.words) == (at_work.opportunity.title, "", "")
    dawn = somebody(db, Role.BOARD_MEMBER)
    assert taken_up(db, dawn) == []

    no = InvitationReply.NOT_THIS_TIME
    an_invitation(db, at_work.opportunity, dawn, reply=no, replied_at=days_ago(3), reason="Away.")
    [refused] = taken_up(db, dawn)
    assert (refused.said_no, refused.since) == (True, TODAY - timedelta(days=3))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.YOUNG_PERSON])
def test_all_waits_of_a_person_are_asked_for_in_two_statements(
    database: Database, db: Session, role: Role
):
    actor = somebody(db, role)
    with statements(database) as sent:
        turns(db, actor)

    assert len(sent) <= 2


def test_each_kind_of_wait_has_one_function_and_a_right():
    assert not FOR_ME.keys() & FOR_OTHERS.keys()
    assert all(
        isinstance(needs, Permission) for needs, _ in [*FOR_ME.values(), *FOR_OTHERS.values()]
    )
