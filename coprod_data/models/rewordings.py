"""Quotes in texts of staff, texts that wait for other words, words that left, words to wipe."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.rewordings import TextEnd, TextPlace

_OPEN = sa.text("settled_at IS NULL")


class Rewording(Row, kw_only=True):
    """That a text of staff repeats an entry's own words, which have left.

    The text itself is here, for the Youth Voice Team to read; in its own place is
    `BEING_REWORDED`. `spans` say which of its letters are the entry's words, `uses` for which uses
    these words were out. Settled, the text is null; `digest` tells one that was found to be
    somebody else's words, so that it is not asked about again.
    """

    __tablename__ = "rewording"
    __table_args__ = (
        sa.Index(
            "uq_rewording_open",
            "place",
            "row_id",
            "entry_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        sa.Index("ix_rewording_entry", "entry_id"),
    )
    unlogged: ClassVar[frozenset[str]] = frozenset({"text", "spans", "digest"})

    place: Mapped[TextPlace] = mapped_column(choice(TextPlace))
    row_id: Mapped[int]
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"))
    text: Mapped[str | None] = mapped_column(sa.Text)
    spans: Mapped[list[Any]] = mapped_column(default_factory=list)
    uses: Mapped[list[Any]] = mapped_column(default_factory=list)
    since: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    ending: Mapped[TextEnd | None] = mapped_column(choice(TextEnd), default=None)
    digest: Mapped[str | None] = mapped_column(sa.String(64), default=None)


class Quote(Row, kw_only=True):
    """That a text of staff has words of an entry in it as a quote.

    Only a reference: of a version's `thinks`, or of its `wants`, the letters `starts` to `ends`.
    In the text they are the `length` letters from `at` on. While the words may not be read,
    `removed_at` is set, and the text says so in that place.
    """

    __tablename__ = "quote"
    __table_args__ = (
        sa.Index("ix_quote_text", "place", "row_id"),
        sa.Index("ix_quote_entry", "entry_id"),
    )

    place: Mapped[TextPlace] = mapped_column(choice(TextPlace))
    row_id: Mapped[int]
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("entry_version.id"))
    of_wants: Mapped[bool]
    starts: Mapped[int]
    ends: Mapped[int]
    at: Mapped[int]
    length: Mapped[int]
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class StaffRun(Row, kw_only=True):
    """That a text of staff has a run of five words with this hash."""

    __tablename__ = "staff_run"
    __table_args__ = (sa.Index("ix_staff_run_text", "place", "row_id"),)

    place: Mapped[TextPlace] = mapped_column(choice(TextPlace))
    row_id: Mapped[int]
    hash: Mapped[int] = mapped_column(sa.BigInteger, index=True)


class LeftRun(Row, kw_only=True):
    """That a run of six words of an entry left not long ago, as a hash under the server's key.

    `letters` is how many letters the run has. The row is deleted when its twelve hours are over, or
    once words with this run may be read again.
    """

    __tablename__ = "left_run"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), index=True)
    hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    letters: Mapped[int]
    at: Mapped[datetime]


class Wiping(Row, kw_only=True):
    """That words were erased, and whether the database's files still hold them.

    SQLite keeps old pages in its write-ahead file until nobody reads from it. `tries` counts how
    often it was emptied in vain.
    """

    __tablename__ = "wiping"
    __table_args__ = (
        sa.Index(
            "ix_wiping_owed",
            "id",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
    )

    asked_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
