"""The agenda of a meeting, and for how long each of its items was talked about."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.meetings import AgendaKind


class AgendaItem(Row, kw_only=True):
    """One item. Its tier says why it comes where it does, `place` its order in the tier.

    What it is about, if that is a record, is one of the four references, and its title is that
    record's; `carried_from_id` is the item of the last meeting that was not reached. `apart` is by
    how many steps staff and young people differed. `changed_at` is set by what is changed once the
    agenda is out, and an item that is taken off then stays, with `removed_at`.
    """

    __tablename__ = "agenda_item"
    told = {"minutes": "minutes planned", "private": "without the public"}

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    kind: Mapped[AgendaKind] = mapped_column(choice(AgendaKind))
    tier: Mapped[int]
    place: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(160), default="")
    detail: Mapped[str] = mapped_column(sa.Text, default="")
    paper: Mapped[str] = mapped_column(sa.String(160), default="")
    minutes: Mapped[int]
    private: Mapped[bool] = mapped_column(default=False)
    opportunity_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("opportunity.id"), index=True, default=None
    )
    commitment_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("promise_commitment.id"), default=None
    )
    report_card_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("report_card.id"), index=True, default=None
    )
    carried_from_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("agenda_item.id"), default=None
    )
    apart: Mapped[int | None] = mapped_column(default=None)
    added_at: Mapped[datetime]
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class HeardTime(Row, kw_only=True):
    """From when to when an item was talked about; several rows of one item add up."""

    __tablename__ = "heard_time"
    __table_args__ = (
        sa.CheckConstraint("stopped_at IS NULL OR stopped_at > started_at", name="runs_forward"),
    )

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    started_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None] = mapped_column(default=None)
