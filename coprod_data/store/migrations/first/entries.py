"""Young people's entries, their versions and summaries, and what the team asked them."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    HASH,
    MOMENT,
    column,
    drop,
    index_where,
    key,
    link,
)
from coprod_data.store.migrations.guards import erase_only, keep

RELEASED = "released_at IS NOT NULL AND withdrawn_at IS NULL"
IN_HAND = "released_at IS NULL AND withdrawn_at IS NULL AND review <> 'closed'"
OWED = f"{RELEASED} AND replied_at IS NULL AND kind = 'words'"
# An entry refers to its versions and each version to its entry. SQLite accepts that at once,
# PostgreSQL only once both tables exist.
VERSIONS = ("proposed_version_id", "released_version_id")


def create() -> None:
    op.create_table(
        "card_entry",
        column("kind", CHOICE),
        link("report_card_id", "report_card"),
        link("about_id", "card_entry", empty=True),
        column("form_hash", HASH, unique=True),
        column("code_hash", HASH, empty=True, unique=True),
        column("code_key", sa.String(16), empty=True),
        column("sent_at", MOMENT),
        link("typed_by_id", "person", empty=True),
        column("read_back", sa.Boolean, empty=True),
        column("language", sa.String(12)),
        column("feeling", sa.Integer, empty=True),
        column("flags", sa.JSON),
        column("review", CHOICE),
        link("taken_by_id", "person", empty=True),
        link("proposed_version_id", "entry_version", empty=True, use_alter=True),
        link("proposed_by_id", "person", empty=True),
        column("proposed_at", MOMENT, empty=True),
        link("released_version_id", "entry_version", empty=True, use_alter=True),
        column("released_at", MOMENT, empty=True),
        link("released_by_id", "person", empty=True),
        column("place", sa.Integer, empty=True, unique=True),
        column("withdrawn_at", MOMENT, empty=True),
        column("replied_at", MOMENT, empty=True),
        key(),
        column("summed_up", sa.Boolean, server_default=sa.false()),
    )
    for name, columns, condition in (
        ("about", ["about_id"], "about_id IS NOT NULL"),
        ("released", ["report_card_id", "place"], RELEASED),
        ("in_hand", ["sent_at"], IN_HAND),
        ("owed", ["report_card_id", "released_at"], OWED),
        ("summed_up", ["report_card_id", "place"], "summed_up"),
    ):
        index_where(f"ix_card_entry_{name}", "card_entry", columns, condition)
    op.create_table(
        "entry_version",
        link("entry_id", "card_entry"),
        column("number", sa.Integer),
        column("kind", CHOICE),
        column("thinks", sa.Text, empty=True),
        column("wants", sa.Text, empty=True),
        column("spans", sa.JSON),
        column("made_at", MOMENT),
        link("made_by_id", "person", empty=True),
        key(),
        sa.UniqueConstraint("entry_id", "number"),
    )
    keep("entry_version")
    erase_only(
        "entry_version", texts=["thinks", "wants"], kept=["entry_id", "number", "kind", "id"]
    )
    if op.get_bind().dialect.supports_alter:
        for version in VERSIONS:
            op.create_foreign_key(None, "card_entry", "entry_version", [version], ["id"])
    _questions()


def _questions() -> None:
    op.create_table(
        "entry_summary",
        link("entry_id", "card_entry", index=True),
        column("text", sa.Text),
        column("made_at", MOMENT),
        link("made_by_id", "person"),
        column("agreed_at", MOMENT, empty=True),
        column("refused_at", MOMENT, empty=True),
        column("replaced_at", MOMENT, empty=True),
        key(),
    )
    op.create_table(
        "entry_question",
        link("entry_id", "card_entry", index=True),
        column("kind", CHOICE),
        column("text", sa.Text),
        link("version_id", "entry_version", empty=True),
        link("summary_id", "entry_summary", empty=True),
        column("asked_at", MOMENT),
        link("asked_by_id", "person"),
        column("answered_at", MOMENT, empty=True),
        column("agreed", sa.Boolean, empty=True),
        link("answer_id", "card_entry", empty=True),
        key(),
    )


def remove() -> None:
    for version in VERSIONS:
        if op.get_bind().dialect.supports_alter:
            name = f"fk_card_entry_{version}_entry_version"
            op.drop_constraint(name, "card_entry", type_="foreignkey")
        else:
            entries = sa.table("card_entry", sa.column(version))
            op.execute(sa.update(entries).values({version: None}))
    drop("entry_question", "entry_summary", "entry_version", "card_entry")
