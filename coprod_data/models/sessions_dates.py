"""When those in the work could meet: the days proposed for a session, and who can come on them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice, exactly_one
from coprod_data.vocabulary.sessions import SessionReply


class SessionDate(Row, kw_only=True):
    """A day proposed for a session. Once one is chosen, only that one is left."""

    __tablename__ = "session_date"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class SessionAnswer(Row, kw_only=True):
    """What a seat of the opportunity answers, a young person's or a member's invitation.

    One row for each day on which they can come, or one row without a day for another answer.
    """

    __tablename__ = "session_answer"
    __table_args__ = (exactly_one("young_id", "invitation_id"),)

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    date_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("session_date.id"), index=True, default=None
    )
    young_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("opportunity_young.id"), index=True, default=None
    )
    invitation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitation.id"), index=True, default=None
    )
    answer: Mapped[SessionReply] = mapped_column(choice(SessionReply))
    answered_at: Mapped[datetime]
