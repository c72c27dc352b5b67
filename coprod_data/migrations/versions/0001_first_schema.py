"""The first schema: every table, the guards of the log and of sealed words, the search index."""

import sqlalchemy as sa
from alembic import op

from coprod_data.models import Base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEPT = ("event", "event_seal", "event_text", "entry_version")


def upgrade() -> None:
    Base.metadata.create_all(op.get_bind())
    if op.get_bind().dialect.name == "sqlite":
        _guards_sqlite()
        op.execute("CREATE VIRTUAL TABLE released_text USING fts5(words)")
    else:
        _guards_postgresql()
        op.create_table(
            "released_text",
            sa.Column("place", sa.Integer, primary_key=True),
            sa.Column("words", sa.dialects.postgresql.TSVECTOR, nullable=False),
        )
        op.create_index(
            "ix_released_text_words", "released_text", ["words"], postgresql_using="gin"
        )


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
    op.execute("DROP TABLE released_text")
    if op.get_bind().dialect.name == "sqlite":
        for name in (
            op.get_bind()
            .scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            .all()
        ):
            op.execute(f"DROP TRIGGER {name}")
    Base.metadata.drop_all(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION coprod_refuse()")
