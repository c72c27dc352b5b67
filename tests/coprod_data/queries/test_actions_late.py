"""A commitment is late by its milestones too, and who left is not named as if they still acted."""

from datetime import timedelta

from sqlalchemy.orm import Session

from coprod_data.models import Milestone, Person, PromiseTheme
from coprod_data.permissions import Actor
from coprod_data.queries.actions_chosen import Chosen
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.vocabulary.actions import Only, Stage
from pages.promise.actions_plan_rows import commitment_row
from tests.helpers.builders import NOW, TODAY, add, unrecorded
from tests.helpers.plans import shown, under


def test_an_unmet_milestone_past_its_date_makes_its_commitment_late(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    yesterday = TODAY - timedelta(days=1)
    action = under(db, theme, owner)
    add(db, Milestone(action_id=action.id, title="a", due_on=yesterday))
    add(db, Milestone(action_id=action.id, title="b", due_on=TODAY))
    shown(db, action, due_on=yesterday)
    add(db, Milestone(
        action_id=under(db, theme, owner, stage=Stage.DROPPED).id, title="c", due_on=yesterday
    ))  # fmt: skip

    [row, *_] = Chosen(only=Only.LATE).passing(
        [one for found in progress_by_theme(db, member) for one in found.commitments]
    )

    assert (row.late, row.late_steps) == (0, 1)
    assert commitment_row(row, (30, 60))["late_steps"] == "1 late"


def test_an_owner_whose_account_is_closed_reads_as_left(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    under(db, theme, owner)
    with unrecorded(db):
        owner.disabled_at = NOW

    owners = [one.owners for found in progress_by_theme(db, member) for one in found.commitments]

    assert {owner.id: f"{owner.name} (has left)"} in owners
