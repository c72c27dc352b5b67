"""How many answers came from each broad group of young people, by term; the council's totals."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row, choice
from coprod_data.vocabulary.heard import HeardGroup


class HeardTerm(Base, kw_only=True):
    """The tally of a term, by the term's first day; no event tells of it.

    One row for the whole term, written by each sending, whatever it says: so neither which row nor
    that one was written tells anything about an entry. Nothing is ever taken out of it.
    """

    __tablename__ = "heard_term"

    first_on: Mapped[date] = mapped_column(primary_key=True)
    under_11: Mapped[int] = mapped_column(default=0)
    from_11: Mapped[int] = mapped_column(default=0)
    from_16: Mapped[int] = mapped_column(default=0)
    from_18: Mapped[int] = mapped_column(default=0)
    foster: Mapped[int] = mapped_column(default=0)
    family: Mapped[int] = mapped_column(default=0)
    childrens_home: Mapped[int] = mapped_column(default=0)
    supported: Mapped[int] = mapped_column(default=0)
    away: Mapped[int] = mapped_column(default=0)
    parent: Mapped[int] = mapped_column(default=0)
    send: Mapped[int] = mapped_column(default=0)
    came_alone: Mapped[int] = mapped_column(default=0)


class HeardTotal(Row, kw_only=True):
    """How many of a broad group the council looks after or supports; never fewer than five."""

    __tablename__ = "heard_total"
    told = {"as_of": "day of the totals"}

    heard: Mapped[HeardGroup] = mapped_column(choice(HeardGroup), unique=True)
    number: Mapped[int] = mapped_column(sa.Integer)
    as_of: Mapped[date]
