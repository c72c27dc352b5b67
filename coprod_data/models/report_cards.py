"""Report cards: what the Board reads on one theme, when it was shared, and staff answers."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.report_cards import Body, CardState

VOICE_COUNTS = (
    "board_voices", "public_voices", "any_voices", "summaries", "board_answers", "public_answers"
)  # fmt: skip
TO_TAKE_BACK = timedelta(minutes=10)  # in which a sharing nobody has read can be undone
_TIED = sa.text("commitment_id IS NOT NULL")
_STANDING = sa.text("state IN ('gathering', 'ready')")


class ReportCard(Row, kw_only=True):
    """What young people said on one theme in one board cycle.

    Each theme has one card that is collecting words. The team writes `title` from released words,
    and may tie the card to a commitment.
    Only `commands/report_cards_counts.py` sets the counts of what may be read: entries that the
    Board may read, that everybody may, that either may, and entries with a summary.
    """

    __tablename__ = "report_card"
    __table_args__ = (
        sa.Index(
            "uq_report_card_standing",
            "theme_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        sa.Index("ix_report_card_shared", "shared_on", "id"),
        sa.Index(
            "ix_report_card_commitment",
            "commitment_id",
            sqlite_where=_TIED,
            postgresql_where=_TIED,
        ),
    )
    told = {
        "shared_on": "day it was shared",
        "commitment_id": "commitment",
    }

    theme_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_theme.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(160), default="")
    state: Mapped[CardState] = mapped_column(choice(CardState), default=CardState.GATHERING)
    opened_at: Mapped[datetime]
    shared_on: Mapped[date | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    commitment_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("promise_commitment.id"), default=None
    )
    board_voices: Mapped[int] = mapped_column(server_default="0", init=False)
    public_voices: Mapped[int] = mapped_column(server_default="0", init=False)
    any_voices: Mapped[int] = mapped_column(server_default="0", init=False)
    board_answers: Mapped[int] = mapped_column(server_default="0", init=False)
    public_answers: Mapped[int] = mapped_column(server_default="0", init=False)
    summaries: Mapped[int] = mapped_column(server_default="0", init=False)


class CardShare(Row, kw_only=True):
    """The dated, formal sharing of a card with a body.

    `at` is when it was recorded, `seen_at` when somebody outside the team first opened the card as
    shared; before that it can be taken back for ten minutes.
    """

    __tablename__ = "card_share"
    __table_args__ = (sa.UniqueConstraint("report_card_id", "body"),)

    report_card_id: Mapped[int] = mapped_column(sa.ForeignKey("report_card.id"))
    body: Mapped[Body] = mapped_column(choice(Body))
    shared_on: Mapped[date]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime | None] = mapped_column(default=None)
    seen_at: Mapped[datetime | None] = mapped_column(default=None)


class Answer(Row, kw_only=True):
    """What staff did by themselves about a card: "we did", counted separately from together."""

    __tablename__ = "answer"

    report_card_id: Mapped[int] = mapped_column(sa.ForeignKey("report_card.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
