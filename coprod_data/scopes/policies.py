"""Which version of a policy the public reads, when a twin is out of date, which comments wait."""

from typing import Any

import sqlalchemy as sa

from coprod_data.models import CardEntry, PolicyBoard, PolicyComment, PolicyPart, PolicyVersion
from coprod_data.vocabulary.rewordings import NOT_WRITTEN


def easy_is_stale(part: PolicyPart) -> bool:
    """Say whether the easy words of a part are missing, or were written for another text."""
    return not part.easy or part.easy in NOT_WRITTEN or part.easy_for != part.text_at


def awaits_chair(version_id: Any) -> sa.ColumnElement[bool]:
    """Return the condition that the sign-off of a version waits for the chair to confirm it."""
    one = PolicyBoard
    return sa.and_(
        one.version_id == version_id, one.signs, one.ours, one.confirmed_at.is_(None)
    )  # fmt: skip


def public_version(policy_id: Any) -> sa.ScalarSelect[int]:
    """Select the version of a policy that the public reads: the newest that was put out."""
    return (
        sa.select(PolicyVersion.id)
        .where(PolicyVersion.policy_id == policy_id, PolicyVersion.put_out_at.is_not(None))
        .order_by(PolicyVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def unsettled() -> sa.ColumnElement[bool]:
    """Return the condition that nobody has said what became of a comment, which still counts."""
    return sa.and_(PolicyComment.disposition.is_(None), CardEntry.withdrawn_at.is_(None))


def unsettled_of(policy_id: int) -> sa.Select[int]:
    """Select how many comments on a policy have no answer."""
    return (
        sa.select(sa.func.count())
        .select_from(PolicyComment)
        .join(CardEntry, CardEntry.id == PolicyComment.entry_id)
        .join(PolicyPart, PolicyPart.id == PolicyComment.part_id)
        .join(PolicyVersion, PolicyVersion.id == PolicyPart.version_id)
        .where(PolicyVersion.policy_id == policy_id, unsettled())
    )
