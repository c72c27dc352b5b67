"""From how many people's words an opportunity came: what can be guessed."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, OpportunitySource
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import account_of, on_its_card
from coprod_data.vocabulary.entries import EntryKind


def from_one_card(db: Session, actor: Actor, opportunity_ids: Collection[int]) -> frozenset[int]:
    """Return which of these opportunities came from the words of one young person only.

    One account is one person, each other code is one.
    """
    actor.must(Permission.OPPORTUNITIES_CONFIRM)
    ids = list(opportunity_ids)
    named = sa.select(OpportunitySource.opportunity_id, OpportunitySource.entry_id).where(
        OpportunitySource.opportunity_id.in_(ids), OpportunitySource.entry_id.is_not(None)
    )
    by_card = (
        sa.select(OpportunitySource.opportunity_id, CardEntry.id)
        .join(CardEntry, CardEntry.report_card_id == OpportunitySource.report_card_id)
        .where(
            OpportunitySource.opportunity_id.in_(ids),
            CardEntry.kind == EntryKind.WORDS,
            on_its_card(),
        )
    )
    both: sa.CompoundSelect[int, int] = sa.union(named, by_card)
    sources = both.subquery()
    people: defaultdict[int, set[tuple[int | None, int | None]]] = defaultdict(set)
    account = account_of(sources.c.entry_id)
    for opportunity_id, entry_id, person_id in db.execute(sa.select(sources, account)):
        people[opportunity_id].add((person_id, None if person_id else entry_id))
    return frozenset(number for number, who in people.items() if len(who) == 1)
