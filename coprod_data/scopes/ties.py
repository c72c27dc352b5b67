"""Which cards and entries are tied to a commitment, and who may know of that: SQL, no reads."""

import sqlalchemy as sa

from coprod_data.models import CardEntry, ReportCard
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import words_for

CARDS = (
    Permission.REPORT_CARDS_READ,
    Permission.REPORT_CARDS_READ_LINKED,
    Permission.REPORT_CARDS_READ_PUBLIC,
)


def ties(actor: Actor) -> sa.Subquery:
    """Return distinct pairs (`report_card_id`, `commitment_id`), of cards and of entries on them.

    A tie of an entry is known to those who may read its words.
    """
    of_card = sa.select(ReportCard.id.label("report_card_id"), ReportCard.commitment_id).where(
        ReportCard.commitment_id.is_not(None)
    )
    of_entry = sa.select(CardEntry.report_card_id, CardEntry.commitment_id).where(
        CardEntry.commitment_id.is_not(None), words_for(actor)
    )
    return of_card.union(of_entry).subquery("tie")
