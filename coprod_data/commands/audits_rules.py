"""The standards a round begins with, and what every change of a return checks first."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import locked
from coprod_data.models import AuditReturn
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused
from coprod_data.scopes.audits import own
from coprod_data.vocabulary.audits import OWED, ReturnState


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


def return_of(db: Session, return_id: int) -> AuditReturn:
    """Return an audit return, locked until the transaction ends. Raises NotFound."""
    return locked(db, AuditReturn, return_id, "return")


def must_be_own(db: Session, actor: Actor, audit_return: AuditReturn) -> None:
    """Check that the actor is responsible for this service. Raises NotAllowed."""
    mine = sa.exists().where(AuditReturn.id == audit_return.id, own(actor))
    if not db.scalar(sa.select(mine)):
        raise NotAllowed("This return belongs to another service. Its manager fills it in.")


def must_be_owed(audit_return: AuditReturn) -> None:
    """Check that the return has not been handed in. Raises Refused."""
    if audit_return.state not in OWED:
        raise Refused("This return has been sent. Ask the Youth Voice Team if it needs to change.")


def must_be_looked_at(audit_return: AuditReturn) -> None:
    """Check that young auditors may still rate. Raises Refused."""
    if audit_return.state is ReturnState.PUBLISHED:
        raise Refused("This return has been published. Rate the next one.")


def level_in_range(level: int | None) -> int | None:
    """Return a level from 0 to 3, or None for not looked at. Raises Invalid."""
    if level is not None and level not in range(4):
        raise Invalid("Choose a level from 0 to 3, or not looked at.", field="level")
    return level
