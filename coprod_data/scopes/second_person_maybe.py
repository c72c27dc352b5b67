"""Whom of the two teams an entry may be about by a first name alone: somebody else goes first."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, ContactWish, EntryVersion, Person
from coprod_data.permissions import Role
from coprod_data.rules.who_is_meant import Named, meant
from coprod_data.scopes.entries_family import of
from coprod_data.scopes.one_person import accounts_of_one
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.entries import Flag, VersionKind


def maybe_about(db: Session, entries: Collection[CardEntry]) -> dict[int, frozenset[int]]:
    """Return for each entry the accounts of the two teams that its words, or its card's, may name.

    Nothing is kept of it: it is read from the words while they are there, of marked entries only.
    """
    found = {entry.id: frozenset[int]() for entry in entries}
    marked = {one.id: one.about_id or one.id for one in entries if Flag.ABOUT_US in one.flag_list}
    if not marked:
        return found
    team = sa.select(Person.id, Person.name).where(
        sa.or_(holds(Role.YOUTH_VOICE), holds(Role.SAFEGUARDING))
    )
    people = [Named(person_id, name) for person_id, name in db.execute(team)]
    by_card: dict[int, frozenset[int]] = {}
    for main_id, *texts in db.execute(_words(set(marked.values()))):
        named = meant("\n".join(filter(None, texts)), people)
        by_card[main_id] = by_card.get(main_id, frozenset()) | named.maybe | named.certain
    same = accounts_of_one(db, frozenset[int]().union(*by_card.values()))
    for entry_id, main_id in marked.items():
        found[entry_id] = frozenset[int]().union(
            *(same[one] for one in by_card.get(main_id, frozenset()))
        )
    return found


def _words(cards: set[int]) -> sa.CompoundSelect[int, str, str, str]:
    main_id = sa.func.coalesce(CardEntry.about_id, CardEntry.id)
    written = (
        sa.select(main_id, EntryVersion.thinks, EntryVersion.wants, sa.null())
        .join(EntryVersion, EntryVersion.entry_id == CardEntry.id)
        .where(of(cards), EntryVersion.kind == VersionKind.ORIGINAL)
    )
    wishes = (
        sa.select(main_id, ContactWish.first_name, ContactWish.how, ContactWish.when_safe)
        .join(ContactWish, ContactWish.entry_id == CardEntry.id)
        .where(of(cards))
    )
    return sa.union_all(written, wishes)
