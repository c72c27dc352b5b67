"""Sessions once they have begun: who came, the question that closes one, the write-up, the end."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import known, must_be_as_opened
from coprod_data.commands.sessions_rules import session_of
from coprod_data.models import (
    CoproductionSession,
    Opportunity,
    RoomScreen,
    RoomWords,
    Service,
    SessionCame,
    SessionFound,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.clocks import after_working_days, london_day
from coprod_data.rules.session_parts import Part, by_name
from coprod_data.rules.session_plan import MOST_PEOPLE
from coprod_data.rules.texts import required_text
from coprod_data.scopes.duty import hours_of
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import AFTER, AHEAD, AttendeeKind, NeedsMet
from coprod_data.vocabulary.sessions import SessionState as S
from coprod_data.vocabulary.settings import SettingKey

LONG_ENOUGH = 10  # letters of a reason


def record_who_came(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    came: Mapping[Part, int],
    opened: Mapping[Part, int] | None = None,
) -> None:
    """Record how many came, by part and service, never by name; a first time says it was held.

    What is not named stays as it was; 0 takes a part away. The write-up and the review of what
    could be done together are due from then on. Raises NotFound, NotAllowed, Refused before it has
    begun, Invalid, and ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD, *AFTER)
    if session.starts_at > actor.at:
        raise Refused("It has not begun yet. Record who came once it has.")
    rows = {
        (row.kind, row.service_id): row
        for row in db.scalars(sa.select(SessionCame).filter_by(session_id=session.id))
    }
    now = {part: rows[part].number if part in rows else 0 for part in {*came, *(opened or {})}}
    shown = None if opened is None else by_name(opened)
    must_be_as_opened(by_name(now), shown, by_name(came))
    for part, number in came.items():
        _must_be_a_count(db, part, number)
        row = rows.get(part)
        if row is not None and number:
            row.number = number
        elif row is not None:
            db.delete(rows.pop(part))
        elif number:
            rows[part] = SessionCame(
                session_id=session.id, kind=part[0], service_id=part[1], number=number
            )
            db.add(rows[part])
    if not any(row.number for row in rows.values()):
        raise Invalid("Nobody came? If it was not held, cancel it and say why.", field="came")
    if session.state in AHEAD:
        _hold(db, session, actor.at)
        record(db, actor, EventKind.SESSION_HELD, session)
    else:
        record_if_changed(db, actor, EventKind.SESSION_CAME, session)


def record_needs(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    needs_met: NeedsMet | None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Record whether the access needs were met that people had told of, until it is closed.

    `opened` is what the form showed. Raises NotFound, NotAllowed, Refused, Invalid,
    ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AFTER)
    if needs_met is None:
        raise Invalid("Choose one.", field="needs_met")
    must_be_as_opened({"needs_met": session.needs_met}, opened, {"needs_met": needs_met})
    session.needs_met = needs_met
    record_if_changed(db, actor, EventKind.SESSION_NEEDS, session)


def link_opportunity(db: Session, actor: Actor, session_id: int, opportunity_id: int) -> None:
    """Say that an opportunity was found at a session; a second call adds nothing.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AFTER)
    if known(db, Opportunity, id=opportunity_id) is None:
        raise NotFound("We could not find that opportunity.", field="opportunity")
    found = {"session_id": session.id, "opportunity_id": opportunity_id}
    if known(db, SessionFound, **found) is None:
        db.add(SessionFound(**found))
        record(db, actor, EventKind.SESSION_FOUND, session)


def unlink_opportunity(db: Session, actor: Actor, session_id: int, opportunity_id: int) -> None:
    """Take back that an opportunity was found at a session, until the question is answered.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, S.HELD)
    row = known(db, SessionFound, session_id=session.id, opportunity_id=opportunity_id)
    if row is not None:
        db.delete(row)
        record(db, actor, EventKind.SESSION_FOUND, session)


def review_session(
    db: Session, actor: Actor, session_id: int, *, nothing_because: str = ""
) -> None:
    """Answer the question that closes a session: what could we do together?

    At least one opportunity was found, or `nothing_because` says why none was. Raises NotFound,
    NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, S.HELD)
    if known(db, SessionFound, session_id=session.id) is None:
        reason = required_text(
            nothing_because, "nothing_because",
            "Add at least one opportunity, or say why there is none this time.",
        )  # fmt: skip
        if len(reason) < LONG_ENOUGH:
            raise Invalid("Say a little more about why there is none.", field="nothing_because")
        session.nothing_because = reason
    session.state = S.REVIEWED
    record(db, actor, EventKind.SESSION_REVIEWED, session)


def write_up_session(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    done: str,
    heard: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Write down what was done and what was heard; it can be written again until it is closed.

    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, S.REVIEWED, S.WRITTEN_UP)
    typed = {
        "done": required_text(done, "done", "Say what you did together."),
        "heard": required_text(heard, "heard", "Say what you heard, in your own words."),
    }
    must_be_as_opened({"done": session.done, "heard": session.heard}, opened, typed)
    session.done, session.heard = typed["done"], typed["heard"]
    session.state = S.WRITTEN_UP
    record_if_changed(db, actor, EventKind.SESSION_WRITTEN_UP, session)


def close_session(db: Session, actor: Actor, session_id: int) -> None:
    """Close a session that was held, reviewed and written up. Raises NotFound, Refused.

    Nothing is closed without an answer to what could be done together. Its code takes no words any
    more, and what was on its wall is off it for good, also if it is opened again.
    """
    actor.must(Permission.SESSIONS_CLOSE)
    session = session_of(db, actor, session_id, S.WRITTEN_UP)
    session.state = S.CLOSED
    _end_the_wall(db, session, actor.at)
    record(db, actor, EventKind.SESSION_CLOSED, session)


def reopen_session(db: Session, actor: Actor, session_id: int) -> None:
    """Open a closed session again, so that its write-up can be corrected.

    Raises NotFound, Refused.
    """
    actor.must(Permission.SESSIONS_CLOSE)
    session = session_of(db, actor, session_id, S.CLOSED)
    session.state = S.WRITTEN_UP
    record(db, actor, EventKind.SESSION_REOPENED, session)


def _hold(db: Session, session: CoproductionSession, at: datetime) -> None:
    limits = settings(db, SettingKey.SESSION_REVIEW_DAYS, SettingKey.SESSION_WRITE_UP_DAYS)
    hours = hours_of(db)
    review, write_up = (
        london_day(after_working_days(session.ends_at, days, hours)) for days in limits.values()
    )
    session.state, session.held_at = S.HELD, at
    session.review_by, session.write_up_by = review, write_up


def _end_the_wall(db: Session, session: CoproductionSession, at: datetime) -> None:
    """Close the wall of a session and keep all that was sent for it off for good."""
    screens = sa.select(RoomScreen).filter_by(session_id=session.id, closed_at=None)
    for screen in db.scalars(screens.with_for_update()):
        screen.closed_at = at
    words = sa.select(RoomWords).filter_by(session_id=session.id, kept_off_at=None)
    for one in db.scalars(words.with_for_update()):
        one.kept_off_at = at


def _must_be_a_count(db: Session, part: Part, number: int) -> None:
    kind, service_id = part
    if not 0 <= number <= MOST_PEOPLE:
        raise Invalid(f"Give a number from 0 to {MOST_PEOPLE:,}.", field="came")
    if (kind is AttendeeKind.SERVICE) != (service_id is not None):
        raise Invalid("Choose the service.", field="came")
    if service_id is not None and known(db, Service, id=service_id) is None:
        raise NotFound("We could not find that service.", field="came")
