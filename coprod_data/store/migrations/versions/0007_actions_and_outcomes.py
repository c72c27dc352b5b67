"""The action plan, and outcomes that both sides sign."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("will_see", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("together_with_id", sa.Integer(), nullable=True),
        sa.Column("worked_on_by", sa.String(40), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_wording", sa.String(length=120), nullable=False),
        sa.Column("due_kind", sa.String(40), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("rag", sa.String(40), nullable=True),
        sa.Column("rag_reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rag IS NULL OR stage = 'in_progress'", name=op.f("ck_action_rag_in_progress")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_action_approved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["promise_commitment.id"],
            name=op.f("fk_action_commitment_id_promise_commitment"),
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_action_opportunity_id_opportunity"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_action_owner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_action_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_action_service_id_service")
        ),
        sa.ForeignKeyConstraint(
            ["together_with_id"], ["group.id"], name=op.f("fk_action_together_with_id_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index("ix_action_commitment", "action", ["commitment_id", "stage"], unique=False)
    op.create_index(op.f("ix_action_opportunity_id"), "action", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_action_owner_id"), "action", ["owner_id"], unique=False)
    op.create_index(op.f("ix_action_service_id"), "action", ["service_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("met_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "met_on IS NULL OR evidence <> ''", name=op.f("ck_milestone_met_with_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_milestone_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["met_by_id"], ["person.id"], name=op.f("fk_milestone_met_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_index(op.f("ix_milestone_action_id"), "milestone", ["action_id"], unique=False)
    op.create_table(
        "action_update",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_action_update_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_action_update_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_update")),
    )
    op.create_index("ix_action_update_action", "action_update", ["action_id", "at"], unique=False)
    op.create_table(
        "young_view",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("face", sa.String(40), nullable=False),
        sa.Column("words_entry_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            "+ (CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_young_view_exactly_one_person_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_young_view_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_young_view_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_young_view_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["words_entry_id"],
            ["card_entry.id"],
            name=op.f("fk_young_view_words_entry_id_card_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_young_view")),
    )
    op.create_index("ix_young_view_action", "young_view", ["action_id", "at"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("co_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_outcome_opportunity_id_opportunity"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_outcome_proposed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_co_signed_at"), "outcome", ["co_signed_at"], unique=False)
    op.create_index(op.f("ix_outcome_opportunity_id"), "outcome", ["opportunity_id"], unique=False)
    op.create_table(
        "outcome_action",
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name=op.f("fk_outcome_action_action_id_action")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_action_outcome_id_outcome")
        ),
        sa.PrimaryKeyConstraint("outcome_id", "action_id", name=op.f("pk_outcome_action")),
    )
    op.create_index(
        op.f("ix_outcome_action_action_id"), "outcome_action", ["action_id"], unique=False
    )
    op.create_table(
        "co_signature",
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("witnessed_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            "+ (CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_co_signature_exactly_one_person_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_co_signature_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_co_signature_outcome_id_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_co_signature_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_co_signature_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["witnessed_by_id"], ["person.id"], name=op.f("fk_co_signature_witnessed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_signature")),
        sa.UniqueConstraint("outcome_id", "side", name=op.f("uq_co_signature_outcome_id_side")),
    )
    op.create_index(op.f("ix_co_signature_entry_id"), "co_signature", ["entry_id"], unique=False)
    op.create_table(
        "not_yet",
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_entry_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END)"
            "+ (CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_not_yet_exactly_one_person_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_not_yet_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_not_yet_outcome_id_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_not_yet_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reason_entry_id"],
            ["card_entry.id"],
            name=op.f("fk_not_yet_reason_entry_id_card_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_yet")),
    )
    op.create_index(op.f("ix_not_yet_entry_id"), "not_yet", ["entry_id"], unique=False)
    op.create_index(op.f("ix_not_yet_outcome_id"), "not_yet", ["outcome_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("not_yet")
    op.drop_table("co_signature")
    op.drop_table("outcome_action")
    op.drop_table("outcome")
    op.drop_table("young_view")
    op.drop_table("action_update")
    op.drop_table("milestone")
    op.drop_table("action")
