"""Which people are left out of a card, because it may be about them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import CardEntry, EntryMeant, Person, RoleGrant
from coprod_data.permissions import Role
from coprod_data.scopes.entries import unsaid
from coprod_data.scopes.one_person import accounts_of, alike

_READER = sa.bindparam("reader", type_=sa.Integer)


def left_out(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that an entry may be about somebody who holds an account."""
    return sa.exists().where(EntryMeant.entry_id == entry.id).correlate(entry)


def about_nobody(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that an entry, or the one it belongs to, is about nobody who works here.

    What is told to everybody counts only these: against another's number it would tell whom the
    others are about.
    """
    main = aliased(CardEntry)
    meant = sa.exists().where(EntryMeant.entry_id.in_([entry.id, entry.about_id]))
    said = sa.exists().where(main.id == entry.about_id, main.about_us.is_not(None))
    return sa.and_(entry.about_us.is_(None), ~meant.correlate(entry), ~said.correlate(entry))


def not_about_reader(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return `not_about` for a statement that is built once: it is sent with the `reader`'s id."""
    return ~sa.exists().where(
        EntryMeant.entry_id.in_([entry.id, entry.about_id]),
        EntryMeant.person_id.in_(accounts_of(_READER)),
    )


def team_left(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that somebody of the Youth Voice Team is left whom it is not about."""
    return _left(Role.YOUTH_VOICE, entry)


def for_safeguarding(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that only safeguarding reads an entry of one's own.

    Its author would not say whom it is about, or it may be about all of the Youth Voice Team.
    """
    return sa.or_(unsaid(entry), sa.and_(left_out(entry), sa.not_(team_left(entry))))


def nobody_left(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that nobody of the two teams may read an entry of one's own."""
    team = sa.and_(sa.not_(unsaid(entry)), team_left(entry))
    return sa.not_(sa.or_(team, _left(Role.SAFEGUARDING, entry)))


def _left(role: Role, entry: Any) -> sa.ColumnElement[bool]:
    named = aliased(Person)
    meant = sa.exists().where(
        EntryMeant.entry_id == entry.id,
        named.id == EntryMeant.person_id,
        sa.or_(named.id == Person.id, alike(named, Person)),
    )
    return (
        sa.exists()
        .where(
            RoleGrant.role == role,
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
            Person.id == RoleGrant.person_id,
            Person.disabled_at.is_(None),
            ~meant.correlate(entry, Person),
        )
        .correlate(entry)
    )
