"""The names that somebody's password must not hold: their own, the council's and the Board's."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Person, ResetLink
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.settings import settings
from coprod_data.store.one_time_links import hash_of
from coprod_data.vocabulary.settings import SettingKey

OF_THE_COUNCIL = (SettingKey.COUNCIL_NAME, SettingKey.BOARD_LABEL, SettingKey.PROMISE_LABEL)


def names_of_the_council(db: Session, actor: Actor) -> tuple[str, ...]:
    """Return the council's names only, for a password that is typed on the server."""
    actor.must(Permission.PEOPLE_MANAGE)
    return _names(db, sa.false())


def names_for_link(db: Session, actor: Actor, token: str) -> tuple[str, ...]:
    """Return the names for whose link it is; the council's only, where it is nobody's."""
    actor.must(Permission.SIGN_IN)
    whose = sa.select(ResetLink.person_id).where(ResetLink.token_hash == hash_of(token))
    return _names(db, Person.id.in_(whose))


def names_of_mine(db: Session, actor: Actor) -> tuple[str, ...]:
    """Return the names for the one who asks."""
    actor.must(Permission.ACCOUNT_OWN)
    return _names(db, Person.id == actor.id)


def _names(db: Session, whose: sa.ColumnElement[bool]) -> tuple[str, ...]:
    stored = settings(db, *OF_THE_COUNCIL)
    person = db.execute(sa.select(Person.username, Person.name).where(whose)).first()
    return (*(person or ()), *(str(stored[key] or "") for key in OF_THE_COUNCIL))
