"""An unmet milestone is corrected or removed with a reason; an update is corrected whole."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import add_milestone, meet_milestone, update_action
from coprod_data.commands.actions_milestones import remove_milestone, reword_milestone
from coprod_data.commands.actions_undo import correct_update
from coprod_data.models import Action, EventText, Milestone, PromiseCommitment
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.actions import action as read
from coprod_data.queries.actions_detail import milestones_of, updates_of
from coprod_data.vocabulary.actions import Rag, Stage
from tests.helpers.builders import NOW, TODAY, somebody
from tests.helpers.plans import owned, shown


@pytest.fixture
def action(db: Session, commitment: PromiseCommitment, owner: Actor) -> Action:
    return owned(db, commitment, owner, stage=Stage.IN_PROGRESS, rag=Rag.GREEN)


def test_an_unmet_milestone_is_reworded_and_moved_with_a_reason(
    db: Session, action: Action, owner: Actor
):
    step = add_milestone(db, owner, action.id, title="A lits of flats", due_on=TODAY)
    later, said = TODAY + timedelta(days=30), {"title": "A list of flats", "reason": "A slip."}
    with pytest.raises(Invalid) as refused:
        reword_milestone(db, owner, step, title="A list", due_on=later, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(NotAllowed):
        reword_milestone(db, somebody(db, Role.MANAGER), step, due_on=later, **said)

    reword_milestone(db, owner, step, due_on=later, **said)

    [row] = milestones_of(db, owner, action.id)
    assert (row.title, row.due_on, row.corrected) == ("A list of flats", later, "A slip.")
    meet_milestone(db, owner, step, evidence="The log of visits.", met_on=TODAY)
    with pytest.raises(Refused, match="is met"):
        reword_milestone(db, owner, step, due_on=later, **said)
    with pytest.raises(Refused, match="is met"):
        remove_milestone(db, owner, step, reason="Twice.")


def test_an_unmet_milestone_is_removed_and_its_reason_stays(
    db: Session, action: Action, owner: Actor
):
    step = add_milestone(db, owner, action.id, title="A list of flats")

    remove_milestone(db, owner, step, reason="It is there twice.")

    assert db.get(Milestone, step) is None
    assert [row.text for row in updates_of(db, owner, action.id)] == [
        "Removed the milestone “A list of flats”. It is there twice."
    ]
    assert read(db, owner, action.id).whole == 0
    assert "A list of flats" not in db.scalars(sa.select(EventText.text)).all()


def test_stage_colour_and_note_of_the_newest_update_are_corrected_with_its_words(
    db: Session, action: Action, owner: Actor
):
    moved = action.moved_at
    shown(db, action)
    update_action(db, owner, action.id, stage=Stage.DONE, rag=None, text="No vnas.")
    [update] = updates_of(db, owner, action.id)
    an_hour_on = replace(owner, at=NOW + timedelta(hours=1), recorded_at=NOW + timedelta(hours=1))
    words = {"text": "No vans.", "reason": "The wrong box."}
    with pytest.raises(Invalid):  # red says what gets it back on track
        correct_update(
            db, an_hour_on, update.id, stage=Stage.IN_PROGRESS, rag=Rag.RED, **words
        )  # fmt: skip

    correct_update(
        db, an_hour_on, update.id, stage=Stage.IN_PROGRESS, rag=Rag.RED,
        rag_reason="Hire two.", **words,
    )  # fmt: skip

    assert (action.stage, action.rag, action.rag_reason) == (
        Stage.IN_PROGRESS, Rag.RED, "Hire two.",
    )  # fmt: skip
    assert action.moved_at == moved  # the stage was put back, so nothing had moved
    assert updates_of(db, owner, action.id)[0].text == "No vans."

    worker = somebody(db, Role.YOUTH_VOICE)
    update_action(db, worker, action.id, stage=action.stage, rag=action.rag, text="Seen.")
    with pytest.raises(Refused, match="updated it since"):
        correct_update(db, an_hour_on, update.id, stage=Stage.DONE, **words)
