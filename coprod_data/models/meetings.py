"""Meetings of the Board: when and where, about what, and who is invited."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.meetings import MeetingReply, MeetingState


class Meeting(Row, kw_only=True):
    """One meeting. `begins` and `ends` are times of day in London as written, "17:30", or "".

    `private_part` says what is discussed without the public, and why. `young_people` is how many
    are invited: they are never named. `moved_from` is the day it was on before it was moved last.
    `published_at` is when its agenda was put out; it runs from `started_at` to `ended_at`.
    Who planned one that was set before meetings were planned here is not known.
    `on_screen` is the place that its screen was turned to, "" before the first turn.
    """

    __tablename__ = "meeting"
    __table_args__ = (sa.Index("ix_meeting_state", "state", "meets_on"),)
    told = {
        "meets_on": "day",
        "theme_id": "theme",
        "open_to_public": "open to the public",
        "quorum": "quorum",
        "state": "state",
    }

    meets_on: Mapped[date]
    begins: Mapped[str] = mapped_column(sa.String(5), default="")
    ends: Mapped[str] = mapped_column(sa.String(5), default="")
    theme_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("promise_theme.id"), index=True, default=None
    )
    place: Mapped[str] = mapped_column(sa.String(160), default="")
    online: Mapped[str] = mapped_column(sa.String(240), default="")
    open_to_public: Mapped[bool] = mapped_column(default=True)
    private_part: Mapped[str] = mapped_column(sa.String(240), default="")
    quorum: Mapped[int | None] = mapped_column(default=None)
    young_people: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[MeetingState] = mapped_column(choice(MeetingState))
    planned_at: Mapped[datetime]
    planned_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    moved_from: Mapped[date | None] = mapped_column(default=None)
    why_moved: Mapped[str] = mapped_column(sa.Text, default="")
    why_cancelled: Mapped[str] = mapped_column(sa.Text, default="")
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    on_screen: Mapped[str] = mapped_column(sa.String(40), default="")


class MeetingInvited(Row, kw_only=True):
    """A member or officer who is invited, their answer, and an interest that they declared."""

    __tablename__ = "meeting_invited"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "person_id"),)
    told = {"reply": "answer"}

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    reply: Mapped[MeetingReply | None] = mapped_column(choice(MeetingReply), default=None)
    interest: Mapped[str] = mapped_column(sa.String(240), default="")
