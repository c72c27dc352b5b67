"""What keeps pages as quick with a million entries as with a thousand: counts, indexes, search."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LET_OUT = """
    e.report_card_id = report_card.id AND e.released_at IS NOT NULL AND e.withdrawn_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM safeguarding_hold h
                    WHERE h.entry_id IN (e.id, e.about_id) AND h.closed_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM card_entry m
                    WHERE m.id = e.about_id AND m.withdrawn_at IS NOT NULL)
"""
ALLOWED = """
    EXISTS (SELECT 1 FROM consent c WHERE c.entry_id = coalesce(e.about_id, e.id)
            AND c.withdrawn_at IS NULL AND c.use IN ({uses}))
"""
SUMMED_UP = """
    EXISTS (SELECT 1 FROM entry_summary s WHERE s.entry_id = e.id
            AND s.replaced_at IS NULL AND s.refused_at IS NULL)
"""
COUNTS = {
    "board_voices": "e.kind = 'words' AND" + ALLOWED.format(uses="'board'"),
    "public_voices": "e.kind = 'words' AND" + ALLOWED.format(uses="'public'"),
    "any_voices": "e.kind = 'words' AND" + ALLOWED.format(uses="'board', 'public'"),
    "summaries": SUMMED_UP,
}
IN_HAND = "released_at IS NULL AND withdrawn_at IS NULL AND review <> 'closed'"
WAITING = "released_at IS NULL AND withdrawn_at IS NULL AND review IN ('submitted', 'in_review')"
OWED = "released_at IS NOT NULL AND withdrawn_at IS NULL AND replied_at IS NULL AND kind = 'words'"
BEGINNINGS = "prefix='2 3 4 5 6 7 8 9 10 11 12', detail=none, columnsize=0"


def upgrade() -> None:
    for name, counted in COUNTS.items():
        op.add_column(
            "report_card", sa.Column(name, sa.Integer, nullable=False, server_default="0")
        )
        op.execute(
            f"UPDATE report_card SET {name} = "  # noqa: S608
            f"(SELECT count(*) FROM card_entry e WHERE {LET_OUT} AND {counted})"
        )
    op.drop_index("ix_card_entry_waiting", "card_entry")
    op.drop_index("ix_card_entry_about", "card_entry")
    _index("ix_card_entry_about", ["about_id"], "about_id IS NOT NULL")
    _index("ix_card_entry_in_hand", ["sent_at"], IN_HAND)
    _index("ix_card_entry_owed", ["report_card_id", "released_at"], OWED)
    _search_again(f", {BEGINNINGS}")


def downgrade() -> None:
    _search_again("")
    op.drop_index("ix_card_entry_owed", "card_entry")
    op.drop_index("ix_card_entry_in_hand", "card_entry")
    op.drop_index("ix_card_entry_about", "card_entry")
    op.create_index("ix_card_entry_about", "card_entry", ["about_id"])
    _index("ix_card_entry_waiting", ["sent_at"], WAITING)
    for name in reversed(COUNTS):
        op.drop_column("report_card", name)


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name, "card_entry", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )


def _search_again(options: str) -> None:
    """FTS5 has its options from its making; the words are copied into a new one."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute(f"CREATE VIRTUAL TABLE released_text_new USING fts5(words{options})")
    op.execute(
        "INSERT INTO released_text_new (rowid, words) SELECT rowid, words FROM released_text"
    )
    op.execute("DROP TABLE released_text")
    op.execute("ALTER TABLE released_text_new RENAME TO released_text")
