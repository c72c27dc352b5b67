"""From a yes to a first meeting: days are proposed, both sides answer, one day is chosen."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import locked, must_be_as_opened
from coprod_data.commands.sessions_dates_steps import Span, ask_again, days_of
from coprod_data.commands.sessions_rules import must_stay_on_its_day, session_of
from coprod_data.models import (
    CoproductionSession,
    Invitation,
    OpportunityYoung,
    SessionAnswer,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.session_plan import SessionPlan, checked_times
from coprod_data.scopes.entries import on_its_card
from coprod_data.scopes.opportunities import members_asked, own_seat, young_asked
from coprod_data.scopes.sessions import takes_answers
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import SessionReply
from coprod_data.vocabulary.sessions import SessionState as S

MOST_DAYS = 4
NOTHING = "There is nothing to answer here."


def propose_days(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    days: Sequence[Span],
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Ask both sides of the work on which of these days they can come; they take the place of
    those proposed before, and answers begin again.

    `opened` holds the `days` that the form showed. Raises NotFound, NotAllowed, Refused, Invalid,
    ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE)
    session = session_of(db, actor, session_id, S.PLANNED)
    _must_have_both_sides(db, session)
    said = tuple(sorted({checked_times(*one) for one in days}))
    if not 1 <= len(said) <= MOST_DAYS:
        raise Invalid(f"Write one to {MOST_DAYS} days, one a line.", field="days")
    if said[0][0] <= actor.at:
        raise Invalid("Propose days that are still to come.", field="days")
    now = tuple((row.starts_at, row.ends_at) for row in days_of(db, session))
    must_be_as_opened({"days": now}, opened, {"days": said})
    if said != now:
        must_stay_on_its_day(db, session)
        ask_again(db, session, said)
        session.starts_at, session.ends_at = said[0]
    record_if_changed(db, actor, EventKind.SESSION_DAYS, session)


def answer_days(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    answer: SessionReply | None,
    date_ids: Collection[int] = (),
) -> None:
    """Say when the actor can come, or give another answer; it takes the place of theirs before.

    A young person answers with the code or the account of a card in the work, a member as who said
    yes. Raises NotFound with the same words for everybody else, Refused, and Invalid.
    """
    actor.must(Permission.OPPORTUNITIES_CONFIRM, Permission.OPPORTUNITIES_REPLY)
    session = locked(db, CoproductionSession, session_id, "session")
    seats = _seats(db, actor, session)
    if not seats:
        raise NotFound(NOTHING)
    proposed = {row.id for row in days_of(db, session)}
    still = db.scalar(
        sa.select(takes_answers(actor.at)).where(CoproductionSession.id == session.id)
    )
    if not still:
        raise Refused("This has changed. Look at it again.")
    if answer is None:
        raise Invalid("Pick an answer.", field="days")
    if answer is SessionReply.CAN and not (date_ids and proposed.issuperset(date_ids)):
        raise Invalid("Pick a day on which you can come.", field="days")
    picked = sorted(set(date_ids)) if answer is SessionReply.CAN else [None]
    for seat in seats:
        for row in db.scalars(sa.select(SessionAnswer).filter_by(session_id=session.id, **seat)):
            db.delete(row)
        for date_id in picked:
            db.add(
                SessionAnswer(
                    session_id=session.id, date_id=date_id, answer=answer, answered_at=actor.at,
                    **seat,
                )
            )  # fmt: skip
    record(db, actor, EventKind.SESSION_ANSWERED, session)


def choose_day(db: Session, actor: Actor, session_id: int, date_id: int) -> None:
    """Choose one of the days proposed, and confirm the session: those in the work read it.

    Who said that they can come then need not say it again. Raises NotFound, NotAllowed, Refused,
    Invalid.
    """
    actor.must(Permission.SESSIONS_WRITE)
    session = session_of(db, actor, session_id, S.PLANNED)
    days = days_of(db, session)
    chosen = next((row for row in days if row.id == date_id), None)
    if chosen is None:
        raise NotFound("Choose one of the days that both sides were asked about.", field="day")
    if chosen.starts_at <= actor.at:
        raise Invalid("That day has passed. Propose others.", field="day")
    SessionPlan.of(session).must_say_where()
    if chosen.starts_at != session.starts_at:
        must_stay_on_its_day(db, session)
    others = [row.id for row in days if row is not chosen]
    for answer in db.scalars(sa.select(SessionAnswer).where(SessionAnswer.date_id.in_(others))):
        db.delete(answer)
    db.flush()
    for row in days:
        if row is not chosen:
            db.delete(row)
    session.starts_at, session.ends_at = chosen.starts_at, chosen.ends_at
    session.state = S.CONFIRMED
    record(db, actor, EventKind.SESSION_DAY_CHOSEN, session)


def _must_have_both_sides(db: Session, session: CoproductionSession) -> None:
    this = CoproductionSession.id == session.id
    sides = (
        sa.exists().where(this, young_asked(on_its_card())),
        sa.exists().where(this, members_asked()),
    )
    if not all(db.execute(sa.select(*sides)).one()):
        raise Refused(
            "Days are proposed once a member and a young person have said yes to each other. "
            "Choose their opportunity in the plan."
        )


def _seats(db: Session, actor: Actor, session: CoproductionSession) -> list[dict[str, int]]:
    """Return where the actor stands in the work: their young people's seats, else as a member."""
    this = CoproductionSession.id == session.id
    young = db.scalars(
        sa.select(OpportunityYoung.id).join(CoproductionSession, this).where(
            own_seat(actor), young_asked(on_its_card())
        )
    ).all()  # fmt: skip
    if young:
        return [{"young_id": number} for number in young]
    members = db.scalars(
        sa.select(Invitation.id).join(CoproductionSession, this).where(
            Invitation.person_id == actor.person_id, members_asked()
        )
    )  # fmt: skip
    return [{"invitation_id": number} for number in members]
