"""The action plan: actions, milestones, updates, and how an action feels to young people."""

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
        "action",
        link("commitment_id", "promise_commitment"),
        column("title", sa.String(240)),
        column("will_see", sa.Text),
        link("owner_id", "person", index=True),
        link("service_id", "service", index=True),
        link("together_with_id", "group", empty=True),
        column("worked_on_by", CHOICE),
        link("opportunity_id", "opportunity", empty=True, index=True),
        column("starts_on", sa.Date, empty=True),
        column("due_on", sa.Date, empty=True),
        column("due_wording", sa.String(120)),
        column("due_kind", CHOICE),
        column("stage", CHOICE),
        column("rag", CHOICE, empty=True),
        column("rag_reason", sa.Text),
        column("proposed_at", MOMENT),
        link("proposed_by_id", "person"),
        column("approved_at", MOMENT, empty=True),
        link("approved_by_id", "person", empty=True),
        column("moved_at", MOMENT),
        key(),
        sa.CheckConstraint("rag IS NULL OR stage = 'in_progress'", name="rag_in_progress"),
        sa.Index("ix_action_commitment", "commitment_id", "stage"),
    )
    op.create_table(
        "milestone",
        link("action_id", "action", index=True),
        column("title", sa.String(240)),
        column("due_on", sa.Date, empty=True),
        column("met_on", sa.Date, empty=True),
        column("evidence", sa.Text),
        link("met_by_id", "person", empty=True),
        key(),
        sa.CheckConstraint("met_on IS NULL OR evidence <> ''", name="met_with_evidence"),
    )
    op.create_table(
        "action_update",
        link("action_id", "action"),
        column("text", sa.Text),
        link("person_id", "person"),
        column("at", MOMENT),
        key(),
        sa.Index("ix_action_update_action", "action_id", "at"),
    )
    op.create_table(
        "young_view",
        link("action_id", "action"),
        link("person_id", "person", empty=True),
        link("entry_id", "card_entry", empty=True),
        column("face", CHOICE),
        link("words_entry_id", "card_entry", empty=True),
        column("at", MOMENT),
        key(),
        exactly_one("person_id", "entry_id"),
        sa.Index("ix_young_view_action", "action_id", "at"),
    )


def remove() -> None:
    drop("young_view", "action_update", "milestone", "action")
