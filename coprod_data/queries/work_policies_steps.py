"""Waits about policies: the next step of one, and a sign-off for the chair to confirm."""

import sqlalchemy as sa

from coprod_data.models import Person, Policy, PolicyBoard, PolicyDone, PolicyVersion
from coprod_data.queries.work_steps import DUE_BY, ME, NEVER, TODAY, Statement, wait
from coprod_data.scopes.policies import awaits_chair
from coprod_data.vocabulary.policies import PolicyStep
from coprod_data.vocabulary.work import WorkKind


def steps_to_take() -> Statement:
    """Select policies that this person leads, and whose next step is due soon or has no day; once
    all steps were taken, those whose review is due. `met` is how many of them were taken.
    """
    taken = (
        sa.select(sa.func.count())
        .where(PolicyDone.policy_id == Policy.id, PolicyDone.lap == Policy.lap)
        .correlate(Policy)
        .scalar_subquery()
    )
    every = len(PolicyStep)
    soon = sa.or_(Policy.next_by.is_(None), Policy.next_by <= DUE_BY)
    day = sa.case((taken < every, Policy.next_by), else_=Policy.review_on)
    return wait(
        WorkKind.POLICY_NEXT, Policy.id, Policy.title, NEVER, met=taken, whole=sa.literal(every),
        due_on=day, late=sa.func.coalesce(day < TODAY, sa.false()), note=Policy.next_with,
    ).where(
        Policy.owner_id == ME,
        sa.or_(sa.and_(taken < every, soon), sa.and_(taken == every, Policy.review_on <= TODAY)),
    )  # fmt: skip


def sign_offs_to_confirm() -> Statement:
    """Select sign-offs that were recorded for this Board and that somebody else must confirm."""
    return (
        wait(
            WorkKind.POLICY_CONFIRM, Policy.id, Policy.title, NEVER, who=Person.name,
            due_on=PolicyBoard.seen_on,
        )
        .select_from(PolicyBoard)
        .join(PolicyVersion, PolicyVersion.id == PolicyBoard.version_id)
        .join(Policy, Policy.id == PolicyVersion.policy_id)
        .join(Person, Person.id == PolicyBoard.recorded_by_id)
        .where(awaits_chair(PolicyVersion.id), PolicyBoard.recorded_by_id != ME)
    )  # fmt: skip
