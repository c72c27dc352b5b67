"""The tables of r0003: decisions, steps for two people, recalls, worries, wishes, who is meant."""

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


def make_tables() -> None:
    """Make the tables."""
    op.create_table(
        "use_decision",
        link("entry_id", "card_entry"),
        column("use", CHOICE),
        column("let_out", sa.Boolean),
        column("reason", sa.Text, empty=True),
        column("decided_at", MOMENT),
        link("decided_by_id", "person", empty=True),
        column("ended_at", MOMENT, empty=True),
        key(),
    )
    index_where(
        "uq_use_decision_live", "use_decision", ["entry_id", "use"], "ended_at IS NULL", unique=True
    )
    op.create_table(
        "check_step",
        link("entry_id", "card_entry"),
        column("kind", CHOICE),
        link("version_id", "entry_version", empty=True),
        column("text", sa.Text, empty=True),
        column("why", sa.Text, empty=True),
        column("detail", sa.JSON),
        column("proposed_at", MOMENT),
        link("proposed_by_id", "person"),
        column("settled_at", MOMENT, empty=True),
        link("settled_by_id", "person", empty=True),
        column("agreed", sa.Boolean, empty=True),
        column("answer", sa.Text, empty=True),
        key(),
    )
    index_where(
        "uq_check_step_open", "check_step", ["entry_id", "kind"], "settled_at IS NULL", unique=True
    )
    op.create_table(
        "recall",
        link("entry_id", "card_entry", index=True),
        column("reason", sa.Text, empty=True),
        column("at", MOMENT),
        link("by_id", "person"),
        key(),
    )
    op.create_table(
        "worry",
        link("entry_id", "card_entry", index=True),
        column("at", MOMENT),
        link("person_id", "person", empty=True),
        link("by_entry_id", "card_entry", empty=True),
        key(),
    )
    op.create_table(
        "contact_wish",
        link("entry_id", "card_entry"),
        *(column(name, sa.Text, empty=True) for name in ("first_name", "how", "when_safe")),
        column("made_at", MOMENT),
        column("opened_at", MOMENT, empty=True),
        link("opened_by_id", "person", empty=True),
        column("taken_back_at", MOMENT, empty=True),
        column("closed_at", MOMENT, empty=True),
        link("closed_by_id", "person", empty=True),
        column("ending", CHOICE, empty=True),
        key(),
    )
    index_where(
        "uq_contact_wish_open", "contact_wish", ["entry_id"], "closed_at IS NULL", unique=True
    )
    op.create_table(
        "entry_meant",
        link("entry_id", "card_entry", primary_key=True),
        link("person_id", "person", primary_key=True, index=True),
    )
    op.create_table(
        "hold_call",
        link("hold_id", "safeguarding_hold", index=True),
        column("told_to", CHOICE),
        column("at", MOMENT),
        link("by_id", "person"),
        key(),
    )


def drop_tables() -> None:
    """Drop the tables."""
    drop("hold_call", "entry_meant", "contact_wish", "worry", "recall", "check_step")
    drop("use_decision")
