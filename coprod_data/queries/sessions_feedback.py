"""What people said of a session: shares once it is over and five answered, and what to change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CardEntry,
    CoproductionSession,
    FeedbackWaiting,
    SessionCame,
    SessionChange,
    SessionFaceGiven,
    SessionFeedback,
    SessionQuestion,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.feedback_shares import share_of
from coprod_data.rules.join_hours import STILL_SENT, closes_at
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.scopes.entries import may_open
from coprod_data.scopes.sessions_changes import follows, has_read_feedback, of_feedback
from coprod_data.vocabulary.sessions import (
    WAS_HELD,
    AttendeeKind,
    FeedbackAnswer,
    FeedbackAsked,
    FeedbackFace,
    FeedbackShare,
)


@dataclass(frozen=True)
class Counted:
    """One answer and how many gave it, as a share: numbers would tell what the last one said to
    somebody who knows, or made up, the others.
    """

    words: str
    share: FeedbackShare


@dataclass(frozen=True)
class CountedQuestion:
    """A question of the session's own, and its faces; no faces where fewer than five answered."""

    text: str
    faces: tuple[Counted, ...]


@dataclass(frozen=True)
class FeedbackCounted:
    """What people said of a session, in shares and never in numbers. `collecting`: nothing is told
    before it is over, because the difference of two days would tell what one person said. `faces`
    is empty where fewer than five answered. `too_many`: more answered than young people came, so
    some are made up and nothing is told.
    """

    collecting: bool
    faces: tuple[Counted, ...]
    said_yes: tuple[Counted, ...]
    own: tuple[CountedQuestion, ...]
    too_many: bool = False


@dataclass(frozen=True)
class FeedbackRead:
    """How many texts came with it, how many wait, and whether this reader has read one."""

    texts: int
    unread: int
    read_by_me: bool


@dataclass(frozen=True)
class ChangeRow:
    """What people asked to be changed, in the team's words; `state` says what became of it."""

    id: int
    text: str
    asked_at: str
    state: str


def feedback_counted(db: Session, actor: Actor, session_id: int) -> FeedbackCounted:
    """Return what people said of a session, in shares, once five answered. Raises NotFound."""
    actor.must(Permission.SESSIONS_READ)
    session = db.get(CoproductionSession, session_id)
    if session is None:
        raise NotFound("We could not find that session.")
    uncounted = sa.select(FeedbackWaiting.form_hash).filter_by(session_id=session_id).limit(1)
    if (
        session.state not in WAS_HELD
        or not _is_over(session, actor.at)
        or db.scalar(uncounted) is not None
    ):
        return FeedbackCounted(True, (), (), ())
    columns = (SessionFeedback.face, *(getattr(SessionFeedback, one) for one in FeedbackAsked))
    rows = db.execute(sa.select(*columns).where(SessionFeedback.session_id == session_id)).all()
    if len(rows) > _young_people_came(db, session_id):
        return FeedbackCounted(False, (), (), (), too_many=True)
    faces = [row[0] for row in rows if row[0] is not None]
    said_yes = []
    for place, one in enumerate(FeedbackAsked, start=1):
        given = [row[place] for row in rows if row[place] is not None]
        if len(given) >= SMALLEST:
            yes = share_of(given.count(FeedbackAnswer.YES), len(given))
            said_yes.append(Counted(one.words, yes))
    return FeedbackCounted(False, _faces(faces), tuple(said_yes), _own(db, session_id))


def own_questions(db: Session, actor: Actor, session_id: int) -> dict[int, str]:
    """Return the questions of its own that a session asks, id and text, in their order."""
    actor.must(Permission.SESSIONS_READ, Permission.ENTRIES_SEND)
    rows = db.execute(
        sa.select(SessionQuestion.id, SessionQuestion.text)
        .where(SessionQuestion.session_id == session_id)
        .order_by(SessionQuestion.id)
    )
    return {row.id: row.text for row in rows}


def feedback_read(db: Session, actor: Actor, session_id: int) -> FeedbackRead:
    """Return how far the team is with reading what people wrote about a session."""
    actor.must(Permission.ENTRIES_QUEUE)
    unread = sa.and_(CardEntry.dealt_at.is_(None), CardEntry.withdrawn_at.is_(None))
    texts, waiting = db.execute(
        sa.select(sa.func.count(), sa.func.count().filter(unread)).where(
            of_feedback(session_id), may_open(actor)
        )
    ).one()
    return FeedbackRead(texts, waiting, has_read_feedback(db, actor, session_id))


def changes_written(db: Session, actor: Actor, session_id: int) -> list[ChangeRow]:
    """Return what people asked at a session to be changed, in the team's words."""
    actor.must(Permission.SESSIONS_READ)
    return _changes(db, SessionChange.session_id == session_id)


def changes_asked(db: Session, actor: Actor, session_id: int) -> list[ChangeRow]:
    """Return what earlier sessions of this kind asked for and nobody has decided about."""
    actor.must(Permission.SESSIONS_READ)
    session = db.get(CoproductionSession, session_id)
    if session is None:
        return []
    open_now = (SessionChange.task_id.is_(None), SessionChange.dropped_at.is_(None))
    return _changes(db, follows(session), *open_now)


def _changes(db: Session, *which: sa.ColumnElement[bool]) -> list[ChangeRow]:
    rows = db.execute(
        sa.select(SessionChange, CoproductionSession.title)
        .join(CoproductionSession, CoproductionSession.id == SessionChange.session_id)
        .where(*which)
        .order_by(SessionChange.id)
    )
    return [ChangeRow(row[0].id, row[0].text, row[1], _became(row[0])) for row in rows]


def _became(change: SessionChange) -> str:
    if change.task_id is not None:
        return "taken over"
    return "not this time" if change.dropped_at else "for the next session"


def _is_over(session: CoproductionSession, at: datetime) -> bool:
    return at > closes_at(session.ends_at) + STILL_SENT


def _own(db: Session, session_id: int) -> tuple[CountedQuestion, ...]:
    given: dict[str, list[FeedbackFace]] = {}
    for text, face in db.execute(
        sa.select(SessionQuestion.text, SessionFaceGiven.face)
        .outerjoin(SessionFaceGiven, SessionFaceGiven.question_id == SessionQuestion.id)
        .where(SessionQuestion.session_id == session_id)
        .order_by(SessionQuestion.id)
    ):
        given.setdefault(text, []).extend([face] if face is not None else [])
    return tuple(CountedQuestion(text, _faces(faces)) for text, faces in given.items())


def _faces(said: Iterable[FeedbackFace]) -> tuple[Counted, ...]:
    faces = list(said)
    if len(faces) < SMALLEST:
        return ()
    return tuple(Counted(one.words, share_of(faces.count(one), len(faces))) for one in FeedbackFace)


def _young_people_came(db: Session, session_id: int) -> int:
    came = sa.select(sa.func.coalesce(sa.func.sum(SessionCame.number), 0))
    return db.scalar(came.filter_by(session_id=session_id, kind=AttendeeKind.YOUNG_PEOPLE)) or 0
