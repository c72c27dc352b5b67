"""Who could join an opportunity, and whom a young person may say yes to."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CardEntry,
    Invitation,
    Opportunity,
    OpportunityYoung,
    Person,
    PromiseTheme,
)
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.clocks import london_day
from coprod_data.rules.opportunity_wording import Wording
from coprod_data.scopes.entries import on_its_card, own
from coprod_data.scopes.opportunities import (
    matched,
    may_be_invited,
    said_yes,
    stands_behind,
    taking_part,
)
from coprod_data.scopes.people import holds
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.opportunities import JOINABLE, InvitationReply
from coprod_data.vocabulary.outcomes import Side
from coprod_data.vocabulary.settings import SettingKey


@dataclass(frozen=True)
class CandidateRow:
    """A member or officer who could be asked; `busy_with` counts the work they said yes to."""

    id: int
    name: str
    job: str
    busy_with: int


@dataclass(frozen=True)
class OfferRow:
    """Somebody who wants to work on it with a young person, in staff words only.

    `answer` is yes, no, or None while there is none; a no from any young person counts for all.
    `my_no`: it was this card's, or this account's.
    """

    invitation_id: int
    opportunity_id: int
    wording: Wording
    theme: str
    icon: str
    member: str
    job: str
    offered_on: date
    answer: str | None
    my_no: bool


@dataclass(frozen=True)
class SeatRow:
    """Somebody in the work whose signature two workers may record.

    `who` names a member or officer, or an account that was invited; a card is named by its number.
    """

    side: Side
    who: str
    entry_id: int | None
    person_id: int | None


def members_to_ask(db: Session, actor: Actor, opportunity_id: int) -> list[CandidateRow]:
    """Return members and officers who may be asked now, the least busy first.

    Somebody who has answered, or still has time to, is not asked again. People who may answer an
    invitation may also read this, so that they can pass it on.
    """
    actor.must(Permission.OPPORTUNITIES_INVITE, Permission.OPPORTUNITIES_REPLY)
    busy = (
        sa.select(sa.func.count(Invitation.id))
        .join(Opportunity, Opportunity.id == Invitation.opportunity_id)
        .where(Invitation.person_id == Person.id, said_yes(), Opportunity.state.in_(JOINABLE))
        .correlate(Person)
        .scalar_subquery()
    )
    lapse = actor.at - timedelta(days=int(setting(db, SettingKey.INVITATION_DAYS)))
    asked = sa.exists().where(
        Invitation.person_id == Person.id,
        Invitation.opportunity_id == opportunity_id,
        sa.or_(Invitation.reply.is_not(None), Invitation.asked_at > lapse),
    )
    rows = db.execute(
        sa.select(Person.id, Person.name, Person.job, busy.label("busy"))
        .where(may_be_invited(), ~asked, Person.id != actor.id)
        .order_by("busy", Person.name, Person.id)
    )
    return [CandidateRow(row.id, row.name, row.job, row.busy) for row in rows]


def young_people_to_ask(db: Session, actor: Actor, opportunity_id: int) -> list[CandidateRow]:
    """Return young people with an account who are not in it yet, by name."""
    actor.must(Permission.OPPORTUNITIES_INVITE_YOUNG)
    seated = sa.exists().where(
        OpportunityYoung.person_id == Person.id, OpportunityYoung.opportunity_id == opportunity_id
    )
    rows = db.execute(
        sa.select(Person.id, Person.name, Person.job)
        .where(holds(Role.YOUNG_PERSON), ~seated, Person.id != actor.id)
        .order_by(Person.name, Person.id)
    )
    return [CandidateRow(row.id, row.name, row.job, 0) for row in rows]


def seats(db: Session, actor: Actor, opportunity_id: int) -> list[SeatRow]:
    """Return who is in an opportunity on either side, young people first."""
    actor.must(Permission.OUTCOMES_RECORD)
    young = db.execute(
        sa.select(OpportunityYoung, Person.name)
        .outerjoin(Person, Person.id == OpportunityYoung.person_id)
        .where(OpportunityYoung.opportunity_id == opportunity_id, taking_part(on_its_card()))
        .order_by(OpportunityYoung.id)
    )
    staff = db.execute(
        sa.select(Invitation.person_id, Person.name)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.opportunity_id == opportunity_id, matched())
        .order_by(Invitation.id)
    )
    return [
        *(
            SeatRow(Side.YOUNG, name or f"Card no. {seat.entry_id}", seat.entry_id, seat.person_id)
            for seat, name in young
        ),
        *(SeatRow(Side.STAFF, name, None, person_id) for person_id, name in staff),
    ]


def offers_for_entry(db: Session, actor: Actor, entry_id: int) -> list[OfferRow]:
    """Return who offered to work on opportunities that came from the actor's own entry, oldest
    first.

    Empty for a card that is not the actor's own, not released, taken back or held.
    """
    actor.must(Permission.OPPORTUNITIES_CONFIRM)
    mine = (
        sa.exists()
        .where(
            CardEntry.id == entry_id,
            CardEntry.kind == EntryKind.WORDS,
            own(actor),
            on_its_card(),
            stands_behind(Opportunity.id),
        )
        .correlate(Opportunity)
    )
    seat = sa.and_(
        OpportunityYoung.opportunity_id == Opportunity.id, OpportunityYoung.entry_id == entry_id
    )
    return _offers(db, mine, seat, Invitation.refused_entry_id == entry_id)


def offers_to_me(db: Session, actor: Actor) -> list[OfferRow]:
    """Return who offered in opportunities to which this account was invited, oldest first."""
    actor.must(Permission.OPPORTUNITIES_CONFIRM)
    if actor.person_id is None:
        return []
    seat = sa.and_(
        OpportunityYoung.opportunity_id == Opportunity.id,
        OpportunityYoung.person_id == actor.person_id,
    )
    no = Invitation.refused_person_id == actor.person_id
    return _offers(db, sa.exists().where(seat).correlate(Opportunity), seat, no)


def _offers(
    db: Session,
    mine: sa.ColumnElement[bool],
    seat: sa.ColumnElement[bool],
    no: sa.ColumnElement[bool],
) -> list[OfferRow]:
    rows = db.execute(
        sa.select(
            Invitation,
            Opportunity,
            PromiseTheme.young_title,
            PromiseTheme.icon,
            Person.name,
            Person.job,
            OpportunityYoung.confirmed_at.label("seated_at"),
            no.label("my_no"),
        )
        .join(Opportunity, Opportunity.id == Invitation.opportunity_id)
        .join(PromiseTheme, PromiseTheme.id == Opportunity.theme_id)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(OpportunityYoung, seat)
        .where(Invitation.reply == InvitationReply.YES, Opportunity.state.in_(JOINABLE), mine)
        .order_by(Invitation.replied_at, Invitation.id)
    )
    return [
        OfferRow(
            invitation_id=invitation.id,
            opportunity_id=opportunity.id,
            wording=Wording.of(opportunity),
            theme=theme,
            icon=icon,
            member=name,
            job=job,
            offered_on=london_day(invitation.replied_at or invitation.asked_at),
            answer=_answer(invitation, seated_at is not None),
            my_no=bool(my_no),
        )
        for invitation, opportunity, theme, icon, name, job, seated_at, my_no in rows
    ]


def _answer(invitation: Invitation, seated: bool) -> str | None:
    if invitation.refused_at is not None:
        return "no"
    return "yes" if seated and invitation.confirmed_at is not None else None
