"""Which wording of The Promise is in force: conditions in SQL, no reads."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import CommitmentSuccessor, PromiseCommitment, PromiseTheme, PromiseVersion
from coprod_data.rules.statements import statement

SAME_YOUNG_NAME = 1_000_000  # more than a theme has commitments


@statement
def version_in_force() -> sa.ScalarSelect[int]:
    """Return the id of the newest adopted version; null before the first adoption."""
    return (
        sa.select(PromiseVersion.id)
        .where(PromiseVersion.adopted_at.is_not(None))
        .order_by(PromiseVersion.adopted_at.desc(), PromiseVersion.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def lines_of(
    version_id: int,
) -> sa.Select[int, str, str, str | None, str | None, str | None]:
    """Select every line of a version in its order: its theme, that one's two names, and for each
    commitment its number, its wording and its easy words; a theme without any is one line.
    """
    return (
        sa.select(
            PromiseTheme.id,
            PromiseTheme.title,
            PromiseTheme.young_title,
            PromiseCommitment.reference,
            PromiseCommitment.wording,
            PromiseCommitment.easy_wording,
        )
        .outerjoin(PromiseCommitment, PromiseCommitment.theme_id == PromiseTheme.id)
        .where(PromiseTheme.version_id == version_id)
        .order_by(PromiseTheme.position, PromiseCommitment.position)
    )


def theme_in_force() -> sa.ColumnElement[bool]:
    """Return the condition that a theme belongs to the version in force."""
    return PromiseTheme.version_id == version_in_force()


@statement
def lineage(name: str = "lineage") -> sa.CTE:
    """Return pairs (`now_id`, `then_id`): each commitment in force, and one it carries on.

    A commitment carries on itself, and every earlier wording through `commitment_successor`.
    Actions belong to the wording of their day; this is how today's wording finds them.
    """
    itself = (
        sa.select(PromiseCommitment.id.label("now_id"), PromiseCommitment.id.label("then_id"))
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(theme_in_force())
        .cte(name, recursive=True)
    )
    earlier: Any = sa.select(itself.c.now_id, CommitmentSuccessor.earlier_id).join(
        CommitmentSuccessor, CommitmentSuccessor.later_id == itself.c.then_id
    )
    return itself.union(earlier)


@statement
def themes_now() -> sa.Subquery:
    """Return pairs (`then_id`, `now_id`) of themes: one that is not in force any more, and the one
    in force that carries it on: by its title, else by young people's name for it, else by its
    commitments; `how` is 0, SAME_YOUNG_NAME, or how many of them.
    """
    then, now = aliased(PromiseTheme), aliased(PromiseTheme)
    earlier, later = aliased(PromiseCommitment), aliased(PromiseCommitment)
    pairs = lineage("lineage_of_themes")
    in_force = now.version_id == version_in_force()
    by_title = (
        sa.select(then.id.label("then_id"), now.id.label("now_id"), sa.literal(0).label("how"))
        .join(now, sa.func.lower(now.title) == sa.func.lower(then.title))
        .where(in_force, then.version_id != now.version_id)
    )
    by_young_name = (
        sa.select(then.id, now.id, sa.literal(SAME_YOUNG_NAME))
        .join(now, sa.func.lower(now.young_title) == sa.func.lower(then.young_title))
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
    return sa.union_all(by_title, by_young_name, by_commitments).subquery("themes_now")


@statement
def themes_carried_on() -> sa.CTE:
    """Return pairs (`then_id`, `now_id`): every theme, and the one in force that carries it on.

    One in force carries on itself. One that nothing carries on belongs to the newest of its name.
    """
    pairs, named = themes_now(), aliased(PromiseTheme)
    place = sa.func.row_number().over(
        partition_by=pairs.c.then_id,
        order_by=(pairs.c.how != 0, pairs.c.how.desc(), pairs.c.now_id),
    )
    placed = sa.select(pairs.c.then_id, pairs.c.now_id, place.label("place")).subquery("placed")
    same_name = (
        sa.select(sa.func.max(named.id))
        .where(sa.func.lower(named.young_title) == sa.func.lower(PromiseTheme.young_title))
        .correlate(PromiseTheme)
        .scalar_subquery()
    )
    now = sa.case(
        (theme_in_force(), PromiseTheme.id), else_=sa.func.coalesce(placed.c.now_id, same_name)
    )
    return (
        sa.select(PromiseTheme.id.label("then_id"), now.label("now_id"))
        .outerjoin(placed, sa.and_(placed.c.then_id == PromiseTheme.id, placed.c.place == 1))
        .cte("themes_carried_on")
    )


def same_theme(theme_id: int | sa.BindParameter[int]) -> sa.Select[int]:
    """Return the ids of a theme in every wording of The Promise, whichever of them this is."""
    pairs = themes_carried_on()
    asked = pairs.alias("asked")
    now = sa.select(asked.c.now_id).where(asked.c.then_id == theme_id).scalar_subquery()
    return sa.select(pairs.c.then_id).where(pairs.c.now_id == now)
