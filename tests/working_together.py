"""People who are in an opportunity, for tests of what they may do there."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from coprod_data.models import (
    CardEntry,
    CardHolder,
    Invitation,
    Opportunity,
    OpportunitySource,
    OpportunityYoung,
    Person,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, Role
from coprod_data.vocabulary import InvitationReply, OpportunityState
from tests.builders import (
    a_promise,
    a_report_card,
    add,
    an_entry,
    an_opportunity,
    days_ago,
    holding_the_code,
    somebody,
)


@dataclass
class Work:
    """An opportunity in work: the author of a card by code, a member they said yes to, a worker."""

    theme: PromiseTheme
    card: ReportCard
    entry: CardEntry
    opportunity: Opportunity
    author: Actor
    member: Actor
    worker: Actor


def work(db: Session, state: OpportunityState = OpportunityState.WORKING) -> Work:
    theme = a_promise(db)[0]
    card = a_report_card(db, theme)
    entry = an_entry(db, card, released=True)
    worker = somebody(db, Role.YOUTH_VOICE, name="Amara Oduya")
    member = somebody(db, Role.BOARD_MEMBER, name="Cllr Dawn Pryce")
    opportunity = an_opportunity(db, theme, the_person(db, worker), state=state)
    a_source(db, opportunity, entry)
    an_invitation(db, opportunity, member, reply=InvitationReply.YES, confirmed_at=days_ago(5))
    a_seat(db, opportunity, entry=entry)
    return Work(theme, card, entry, opportunity, holding_the_code(entry), member, worker)


def the_person(db: Session, actor: Actor) -> Person:
    return db.get_one(Person, actor.id)


def a_source(db: Session, opportunity: Opportunity, entry: CardEntry) -> OpportunitySource:
    return add(db, OpportunitySource(opportunity_id=opportunity.id, entry_id=entry.id))


def an_invitation(
    db: Session, opportunity: Opportunity, member: Actor, **fields: object
) -> Invitation:
    """Somebody who offered or was asked six days ago."""
    said = {"asked_at": days_ago(6), **fields}
    return add(
        db,
        Invitation(opportunity_id=opportunity.id, person_id=member.id, **said),  # type: ignore[arg-type]
    )


def a_seat(
    db: Session,
    opportunity: Opportunity,
    *,
    entry: CardEntry | None = None,
    account: Actor | None = None,
    confirmed: bool = True,
) -> OpportunityYoung:
    return add(
        db,
        OpportunityYoung(
            opportunity_id=opportunity.id,
            entry_id=entry.id if entry else None,
            person_id=account.id if account else None,
            confirmed_at=days_ago(5) if confirmed else None,
        ),
    )


def holding(db: Session, account: Actor, entry: CardEntry) -> None:
    add(db, CardHolder(person_id=account.id, entry_id=entry.id, added_at=days_ago(4)))
