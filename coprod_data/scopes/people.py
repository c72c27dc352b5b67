"""What commands and pages both ask about accounts: how long a link lasts, who has two of them."""

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import Person

RESET_LASTS = timedelta(hours=24)


def accounts_of_one(db: Session, ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return for each account those that seem to be of the same person, itself among them.

    They have its name or its work e-mail. Two accounts of one person are never two people.
    """
    one, other = aliased(Person), aliased(Person)
    found = {number: frozenset({number}) for number in ids}
    for number, same in db.execute(
        sa.select(one.id, other.id).where(
            one.id.in_(found),
            other.id != one.id,
            sa.or_(
                sa.func.lower(other.name) == sa.func.lower(one.name),
                sa.func.lower(other.work_email) == sa.func.lower(one.work_email),
            ),
        )
    ):
        found[number] |= {same}
    return found
