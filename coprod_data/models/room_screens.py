"""The screen of a room: whether it is open, what is on it, and words that may be shown there."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row


class RoomWords(Row, kw_only=True):
    """Words whose author said yes to the screen of the room in which they were sent, that day only.

    A worker lets them out for the room, with roles over what is hidden (`spans`, as in a shown
    version), or keeps them off. That decides nothing else: the entry stays in the queue for every
    other use. `position` is drawn by lot, so that their order tells nothing.
    """

    __tablename__ = "room_words"
    unlogged: ClassVar[frozenset[str]] = frozenset({"spans"})

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), unique=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    spans: Mapped[list[Any]] = mapped_column(default_factory=list)
    position: Mapped[int | None] = mapped_column(default=None)
    released_at: Mapped[datetime | None] = mapped_column(default=None)
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    kept_off_at: Mapped[datetime | None] = mapped_column(default=None)


class RoomScreen(Row, kw_only=True):
    """The screen of a session's room. `at_id` is what is on it, null before the first words."""

    __tablename__ = "room_screen"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), unique=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    at_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room_words.id"), default=None)
