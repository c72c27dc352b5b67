"""An administrator ends the lock of a name, after wrong passwords that were not its owner's."""

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.people_steps import forgive_failures, person_of
from coprod_data.permissions import Actor, Permission
from coprod_data.vocabulary.events import EventKind


def unlock_sign_in(db: Session, actor: Actor, person_id: int) -> None:
    """Forgive every wrong password at somebody's name, so that they may try again now.

    Raises NotFound.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    actor.must_have_proved()
    person = person_of(db, person_id)
    forgive_failures(db, person.username)
    record(db, actor, EventKind.UNLOCKED, person)
