"""Young people's entries, their versions, summaries and the team's questions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VERSION_LINKS = ("proposed_version_id", "released_version_id")


def upgrade() -> None:
    op.create_table(
        "card_entry",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("report_card_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("form_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_key", sa.String(length=16), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typed_by_id", sa.Integer(), nullable=True),
        sa.Column("read_back", sa.Boolean(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("feeling", sa.Integer(), nullable=True),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("review", sa.String(40), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_version_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_version_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"], ["card_entry.id"], name=op.f("fk_card_entry_about_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_card_entry_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_version_id"],
            ["entry_version.id"],
            name=op.f("fk_card_entry_proposed_version_id_entry_version"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["person.id"], name=op.f("fk_card_entry_released_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["released_version_id"],
            ["entry_version.id"],
            name=op.f("fk_card_entry_released_version_id_entry_version"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["report_card_id"],
            ["report_card.id"],
            name=op.f("fk_card_entry_report_card_id_report_card"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["person.id"], name=op.f("fk_card_entry_taken_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["typed_by_id"], ["person.id"], name=op.f("fk_card_entry_typed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_entry")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_card_entry_code_hash")),
        sa.UniqueConstraint("form_hash", name=op.f("uq_card_entry_form_hash")),
        sa.UniqueConstraint("place", name=op.f("uq_card_entry_place")),
    )
    op.create_index("ix_card_entry_about", "card_entry", ["about_id"], unique=False)
    op.create_index(
        "ix_card_entry_released",
        "card_entry",
        ["report_card_id", "place"],
        unique=False,
        sqlite_where=sa.text("released_at IS NOT NULL AND withdrawn_at IS NULL"),
        postgresql_where=sa.text("released_at IS NOT NULL AND withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_card_entry_waiting",
        "card_entry",
        ["sent_at"],
        unique=False,
        sqlite_where=sa.text(
            "released_at IS NULL AND withdrawn_at IS NULL AND review IN ('submitted', 'in_review')"
        ),
        postgresql_where=sa.text(
            "released_at IS NULL AND withdrawn_at IS NULL AND review IN ('submitted', 'in_review')"
        ),
    )
    op.create_table(
        "entry_version",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("thinks", sa.Text(), nullable=True),
        sa.Column("wants", sa.Text(), nullable=True),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_entry_version_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_entry_version_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_version")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_entry_version_entry_id_number")),
    )
    op.create_table(
        "entry_summary",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_entry_summary_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_entry_summary_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_summary")),
    )
    op.create_index(op.f("ix_entry_summary_entry_id"), "entry_summary", ["entry_id"], unique=False)
    op.create_table(
        "entry_question",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("summary_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["card_entry.id"], name=op.f("fk_entry_question_answer_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_entry_question_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["card_entry.id"], name=op.f("fk_entry_question_entry_id_card_entry")
        ),
        sa.ForeignKeyConstraint(
            ["summary_id"],
            ["entry_summary.id"],
            name=op.f("fk_entry_question_summary_id_entry_summary"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["entry_version.id"],
            name=op.f("fk_entry_question_version_id_entry_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_question")),
    )
    op.create_index(
        op.f("ix_entry_question_entry_id"), "entry_question", ["entry_id"], unique=False
    )
    # ### end Alembic commands ###
    # The two tables name each other. SQLite takes that at once, PostgreSQL once both stand.
    if op.get_bind().dialect.supports_alter:
        for column in VERSION_LINKS:
            op.create_foreign_key(_link(column), "card_entry", "entry_version", [column], ["id"])


def downgrade() -> None:
    for column in VERSION_LINKS:
        if op.get_bind().dialect.supports_alter:
            op.drop_constraint(_link(column), "card_entry", type_="foreignkey")
        else:
            entries = sa.table("card_entry", sa.column(column))
            op.execute(sa.update(entries).values({column: None}))
    op.drop_table("entry_question")
    op.drop_table("entry_summary")
    op.drop_table("entry_version")
    op.drop_table("card_entry")


def _link(column: str) -> str:
    return f"fk_card_entry_{column}_entry_version"
