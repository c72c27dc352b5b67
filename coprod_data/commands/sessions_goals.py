"""What a session should lead to and whether it did; the ground rules that its people agreed."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import must_be_as_opened
from coprod_data.commands.sessions_rules import session_of
from coprod_data.models import CoproductionSession, SessionGoal
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.texts import required_line
from coprod_data.scopes.sessions import rules_of_group
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import AFTER, AHEAD, GoalReached

MOST_GOALS = 8


def set_goals(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    goals: Sequence[str],
    opened: Sequence[str] | None = None,
) -> None:
    """Write what a session should lead to; what was said of one that stays is kept.

    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD, *AFTER)
    if len(goals) > MOST_GOALS:
        raise Invalid(f"Choose at most {MOST_GOALS}: fewer are remembered.", field="goals")
    said = tuple(
        dict.fromkeys(required_line(text, "goals", "Say what it should lead to.", 240)
        for text in goals)
    )  # fmt: skip
    rows = _goals(db, session)
    now = tuple(row.text for row in rows)
    shown = None if opened is None else {"goals": tuple(opened)}
    must_be_as_opened({"goals": now}, shown, {"goals": said})
    if said == now:
        return
    reached = {row.text: row.reached for row in rows}
    for row in rows:
        db.delete(row)
    db.flush()
    db.add_all(
        SessionGoal(session_id=session.id, text=text, reached=reached.get(text)) for text in said
    )
    record_if_changed(db, actor, EventKind.GOALS_SET, session)


def say_reached(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    reached: Mapping[int, GoalReached | None],
    opened: Mapping[int, GoalReached | None] | None = None,
) -> None:
    """Say of each goal whether the session got there, once it has begun; None is not said.

    Raises NotFound, NotAllowed, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD, *AFTER)
    if session.starts_at > actor.at:
        raise Refused("It has not begun yet. Say this once it has.")
    rows = {row.id: row for row in _goals(db, session)}
    if not rows.keys() >= reached.keys():
        raise NotFound("Somebody changed what it should lead to. Reload the page.")
    now = {str(number): rows[number].reached for number in reached}
    shown = None if opened is None else {str(number): one for number, one in opened.items()}
    must_be_as_opened(now, shown, {str(number): one for number, one in reached.items()})
    for number, said in reached.items():
        rows[number].reached = said
    record_if_changed(db, actor, EventKind.GOALS_REACHED, session)


def agree_rules(db: Session, actor: Actor, session_id: int, *, seen: str) -> None:
    """Record that the people of a session agreed its ground rules, as `seen` on the screen.

    The next session with the same group begins with them. A second press changes nothing.
    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD, *AFTER)
    if not session.ground_rules:
        raise Refused("There are no ground rules yet. Write them into the plan first.")
    if session.ground_rules != seen:
        raise Refused("Somebody changed the ground rules. Read them again before you press.")
    if session.rules_agreed_at is None:
        session.rules_agreed_at = actor.at
        record(db, actor, EventKind.RULES_AGREED, session)


def take_rules(db: Session, actor: Actor, session_id: int, *, seen: str) -> None:
    """Begin a session with the ground rules that its group agreed last, in place of those `seen`.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD)
    rules = rules_of_group(db, session.group_id) if session.group_id else ""
    if not rules:
        raise Refused("This group has not agreed any ground rules yet.")
    if session.ground_rules != seen:
        raise Refused("Somebody changed the ground rules. Read them again before you press.")
    if session.ground_rules != rules:
        session.ground_rules, session.rules_agreed_at = rules, None
        record(db, actor, EventKind.RULES_TAKEN, session)


def _goals(db: Session, session: CoproductionSession) -> Sequence[SessionGoal]:
    return db.scalars(
        sa.select(SessionGoal).filter_by(session_id=session.id).order_by(SessionGoal.id)
    ).all()
