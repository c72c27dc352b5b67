"""What a session cost, whom it reached, and the thanks: numbers in total, nobody is named."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record_if_changed
from coprod_data.commands.rows import known, must_be_as_opened
from coprod_data.commands.sessions_rules import session_of
from coprod_data.models import SessionCost, SessionReach, SessionThanks
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.session_costs import Costs, Thanks
from coprod_data.rules.session_reach import Reach
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import WAS_HELD, ThanksKind


def record_costs(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    costs: Costs,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Record what a session cost once it was held, also when it is closed. `opened` is what the
    form showed. Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *WAS_HELD)
    said = costs.checked()
    row = known(db, SessionCost, session_id=session.id)
    must_be_as_opened(Costs.of(row).values, opened, said.values)
    if row is None:
        row = SessionCost(session_id=session.id)
        db.add(row)
    for name, value in said.values.items():
        setattr(row, name, value)
    record_if_changed(db, actor, EventKind.SESSION_COSTS, session)


def record_reach(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    reach: Reach,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Record how many people a session reached and how many replied, once it was held.

    `opened` is what the form showed. Raises NotFound, NotAllowed, Refused, Invalid,
    ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *WAS_HELD)
    said = reach.checked()
    row = known(db, SessionReach, session_id=session.id)
    must_be_as_opened(Reach.of(row).values, opened, said.values)
    if row is None:
        db.add(SessionReach(session_id=session.id, **said.values))
    else:
        row.reached, row.replies = said.reached, said.replies
    record_if_changed(db, actor, EventKind.SESSION_REACH, session)


def record_thanks(
    db: Session,
    actor: Actor,
    session_id: int,
    kind: ThanksKind | None,
    *,
    thanks: Thanks,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Record to how many young people a kind of thanks was offered, how many took it and how many
    have it. Until all who took it have it, it is owed, also when the session is closed.

    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *WAS_HELD)
    if kind is None:
        raise Invalid("Choose what kind of thanks.", field="kind")
    said = thanks.checked()
    row = known(db, SessionThanks, session_id=session.id, kind=kind)
    must_be_as_opened(Thanks.of(row).values, opened, said.values)
    if row is None:
        db.add(SessionThanks(session_id=session.id, kind=kind, **said.values))
    else:
        for name, value in said.values.items():
            setattr(row, name, value)
    record_if_changed(db, actor, EventKind.SESSION_THANKS, session)
