"""The participation audit."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_round",
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_round")),
        sa.UniqueConstraint("opened_on", name=op.f("uq_audit_round_opened_on")),
        sa.UniqueConstraint("title", name=op.f("uq_audit_round_title")),
    )
    op.create_table(
        "audit_standard",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("short", sa.String(length=60), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=240), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["audit_round.id"], name=op.f("fk_audit_standard_round_id_audit_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_standard")),
        sa.UniqueConstraint(
            "round_id", "reference", name=op.f("uq_audit_standard_round_id_reference")
        ),
    )
    op.create_table(
        "audit_return",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["returned_by_id"], ["person.id"], name=op.f("fk_audit_return_returned_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["audit_round.id"], name=op.f("fk_audit_return_round_id_audit_round")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_audit_return_service_id_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_return")),
        sa.UniqueConstraint(
            "round_id", "service_id", name=op.f("uq_audit_return_round_id_service_id")
        ),
    )
    op.create_table(
        "audit_answer",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("rater", sa.String(40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "level IS NULL OR level BETWEEN 0 AND 3", name=op.f("ck_audit_answer_level_range")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_audit_answer_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["audit_return.id"], name=op.f("fk_audit_answer_return_id_audit_return")
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"],
            ["audit_standard.id"],
            name=op.f("fk_audit_answer_standard_id_audit_standard"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_answer")),
        sa.UniqueConstraint(
            "return_id",
            "standard_id",
            "rater",
            name=op.f("uq_audit_answer_return_id_standard_id_rater"),
        ),
    )
    op.create_index(
        op.f("ix_audit_answer_standard_id"), "audit_answer", ["standard_id"], unique=False
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("audit_answer")
    op.drop_table("audit_return")
    op.drop_table("audit_standard")
    op.drop_table("audit_round")
