"""The log and sealed words may not be emptied at a stroke either.

PostgreSQL alone: TRUNCATE passes by the triggers of rows, and SQLite has none.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEPT = ("event", "event_seal", "event_text", "entry_version")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in KEPT:
        # A council that began in between may have it already.
        op.execute(
            f"CREATE OR REPLACE TRIGGER {table}_keep_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION coprod_refuse()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in KEPT:
        op.execute(f"DROP TRIGGER {table}_keep_whole ON {table}")
