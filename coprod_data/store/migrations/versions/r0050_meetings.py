"""Meetings of the Board, who is invited, and who holds which office.

The day and the theme that the chair had set become a planned meeting, and are settings no more.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    MOMENT,
    column,
    drop,
    exactly_one,
    key,
    link,
)
from coprod_data.store.migrations.telling import telling

revision = "r0050"
down_revision = "r0048"
branch_labels = None
depends_on = None

DAY, THEME = "next_meeting", "next_meeting_theme"
setting = sa.table(
    "setting", sa.column("key"), sa.column("value", sa.JSON), sa.column("changed_at", MOMENT)
)
theme = sa.table("promise_theme", sa.column("id"))
meeting = sa.table(
    "meeting",
    *map(sa.column, ("id", "begins", "ends", "theme_id", "place", "online", "private_part")),
    *map(sa.column, ("state", "why_moved", "why_cancelled")),
    sa.column("meets_on", sa.Date),
    sa.column("open_to_public", sa.Boolean),
    sa.column("planned_at", MOMENT),
)


def upgrade() -> None:
    op.create_table(
        "meeting",
        column("meets_on", sa.Date),
        column("begins", sa.String(5)),
        column("ends", sa.String(5)),
        link("theme_id", "promise_theme", empty=True, index=True),
        column("place", sa.String(160)),
        column("online", sa.String(240)),
        column("open_to_public", sa.Boolean),
        column("private_part", sa.String(240)),
        column("quorum", sa.Integer, empty=True),
        column("young_people", sa.Integer, empty=True),
        column("state", CHOICE),
        column("planned_at", MOMENT),
        link("planned_by_id", "person", empty=True),
        column("moved_from", sa.Date, empty=True),
        column("why_moved", sa.Text),
        column("why_cancelled", sa.Text),
        key(),
    )
    op.create_index("ix_meeting_state", "meeting", ["state", "meets_on"])
    op.create_table(
        "meeting_invited",
        link("meeting_id", "meeting"),
        link("person_id", "person", index=True),
        column("reply", CHOICE, empty=True),
        column("interest", sa.String(240)),
        key(),
        sa.UniqueConstraint("meeting_id", "person_id"),
    )
    op.create_table(
        "post",
        column("office", CHOICE),
        column("title", sa.String(160)),
        link("person_id", "person", empty=True, index=True),
        column("name", sa.String(120), empty=True),
        column("began_on", sa.Date),
        column("ended_on", sa.Date, empty=True),
        key(),
        exactly_one("person_id", "name"),
    )
    with telling("setting", "meeting"):
        _plan_what_was_set()


def downgrade() -> None:
    with telling("setting"):
        _set_what_is_planned()
    drop("post", "meeting_invited", "meeting")


def _plan_what_was_set() -> None:
    db = op.get_bind()
    was_set = {row.key: row for row in db.execute(
        sa.select(setting).where(setting.c.key.in_((DAY, THEME)))
    )}  # fmt: skip
    if DAY in was_set and was_set[DAY].value:
        about = was_set[THEME].value if THEME in was_set else None
        known = db.scalar(sa.select(theme.c.id).where(theme.c.id == about)) if about else None
        db.execute(
            sa.insert(meeting).values(
                meets_on=date.fromisoformat(was_set[DAY].value), theme_id=known, begins="", ends="",
                place="", online="", open_to_public=True, private_part="", state="planned",
                planned_at=was_set[DAY].changed_at, why_moved="", why_cancelled="",
            )
        )  # fmt: skip
    db.execute(sa.delete(setting).where(setting.c.key.in_((DAY, THEME))))


def _set_what_is_planned() -> None:
    db = op.get_bind()
    last = db.execute(
        sa.select(meeting)
        .where(meeting.c.state == "planned")
        .order_by(meeting.c.meets_on.desc())
        .limit(1)
    ).first()
    if last is None:
        return
    values = {DAY: last.meets_on.isoformat(), THEME: last.theme_id}
    db.execute(
        sa.insert(setting),
        [{"key": name, "value": value, "changed_at": last.planned_at}
         for name, value in values.items()],
    )  # fmt: skip
