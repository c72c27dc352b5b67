"""What people said of a session before they left: faces and answers, never a word.

Their words are entries, which wait to be read like every other. Nothing joins the two: no row here
has a time, an entry or anybody in it, and the log tells of all the faces of a session at once.
"""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row, choice
from coprod_data.vocabulary.sessions import FeedbackAnswer, FeedbackFace


class FeedbackWaiting(Base, kw_only=True):
    """What one phone said of a session that is not over yet: faces and answers, without a number.

    Once it is over all of them are counted in an order drawn by lot, in one event, and are gone
    from here. So nothing tells which words were sent at the same moment.
    """

    __tablename__ = "feedback_waiting"

    form_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    said: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)


class SessionFeedback(Row, kw_only=True):
    """What one phone said of a session; each answer may be left out. `helped`: they had help."""

    __tablename__ = "session_feedback"
    unlogged: ClassVar[frozenset[str]] = frozenset(
        {"face", "welcome", "listened", "counted", "helped"}
    )

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    form_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    face: Mapped[FeedbackFace | None] = mapped_column(choice(FeedbackFace), default=None)
    welcome: Mapped[FeedbackAnswer | None] = mapped_column(choice(FeedbackAnswer), default=None)
    listened: Mapped[FeedbackAnswer | None] = mapped_column(choice(FeedbackAnswer), default=None)
    counted: Mapped[FeedbackAnswer | None] = mapped_column(choice(FeedbackAnswer), default=None)
    helped: Mapped[bool | None] = mapped_column(default=None)


class SessionQuestion(Row, kw_only=True):
    """A question of its own that a session asks, answered with a face."""

    __tablename__ = "session_question"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(160))


class SessionFaceGiven(Row, kw_only=True):
    """The face that one phone gave to a session's own question."""

    __tablename__ = "session_face_given"
    __table_args__ = (sa.UniqueConstraint("question_id", "feedback_id"),)
    unlogged: ClassVar[frozenset[str]] = frozenset({"face"})

    question_id: Mapped[int] = mapped_column(sa.ForeignKey("session_question.id"))
    feedback_id: Mapped[int] = mapped_column(sa.ForeignKey("session_feedback.id"))
    face: Mapped[FeedbackFace] = mapped_column(choice(FeedbackFace))


class SessionChange(Row, kw_only=True):
    """What people asked to be changed, in the team's words, for the next session of its kind.

    `task_id`: it was taken over as something to do. `dropped_at`: it was not, this time.
    """

    __tablename__ = "session_change"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(240))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("session_task.id"), default=None)
    dropped_at: Mapped[datetime | None] = mapped_column(default=None)
