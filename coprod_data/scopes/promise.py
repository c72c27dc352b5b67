"""Which wording of The Promise is in force: conditions in SQL, no reads."""

from typing import Any

import sqlalchemy as sa

from coprod_data.models import CommitmentSuccessor, PromiseCommitment, PromiseTheme, PromiseVersion


def version_in_force() -> sa.ScalarSelect[int]:
    """Return the id of the newest adopted version; null before the first adoption."""
    return (
        sa.select(PromiseVersion.id)
        .where(PromiseVersion.adopted_at.is_not(None))
        .order_by(PromiseVersion.adopted_at.desc(), PromiseVersion.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def theme_in_force() -> sa.ColumnElement[bool]:
    """Return the condition that a theme belongs to the version in force."""
    return PromiseTheme.version_id == version_in_force()


def lineage() -> sa.CTE:
    """Return pairs (`now_id`, `then_id`): each commitment in force, and one it carries on.

    A commitment carries on itself, and every earlier wording through `commitment_successor`.
    Actions belong to the wording of their day; this is how today's wording finds them.
    """
    itself = (
        sa.select(PromiseCommitment.id.label("now_id"), PromiseCommitment.id.label("then_id"))
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(theme_in_force())
        .cte("lineage", recursive=True)
    )
    earlier: Any = sa.select(itself.c.now_id, CommitmentSuccessor.earlier_id).join(
        CommitmentSuccessor, CommitmentSuccessor.later_id == itself.c.then_id
    )
    return itself.union(earlier)
