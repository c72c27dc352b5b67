"""How phones join a session: its code of two words."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row


class SessionCode(Row, kw_only=True):
    """A join code of a session. It opens a form and tells nothing of anybody, so it is not hashed.

    It works in the hours of its session, which may be moved, unless it was stopped.
    """

    __tablename__ = "session_code"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    words: Mapped[str] = mapped_column(sa.String(40), index=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    stopped_at: Mapped[datetime | None] = mapped_column(default=None)
