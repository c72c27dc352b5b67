"""The append-only event log, and the guards that keep it and sealed words as they were."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEPT = ("event", "event_seal", "event_text", "entry_version")


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(40), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_kind_at", "event", ["kind", "at"], unique=False)
    op.create_index("ix_event_subject", "event", ["subject_type", "subject_id", "id"], unique=False)
    op.create_table(
        "event_text",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_text_event_id_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_text")),
    )
    op.create_index(op.f("ix_event_text_event_id"), "event_text", ["event_id"], unique=False)
    op.create_table(
        "event_seal",
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_seal")),
        sa.UniqueConstraint("to_id", name=op.f("uq_event_seal_to_id")),
    )
    # ### end Alembic commands ###
    if op.get_bind().dialect.name == "sqlite":
        _guards_sqlite()
    else:
        _guards_postgresql()


def _guards_sqlite() -> None:
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is never deleted'); END"
        )
    for table in ("event", "event_seal"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    op.execute(
        "CREATE TRIGGER event_text_erase_only BEFORE UPDATE ON event_text "
        "WHEN NEW.text IS NOT NULL OR NEW.event_id IS NOT OLD.event_id "
        "OR NEW.field IS NOT OLD.field OR NEW.id IS NOT OLD.id "
        "BEGIN SELECT RAISE(ABORT, 'event_text can only be erased'); END"
    )
    op.execute(
        "CREATE TRIGGER entry_version_erase_only BEFORE UPDATE ON entry_version "
        "WHEN NEW.thinks IS NOT NULL OR NEW.wants IS NOT NULL "
        "OR NEW.entry_id IS NOT OLD.entry_id OR NEW.number IS NOT OLD.number "
        "OR NEW.kind IS NOT OLD.kind OR NEW.id IS NOT OLD.id "
        "BEGIN SELECT RAISE(ABORT, 'entry_version can only be erased'); END"
    )


def _guards_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION coprod_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is kept as it was written', TG_TABLE_NAME; END $$"
    )
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION coprod_refuse()"
        )
    for table in ("event", "event_seal"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION coprod_refuse()"
        )
    op.execute(
        "CREATE TRIGGER event_text_erase_only BEFORE UPDATE ON event_text FOR EACH ROW "
        "WHEN (NEW.text IS NOT NULL OR NEW.event_id IS DISTINCT FROM OLD.event_id "
        "OR NEW.field IS DISTINCT FROM OLD.field OR NEW.id IS DISTINCT FROM OLD.id) "
        "EXECUTE FUNCTION coprod_refuse()"
    )
    op.execute(
        "CREATE TRIGGER entry_version_erase_only BEFORE UPDATE ON entry_version FOR EACH ROW "
        "WHEN (NEW.thinks IS NOT NULL OR NEW.wants IS NOT NULL "
        "OR NEW.entry_id IS DISTINCT FROM OLD.entry_id "
        "OR NEW.number IS DISTINCT FROM OLD.number OR NEW.kind IS DISTINCT FROM OLD.kind "
        "OR NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION coprod_refuse()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for guard in ("entry_version_keep", "entry_version_erase_only"):
            op.execute(f"DROP TRIGGER {guard}")
    op.drop_table("event_seal")
    op.drop_table("event_text")
    op.drop_table("event")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION coprod_refuse() CASCADE")
