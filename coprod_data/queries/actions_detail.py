"""The parts of an action: its milestones with evidence, its updates, its changes."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Action,
    ActionChange,
    ActionUpdate,
    Group,
    Milestone,
    OutcomeAction,
    Person,
    PromiseCommitment,
    PromiseVersion,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.actions import from_young_people
from coprod_data.vocabulary.actions import DueKind, MilestoneState, Stage

PAGE_SIZE = 50
_DECIDER, _OWNER = aliased(Person), aliased(Person)


@dataclass(frozen=True)
class ActionMore:
    """Why staff do an action by themselves, its partners, and the version of The Promise whose
    adoption ended it; each may be empty. `from_young`: it came out of words or a card of theirs.
    `shown` is what shows that young people work on it, with the group `together_with_id`.
    `agreed_with` is the group of young people that agreed what will be seen when it is done,
    `owner_job` the office of its owner and `starts_on` the day it begins, if one was named.
    """

    why_alone: str
    partners: str
    ended_with: str
    from_young: bool = False
    shown: str = ""
    together_with_id: int | None = None
    agreed_with_id: int | None = None
    agreed_with: str = ""
    owner_job: str = ""
    starts_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """A step of an action."""

    id: int
    title: str
    state: MilestoneState
    due_on: date | None
    met_on: date | None
    evidence: str
    met_by: str
    corrected: str


@dataclass(frozen=True, kw_only=True)
class UpdateRow:
    """What somebody wrote about an action."""

    id: int
    at: datetime
    name: str
    text: str
    corrected: str
    own: bool


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A change of an action that was proposed: what it is to say, why, and what was decided.

    With a `stage` it asks only for that, with an `owner` only for another owner. `waits` says that
    nobody has decided; without that, one without `agreed` was taken back.
    """

    id: int
    commitment_id: int
    reference: str
    title: str
    will_see: str
    due_on: date | None
    due_wording: str
    due_kind: DueKind
    stage: Stage | None
    owner: str
    reason: str
    proposed_by: str
    proposed_on: date
    own: bool
    waits: bool
    agreed: bool | None
    decided_by: str
    answer: str


def more_of(db: Session, actor: Actor, action_id: int) -> ActionMore:
    """Return what else is known of an action; nothing of one that is not there."""
    actor.must(Permission.ACTIONS_READ)
    row = db.execute(
        sa.select(
            Action.why_alone,
            Action.partners,
            PromiseVersion.title,
            from_young_people(),
            Action.together_shown,
            Action.together_with_id,
            Group.id,
            Group.name,
            Person.job,
            Action.starts_on,
        )
        .outerjoin(Person, Person.id == Action.owner_id)
        .outerjoin(Group, Group.id == Action.see_agreed_with_id)
        .outerjoin(PromiseVersion, PromiseVersion.id == Action.ended_with_id)
        .where(Action.id == action_id)
    ).one_or_none()
    if row is None:
        return ActionMore("", "", "")
    why, partners, ended, young, shown, together_with_id, agreed_id, agreed, job, starts = row
    return ActionMore(
        why, partners, ended or "", bool(young), shown, together_with_id, agreed_id, agreed or "",
        job or "", starts,
    )  # fmt: skip


def changes_of(db: Session, actor: Actor, action_id: int) -> list[ChangeRow]:
    """Return the newest 50 changes of an action, newest first."""
    actor.must(Permission.ACTIONS_READ)
    rows = db.execute(
        sa.select(
            ActionChange,
            Person.name,
            PromiseCommitment.reference,
            _DECIDER.name.label("decider"),
            _OWNER.name.label("owner"),
        )
        .outerjoin(_OWNER, _OWNER.id == ActionChange.owner_id)
        .join(Person, Person.id == ActionChange.proposed_by_id)
        .outerjoin(_DECIDER, _DECIDER.id == ActionChange.decided_by_id)
        .join(PromiseCommitment, PromiseCommitment.id == ActionChange.commitment_id)
        .where(ActionChange.action_id == action_id)
        .order_by(ActionChange.id.desc())
        .limit(PAGE_SIZE)
    )
    return [
        ChangeRow(
            id=change.id,
            commitment_id=change.commitment_id,
            reference=reference,
            title=change.title,
            will_see=change.will_see,
            due_on=change.due_on,
            due_wording=change.due_wording,
            due_kind=change.due_kind,
            stage=change.stage,
            owner=owner or "",
            reason=change.reason,
            proposed_by=name,
            proposed_on=london_day(change.proposed_at),
            own=change.proposed_by_id == actor.person_id,
            waits=change.decided_at is None,
            agreed=change.agreed,
            decided_by=decider or "",
            answer=change.answer,
        )
        for change, name, reference, decider, owner in rows
    ]


def is_named(db: Session, actor: Actor, action_id: int) -> bool:
    """Say whether an outcome names an action, so that its wording and commitment are frozen."""
    actor.must(Permission.ACTIONS_READ)
    named = sa.exists().where(OutcomeAction.action_id == action_id)
    return bool(db.scalar(sa.select(named)))


def milestones_of(db: Session, actor: Actor, action_id: int) -> list[MilestoneRow]:
    """Return the milestones of an action, those with the nearest date first."""
    actor.must(Permission.ACTIONS_READ)
    today = london_day(actor.at)
    rows = db.execute(
        sa.select(Milestone, Person.name, Action.stage)
        .join(Action, Action.id == Milestone.action_id)
        .outerjoin(Person, Person.id == Milestone.met_by_id)
        .where(Milestone.action_id == action_id)
        .order_by(Milestone.due_on.is_(None), Milestone.due_on, Milestone.id)
        .limit(PAGE_SIZE)
    )
    return [
        MilestoneRow(
            id=milestone.id,
            title=milestone.title,
            state=_state(milestone, stage, today),
            due_on=milestone.due_on,
            met_on=milestone.met_on,
            evidence=milestone.evidence,
            met_by=name or "",
            corrected=milestone.corrected,
        )
        for milestone, name, stage in rows
    ]


def updates_of(db: Session, actor: Actor, action_id: int) -> list[UpdateRow]:
    """Return the newest 50 updates of an action, newest first."""
    actor.must(Permission.ACTIONS_READ)
    rows = db.execute(
        sa.select(ActionUpdate, Person.name)
        .join(Person, Person.id == ActionUpdate.person_id)
        .where(ActionUpdate.action_id == action_id)
        .order_by(ActionUpdate.id.desc())
        .limit(PAGE_SIZE)
    )
    return [
        UpdateRow(
            id=update.id,
            at=update.at,
            name=name,
            text=update.text,
            corrected=update.corrected,
            own=update.person_id == actor.person_id,
        )
        for update, name in rows
    ]


def _state(milestone: Milestone, stage: Stage, today: date) -> MilestoneState:
    if milestone.met_on is not None:
        return MilestoneState.MET
    past = milestone.due_on is not None and milestone.due_on < today
    late = past and stage is not Stage.ON_HOLD
    return MilestoneState.LATE if late else MilestoneState.TO_COME
