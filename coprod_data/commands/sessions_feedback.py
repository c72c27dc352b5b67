"""What people say of a session before they leave: given once by a phone; its own questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    SessionFaceGiven,
    SessionFeedback,
    SessionQuestion,
)
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.scopes.join_codes import session_sent_from
from coprod_data.store.card_codes import form_digest
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.heard import HeardGroup
from coprod_data.vocabulary.sessions import AFTER, AHEAD, FeedbackAnswer, FeedbackFace

MOST_QUESTIONS = 5
FACES = ":faces"  # after a form's id: the words of a form are kept under another hash


@dataclass(frozen=True)
class Feedback:
    """What is in the form; everything may be left out. `own` are faces by number of question,
    `heard` the broad groups that somebody says they are in.
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

    @property
    def answers(self) -> tuple[object, ...]:
        """What was chosen."""
        return (self.face, self.welcome, self.listened, self.counted, *self.own.values())


def give_feedback(db: Session, actor: Actor, *, code: str, form_id: str, said: Feedback) -> bool:
    """Keep what somebody says of the session of a join code. Returns False if it was sent before.

    Faces are counted. Words are an entry that the team reads first; they have no card code, and
    nothing joins them to the faces. Raises Refused where the code counts no more, Invalid where
    nothing was said, and NobodyOnDuty for words that nobody would read.
    """
    actor.must(Permission.ENTRIES_SEND)
    good, change = optional_text(said.good, "good"), optional_text(said.change, "change")
    if not good and not change and not any(said.answers):
        raise Invalid("Pick a face, or write in a box.", field="face")
    if good or change:
        must_have_duty(db, actor)
    session_id = session_sent_from(db, code, actor.at)
    if session_id is None:
        raise Refused("This code does not work any more. You can still tell us on the first page.")
    before = sent_before(db, form_id)
    keys = db.info["keys"]
    digests = [form_digest(form_id + FACES, key) for key in keys.all]
    found = sa.select(SessionFeedback.id).where(SessionFeedback.form_hash.in_(digests))
    if before is not None or db.scalar(found) is not None:
        return False
    session = db.get_one(CoproductionSession, session_id)
    feedback = SessionFeedback(
        session_id=session.id,
        form_hash=digests[-1],
        face=said.face,
        welcome=said.welcome,
        listened=said.listened,
        counted=said.counted,
        helped=said.helped,
    )
    db.add(feedback)
    db.flush()
    asked = set(db.scalars(sa.select(SessionQuestion.id).filter_by(session_id=session.id)))
    db.add_all(
        SessionFaceGiven(question_id=number, feedback_id=feedback.id, face=face)
        for number, face in said.own.items()
        if number in asked
    )
    if good or change:
        keep_original(
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
        )
    record(db, actor, EventKind.FEEDBACK_GIVEN, feedback)
    add_to_tally(db, actor, said.heard)
    return True


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
    answered = sa.select(sa.func.count()).select_from(SessionFeedback)
    if tuple(texts) != now and db.scalar(answered.filter_by(session_id=session.id)):
        raise Refused("Somebody has answered already, so the questions stay as they are.")
    if tuple(texts) == now:
        return
    for row in rows:
        db.delete(row)
    db.add_all(SessionQuestion(session_id=session.id, text=text) for text in texts)
    record_if_changed(db, actor, EventKind.QUESTIONS_SET, session)
