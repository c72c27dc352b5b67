"""An opportunity, the people in it and what they sign, for tests of what they may do there."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    CardEntry,
    CardHolder,
    CoSignature,
    Invitation,
    Opportunity,
    OpportunitySource,
    OpportunityYoung,
    Outcome,
    Person,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, Role
from coprod_data.rules.opportunity_wording import Wording
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from coprod_data.vocabulary.outcomes import Capacity, Side
from tests.helpers.builders import (
    a_commitment,
    a_person,
    a_promise,
    a_report_card,
    a_service,
    add,
    an_action,
    an_entry,
    an_opportunity,
    days_ago,
    holding_the_code,
    somebody,
)

# What an opportunity says before it is opened.
WORDED = Wording(
    title="Furnish the new flats",
    help_wanted="Come and see a flat with us.",
    time_needed="Two evenings",
    when_and_how="At the Hub",
    power_shared="We hold the list. You find the money.",
    support="A worker is there",
    expenses="Bus fares",
)
TOLD = {"you_said": "Our flats are cold.", "worked_with": "Two young people and a landlord."}
NOT_JOINABLE = [
    OpportunityState.SPOTTED,
    OpportunityState.REVIEWED,
    OpportunityState.PARKED,
    OpportunityState.DECLINED,
    OpportunityState.CLOSED,
]


@dataclass
class Work:
    """An opportunity being worked on: the author of a card by code, a member they said yes to, a
    worker.
    """

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


def sources(db: Session, opportunity_id: int) -> list[OpportunitySource]:
    return list(
        db.scalars(
            sa.select(OpportunitySource)
            .where(OpportunitySource.opportunity_id == opportunity_id)
            .order_by(OpportunitySource.id)
        )
    )


def seats(db: Session, opportunity: Opportunity) -> list[OpportunityYoung]:
    """The young people who are in it, not those only asked."""
    return list(
        db.scalars(
            sa.select(OpportunityYoung)
            .where(
                OpportunityYoung.opportunity_id == opportunity.id,
                OpportunityYoung.confirmed_at.is_not(None),
            )
            .order_by(OpportunityYoung.id)
        )
    )


def an_action_of(db: Session, together: Work, **fields: object) -> Action:
    """What they agreed to do, done."""
    owner = a_person(db, Role.MANAGER)
    return an_action(
        db,
        a_commitment(db, together.theme),
        owner,
        a_service(db),
        **{"opportunity_id": together.opportunity.id, "stage": Stage.DONE, **fields},
    )


def signatures(db: Session, outcome: Outcome) -> set[tuple[Side, Capacity]]:
    return {
        (one.side, one.capacity)
        for one in db.scalars(sa.select(CoSignature).where(CoSignature.outcome_id == outcome.id))
    }
