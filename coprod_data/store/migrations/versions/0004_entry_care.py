"""Who may read an entry, who read it, holds, joined entries, holders and replies."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(40), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_consent_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_consent_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        "uq_consent_live",
        "consent",
        ["entry_id", "use"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "entry_reading",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_entry_reading_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_entry_reading_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_reading")),
    )
    op.create_index(
        "ix_entry_reading_entry", "entry_reading", ["entry_id", "person_id"], unique=False
    )
    op.create_table(
        "safeguarding_hold",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["person.id"], name=op.f("fk_safeguarding_hold_closed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_safeguarding_hold_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_safeguarding_hold_opened_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_hold")),
    )
    op.create_index(
        "uq_safeguarding_hold_open",
        "safeguarding_hold",
        ["entry_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "same_as",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("main_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_same_as_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["main_id"], ["card_entry.id"], name=op.f("fk_same_as_main_id_card_entry")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_same_as")),
    )
    op.create_index(op.f("ix_same_as_main_id"), "same_as", ["main_id"], unique=False)
    op.create_table(
        "card_holder",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_card_holder_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_card_holder_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "entry_id", name=op.f("pk_card_holder")),
    )
    op.create_index(op.f("ix_card_holder_entry_id"), "card_holder", ["entry_id"], unique=False)
    op.create_table(
        "reply",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_reply_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reply_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_entry_id"), "reply", ["entry_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("reply")
    op.drop_table("card_holder")
    op.drop_table("same_as")
    op.drop_table("safeguarding_hold")
    op.drop_table("entry_reading")
    op.drop_table("consent")
