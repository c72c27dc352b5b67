"""Standing groups: the Board, delivery and action groups, young people's and parents' groups."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice, exactly_one
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.heard import HeardGroup


class Group(Row, kw_only=True):
    """A standing group. `terms` are its terms of reference.

    `young_people` says how many are in it: they are never named. `hears` is the broad group of
    young people that is heard there, `meets` when and where it meets. At most one group owns the
    queue of opportunities.
    """

    __tablename__ = "group"
    __table_args__ = (
        sa.Index(
            "uq_group_owns_queue",
            "owns_queue",
            unique=True,
            sqlite_where=sa.text("owns_queue = 1"),
            postgresql_where=sa.text("owns_queue"),
        ),
    )
    told = {
        "kind": "kind",
        "quorum": "quorum",
        "owns_queue": "reviews the opportunities",
        "hears": "who is heard there",
    }

    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    kind: Mapped[GroupKind] = mapped_column(choice(GroupKind))
    terms: Mapped[str] = mapped_column(sa.Text, default="")
    quorum: Mapped[int | None] = mapped_column(default=None)
    young_people: Mapped[int] = mapped_column(default=0)
    owns_queue: Mapped[bool] = mapped_column(default=False)
    hears: Mapped[HeardGroup | None] = mapped_column(choice(HeardGroup), default=None)
    meets: Mapped[str | None] = mapped_column(sa.String(160), default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class Membership(Row, kw_only=True):
    """An adult member of a group: somebody with an account, or a name, for example of a partner."""

    __tablename__ = "membership"
    __table_args__ = (exactly_one("person_id", "name"),)

    group_id: Mapped[int] = mapped_column(sa.ForeignKey("group.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id"), index=True, default=None
    )
    told = {
        "term_ends_on": "end of term",
        "left_on": "day of leaving",
    }
    name: Mapped[str | None] = mapped_column(sa.String(120), default=None)
    kind: Mapped[MemberKind] = mapped_column(choice(MemberKind))
    sector: Mapped[Sector] = mapped_column(choice(Sector))
    joined_on: Mapped[date]
    term_ends_on: Mapped[date | None] = mapped_column(default=None)
    left_on: Mapped[date | None] = mapped_column(default=None)


class GroupMeeting(Row, kw_only=True):
    """A day on which a group met; what it reviewed refers to it."""

    __tablename__ = "group_meeting"
    __table_args__ = (sa.UniqueConstraint("group_id", "met_on"),)

    group_id: Mapped[int] = mapped_column(sa.ForeignKey("group.id"))
    met_on: Mapped[date]
