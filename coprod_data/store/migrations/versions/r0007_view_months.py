"""Faces are counted once a month: the months that have ended are made up from the views.

An older release showed each face at once, from the first person on. The log keeps no face from now
on; what it was told before stays.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from coprod_data.rules.clocks import london_day
from coprod_data.rules.views_counted import (
    Said,
    Shown,
    Subject,
    faces_shown,
    months_due,
    next_month,
)
from coprod_data.store.migrations.columns import (
    CHOICE,
    MOMENT,
    column,
    drop,
    exactly_one,
    key,
    link,
)
from coprod_data.vocabulary.actions import Face, ViewOf

revision = "r0007"
down_revision = "r0006"
branch_labels = None
depends_on = None

ABOUT = tuple(f"{of.value}_id" for of in ViewOf)

view_month = sa.table(
    "view_month",
    sa.column("id", sa.Integer),
    sa.column("month", sa.Date),
    sa.column("made_at", MOMENT),
)
view_face = sa.table(
    "view_face",
    *(sa.column(name) for name in ("view_month_id", *ABOUT, "face")),
    sa.column("counted_to", sa.Date),
)
young_view = sa.table(
    "young_view",
    *(sa.column(name) for name in ("id", "action_id", "person_id", "entry_id", "face")),
    sa.column("at", MOMENT),
)
card_holder = sa.table("card_holder", *map(sa.column, ("person_id", "entry_id")))
action = sa.table("action", *map(sa.column, ("id", "commitment_id", "stage")))
commitment = sa.table("promise_commitment", *map(sa.column, ("id", "theme_id")))
theme = sa.table("promise_theme", *map(sa.column, ("id", "version_id", "young_title")))
version = sa.table("promise_version", *map(sa.column, ("id", "adopted_at")))
successor = sa.table("commitment_successor", *map(sa.column, ("earlier_id", "later_id")))


def upgrade() -> None:
    op.create_table(
        "view_month",
        column("month", sa.Date, unique=True),
        column("made_at", MOMENT),
        key(),
    )
    op.create_table(
        "view_face",
        link("view_month_id", "view_month"),
        link("action_id", "action", empty=True),
        link("commitment_id", "promise_commitment", empty=True),
        link("theme_id", "promise_theme", empty=True),
        column("face", CHOICE),
        column("counted_to", sa.Date),
        key(),
        exactly_one(*ABOUT),
        *(sa.UniqueConstraint("view_month_id", name) for name in ABOUT),
    )
    now = datetime.now(UTC)
    said = list(_said())
    if said:
        _make_up(said, now)


def downgrade() -> None:
    drop("view_face", "view_month")


def _make_up(said: list[Said], now: datetime) -> None:
    db = op.get_bind()
    above, ids = _above()
    before: dict[Subject, Shown] = {}
    for month in months_due(None, said[0].on, london_day(now)):
        db.execute(sa.insert(view_month).values(month=month, made_at=now))
        month_id = db.scalar(sa.select(view_month.c.id).where(view_month.c.month == month))
        before = shown = faces_shown(said, above, before, until=next_month(month))
        rows = {(subject[0], id_): one for subject, one in shown.items() for id_ in ids[subject]}
        for (of, id_), one in rows.items():
            db.execute(
                sa.insert(view_face).values(
                    view_month_id=month_id, face=one.face.value, counted_to=one.counted_to,
                    **{f"{of.value}_id": id_},
                )
            )  # fmt: skip


def _said() -> Iterator[Said]:
    holder = (
        sa.select(sa.func.min(card_holder.c.person_id))
        .where(card_holder.c.entry_id == young_view.c.entry_id)
        .correlate(young_view)
        .scalar_subquery()
    )
    account = sa.func.coalesce(young_view.c.person_id, holder).label("account")
    for row in op.get_bind().execute(sa.select(young_view, account).order_by(young_view.c.id)):
        at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
        who = f"card {row.entry_id}" if row.account is None else f"account {row.account}"
        yield Said(who, row.action_id, Face(row.face), london_day(at))


def _above() -> tuple[dict[int, tuple[int, int]], dict[Subject, set[int]]]:
    """Return the commitment and theme in force of each live action, and whose faces those are."""
    db = op.get_bind()
    later = _later()
    themes = {
        row.id: (row.theme_id, row.young_title)
        for row in db.execute(
            sa.select(commitment.c.id, commitment.c.theme_id, theme.c.young_title).join(
                theme, theme.c.id == commitment.c.theme_id
            )
        )
    }
    first: dict[str, int] = {}  # themes of all wordings with one name count as one
    above: dict[int, tuple[int, int]] = {}
    ids: dict[Subject, set[int]] = {}
    live = sa.select(action).where(action.c.stage.not_in(("proposed", "dropped")))
    for row in db.execute(live.order_by(action.c.id)):
        now_id = row.commitment_id
        while now_id in later:
            now_id = later[now_id]
        theme_id, name = themes[now_id]
        above[row.id] = (now_id, first.setdefault(name, theme_id))
        ids[ViewOf.ACTION, row.id] = {row.id}
        ids.setdefault((ViewOf.COMMITMENT, now_id), set()).update({now_id, row.commitment_id})
        ids.setdefault((ViewOf.THEME, above[row.id][1]), set()).update(
            {theme_id, themes[row.commitment_id][0]}
        )
    return above, ids


def _later() -> dict[int, int]:
    """Return which commitment carries on an earlier one, in adopted wordings only."""
    carried_on = (
        sa.select(successor.c.earlier_id, sa.func.min(successor.c.later_id))
        .join(commitment, commitment.c.id == successor.c.later_id)
        .join(theme, theme.c.id == commitment.c.theme_id)
        .join(version, version.c.id == theme.c.version_id)
        .where(version.c.adopted_at.is_not(None), successor.c.later_id > successor.c.earlier_id)
        .group_by(successor.c.earlier_id)
    )
    return {row[0]: row[1] for row in op.get_bind().execute(carried_on)}
