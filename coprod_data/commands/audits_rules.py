"""The standards a round begins with, and what every change of a return checks first."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import known, locked
from coprod_data.models import AuditAuditor, AuditReturn, AuditRound, AuditStandard
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused
from coprod_data.scopes.audits import own
from coprod_data.vocabulary.audits import OWED, ReturnState, StandardSet


class Standard(NamedTuple):
    """A statement to be rated. The same reference in two rounds is the same standard."""

    reference: str
    short: str
    wording: str
    source: str = ""


_POLICY = "Dorset's SEND participation and co-production policy 2018 to 2021, agreement "

DEFAULT_STANDARDS = tuple(
    Standard(reference, short, wording, _POLICY + reference)
    for reference, short, wording in (
        ("A1", "Agreed at the start",
         "Before any piece of work goes ahead, we agree with children, young people and "
         "families how they will be involved."),
        ("A2", "A plan to do better",
         "Each year we look at how well we listen, and write down what we will do better."),
        ("A3", "Guidance for all",
         "Clear guidance and tools for taking part are online, and people here use them."),
        ("A4", "Training together",
         "Staff, young people and families learn how to work together as equals."),
        ("A5", "Starting with the person",
         "Staff are trained to start with the person, not with the form."),
        ("A6", "Information you can use",
         "What we say about our service is there in easy words and other formats."),
        ("A7", "A forum with support",
         "Disabled young people have a forum of their own, and it shapes big decisions."),
        ("A8", "Parents and carers decide too",
         "Parents and carers take part in big decisions and help choose key staff."),
        ("A9", "Young people choose staff",
         "Young people help choose the staff who will work with them."),
        ("A10", "A toolkit for choosing staff",
         "There is a guide, made with young people, for taking part in choosing staff."),
        ("A11", "Thanks and rewards", "We thank and reward people who give their time."),
    )
)  # fmt: skip


_HEAR_BY_RIGHT = tuple(
    Standard(f"H{number}", short, wording, "Hear by Right, the seven S")
    for number, (short, wording) in enumerate(
        (
            ("Shared values", "We all agree why we listen to young people, and say so."),
            ("Strategy", "Our plans say how young people take part, and with what money."),
            ("Structure", "Young people are part of the groups that decide."),
            ("Systems", "Our rules make it safe and easy to take part, also for a first time."),
            ("Staff", "Somebody’s job is to support young people to take part."),
            ("Skills and knowledge", "Staff and young people learn what they need to do it well."),
            ("Style of leadership", "Those who lead ask young people, and show what they changed."),
        ),
        1,
    )
)
_LUNDY = tuple(
    Standard(f"L{number}", short, wording, "Lundy’s model of participation")
    for number, (short, wording) in enumerate(
        (
            ("Space", "Young people have safe and open chances to say what they think."),
            ("Voice", "They get information and help to say it in their own way."),
            ("Audience", "Those who can decide hear what they say."),
            ("Influence", "What they say is acted on, and they are told what came of it."),
        ),
        1,
    )
)
_SETS = {
    StandardSet.POLICY: DEFAULT_STANDARDS,
    StandardSet.HEAR_BY_RIGHT: _HEAR_BY_RIGHT,
    StandardSet.LUNDY: _LUNDY,
    StandardSet.OWN: (),
}


def standards_of(db: Session, chosen: StandardSet) -> tuple[Standard, ...]:
    """Return the standards a round begins with. Raises Invalid where there was no last round."""
    if chosen is not StandardSet.LAST:
        return _SETS[chosen]
    last = sa.select(AuditRound.id).order_by(AuditRound.opened_on.desc()).limit(1)
    rows = db.execute(
        sa.select(
            AuditStandard.reference, AuditStandard.short, AuditStandard.wording,
            AuditStandard.source,
        )
        .where(AuditStandard.round_id == last.scalar_subquery())
        .order_by(AuditStandard.position)
    ).all()  # fmt: skip
    if not rows:
        raise Invalid("There was no round before this one. Choose other standards.", field="which")
    return tuple(Standard(*row) for row in rows)


def must_be_unanswered(db: Session, round_id: int) -> AuditRound:
    """Return a round, locked, whose standards may still change.

    Raises NotFound, and Refused once a service has answered.
    """
    audit_round = locked(db, AuditRound, round_id, "round")
    begun = sa.exists().where(
        AuditReturn.round_id == round_id, AuditReturn.state != ReturnState.OPENED
    )
    if db.scalar(sa.select(begun)):
        raise Refused(
            "Services have started to answer, so the standards of this round cannot change."
        )
    return audit_round


def return_of(db: Session, return_id: int) -> AuditReturn:
    """Return an audit return, locked until the transaction ends. Raises NotFound."""
    return locked(db, AuditReturn, return_id, "return")


def must_be_own(db: Session, actor: Actor, audit_return: AuditReturn) -> None:
    """Check that the actor is responsible for this service. Raises NotAllowed."""
    mine = sa.exists().where(AuditReturn.id == audit_return.id, own(actor))
    if not db.scalar(sa.select(mine)):
        raise NotAllowed("This return belongs to another service. Its manager fills it in.")


def must_be_owed(db: Session, audit_return: AuditReturn) -> None:
    """Check that the return has not been handed in, and that it is of the newest round: late is
    late, but what a new round asks for is answered there. Raises Refused.
    """
    if audit_return.state not in OWED:
        raise Refused("This return has been sent. Ask the Youth Voice Team if it needs to change.")
    newest = sa.select(AuditRound).order_by(AuditRound.opened_on.desc()).limit(1)
    newer = db.scalars(newest).one()
    if newer.id != audit_return.round_id:
        raise Refused(f"This round is over. {newer.title} is open: answer that one.")


def must_be_auditor(db: Session, actor: Actor, audit_return: AuditReturn) -> None:
    """Check that a young person was named for this service in this round. Raises NotAllowed."""
    if known(db, AuditAuditor, return_id=audit_return.id, person_id=actor.id) is None:
        raise NotAllowed("You were not asked to look at this service. Ask the Youth Voice Team.")


def must_be_looked_at(audit_return: AuditReturn) -> None:
    """Check that young auditors may still rate. Raises Refused."""
    if audit_return.state is ReturnState.PUBLISHED:
        raise Refused("This return has been published. Rate the next one.")


def level_in_range(level: int | None) -> int | None:
    """Return a level from 0 to 3, or None for not looked at. Raises Invalid."""
    if level is not None and level not in range(4):
        raise Invalid("Choose a level from 0 to 3, or not looked at.", field="level")
    return level
