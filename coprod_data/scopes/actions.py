"""Who may touch which actions, and which of them count: conditions in SQL, no reads."""

import sqlalchemy as sa

from coprod_data.models import (
    Action,
    CardEntry,
    OpportunitySource,
    OpportunityYoung,
    PromiseCommitment,
    ReportCard,
    ServiceMember,
)
from coprod_data.permissions import Actor, ActorKind, Permission
from coprod_data.vocabulary.actions import NOT_LIVE, SETTLED

Condition = sa.ColumnElement[bool]


def live() -> Condition:
    """Return the condition that an action counts: the chair agreed to it and it was not dropped."""
    return Action.stage.not_in(NOT_LIVE)


def in_motion() -> Condition:
    """Return the condition that somebody still owes movement on an action."""
    return Action.stage.not_in(SETTLED)


def own(actor: Actor) -> Condition:
    """Return the condition that the actor owns an action or is responsible for its service."""
    return sa.false() if actor.person_id is None else owned_by(actor.person_id)


def owned_by(person_id: int | sa.BindParameter[int]) -> Condition:
    """Return the condition that this person owns an action or is responsible for its service."""
    services = sa.select(ServiceMember.service_id).where(ServiceMember.person_id == person_id)
    return sa.or_(Action.owner_id == person_id, Action.service_id.in_(services))


def to_view(actor: Actor) -> Condition:
    """Return the condition that a young person may say how an action feels.

    With an account: every live action. With a card code: those linked to the card, unless it was
    taken back.
    """
    if not actor.may(Permission.ACTIONS_VIEW):
        return sa.false()
    if actor.kind is not ActorKind.CARD_CODE:
        return live()
    stands = sa.exists().where(CardEntry.id == actor.entry_id, CardEntry.withdrawn_at.is_(None))
    return sa.and_(live(), stands, of_card(actor.entry_id))


def of_card(entry_id: int | None) -> Condition:
    """Return the condition that an action is linked to an entry: by its theme or an opportunity."""
    card_id = sa.select(CardEntry.report_card_id).where(CardEntry.id == entry_id)
    theme = sa.select(ReportCard.theme_id).where(ReportCard.id.in_(card_id))
    of_theme = sa.select(PromiseCommitment.id).where(PromiseCommitment.theme_id.in_(theme))
    return sa.or_(Action.commitment_id.in_(of_theme), out_of_card(entry_id))


def out_of_card(entry_id: int | None) -> Condition:
    """Return the condition that an action came out of an entry, or of work its writer is in."""
    card_id = sa.select(CardEntry.report_card_id).where(CardEntry.id == entry_id)
    from_it = sa.select(OpportunitySource.opportunity_id).where(
        sa.or_(
            OpportunitySource.entry_id == entry_id, OpportunitySource.report_card_id.in_(card_id)
        )
    )
    taken_part = sa.select(OpportunityYoung.opportunity_id).where(
        OpportunityYoung.entry_id == entry_id
    )
    return sa.or_(Action.opportunity_id.in_(from_it), Action.opportunity_id.in_(taken_part))
