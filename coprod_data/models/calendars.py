"""Calendars: an address at which a person's own calendar reads what they take part in."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row


class CalendarFeed(Row, kw_only=True):
    """One address. A person has at most one that has not ended.

    Its token is derived from the server's key and the row's number, so a row is never deleted.
    """

    __tablename__ = "calendar_feed"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
