"""Papers for the Board: what is written in them, and the council's own layout for them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.papers import (
    DecisionType,
    PaperPart,
    PaperState,
    PaperStatus,
    RiskLevel,
)


class PaperLayout(Row, kw_only=True):
    """A Word file of the council in which papers are written; the newest is used."""

    __tablename__ = "paper_layout"
    unlogged = frozenset({"file"})

    name: Mapped[str] = mapped_column(sa.String(160))
    file: Mapped[bytes] = mapped_column(sa.LargeBinary)
    kept_at: Mapped[datetime]


class Paper(Row, kw_only=True):
    """A paper for an item of a meeting, one row for each version of it.

    `figures_at` is the moment of its figures, set when it is submitted, and `fingerprint` covers
    them. Once signed, neither this nor its texts are changed by anybody: `corrects_id` is the
    version before, and `why_corrected` what was wrong with it.
    """

    __tablename__ = "paper"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "item", "version"),)
    told = {
        "state": "state",
        "status": "report status",
        "decision_type": "what is asked",
        "risk_current": "current risk",
        "risk_residual": "residual risk",
        "figures_on": "day of the figures",
    }

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    item: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(sa.String(160))
    state: Mapped[PaperState] = mapped_column(choice(PaperState), default=PaperState.DRAFT)
    status: Mapped[PaperStatus | None] = mapped_column(choice(PaperStatus), default=None)
    decision_type: Mapped[DecisionType | None] = mapped_column(choice(DecisionType), default=None)
    risk_current: Mapped[RiskLevel | None] = mapped_column(choice(RiskLevel), default=None)
    risk_residual: Mapped[RiskLevel | None] = mapped_column(choice(RiskLevel), default=None)
    financial: Mapped[bool] = mapped_column(default=False)
    legal: Mapped[bool] = mapped_column(default=False)
    environmental: Mapped[bool] = mapped_column(default=False)
    economic: Mapped[bool] = mapped_column(default=False)
    equalities: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    author_title: Mapped[str] = mapped_column(sa.String(160), default="")
    author_telephone: Mapped[str] = mapped_column(sa.String(60), default="")
    author_email: Mapped[str] = mapped_column(sa.String(160), default="")
    begun_at: Mapped[datetime]
    figures_on: Mapped[date | None] = mapped_column(default=None)
    figures_at: Mapped[datetime | None] = mapped_column(default=None)
    figures_since: Mapped[date | None] = mapped_column(default=None)
    fingerprint: Mapped[str] = mapped_column(sa.String(64), default="")
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    portfolio_holder: Mapped[str] = mapped_column(sa.String(300), default="")
    executive_director: Mapped[str] = mapped_column(sa.String(300), default="")
    meets_on: Mapped[date | None] = mapped_column(default=None)
    layout_id: Mapped[int | None] = mapped_column(sa.ForeignKey("paper_layout.id"), default=None)
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("paper.id"), default=None)
    why_corrected: Mapped[str] = mapped_column(sa.Text, default="")


class PaperText(Row, kw_only=True):
    """The text under one heading of a paper."""

    __tablename__ = "paper_text"
    __table_args__ = (sa.UniqueConstraint("paper_id", "part"),)

    paper_id: Mapped[int] = mapped_column(sa.ForeignKey("paper.id"))
    part: Mapped[PaperPart] = mapped_column(choice(PaperPart))
    text: Mapped[str] = mapped_column(sa.Text, default="")
