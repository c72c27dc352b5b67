"""Report cards: the cards, whom each was shared with, and answers to them."""

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

COUNTS = ("board_voices", "public_voices", "any_voices", "summaries")
GATHERS = "state IN ('gathering', 'ready')"


def create() -> None:
    op.create_table(
        "report_card",
        link("theme_id", "promise_theme", index=True),
        column("title", sa.String(160)),
        column("state", CHOICE),
        column("opened_at", MOMENT),
        column("shared_on", sa.Date, empty=True),
        column("closed_at", MOMENT, empty=True),
        key(),
        *(column(name, sa.Integer, server_default="0") for name in COUNTS),
        sa.Index("ix_report_card_shared", "shared_on", "id"),
    )
    index_where("uq_report_card_standing", "report_card", ["theme_id"], GATHERS, unique=True)
    op.create_table(
        "card_share",
        link("report_card_id", "report_card"),
        column("body", CHOICE),
        column("shared_on", sa.Date),
        link("person_id", "person"),
        key(),
        sa.UniqueConstraint("report_card_id", "body"),
    )
    op.create_table(
        "answer",
        link("report_card_id", "report_card", index=True),
        column("text", sa.Text),
        link("person_id", "person"),
        column("at", MOMENT),
        key(),
    )


def remove() -> None:
    drop("answer", "card_share", "report_card")
