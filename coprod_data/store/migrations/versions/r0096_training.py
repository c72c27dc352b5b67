"""Courses, their dates, bookings, and who is to be trained and has no account."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, drop, key, link

revision = "r0096"
down_revision = "r0095"
branch_labels = None
depends_on = None

AUDIENCES = ("managers", "officers", "members", "young", "parents", "partners")


def upgrade() -> None:
    op.create_table(
        "course",
        key(),
        column("title", sa.String(120)),
        column("level", CHOICE),
        column("aims", sa.Text),
        *(column(name, sa.Boolean) for name in (*AUDIENCES, "required")),
        column("refresh_months", sa.Integer, empty=True),
        column("with_young", sa.Boolean),
        column("accessible", sa.Boolean),
        column("closed_at", MOMENT, empty=True),
        sa.UniqueConstraint("title", name="uq_course_title"),
    )
    op.create_table(
        "course_date",
        key(),
        link("course_id", "course", index=True),
        column("held_on", sa.Date),
        column("begins", sa.String(5)),
        column("ends", sa.String(5)),
        column("places", sa.Integer),
        link("venue_id", "venue", empty=True),
        column("place", sa.String(160)),
        column("cancelled_at", MOMENT, empty=True),
        column("recorded_at", MOMENT, empty=True),
        column("send_came", sa.Integer, empty=True),
    )
    op.create_table(
        "learner",
        key(),
        column("name", sa.String(120)),
        column("audience", CHOICE),
        link("service_id", "service", empty=True, index=True),
        column("left_on", sa.Date, empty=True),
        sa.CheckConstraint("audience <> 'young'", name="not_young"),
    )
    op.create_table(
        "booking",
        key(),
        link("date_id", "course_date"),
        link("person_id", "person", empty=True, index=True),
        link("learner_id", "learner", empty=True, index=True),
        column("turn", sa.Integer),
        column("state", CHOICE),
        sa.UniqueConstraint("date_id", "person_id", name="uq_booking_date_id_person_id"),
        sa.UniqueConstraint("date_id", "learner_id", name="uq_booking_date_id_learner_id"),
        sa.UniqueConstraint("date_id", "turn", name="uq_booking_date_id_turn"),
        sa.CheckConstraint("person_id IS NULL OR learner_id IS NULL", name="one_of_both"),
    )


def downgrade() -> None:
    drop("booking", "learner", "course_date", "course")
