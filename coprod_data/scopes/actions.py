"""Who may touch which actions, and which of them count: conditions in SQL, no reads."""

import sqlalchemy as sa

from coprod_data.models import (
    Action,
    CardEntry,
    OpportunityYoung,
    PromiseCommitment,
    PromiseTheme,
    ReportCard,
    ServiceMember,
)
from coprod_data.models.links import card_opportunities
from coprod_data.permissions import Actor, ActorKind, Permission
from coprod_data.vocabulary import Stage

NOT_LIVE = (Stage.PROPOSED, Stage.DROPPED)
SETTLED = (*NOT_LIVE, Stage.VERIFIED)

Condition = sa.ColumnElement[bool]


def live() -> Condition:
    """Return the condition that an action counts: the chair agreed to it and it was not dropped."""
    return Action.stage.not_in(NOT_LIVE)


def in_motion() -> Condition:
    """Return the condition that somebody still owes movement on an action."""
    return Action.stage.not_in(SETTLED)


def own(actor: Actor) -> Condition:
    """Return the condition that one owns an action or answers for its service."""
    if actor.person_id is None:
        return sa.false()
    services = sa.select(ServiceMember.service_id).where(ServiceMember.person_id == actor.person_id)
    return sa.or_(Action.owner_id == actor.person_id, Action.service_id.in_(services))


def to_view(actor: Actor) -> Condition:
    """Return the condition that a young person may say how an action feels.

    With an account: every live action. With a card code: those of the card's theme, and those of
    an opportunity that comes from the card or that its writer is in.
    """
    if not actor.may(Permission.ACTIONS_VIEW):
        return sa.false()
    if actor.kind is not ActorKind.CARD_CODE:
        return live()
    pairs = card_opportunities()
    card_id = sa.select(CardEntry.report_card_id).where(CardEntry.id == actor.entry_id)
    theme = (
        sa.select(PromiseTheme.id)
        .join(ReportCard, ReportCard.theme_id == PromiseTheme.id)
        .where(ReportCard.id.in_(card_id))
    )
    of_theme = sa.select(PromiseCommitment.id).where(PromiseCommitment.theme_id.in_(theme))
    from_card = sa.select(pairs.c.opportunity_id).where(pairs.c.report_card_id.in_(card_id))
    taken_part = sa.select(OpportunityYoung.opportunity_id).where(
        OpportunityYoung.entry_id == actor.entry_id
    )
    return sa.and_(
        live(),
        sa.or_(
            Action.commitment_id.in_(of_theme),
            Action.opportunity_id.in_(from_card),
            Action.opportunity_id.in_(taken_part),
        ),
    )
