"""Who was asked to join an opportunity, who offered, and what each of them answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Invitation, Person
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import days_between, london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.opportunities import seen_invitation
from coprod_data.vocabulary.opportunities import InvitationProgress, InvitationReply


@dataclass(frozen=True)
class MemberRow:
    """Somebody asked or offering.

    `state` is `SAID` from a yes in a meeting until they press it themselves, `OFFERED` until a
    young person says yes, and `REFUSED` once a young person has asked for somebody else. `days`
    counts from the invitation.
    """

    invitation_id: int
    person_id: int
    name: str
    job: str
    state: InvitationProgress
    reason: str
    days: int
    replied_on: date | None


def members_of(
    db: Session, actor: Actor, opportunity_ids: Collection[int], *, lapse_days: int
) -> dict[int, list[MemberRow]]:
    """Return, by opportunity, the members this reader may know of, in the order they were asked.

    An invitation without an answer lapses after `lapse_days`.
    """
    actor.must(Permission.OPPORTUNITIES_READ)
    members: dict[int, list[MemberRow]] = {}
    statement = _invitations().where(seen_invitation(actor))
    for row in db.execute(statement, {"ids": list(opportunity_ids)}):
        members.setdefault(row.opportunity_id, []).append(
            MemberRow(
                invitation_id=row.id,
                person_id=row.person_id,
                name=row.name,
                job=row.job,
                state=_answer(row, actor, lapse_days),
                reason=row.reason,
                days=days_between(row.asked_at, actor.at),
                replied_on=london_day(row.replied_at) if row.replied_at else None,
            )
        )
    return members


@statement
def _invitations() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Invitation.__table__, Person.name, Person.job)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.opportunity_id.in_(sa.bindparam("ids", expanding=True)))
        .order_by(Invitation.asked_at, Invitation.id)
    )


def _answer(invitation: Any, actor: Actor, lapse_days: int) -> InvitationProgress:
    if invitation.refused_at is not None:
        return InvitationProgress.REFUSED
    if invitation.reply is InvitationReply.YES:
        confirmed = invitation.confirmed_at is not None
        return InvitationProgress.MATCHED if confirmed else InvitationProgress.OFFERED
    if invitation.reply is not None:
        return InvitationProgress(invitation.reply.value)
    if actor.at - invitation.asked_at >= timedelta(days=lapse_days):
        return InvitationProgress.LAPSED
    return InvitationProgress.SAID if invitation.said_at else InvitationProgress.INVITED
