"""Who may read an entry, who read it, holds, joined entries, holders and replies."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    MOMENT,
    column,
    drop,
    index_where,
    key,
    link,
)


def create() -> None:
    op.create_table(
        "consent",
        link("entry_id", "card_entry"),
        column("use", CHOICE),
        column("given_at", MOMENT),
        column("withdrawn_at", MOMENT, empty=True),
        link("recorded_by_id", "person", empty=True),
        key(),
    )
    index_where(
        "uq_consent_live", "consent", ["entry_id", "use"], "withdrawn_at IS NULL", unique=True
    )
    op.create_table(
        "entry_reading",
        link("entry_id", "card_entry"),
        link("person_id", "person"),
        column("at", MOMENT),
        key(),
        sa.Index("ix_entry_reading_entry", "entry_id", "person_id"),
    )
    op.create_table(
        "safeguarding_hold",
        link("entry_id", "card_entry"),
        column("opened_at", MOMENT),
        link("opened_by_id", "person"),
        column("closed_at", MOMENT, empty=True),
        link("closed_by_id", "person", empty=True),
        key(),
    )
    index_where(
        "uq_safeguarding_hold_open",
        "safeguarding_hold",
        ["entry_id"],
        "closed_at IS NULL",
        unique=True,
    )
    op.create_table(
        "same_as",
        link("entry_id", "card_entry", primary_key=True),
        link("main_id", "card_entry", index=True),
    )
    op.create_table(
        "card_holder",
        link("person_id", "person", primary_key=True),
        link("entry_id", "card_entry", primary_key=True, index=True),
        column("added_at", MOMENT),
    )
    op.create_table(
        "reply",
        link("entry_id", "card_entry", index=True),
        column("text", sa.Text),
        link("person_id", "person"),
        column("at", MOMENT),
        key(),
    )


def remove() -> None:
    drop("reply", "card_holder", "same_as", "safeguarding_hold", "entry_reading", "consent")
