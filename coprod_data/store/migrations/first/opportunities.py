"""Opportunities to work together, where they come from, and who is in the work."""

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
        "opportunity",
        column("title", sa.String(160)),
        link("theme_id", "promise_theme", index=True),
        column("help_wanted", sa.Text),
        column("time_needed", sa.String(160)),
        column("when_and_how", sa.String(240)),
        column("power_shared", sa.Text),
        column("support", sa.String(240)),
        column("expenses", sa.String(240)),
        column("state", CHOICE),
        column("spotted_at", MOMENT),
        link("spotted_by_id", "person"),
        link("reviewed_meeting_id", "group_meeting", empty=True, index=True),
        column("opened_at", MOMENT, empty=True),
        column("working_at", MOMENT, empty=True),
        column("reason", sa.Text),
        column("review_on", sa.Date, empty=True),
        column("ended_at", MOMENT, empty=True),
        key(),
        sa.Index("ix_opportunity_state", "state", "opened_at"),
    )
    op.create_table(
        "opportunity_source",
        link("opportunity_id", "opportunity", index=True),
        link("entry_id", "card_entry", empty=True, index=True),
        link("report_card_id", "report_card", empty=True, index=True),
        link("audit_answer_id", "audit_answer", empty=True, index=True),
        link("idea_person_id", "person", empty=True),
        key(),
        exactly_one("entry_id", "report_card_id", "audit_answer_id", "idea_person_id"),
    )
    op.create_table(
        "opportunity_young",
        link("opportunity_id", "opportunity"),
        link("person_id", "person", empty=True, index=True),
        link("entry_id", "card_entry", empty=True, index=True),
        column("invited_at", MOMENT, empty=True),
        column("confirmed_at", MOMENT, empty=True),
        key(),
        exactly_one("person_id", "entry_id"),
        sa.UniqueConstraint("opportunity_id", "entry_id"),
        sa.UniqueConstraint("opportunity_id", "person_id"),
    )
    op.create_table(
        "invitation",
        link("opportunity_id", "opportunity"),
        link("person_id", "person", index=True),
        column("asked_at", MOMENT),
        link("asked_by_id", "person", empty=True),
        column("reply", CHOICE, empty=True),
        column("replied_at", MOMENT, empty=True),
        column("reason", sa.Text),
        link("passed_to_id", "person", empty=True),
        column("confirmed_at", MOMENT, empty=True),
        column("refused_at", MOMENT, empty=True),
        key(),
        sa.UniqueConstraint("opportunity_id", "person_id"),
    )


def remove() -> None:
    drop("invitation", "opportunity_young", "opportunity_source", "opportunity")
