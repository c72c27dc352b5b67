"""Adopting a wording of The Promise says where each live action goes.

An action of an older wording moves to the first commitment in force that carries its own on. One
that nothing carries on stays where it is: the next wording asks for its home.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, altered, column, drop, key, link
from coprod_data.store.migrations.telling import telling

revision = "r0034"
down_revision = "r0033"
branch_labels = None
depends_on = None

version = sa.table("promise_version", *map(sa.column, ("id", "adopted_at")))
theme = sa.table("promise_theme", *map(sa.column, ("id", "version_id")))
commitment = sa.table("promise_commitment", *map(sa.column, ("id", "theme_id")))
successor = sa.table("commitment_successor", *map(sa.column, ("earlier_id", "later_id")))
action = sa.table("action", *map(sa.column, ("id", "commitment_id", "stage")))
change = sa.table(
    "action_change", *map(sa.column, ("id", "action_id", "commitment_id", "decided_at"))
)


def upgrade() -> None:
    op.add_column("promise_version", column("adopted_on", sa.Date, empty=True))
    with telling("promise_version"):
        op.add_column("promise_version", column("written_with", sa.String(240), server_default=""))
        with altered("promise_version") as batch:
            batch.alter_column("written_with", server_default=None)
    op.create_table(
        "promise_home",
        link("version_id", "promise_version"),
        link("action_id", "action", index=True),
        column("kind", CHOICE),
        link("commitment_id", "promise_commitment", empty=True),
        column("reason", sa.Text),
        column("decided_at", MOMENT),
        link("decided_by_id", "person"),
        key(),
        sa.UniqueConstraint("version_id", "action_id"),
        sa.CheckConstraint("(kind = 'move') = (commitment_id IS NOT NULL)", name="moves_somewhere"),
        sa.CheckConstraint("kind <> 'drop' OR reason <> ''", name="dropped_with_reason"),
    )
    with altered("action") as batch:
        batch.add_column(link("ended_with_id", "promise_version", empty=True))
    with telling("action", "action_change"):
        _move()


def downgrade() -> None:
    with altered("action") as batch:
        batch.drop_column("ended_with_id")
    drop("promise_home")
    with altered("promise_version") as batch:
        batch.drop_column("written_with")
        batch.drop_column("adopted_on")


def _move() -> None:
    db = op.get_bind()
    newest = (
        sa.select(version.c.id)
        .where(version.c.adopted_at.is_not(None))
        .order_by(version.c.adopted_at.desc(), version.c.id.desc())
        .limit(1)
    )
    in_force = set(
        db.scalars(
            sa.select(commitment.c.id)
            .join(theme, theme.c.id == commitment.c.theme_id)
            .where(theme.c.version_id == newest.scalar_subquery())
        )
    )
    later: dict[int, list[int]] = {}
    pairs = sa.select(successor.c.earlier_id, successor.c.later_id)
    for old_id, new_id in db.execute(pairs.order_by(successor.c.later_id)):
        later.setdefault(old_id, []).append(new_id)
    moved = sa.select(action.c.id, action.c.commitment_id).where(
        action.c.stage != "dropped", action.c.commitment_id.not_in(in_force)
    )
    for action_id, old_id in db.execute(moved).all():
        if (home := _home(old_id, later, in_force)) is not None:
            its = sa.update(action).where(action.c.id == action_id)
            db.execute(its.values(commitment_id=home))
            waiting = sa.update(change).where(
                change.c.action_id == action_id,
                change.c.commitment_id == old_id,
                change.c.decided_at.is_(None),
            )
            db.execute(waiting.values(commitment_id=home))


def _home(old_id: int, later: dict[int, list[int]], in_force: set[int]) -> int | None:
    """Return the first commitment in force that carries an older one on, the nearest first."""
    seen, next_ones = {old_id}, [old_id]
    while next_ones:
        next_ones = [new for one in next_ones for new in later.get(one, ()) if new not in seen]
        seen |= set(next_ones)
        if found := [one for one in next_ones if one in in_force]:
            return found[0]
    return None
