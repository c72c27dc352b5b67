"""Which records of different nouns are linked, as selections for scopes and queries; no rights."""

import sqlalchemy as sa

from coprod_data.models.actions import Action
from coprod_data.models.entries import CardEntry
from coprod_data.models.opportunities import Invitation, OpportunitySource
from coprod_data.models.people import ServiceMember
from coprod_data.vocabulary.actions import Stage


def card_opportunities() -> sa.Subquery:
    """Return distinct pairs (`report_card_id`, `opportunity_id`).

    An opportunity belongs to a card when the card, or an entry on it, is its source.
    """
    by_card = sa.select(OpportunitySource.report_card_id, OpportunitySource.opportunity_id).where(
        OpportunitySource.report_card_id.is_not(None)
    )
    by_entry = sa.select(CardEntry.report_card_id, OpportunitySource.opportunity_id).join(
        CardEntry, CardEntry.id == OpportunitySource.entry_id
    )
    return by_card.union(by_entry).subquery("card_opportunity")


def opportunities_of_officer(person_id: int) -> sa.CompoundSelect[int]:
    """Return the ids of opportunities that an officer works on.

    Work is an action that the chair approved, or a match that a young person confirmed: nobody
    gains access to words by proposing or offering.
    """
    services = sa.select(ServiceMember.service_id).where(ServiceMember.person_id == person_id)
    return sa.union(
        sa.select(Action.opportunity_id).where(
            Action.opportunity_id.is_not(None),
            Action.stage.not_in((Stage.PROPOSED, Stage.DROPPED)),
            sa.or_(Action.owner_id == person_id, Action.service_id.in_(services)),
        ),
        sa.select(Invitation.opportunity_id).where(
            Invitation.person_id == person_id, Invitation.confirmed_at.is_not(None)
        ),
    )


def cards_of_officer(person_id: int) -> sa.Select[int]:
    """Return the ids of report cards that an officer's work is linked to."""
    pairs = card_opportunities()
    return sa.select(pairs.c.report_card_id).where(
        pairs.c.opportunity_id.in_(opportunities_of_officer(person_id))
    )
