"""Which wording of The Promise is in force: conditions in SQL, no reads."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

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


def lines_of(version_id: int) -> sa.Select[int, str, str, str | None, str | None]:
    """Select every line of a version in its order: its theme, that one's two names, and for each
    commitment its number and wording; a theme without any is one line.
    """
    return (
        sa.select(
            PromiseTheme.id,
            PromiseTheme.title,
            PromiseTheme.young_title,
            PromiseCommitment.reference,
            PromiseCommitment.wording,
        )
        .outerjoin(PromiseCommitment, PromiseCommitment.theme_id == PromiseTheme.id)
        .where(PromiseTheme.version_id == version_id)
        .order_by(PromiseTheme.position, PromiseCommitment.position)
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


def themes_now() -> sa.Subquery:
    """Return pairs (`then_id`, `now_id`) of themes: one that is not in force any more, and the one
    in force that carries it on, by its title or else by its commitments; `how` counts the latter.
    """
    then, now = aliased(PromiseTheme), aliased(PromiseTheme)
    earlier, later = aliased(PromiseCommitment), aliased(PromiseCommitment)
    pairs = lineage()
    in_force = now.version_id == version_in_force()
    by_title = (
        sa.select(then.id.label("then_id"), now.id.label("now_id"), sa.literal(0).label("how"))
        .join(now, sa.func.lower(now.title) == sa.func.lower(then.title))
        .where(in_force, then.version_id != now.version_id)
    )
    by_commitments = (
        sa.select(earlier.theme_id, later.theme_id, sa.func.count())
        .select_from(pairs)
        .join(earlier, earlier.id == pairs.c.then_id)
        .join(later, later.id == pairs.c.now_id)
        .where(earlier.theme_id != later.theme_id)
        .group_by(earlier.theme_id, later.theme_id)
    )
    return sa.union_all(by_title, by_commitments).subquery("themes_now")
