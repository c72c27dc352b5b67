"""What a session cost, whom it reached, and the thanks: numbers in total, nobody is named."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.sessions import ThanksKind, TravelMode


class SessionCost(Row, kw_only=True):
    """Miles that staff and members drove, how most people came, meals, and money in pence."""

    __tablename__ = "session_cost"
    told = {"mode": "how most people came"}

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), unique=True)
    miles: Mapped[int] = mapped_column(default=0)
    mode: Mapped[TravelMode | None] = mapped_column(choice(TravelMode), default=None)
    meals: Mapped[int] = mapped_column(default=0)
    meals_pence: Mapped[int] = mapped_column(default=0)
    travel_pence: Mapped[int] = mapped_column(default=0)
    venue_pence: Mapped[int] = mapped_column(default=0)


class SessionReach(Row, kw_only=True):
    """How many people a session reached, and how many replied; never added to another's."""

    __tablename__ = "session_reach"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), unique=True)
    reached: Mapped[int]
    replies: Mapped[int]


class SessionThanks(Row, kw_only=True):
    """To how many young people one kind of thanks was offered, how many took it, and how many have
    it. What was taken and not given is owed.
    """

    __tablename__ = "session_thanks"
    __table_args__ = (sa.UniqueConstraint("session_id", "kind"),)
    told = {"kind": "thanks"}

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"))
    kind: Mapped[ThanksKind] = mapped_column(choice(ThanksKind))
    offered: Mapped[int]
    taken: Mapped[int]
    given: Mapped[int]
