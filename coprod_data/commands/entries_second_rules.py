"""Who may be second for a step that waits for a second person."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import entry_of, must_have_read, open_hold, open_step
from coprod_data.models import CardEntry, CheckStep
from coprod_data.permissions import Actor, NotAllowed, Permission, Refused, Role
from coprod_data.scopes.held_cards import after_a_hold
from coprod_data.scopes.second_person import (
    acts_for_the_team,
    must_be_second,
    second_people,
    team_for,
    void,
)
from coprod_data.vocabulary.entry_care import StepKind


def step_to_settle(
    db: Session, actor: Actor, entry_id: int, kind: StepKind, *, own: bool = False
) -> tuple[CardEntry, CheckStep]:
    """Return an entry and its open step, for somebody who may be the second person for it.

    They have opened the words since it was proposed. With `own` also its proposer. Raises NotFound,
    NotAllowed, Refused.
    """
    entry = entry_of(db, actor, entry_id, taken_back=True)
    step = open_step(db, entry, kind)
    if step is None:
        raise Refused("Nobody is waiting for a second person here any more.")
    if own and step.proposed_by_id == actor.id:
        return entry, step
    first_id, team = step.proposed_by_id, _team(db, entry, kind)
    must_be_second(db, actor, team, first_id=first_id, entry=entry, kind=kind)
    must_have_read(db, actor, entry, since=step.proposed_at)
    return entry, step


def _team(db: Session, entry: CardEntry, kind: StepKind) -> Role:
    return team_for(kind, held=open_hold(db, entry) is not None)


def must_count(db: Session, step: CheckStep) -> None:
    """Go on only with a step that is still somebody's first of two. Raises NotAllowed."""
    if why_not := void(db, step):
        raise NotAllowed(f"{why_not} Take it over, and decide about it again.")


def must_be_asked(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Go on only for somebody of safeguarding who may be second for an open step.

    Or where nobody of the Youth Voice Team may read the entry, or where it came after a hold on its
    card had ended. Raises NotAllowed.
    """
    if acts_for_the_team(db, actor, entry.id):
        return
    after = sa.select(CardEntry.id).where(CardEntry.id == entry.id, after_a_hold())
    if db.scalar(after) is not None:
        return
    steps = [open_step(db, entry, kind) for kind in StepKind]
    if not any(steps) and entry.about_id is not None:  # taken back with the entry it belongs to
        steps = [open_step(db, db.get_one(CardEntry, entry.about_id), StepKind.WITHDRAW)]
    for step in filter(None, steps):
        if actor.id in second_people(
            db,
            _team(db, entry, step.kind),
            at=actor.at,
            first_id=step.proposed_by_id,
            entry=entry,
            kind=step.kind,
        ):
            return
    raise NotAllowed("The Youth Voice Team reads this entry.")


def must_check(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Go on for the Youth Voice Team, or for safeguarding where the team may not read an entry.

    The one rule by which safeguarding asks back, replies, closes and keeps. Raises NotAllowed.
    """
    if not actor.may(Permission.ENTRIES_CHECK) and not acts_for_the_team(db, actor, entry.id):
        raise NotAllowed("The Youth Voice Team decides about this entry.")
