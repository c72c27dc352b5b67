"""A commitment is kept by evidence; that its actions were agreed is no movement."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import Person, PromiseTheme
from coprod_data.permissions import Actor
from coprod_data.queries.actions import action
from coprod_data.queries.actions_progress import (
    CommitmentProgress,
    progress_by_theme,
    promise_kept,
)
from coprod_data.vocabulary.actions import Stage
from tests.helpers.builders import days_ago
from tests.helpers.plans import shown, under


def homes(db: Session, actor: Actor) -> CommitmentProgress:
    return progress_by_theme(db, actor)[0].commitments[0]


def test_an_approval_is_no_movement(db: Session, theme: PromiseTheme, owner: Person, member: Actor):
    agreed = {"stage": Stage.AGREED, "proposed_at": days_ago(30), "moved_at": days_ago(30)}
    for _ in range(2):
        under(db, theme, owner, **agreed)
    row = homes(db, member)
    assert (row.state, row.state.words, row.drift) == ("not_started", "Not started", 30)
    assert progress_by_theme(db, member)[0].state == "not_started"

    under(db, theme, owner, proposed_at=days_ago(30), moved_at=days_ago(2))

    assert homes(db, member).state == "moving"


@pytest.mark.parametrize(
    ("other", "state", "drift"),
    [
        (Stage.IN_PROGRESS, "stuck", 95),  # nothing has moved, whatever was agreed meanwhile
        (Stage.DONE, "stuck", 95),
        (Stage.VERIFIED, "moving", 2),  # a new start after what was finished is not late at once
        (Stage.ON_HOLD, "moving", 2),
    ],
)
def test_an_approval_moves_no_commitment_that_is_stuck(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor,
    other: Stage, state: str, drift: int,
):  # fmt: skip
    begun = under(db, theme, owner, stage=other, proposed_at=days_ago(300), moved_at=days_ago(95))
    shown(db, begun)
    new = {"stage": Stage.AGREED, "proposed_at": days_ago(2), "moved_at": days_ago(2)}
    under(db, theme, owner, **new)

    row = homes(db, member)

    assert (row.state, row.drift, promise_kept(db, member)[0].state) == (state, drift, state)


def test_what_was_agreed_and_has_not_started_for_too_long_is_stuck(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    under(db, theme, owner, proposed_at=days_ago(60), moved_at=days_ago(60))

    assert homes(db, member).state == "stuck"


@pytest.mark.parametrize("stage", [Stage.DONE, Stage.VERIFIED])
def test_what_was_done_without_evidence_keeps_its_commitment_from_kept(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor, stage: Stage
):
    shown(db, under(db, theme, owner, stage=Stage.VERIFIED))
    bare = under(db, theme, owner, stage=stage)
    shown(db, bare, met_on=None, evidence="")

    row, listed = homes(db, member), action(db, member, bare.id)

    assert (row.state, row.unshown, promise_kept(db, member)[0].state) == ("moving", 1, "moving")
    assert (listed.stage, listed.without_evidence) == (stage, True)
    shown(db, bare)
    assert homes(db, member).unshown == 0
    assert homes(db, member).state == ("kept" if stage is Stage.VERIFIED else "moving")
    assert not action(db, member, bare.id).without_evidence
