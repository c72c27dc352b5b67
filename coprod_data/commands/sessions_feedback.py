"""What people say of a session before they leave: given once by a phone; its own questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import SystemRandom

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import (
    keep_original,
    must_have_duty,
    open_card,
    sent_before,
)
from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.heard_tally import add_to_tally
from coprod_data.commands.rows import must_be_as_opened
from coprod_data.commands.sessions_rules import session_of
from coprod_data.models import (
    CoproductionSession,
    FeedbackWaiting,
    SessionFaceGiven,
    SessionFeedback,
    SessionQuestion,
)
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.join_hours import EARLY, STILL_SENT
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.scopes.join_codes import session_sent_from
from coprod_data.store.card_codes import form_digest
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.heard import HeardGroup
from coprod_data.vocabulary.sessions import AFTER, AHEAD, FeedbackAnswer, FeedbackFace

MOST_QUESTIONS = 5
FACES = ":faces"  # after a form's id: the words of a form are kept under another hash
KINDS: dict[str, type[FeedbackFace | FeedbackAnswer]] = {
    "face": FeedbackFace, **dict.fromkeys(("welcome", "listened", "counted"), FeedbackAnswer)
}  # fmt: skip
COLUMNS = (*KINDS, "helped")
LOT = SystemRandom()


@dataclass(frozen=True)
class Feedback:
    """What is in the form; everything may be left out. `own` are faces by number of question,
    `heard` the broad groups that somebody says they are in, `about` whom the words are about.
    """

    face: FeedbackFace | None = None
    welcome: FeedbackAnswer | None = None
    listened: FeedbackAnswer | None = None
    counted: FeedbackAnswer | None = None
    helped: bool | None = None
    good: str = ""
    change: str = ""
    own: Mapping[int, FeedbackFace] = field(default_factory=dict)
    heard: frozenset[HeardGroup] = frozenset()
    about: SaidAbout = NOTHING_SAID

    @property
    def answers(self) -> tuple[object, ...]:
        """What was chosen."""
        return (self.face, self.welcome, self.listened, self.counted, *self.own.values())


def give_feedback(db: Session, actor: Actor, *, code: str, form_id: str, said: Feedback) -> bool:
    """Keep the faces that somebody gives a session by its join code. Returns whether they are new.

    They wait without a number and are counted with all others once it is over. Raises Refused where
    the code counts no more, and Invalid where nothing was said.
    """
    actor.must(Permission.ENTRIES_SEND)
    _must_say_something(said)
    session_id = _session_of_code(db, actor, code)
    keys = db.info["keys"]
    digests = [form_digest(form_id + FACES, key) for key in keys.all]
    for kept in (FeedbackWaiting, SessionFeedback):
        if db.scalar(sa.select(kept.form_hash).where(kept.form_hash.in_(digests))) is not None:
            return False
    asked = set(db.scalars(sa.select(SessionQuestion.id).filter_by(session_id=session_id)))
    answers = {name: getattr(said, name) for name in COLUMNS}
    own = {str(number): face.value for number, face in said.own.items() if number in asked}
    db.add(
        FeedbackWaiting(form_hash=digests[-1], session_id=session_id, said={**answers, "own": own})
    )
    db.flush()
    add_to_tally(db, actor, said.heard)
    return True


def write_feedback(db: Session, actor: Actor, *, code: str, form_id: str, said: Feedback) -> bool:
    """Keep the words that somebody writes of a session by its join code, as an entry that the team
    reads first. Returns whether they are new.

    They have no card code, and nobody of the two teams whom they are about sees them. Called in a
    transaction of its own, nothing joins them to the faces of the same form. Raises Refused where
    the code counts no more, Invalid where nothing was said, and NobodyOnDuty for words that nobody
    would read.
    """
    actor.must(Permission.ENTRIES_SEND)
    good, change = _must_say_something(said)
    if not good and not change:
        return False
    must_have_duty(db, actor)
    session = db.get_one(CoproductionSession, _session_of_code(db, actor, code))
    if sent_before(db, form_id) is not None:
        return False
    entry = keep_original(
        db,
        actor,
        form_id=form_id,
        card=open_card(db, actor, session.theme_id),
        thinks=good,
        wants=change,
        uses=frozenset(),
        language="en",
        kind=EntryKind.FEEDBACK,
        session_id=session.id,
        about_us=said.about.about_us,
        meant=said.about.whom,
    )
    record(db, actor, EventKind.ENTRY_SENT, entry)
    return True


def count_feedback(db: Session, actor: Actor) -> int:
    """Count what people said of every session that is over, each in one event and in an order drawn
    by lot. Returns of how many sessions.
    """
    actor.must(Permission.JOBS_RUN)
    over = actor.at - EARLY - STILL_SENT
    waiting = (
        sa.select(CoproductionSession)
        .where(
            CoproductionSession.ends_at < over,
            CoproductionSession.id.in_(sa.select(FeedbackWaiting.session_id)),
        )
        .order_by(CoproductionSession.id)
    )
    sessions = db.scalars(waiting).all()
    for session in sessions:
        kept = sa.select(FeedbackWaiting).filter_by(session_id=session.id)
        rows = sorted(db.scalars(kept), key=lambda row: row.form_hash)
        LOT.shuffle(rows)
        for row in rows:
            _count(db, row)
            db.delete(row)
        record(db, actor, EventKind.FEEDBACK_GIVEN, session)
    return len(sessions)


def _count(db: Session, row: FeedbackWaiting) -> None:
    answers = {name: row.said[name] for name in COLUMNS}
    for name, kind in KINDS.items():
        answers[name] = None if answers[name] is None else kind(answers[name])
    feedback = SessionFeedback(session_id=row.session_id, form_hash=row.form_hash, **answers)
    db.add(feedback)
    db.flush()
    db.add_all(
        SessionFaceGiven(question_id=int(number), feedback_id=feedback.id, face=FeedbackFace(face))
        for number, face in sorted(row.said["own"].items())
    )


def _must_say_something(said: Feedback) -> tuple[str, str]:
    good, change = optional_text(said.good, "good"), optional_text(said.change, "change")
    if not good and not change and not any(said.answers):
        raise Invalid("Pick a face, or write in a box.", field="face")
    return good, change


def _session_of_code(db: Session, actor: Actor, code: str) -> int:
    session_id = session_sent_from(db, code, actor.at)
    if session_id is None:
        raise Refused("This code does not work any more. You can still tell us on the first page.")
    return session_id


def set_questions(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    questions: Sequence[str],
    opened: Sequence[str] | None = None,
) -> None:
    """Write the questions of its own that a session asks, five at most, before the first answer.

    Raises NotFound, NotAllowed, Refused once somebody has answered, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD, *AFTER)
    texts = [
        required_line(text, "questions", "Write the question.", 160)
        for text in questions
        if text.strip()
    ]
    if len(texts) > MOST_QUESTIONS:
        raise Invalid(f"Ask {MOST_QUESTIONS} questions at most, one a line.", field="questions")
    if len(set(texts)) < len(texts):
        raise Invalid("Two of these questions are the same.", field="questions")
    rows = list(
        db.scalars(
            sa.select(SessionQuestion)
            .filter_by(session_id=session.id)
            .order_by(SessionQuestion.id)
            .with_for_update()
        )
    )
    now = tuple(row.text for row in rows)
    shown = None if opened is None else {"questions": tuple(opened)}
    must_be_as_opened({"questions": now}, shown, {"questions": tuple(texts)})
    answered = (
        sa.exists().where(kept.session_id == session.id)
        for kept in (FeedbackWaiting, SessionFeedback)
    )
    if tuple(texts) != now and any(db.execute(sa.select(*answered)).one()):
        raise Refused("Somebody has answered already, so the questions stay as they are.")
    if tuple(texts) == now:
        return
    for row in rows:
        db.delete(row)
    db.add_all(SessionQuestion(session_id=session.id, text=text) for text in texts)
    record_if_changed(db, actor, EventKind.QUESTIONS_SET, session)
