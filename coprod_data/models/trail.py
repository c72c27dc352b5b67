"""The trail: sign-ins, refusals and exports, kept for a time and then deleted."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.trail import TrailKind


class Trail(Row, kw_only=True):
    """One row of the trail. It never holds a word of an entry.

    `person_id` is empty where nobody was signed in; then the keyed hashes of the name as typed and
    of the address say which tries belong together. `about` is a right, or the name of what was
    downloaded.
    """

    __tablename__ = "trail"
    __table_args__ = (
        sa.Index("ix_trail_at", "at"),
        sa.Index("ix_trail_kind", "kind", "at"),
        sa.Index("ix_trail_person_id", "person_id", "at"),
    )

    kind: Mapped[TrailKind] = mapped_column(choice(TrailKind))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    name_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    address_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    about: Mapped[str] = mapped_column(sa.String(120), default="")
