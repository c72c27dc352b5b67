"""Co-production opportunities, their sources, young people and invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opportunity",
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("help_wanted", sa.Text(), nullable=False),
        sa.Column("time_needed", sa.String(length=160), nullable=False),
        sa.Column("when_and_how", sa.String(length=240), nullable=False),
        sa.Column("power_shared", sa.Text(), nullable=False),
        sa.Column("support", sa.String(length=240), nullable=False),
        sa.Column("expenses", sa.String(length=240), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("spotted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spotted_by_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_by_group_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("working_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reviewed_by_group_id"],
            ["group.id"],
            name=op.f("fk_opportunity_reviewed_by_group_id_group"),
        ),
        sa.ForeignKeyConstraint(
            ["spotted_by_id"], ["person.id"], name=op.f("fk_opportunity_spotted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["promise_theme.id"], name=op.f("fk_opportunity_theme_id_promise_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
    )
    op.create_index("ix_opportunity_state", "opportunity", ["state", "opened_at"], unique=False)
    op.create_index(op.f("ix_opportunity_theme_id"), "opportunity", ["theme_id"], unique=False)
    op.create_table(
        "opportunity_source",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("report_card_id", sa.Integer(), nullable=True),
        sa.Column("audit_answer_id", sa.Integer(), nullable=True),
        sa.Column("idea_person_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END)"
            "+ (CASE WHEN report_card_id IS NULL THEN 0 ELSE 1 END)"
            "+ (CASE WHEN audit_answer_id IS NULL THEN 0 ELSE 1 END)"
            "+ (CASE WHEN idea_person_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_opportunity_source_exactly_one_entry_id_report_card_id_audit_"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_answer_id"],
            ["audit_answer.id"],
            name=op.f("fk_opportunity_source_audit_answer_id_audit_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_opportunity_source_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["idea_person_id"],
            ["person.id"],
            name=op.f("fk_opportunity_source_idea_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_source_opportunity_id_opportunity"),
        ),
        sa.ForeignKeyConstraint(
            ["report_card_id"],
            ["report_card.id"],
            name=op.f("fk_opportunity_source_report_card_id_report_card"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_source")),
    )
    op.create_index(
        op.f("ix_opportunity_source_audit_answer_id"),
        "opportunity_source",
        ["audit_answer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_opportunity_source_entry_id"), "opportunity_source", ["entry_id"], unique=False
    )
    op.create_index(
        op.f("ix_opportunity_source_opportunity_id"),
        "opportunity_source",
        ["opportunity_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_opportunity_source_report_card_id"),
        "opportunity_source",
        ["report_card_id"],
        unique=False,
    )
    op.create_table(
        "opportunity_young",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            "+ (CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_opportunity_young_exactly_one_person_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_opportunity_young_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_young_opportunity_id_opportunity"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_opportunity_young_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_young")),
        sa.UniqueConstraint(
            "opportunity_id", "entry_id", name=op.f("uq_opportunity_young_opportunity_id_entry_id")
        ),
        sa.UniqueConstraint(
            "opportunity_id",
            "person_id",
            name=op.f("uq_opportunity_young_opportunity_id_person_id"),
        ),
    )
    op.create_index(
        op.f("ix_opportunity_young_entry_id"), "opportunity_young", ["entry_id"], unique=False
    )
    op.create_index(
        op.f("ix_opportunity_young_person_id"), "opportunity_young", ["person_id"], unique=False
    )
    op.create_table(
        "invitation",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("reply", sa.String(40), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("passed_to_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_invitation_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_invitation_opportunity_id_opportunity"),
        ),
        sa.ForeignKeyConstraint(
            ["passed_to_id"], ["person.id"], name=op.f("fk_invitation_passed_to_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "opportunity_id", "person_id", name=op.f("uq_invitation_opportunity_id_person_id")
        ),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("invitation")
    op.drop_table("opportunity_young")
    op.drop_table("opportunity_source")
    op.drop_table("opportunity")
