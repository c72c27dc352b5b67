"""The Promise in versions, and the report cards that hang on its themes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "promise_version",
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_by", sa.String(length=160), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_version")),
    )
    op.create_table(
        "promise_theme",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("young_title", sa.String(length=60), nullable=False),
        sa.Column("icon", sa.String(length=20), nullable=False),
        sa.Column("catch_all", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["promise_version.id"],
            name=op.f("fk_promise_theme_version_id_promise_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_theme")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq_promise_theme_version_id_position")
        ),
    )
    op.create_index(
        "uq_promise_theme_catch_all",
        "promise_theme",
        ["version_id"],
        unique=True,
        sqlite_where=sa.text("catch_all = 1"),
        postgresql_where=sa.text("catch_all"),
    )
    op.create_table(
        "promise_commitment",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("easy_wording", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["promise_theme.id"],
            name=op.f("fk_promise_commitment_theme_id_promise_theme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_commitment")),
        sa.UniqueConstraint(
            "theme_id", "position", name=op.f("uq_promise_commitment_theme_id_position")
        ),
    )
    op.create_table(
        "commitment_successor",
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["earlier_id"],
            ["promise_commitment.id"],
            name=op.f("fk_commitment_successor_earlier_id_promise_commitment"),
        ),
        sa.ForeignKeyConstraint(
            ["later_id"],
            ["promise_commitment.id"],
            name=op.f("fk_commitment_successor_later_id_promise_commitment"),
        ),
        sa.PrimaryKeyConstraint("earlier_id", "later_id", name=op.f("pk_commitment_successor")),
    )
    op.create_table(
        "report_card",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["promise_theme.id"], name=op.f("fk_report_card_theme_id_promise_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_card")),
    )
    op.create_index("ix_report_card_shared", "report_card", ["shared_on", "id"], unique=False)
    op.create_index(op.f("ix_report_card_theme_id"), "report_card", ["theme_id"], unique=False)
    op.create_index(
        "uq_report_card_standing",
        "report_card",
        ["theme_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('gathering', 'ready')"),
        postgresql_where=sa.text("state IN ('gathering', 'ready')"),
    )
    op.create_table(
        "card_share",
        sa.Column("report_card_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(40), nullable=False),
        sa.Column("shared_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_card_share_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["report_card_id"],
            ["report_card.id"],
            name=op.f("fk_card_share_report_card_id_report_card"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_share")),
        sa.UniqueConstraint(
            "report_card_id", "body", name=op.f("uq_card_share_report_card_id_body")
        ),
    )
    op.create_table(
        "answer",
        sa.Column("report_card_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_answer_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["report_card_id"],
            ["report_card.id"],
            name=op.f("fk_answer_report_card_id_report_card"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_report_card_id"), "answer", ["report_card_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("card_share")
    op.drop_table("report_card")
    op.drop_table("commitment_successor")
    op.drop_table("promise_commitment")
    op.drop_table("promise_theme")
    op.drop_table("promise_version")
