"""Events prove the rows they changed; seals are keyed; a row cannot be replaced; checks are kept.

The log is told of every row as it is now: from here on it notices what is changed past the
commands. Taken down, digests, salts, results of checks and keyed seals are gone; the older release
seals those events again, in its own way.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, drop, key
from coprod_data.store.migrations.guards import (
    ERASED,
    KEPT,
    drop_guard,
    erase_only,
    keep,
    no_replacing,
)
from coprod_data.store.migrations.telling import tell_everything

revision = "r0025"
down_revision = "r0024"
branch_labels = None
depends_on = None

HAS_WORDS = {
    "event_text": "text IS NOT NULL",
    "entry_version": "thinks IS NOT NULL OR wants IS NOT NULL",
    "contact_wish": "first_name IS NOT NULL OR how IS NOT NULL OR when_safe IS NOT NULL",
}
BEFORE = {
    "event_text": (("text",), ("event_id", "field", "id")),
    "entry_version": (("thinks", "wants"), ("entry_id", "number", "kind", "id")),
}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.add_column("event", column("digests", sa.Text, empty=True))
    op.add_column("event_seal", column("key", sa.String(16), empty=True))
    op.create_table(
        "log_check",
        column("at", MOMENT),
        column("whole", sa.Boolean),
        column("seal_id", sa.Integer, empty=True),
        column("fault", CHOICE, empty=True),
        key(),
    )
    random = "randomblob(16)" if sqlite else "uuid_send(gen_random_uuid())"
    for table in ERASED:
        drop_guard(table, "erase_only")
    for table, has_words in HAS_WORDS.items():
        op.add_column(table, column("salt", sa.LargeBinary, empty=True))
        op.execute(f"UPDATE {table} SET salt = {random} WHERE {has_words}")  # noqa: S608 - ours
    for table, (texts, kept) in ERASED.items():
        erase_only(table, texts=texts, kept=kept)
    for table in KEPT:
        no_replacing(table)
    tell_everything()


def downgrade() -> None:
    for table in KEPT if op.get_bind().dialect.name == "sqlite" else ():
        drop_guard(table, "no_replacing")
    for table in ERASED:
        drop_guard(table, "erase_only")
    for table in HAS_WORDS:
        op.drop_column(table, "salt")
    for table, (texts, kept) in BEFORE.items():
        erase_only(table, texts=texts, kept=kept)
    drop("log_check")
    drop_guard("event_seal", "keep")
    op.execute("DELETE FROM event_seal WHERE key IS NOT NULL")
    if op.get_bind().dialect.name != "sqlite":
        drop_guard("event_seal", "keep_whole")
    keep("event_seal")
    op.drop_column("event_seal", "key")
    op.drop_column("event", "digests")
