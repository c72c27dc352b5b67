"""Adding to the tally of broad groups, in the transaction that keeps what was sent."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import HeardTerm
from coprod_data.permissions import Actor, Invalid
from coprod_data.rules.heard_terms import term_of
from coprod_data.vocabulary.heard import ONE_ANSWER, HeardGroup

_NAMES = ", ".join(HeardGroup)
_NONE = ", ".join("0" for _ in HeardGroup)
FIRST = sa.text(  # does nothing where the row of the term is there, or being made
    f"INSERT INTO heard_term (first_on, {_NAMES}) VALUES (:first_on, {_NONE}) "  # noqa: S608 - ours
    "ON CONFLICT DO NOTHING"
).bindparams(sa.bindparam("first_on", type_=sa.Date))


def add_to_tally(db: Session, actor: Actor, said: Collection[HeardGroup]) -> None:
    """Add what somebody said of themselves to the tally of this term.

    The row of the term is written whether anything was said or not, and no event tells of it: so
    nothing in the database says which sending added to which group. Raises Invalid for two ages or
    two homes.
    """
    for question in ONE_ANSWER:
        if sum(group.question is question for group in said) > 1:
            raise Invalid("Choose one answer.", field="heard")
    added = {
        group.value: getattr(HeardTerm, group.value) + int(group in said) for group in HeardGroup
    }
    term = term_of(actor.at)
    more = sa.update(HeardTerm).where(HeardTerm.first_on == term).values(added)
    db.execute(FIRST, {"first_on": term})
    db.execute(more, execution_options={"synchronize_session": False})
