"""Groups say who sits in them by kind and until when, how many young people, and when they met."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OWNS_QUEUE = "uq_group_owns_queue"
YOUNG = "SELECT person_id FROM role_grant WHERE role = 'young_person' AND ended_at IS NULL"
BOARD = (
    "SELECT person_id FROM role_grant WHERE role IN ('board_member', 'chair') AND ended_at IS NULL"
)
# A review named a group; the day it was spotted is the nearest that is known.
MEETINGS = (
    "INSERT INTO group_meeting (group_id, met_on)"
    " SELECT DISTINCT reviewed_by_group_id, date(spotted_at) FROM opportunity"
    " WHERE reviewed_by_group_id IS NOT NULL",
    "UPDATE opportunity SET reviewed_meeting_id = ("
    " SELECT m.id FROM group_meeting m WHERE m.group_id = reviewed_by_group_id"
    " AND m.met_on = date(spotted_at))",
)
SEATS = (
    'UPDATE "group" SET young_people = (SELECT count(*) FROM membership m'
    f' WHERE m.group_id = "group".id AND m.person_id IN ({YOUNG}))',
    f"DELETE FROM membership WHERE person_id IN ({YOUNG})",
    f"UPDATE membership SET kind = 'member', sector = 'council' WHERE person_id IN ({BOARD})",
    "UPDATE membership SET joined_on ="
    " (SELECT date(p.added_at) FROM person p WHERE p.id = membership.person_id)",
)
BACK = (
    "DELETE FROM membership WHERE person_id IS NULL OR left_on IS NOT NULL",
    "UPDATE opportunity SET reviewed_by_group_id ="
    " (SELECT m.group_id FROM group_meeting m WHERE m.id = reviewed_meeting_id)",
)


def upgrade() -> None:
    op.create_table(
        "group_meeting",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("group_id", sa.Integer, sa.ForeignKey("group.id"), nullable=False),
        sa.Column("met_on", sa.Date, nullable=False),
        sa.UniqueConstraint("group_id", "met_on"),
    )
    with op.batch_alter_table("group") as group:
        group.add_column(sa.Column("terms", sa.Text, nullable=False, server_default=""))
        group.add_column(sa.Column("quorum", sa.Integer))
        group.add_column(sa.Column("young_people", sa.Integer, nullable=False, server_default="0"))
        group.add_column(
            sa.Column("owns_queue", sa.Boolean, nullable=False, server_default=sa.false())
        )
        group.add_column(sa.Column("closed_at", sa.DateTime(timezone=True)))
    op.create_index(
        OWNS_QUEUE,
        "group",
        ["owns_queue"],
        unique=True,
        sqlite_where=sa.text("owns_queue = 1"),
        postgresql_where=sa.text("owns_queue"),
    )
    with op.batch_alter_table("membership") as membership:
        membership.drop_constraint("uq_membership_group_id_person_id", type_="unique")
        membership.alter_column("person_id", existing_type=sa.Integer, nullable=True)
        membership.add_column(sa.Column("name", sa.String(120)))
        membership.add_column(
            sa.Column("kind", sa.String(40), nullable=False, server_default="officer")
        )
        membership.add_column(
            sa.Column("sector", sa.String(40), nullable=False, server_default="children")
        )
        membership.add_column(
            sa.Column("joined_on", sa.Date, nullable=False, server_default="2000-01-01")
        )
        membership.add_column(sa.Column("term_ends_on", sa.Date))
        membership.add_column(sa.Column("left_on", sa.Date))
        membership.create_index("ix_membership_group_id", ["group_id"])
        membership.create_check_constraint(
            "exactly_one_person_id_name",
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN name IS NULL THEN 0 ELSE 1 END) = 1",
        )
    for statement in SEATS:
        op.execute(statement)
    with op.batch_alter_table("opportunity") as opportunity:
        opportunity.add_column(
            sa.Column(
                "reviewed_meeting_id",
                sa.Integer,
                sa.ForeignKey(
                    "group_meeting.id", name="fk_opportunity_reviewed_meeting_id_group_meeting"
                ),
            )
        )
    for statement in MEETINGS:
        op.execute(statement)
    with op.batch_alter_table("opportunity") as opportunity:
        opportunity.drop_constraint("fk_opportunity_reviewed_by_group_id_group", type_="foreignkey")
        opportunity.drop_column("reviewed_by_group_id")
        opportunity.create_index("ix_opportunity_reviewed_meeting_id", ["reviewed_meeting_id"])


def downgrade() -> None:
    with op.batch_alter_table("opportunity") as opportunity:
        opportunity.add_column(
            sa.Column(
                "reviewed_by_group_id",
                sa.Integer,
                sa.ForeignKey("group.id", name="fk_opportunity_reviewed_by_group_id_group"),
            )
        )
    for statement in BACK:
        op.execute(statement)
    with op.batch_alter_table("opportunity") as opportunity:
        opportunity.drop_index("ix_opportunity_reviewed_meeting_id")
        opportunity.drop_constraint(
            "fk_opportunity_reviewed_meeting_id_group_meeting", type_="foreignkey"
        )
        opportunity.drop_column("reviewed_meeting_id")
    with op.batch_alter_table("membership") as membership:
        membership.drop_constraint("exactly_one_person_id_name", type_="check")
        membership.drop_index("ix_membership_group_id")
        for column in ("name", "kind", "sector", "joined_on", "term_ends_on", "left_on"):
            membership.drop_column(column)
        membership.alter_column("person_id", existing_type=sa.Integer, nullable=False)
        membership.create_unique_constraint(
            "uq_membership_group_id_person_id", ["group_id", "person_id"]
        )
    op.drop_index(OWNS_QUEUE, "group")
    with op.batch_alter_table("group") as group:
        for column in ("terms", "quorum", "young_people", "owns_queue", "closed_at"):
            group.drop_column(column)
    op.drop_table("group_meeting")
