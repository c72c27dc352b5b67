"""Whether a page was useful: two presses, of which nothing tells who made them or at what time."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row


class PageFeedback(Row, kw_only=True):
    """One answer about a page, by its address, and in which month (`2026-03`) it was given."""

    __tablename__ = "page_feedback"
    unlogged: ClassVar[frozenset[str]] = frozenset({"useful"})

    page: Mapped[str] = mapped_column(sa.String(40), index=True)
    month: Mapped[str] = mapped_column(sa.String(7))
    useful: Mapped[bool]
    form_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)


class PageWords(Base, kw_only=True):
    """Which page the words of an entry are about, and the adult who wants an answer, if one does.

    An adult who asks for one is known by their account; nobody else is asked who they are.
    """

    __tablename__ = "page_words"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), primary_key=True)
    page: Mapped[str] = mapped_column(sa.String(40))
    reply_to_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id"), index=True, default=None
    )
