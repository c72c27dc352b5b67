"""An action goes to another owner, and gets another date, wording or commitment."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import propose_action, update_action
from coprod_data.commands.actions_changes import (
    change_action,
    decide_change,
    hand_over_action,
    propose_change,
)
from coprod_data.commands.people import disable_person
from coprod_data.models import (
    Action,
    ActionChange,
    Event,
    OutcomeAction,
    Person,
    PromiseCommitment,
)
from coprod_data.permissions import (
    KEEPERS,
    Actor,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    Role,
)
from coprod_data.queries.actions import action as read
from coprod_data.queries.actions_detail import changes_of, is_named
from coprod_data.rules.due_days import last_day
from coprod_data.scopes.actions import without_owner
from coprod_data.vocabulary.actions import DueKind, Rag, Stage, WorkedOnBy
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_person,
    a_promise,
    a_service,
    add,
    an_action,
    an_opportunity,
    an_outcome,
    days_ago,
    somebody,
)
from tests.helpers.plans import owned

LATER = TODAY + timedelta(days=90)


@pytest.fixture
def chair(db: Session) -> Actor:
    return somebody(db, Role.CHAIR, name="Cllr Martin Ashby")


@pytest.fixture
def action(db: Session, commitment: PromiseCommitment, owner: Actor) -> Action:
    return owned(db, commitment, owner, due_on=TODAY, stage=Stage.IN_PROGRESS, rag=Rag.GREEN)


def said(action: Action, **fields: Any) -> dict[str, Any]:
    return {
        "commitment_id": action.commitment_id, "title": action.title,
        "will_see": action.will_see, "due_on": action.due_on,
        "due_wording": action.due_wording, "due_kind": action.due_kind,
        "reason": "Carers were trained late.", **fields,
    }  # fmt: skip


def named_by_an_outcome(db: Session, action: Action, owner: Person) -> None:
    work = an_opportunity(db, a_promise(db, adopted_at=days_ago(300))[0], owner)
    outcome = an_outcome(db, work, owner)
    add(db, OutcomeAction(outcome_id=outcome.id, action_id=action.id))


def ownerless(db: Session) -> set[int]:
    return set(db.scalars(sa.select(Action.id).where(without_owner())))


# Another owner


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_youth_voice_and_the_chair_give_an_action_to_another_owner(
    db: Session, action: Action, owner: Actor, role: Role
):
    other, service = somebody(db, Role.MANAGER), a_service(db)
    hands = {"owner_id": other.id, "service_id": service.id}
    if role not in (Role.YOUTH_VOICE, Role.CHAIR):
        with pytest.raises(NotAllowed):
            hand_over_action(db, somebody(db, role), action.id, **hands)
        assert action.owner_id == owner.id
        return

    hand_over_action(db, somebody(db, role), action.id, **hands)
    hand_over_action(db, somebody(db, role), action.id, **hands)

    assert (action.owner_id, action.service_id) == (other.id, service.id)
    assert db.scalars(sa.select(Event.kind)).all() == [EventKind.ACTION_HANDED_OVER]
    update_action(db, other, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="Vans.")
    assert action.stage is Stage.IN_PROGRESS


def test_only_who_can_keep_an_action_gets_one_or_is_proposed_for_one(
    db: Session, action: Action, owner: Actor, chair: Actor
):
    left = a_person(db, Role.MANAGER, disabled_at=NOW).id
    others = [somebody(db, role).id for role in Role if role not in KEEPERS]
    for other in (left, *others):
        with pytest.raises(Invalid) as refused:
            hand_over_action(db, chair, action.id, owner_id=other)
        assert refused.value.field == "owner"
        with pytest.raises(Invalid) as refused:
            propose_action(
                db, owner, commitment_id=action.commitment_id, title="Check heaters",
                will_see="Warm rooms.", owner_id=other, service_id=action.service_id,
                worked_on_by=WorkedOnBy.JOINTLY,
            )  # fmt: skip
        assert refused.value.field == "owner"
    for role in KEEPERS:
        hand_over_action(db, chair, action.id, owner_id=somebody(db, role).id)


def test_what_a_leaver_held_is_without_an_owner_until_somebody_takes_it(
    db: Session, action: Action, owner: Actor, chair: Actor
):
    administrator = somebody(db, Role.ADMINISTRATOR)
    assert ownerless(db) == set()

    disable_person(db, administrator, owner.id)

    assert ownerless(db) == {action.id}
    assert read(db, chair, action.id).owner_left
    other = somebody(db, Role.MANAGER)
    hand_over_action(db, administrator, action.id, owner_id=other.id)
    assert ownerless(db) == set()
    with pytest.raises(NotAllowed, match="Ask the chair"):
        hand_over_action(db, administrator, action.id, owner_id=other.id)


@pytest.mark.parametrize("stage", [Stage.VERIFIED, Stage.DROPPED])
def test_what_is_finished_stays_as_it_is(
    db: Session, commitment: PromiseCommitment, owner: Actor, chair: Actor, stage: Stage
):
    action = owned(db, commitment, owner, stage=stage)

    with pytest.raises(Refused, match="finished"):
        hand_over_action(db, chair, action.id, owner_id=somebody(db, Role.MANAGER).id)
    with pytest.raises(Refused, match="finished"):
        change_action(db, chair, action.id, **said(action, due_on=LATER))
    disable_person(db, somebody(db, Role.ADMINISTRATOR), owner.id)
    assert ownerless(db) == set()


# Another date, wording or commitment


def test_the_chair_changes_the_date_and_the_first_one_stays_beside_it(
    db: Session, action: Action, chair: Actor
):
    change_action(db, chair, action.id, **said(action, due_on=LATER))
    change_action(
        db, chair, action.id,
        **said(action, due_on=LATER + timedelta(days=30), due_kind=DueKind.MONTH),
    )  # fmt: skip

    row = read(db, chair, action.id)
    until = last_day(LATER + timedelta(days=30), DueKind.MONTH)
    assert (row.due_on, row.due_kind) == (until, DueKind.MONTH)
    assert row.first_due_on == TODAY
    kinds = db.scalars(sa.select(Event.kind)).all()
    assert kinds == [EventKind.ACTION_CHANGED, EventKind.ACTION_CHANGED]
    assert [change.agreed for change in changes_of(db, chair, action.id)] == [True, True]


def test_a_proposal_has_no_first_date_yet(
    db: Session, commitment: PromiseCommitment, owner: Actor, chair: Actor
):
    action = owned(db, commitment, owner, stage=Stage.PROPOSED, due_on=TODAY)

    change_action(db, chair, action.id, **said(action, due_on=LATER))

    assert (action.due_on, action.first_due_on) == (LATER, None)


def test_a_change_needs_a_reason_and_something_that_changes(
    db: Session, action: Action, chair: Actor
):
    for fields, field in (({"due_on": LATER, "reason": " "}, "reason"), ({}, "title")):
        with pytest.raises(Invalid) as refused:
            change_action(db, chair, action.id, **said(action, **fields))
        assert refused.value.field == field


def test_the_owner_proposes_and_the_chair_agrees(
    db: Session, action: Action, owner: Actor, chair: Actor
):
    other = a_commitment(db, a_promise(db, adopted_at=days_ago(1))[0])
    change = propose_change(
        db, owner, action.id, **said(action, commitment_id=other.id, title="Check each flat")
    )
    assert (action.title, action.commitment_id) != ("Check each flat", other.id)
    with pytest.raises(Refused, match="already waiting"):
        propose_change(db, owner, action.id, **said(action, due_on=LATER))

    decide_change(db, chair, change, agreed=True)

    assert (action.title, action.commitment_id) == ("Check each flat", other.id)
    [row] = changes_of(db, owner, action.id)
    assert (row.agreed, row.reason, row.own) == (True, "Carers were trained late.", True)
    with pytest.raises(Refused, match="decided already"):
        decide_change(db, chair, change, agreed=False, answer="No.")


def test_the_chair_turns_it_down_with_an_answer(
    db: Session, action: Action, owner: Actor, chair: Actor
):
    change = propose_change(db, owner, action.id, **said(action, due_on=LATER))
    with pytest.raises(Invalid):
        decide_change(db, chair, change, agreed=False)

    decide_change(db, chair, change, agreed=False, answer="It is promised for then.")

    assert action.due_on == TODAY
    assert changes_of(db, owner, action.id)[0].answer == "It is promised for then."
    propose_change(db, owner, action.id, **said(action, due_on=LATER))


def test_who_may_propose_and_who_decides(db: Session, action: Action, owner: Actor, chair: Actor):
    with pytest.raises(NotAllowed, match="another service"):
        propose_change(db, somebody(db, Role.MANAGER), action.id, **said(action, due_on=LATER))
    with pytest.raises(NotAllowed):
        propose_change(db, chair, action.id, **said(action, due_on=LATER))
    with pytest.raises(NotAllowed):
        change_action(db, owner, action.id, **said(action, due_on=LATER))
    both = somebody(db, Role.CHAIR, Role.YOUTH_VOICE)
    change = propose_change(db, both, action.id, **said(action, due_on=LATER))
    for other in (owner, both):
        with pytest.raises(NotAllowed):
            decide_change(db, other, change, agreed=True)
    with pytest.raises(NotFound):
        decide_change(db, chair, 4711, agreed=True)


def test_wording_and_commitment_are_frozen_once_an_outcome_names_it(
    db: Session, action: Action, owner: Actor, chair: Actor
):
    waiting = propose_change(db, owner, action.id, **said(action, title="Check each flat"))
    with pytest.raises(Refused, match="waiting for your decision"):
        change_action(db, chair, action.id, **said(action, due_on=LATER))
    named_by_an_outcome(db, action, db.get_one(Person, owner.id))
    other = a_commitment(db, a_promise(db, adopted_at=days_ago(1))[0])
    assert is_named(db, chair, action.id)

    with pytest.raises(Refused, match="outcome names this action"):
        decide_change(db, chair, waiting, agreed=True)
    decide_change(db, chair, waiting, agreed=False, answer="An outcome names it.")
    for fields in ({"title": "Other"}, {"will_see": "Other."}, {"commitment_id": other.id}):
        with pytest.raises(Refused, match="outcome names this action"):
            change_action(db, chair, action.id, **said(action, **fields))
    change_action(db, chair, action.id, **said(action, due_on=LATER))

    assert action.due_on == LATER


def test_a_commitment_must_be_in_force(db: Session, owner: Actor, chair: Actor):
    old = a_commitment(db, a_promise(db, adopted_at=days_ago(90))[0])
    new = a_commitment(db, a_promise(db, adopted_at=days_ago(1))[0])
    action = an_action(db, new, db.get_one(Person, owner.id), a_service(db))

    with pytest.raises(Invalid) as refused:
        change_action(db, chair, action.id, **said(action, commitment_id=old.id))

    assert refused.value.field == "commitment"
    assert db.scalar(sa.select(sa.func.count(ActionChange.id))) == 0
