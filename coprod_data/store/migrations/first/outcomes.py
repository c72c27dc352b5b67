"""Outcomes, the two signatures on each, and young people's "not yet"."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    MOMENT,
    column,
    drop,
    exactly_one,
    key,
    link,
)


def create() -> None:
    op.create_table(
        "outcome",
        link("opportunity_id", "opportunity", index=True),
        column("what_changed", sa.Text),
        column("proposed_at", MOMENT),
        link("proposed_by_id", "person"),
        column("co_signed_at", MOMENT, empty=True, index=True),
        key(),
    )
    op.create_table(
        "outcome_action",
        link("outcome_id", "outcome", primary_key=True),
        link("action_id", "action", primary_key=True, index=True),
    )
    op.create_table(
        "co_signature",
        link("outcome_id", "outcome"),
        column("side", CHOICE),
        link("person_id", "person", empty=True),
        link("entry_id", "card_entry", empty=True, index=True),
        column("capacity", CHOICE),
        column("at", MOMENT),
        link("recorded_by_id", "person", empty=True),
        link("witnessed_by_id", "person", empty=True),
        key(),
        exactly_one("person_id", "entry_id"),
        sa.UniqueConstraint("outcome_id", "side"),
    )
    op.create_table(
        "not_yet",
        link("outcome_id", "outcome", index=True),
        link("person_id", "person", empty=True),
        link("entry_id", "card_entry", empty=True, index=True),
        column("at", MOMENT),
        link("reason_entry_id", "card_entry", empty=True),
        key(),
        exactly_one("person_id", "entry_id"),
    )


def remove() -> None:
    drop("not_yet", "co_signature", "outcome_action", "outcome")
