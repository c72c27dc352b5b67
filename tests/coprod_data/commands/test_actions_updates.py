"""Updates of an action: whose it is, which stage and colour it takes, and two at once."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import (
    add_milestone,
    meet_milestone,
    update_action,
)
from coprod_data.models import (
    Action,
    ActionUpdate,
    Event,
    Person,
    PromiseCommitment,
)
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, NotAllowed, Refused, Role
from coprod_data.vocabulary.actions import STOPS, Rag, Stage
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import NOW, TODAY, a_person, a_service, acting, somebody
from tests.helpers.plans import owned, shown


def update(db: Session, actor: Actor, action: Action, **fields: Any) -> None:
    said: dict[str, Any] = {
        "stage": action.stage, "rag": action.rag, "rag_reason": "", "text": "Three flats done.",
    }  # fmt: skip
    update_action(db, actor, action.id, **{**said, **fields})


# Whose action it is


def test_the_owner_and_whoever_answers_for_the_service_update(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    head = a_person(db, Role.MANAGER)
    action = owned(db, commitment, owner, service=a_service(db, head))

    update(db, owner, action, stage=Stage.IN_PROGRESS, rag=Rag.GREEN)
    update(db, acting(head, Role.MANAGER), action, rag=Rag.AMBER, rag_reason="One more van.")

    assert action.rag is Rag.AMBER


def test_a_manager_of_another_service_changes_nothing(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    action = owned(db, commitment, owner)
    other = a_person(db, Role.MANAGER)
    a_service(db, other)
    stranger = acting(other, Role.MANAGER)
    milestone_id = add_milestone(db, owner, action.id, title="Visit")

    for change in (
        lambda: update(db, stranger, action, stage=Stage.IN_PROGRESS, rag=Rag.GREEN),
        lambda: update(db, stranger, action),
        lambda: add_milestone(db, stranger, action.id, title="Mine"),
        lambda: meet_milestone(
            db, stranger, milestone_id, evidence="The log of visits.", met_on=TODAY
        ),
    ):
        with pytest.raises(NotAllowed, match="another service"):
            change()


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.CHAIR, Role.ADMINISTRATOR,
                                  Role.YOUNG_PERSON, Role.SAFEGUARDING])  # fmt: skip
def test_owning_an_action_gives_no_right_by_itself(
    db: Session, commitment: PromiseCommitment, role: Role
):
    somebody_else = somebody(db, role)
    action = owned(db, commitment, somebody_else)

    with pytest.raises(NotAllowed):
        update(db, somebody_else, action)


def test_the_youth_voice_team_writes_beside_but_sets_no_stage_and_no_colour(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    worker = somebody(db, Role.YOUTH_VOICE)
    action = owned(
        db, commitment, owner, stage=Stage.IN_PROGRESS, rag=Rag.AMBER, rag_reason="Two more vans."
    )

    update(db, worker, action, text="Young people tried the heaters.")

    assert (action.rag, action.rag_reason) == (Rag.AMBER, "Two more vans.")
    for fields in ({"rag": Rag.GREEN}, {"stage": Stage.DONE, "rag": None}):
        with pytest.raises(NotAllowed, match="Only the owner sets"):
            update(db, worker, action, **fields)


# Stage and colour


@pytest.mark.parametrize(
    ("stage", "rag", "reason", "field"),
    [
        (Stage.IN_PROGRESS, None, "", "rag"),
        (Stage.IN_PROGRESS, Rag.AMBER, "", "rag_reason"),
        (Stage.IN_PROGRESS, Rag.RED, "  ", "rag_reason"),
        (Stage.DONE, Rag.GREEN, "", "rag"),
        (Stage.DONE, Rag.RED, "Later.", "rag"),
    ],
)
def test_a_colour_stands_only_in_progress_and_amber_and_red_need_a_recovery_note(
    db: Session, commitment: PromiseCommitment, owner: Actor,
    stage: Stage, rag: Rag | None, reason: str, field: str,
):  # fmt: skip
    action = owned(db, commitment, owner)

    with pytest.raises(Invalid) as refused:
        update(db, owner, action, stage=stage, rag=rag, rag_reason=reason)

    assert refused.value.field == field
    assert action.stage is Stage.AGREED


def test_past_its_date_green_needs_a_reason(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    action = owned(db, commitment, owner, due_on=TODAY - timedelta(days=1))

    with pytest.raises(Invalid, match="date has passed") as refused:
        update(db, owner, action, stage=Stage.IN_PROGRESS, rag=Rag.GREEN)
    update(
        db, owner, action, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, rag_reason="The last one is in."
    )

    assert refused.value.field == "rag_reason"
    assert (action.rag, action.rag_reason) == (Rag.GREEN, "The last one is in.")


def test_on_its_date_green_needs_none_and_keeps_none(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    action = owned(db, commitment, owner, due_on=TODAY)

    update(db, owner, action, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, rag_reason="Said too soon.")

    assert (action.rag, action.rag_reason) == (Rag.GREEN, "")


def test_done_takes_the_colour_away(db: Session, commitment: PromiseCommitment, owner: Actor):
    action = owned(
        db, commitment, owner, stage=Stage.IN_PROGRESS, rag=Rag.RED, rag_reason="Ask again."
    )
    shown(db, action)

    update(db, owner, action, stage=Stage.DONE, rag=None)

    assert (action.stage, action.rag, action.rag_reason) == (Stage.DONE, None, "")


def test_done_needs_a_milestone_met_with_evidence(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    action = owned(db, commitment, owner, stage=Stage.IN_PROGRESS, rag=Rag.GREEN)
    step = shown(db, action, met_on=None, evidence="")
    other = owned(db, commitment, owner)
    shown(db, other)

    with pytest.raises(Invalid, match="milestone is met, with evidence") as refused:
        update(db, owner, action, stage=Stage.DONE, rag=None)

    assert (refused.value.field, action.stage) == ("stage", Stage.IN_PROGRESS)
    meet_milestone(db, owner, step.id, evidence="The log of visits.", met_on=TODAY)
    update(db, owner, action, stage=Stage.DONE, rag=None)
    assert action.stage is Stage.DONE


def test_one_that_was_done_without_evidence_is_still_updated(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    action = owned(db, commitment, owner, stage=Stage.DONE)

    update(db, owner, action, stage=Stage.DONE, rag=None, text="We are looking for the list.")

    assert action.stage is Stage.DONE


def test_one_signed_off_without_evidence_takes_it_afterwards_and_nothing_else(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    action = owned(db, commitment, owner, stage=Stage.VERIFIED)

    step = add_milestone(db, owner, action.id, title="A list of every flat")
    meet_milestone(db, owner, step, evidence="The log of visits.", met_on=TODAY)

    with pytest.raises(Refused, match="signed this action off"):
        add_milestone(db, owner, action.id, title="Another list")
    assert action.stage is Stage.VERIFIED


@pytest.mark.parametrize("stage", [Stage.PROPOSED, Stage.AGREED, Stage.VERIFIED, *STOPS])
@pytest.mark.parametrize("before", [Stage.IN_PROGRESS, Stage.DONE])
def test_these_stages_are_never_set_by_hand(
    db: Session, commitment: PromiseCommitment, owner: Actor, before: Stage, stage: Stage
):
    action = owned(db, commitment, owner, stage=before)

    with pytest.raises(Refused):
        update(db, owner, action, stage=stage, rag=None)

    assert action.stage is before


@pytest.mark.parametrize("stage", [Stage.PROPOSED, Stage.VERIFIED, Stage.DROPPED])
def test_what_waits_or_is_settled_is_not_updated(
    db: Session, commitment: PromiseCommitment, owner: Actor, stage: Stage
):
    action = owned(db, commitment, owner, stage=stage)

    with pytest.raises(Refused):
        update(db, owner, action, stage=Stage.IN_PROGRESS, rag=Rag.GREEN)
    with pytest.raises(Refused):
        update(db, owner, action, rag=None)

    assert action.stage is stage


# Movement and clashes


def test_an_update_text_is_no_movement(db: Session, commitment: PromiseCommitment, owner: Actor):
    action = owned(db, commitment, owner, stage=Stage.IN_PROGRESS, rag=Rag.GREEN)
    before = action.moved_at

    update(db, owner, action, rag=Rag.RED, rag_reason="Ask again.")

    assert action.moved_at == before
    assert db.scalars(sa.select(Event.kind)).all() == [EventKind.ACTION_UPDATED]


def test_a_change_of_stage_is(db: Session, commitment: PromiseCommitment, owner: Actor):
    action = owned(db, commitment, owner)

    update(db, owner, action, stage=Stage.IN_PROGRESS, rag=Rag.GREEN)

    assert action.moved_at == NOW
    assert db.scalars(sa.select(Event.kind)).all() == [EventKind.ACTION_MOVED]


def test_of_two_who_edit_one_action_the_second_is_told_and_nothing_is_lost(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    head = acting(a_person(db, Role.MANAGER, name="Priya Nair"), Role.MANAGER)
    action = owned(db, commitment, owner, service=a_service(db, db.get_one(Person, head.id)))
    update(
        db,
        owner,
        action,
        text="First words.",
        stage=Stage.IN_PROGRESS,
        rag=Rag.GREEN,
        opened={"update": 0},
    )
    opened = {"update": db.scalars(sa.select(ActionUpdate.id)).one()}
    update(db, head, action, text="Hers.", rag=Rag.RED, rag_reason="Two vans.", opened=opened)

    with pytest.raises(ChangedMeanwhile) as clash:
        update(db, owner, action, text="Mine.", rag=Rag.GREEN, opened=opened)

    assert (clash.value.by, clash.value.on, clash.value.words) == ("Priya Nair", TODAY, "Hers.")
    assert (action.stage, action.rag) == (Stage.IN_PROGRESS, Rag.RED)
    now = clash.value.now
    update(db, owner, action, text="Mine.", rag=Rag.GREEN, opened=now)
    texts = db.scalars(sa.select(ActionUpdate.text).order_by(ActionUpdate.id)).all()
    assert texts == ["First words.", "Hers.", "Mine."]


def test_an_update_says_something(db: Session, commitment: PromiseCommitment, owner: Actor):
    with pytest.raises(Invalid) as refused:
        update(db, owner, owned(db, commitment, owner), text="\u202e ")

    assert refused.value.field == "text"
