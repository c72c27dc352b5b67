"""The library: its items, the formats in which each is there, and which belong together."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.library import (
    Completeness,
    LibraryFormat,
    LibraryKind,
    LibraryState,
)
from coprod_data.vocabulary.training import Audience


class LibraryItem(Row, kw_only=True):
    """Something to work by, or to learn from; each audience is a column of its own.

    `made_with` credits who made it with us, by group or first name. `review_on` is when it is to be
    looked at again. The table itself keeps the gate: nothing is published without a review date, or
    withdrawn without a reason.
    """

    __tablename__ = "library_item"
    __table_args__ = (
        sa.CheckConstraint("state = 'draft' OR review_on IS NOT NULL", name="review_first"),
        sa.CheckConstraint("state <> 'withdrawn' OR why_withdrawn <> ''", name="reason_first"),
    )
    told = {
        "kind": "kind",
        "complete": "how complete",
        "review_on": "day of the review",
        "keeper_id": "who keeps it",
        "state": "state",
        **{one.value: f"for {one.words.lower()}" for one in Audience},
    }

    title: Mapped[str] = mapped_column(sa.String(160), unique=True)
    kind: Mapped[LibraryKind] = mapped_column(choice(LibraryKind))
    about: Mapped[str] = mapped_column(sa.Text, default="")
    made_with: Mapped[str] = mapped_column(sa.String(300), default="")
    complete: Mapped[Completeness] = mapped_column(choice(Completeness))
    managers: Mapped[bool] = mapped_column(default=False)
    officers: Mapped[bool] = mapped_column(default=False)
    members: Mapped[bool] = mapped_column(default=False)
    young: Mapped[bool] = mapped_column(default=False)
    parents: Mapped[bool] = mapped_column(default=False)
    partners: Mapped[bool] = mapped_column(default=False)
    keeper_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    review_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[LibraryState] = mapped_column(choice(LibraryState), default=LibraryState.DRAFT)
    why_withdrawn: Mapped[str] = mapped_column(sa.Text, default="")


class LibraryFile(Row, kw_only=True):
    """One format of an item: a file with what it is by its content, or a link; never both."""

    __tablename__ = "library_file"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "format"),
        sa.CheckConstraint(
            "(file IS NULL AND link <> '' AND ending = '') OR "
            "(file IS NOT NULL AND link = '' AND ending <> '')",
            name="file_or_link",
        ),
    )
    told = {"format": "format"}
    unlogged = frozenset({"file"})

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("library_item.id"))
    format: Mapped[LibraryFormat] = mapped_column(choice(LibraryFormat))
    link: Mapped[str] = mapped_column(sa.String(500), default="")
    ending: Mapped[str] = mapped_column(sa.String(4), default="")
    file: Mapped[bytes | None] = mapped_column(sa.LargeBinary, default=None, deferred=True)
    kept_at: Mapped[datetime]


class LibraryTie(Row, kw_only=True):
    """Two items that belong together, once for each pair: the lower number first."""

    __tablename__ = "library_tie"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "other_id"),
        sa.CheckConstraint("item_id < other_id", name="lower_first"),
    )

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("library_item.id"))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("library_item.id"), index=True)
