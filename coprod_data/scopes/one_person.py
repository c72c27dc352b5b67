"""Which accounts seem to be of the same person: two accounts of one person are never two people."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import Person
from coprod_data.rules.statements import statement

_ACCOUNT = aliased(Person)


def accounts_of(person_id: int | sa.ColumnElement[int]) -> sa.Select[int]:
    """Select this account and those that have its name or its work e-mail."""
    return _accounts().where(_ACCOUNT.id == person_id)


@statement
def _accounts() -> sa.Select[int]:
    other = aliased(Person)
    same = sa.or_(other.id == _ACCOUNT.id, alike(_ACCOUNT, other))
    return sa.select(other.id).join(_ACCOUNT, same).correlate_except(_ACCOUNT, other)


def accounts_of_one(db: Session, ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return for each account those that seem to be of the same person, itself among them."""
    one, other = aliased(Person), aliased(Person)
    found = {number: frozenset({number}) for number in ids}
    if not found:
        return found
    for number, same in db.execute(
        sa.select(one.id, other.id).where(one.id.in_(found), other.id != one.id, alike(one, other))
    ):
        found[number] |= {same}
    return found


def everybody_of(db: Session, ids: Collection[int]) -> frozenset[int]:
    """Return these accounts with all others that seem to be of the same people."""
    return frozenset[int]().union(*accounts_of_one(db, ids).values()) if ids else frozenset()


def same_person(db: Session, person_id: int, other_id: int | None) -> bool:
    """Say whether two accounts seem to be of one person."""
    if other_id is None or person_id == other_id:
        return person_id == other_id
    return other_id in accounts_of_one(db, [person_id])[person_id]


def alike(one: type[Person], other: type[Person]) -> sa.ColumnElement[bool]:
    """Return the condition that two accounts have the same name, folded, or work e-mail."""
    return sa.or_(
        other.name_key == one.name_key,
        sa.func.lower(other.work_email) == sa.func.lower(one.work_email),
    )
