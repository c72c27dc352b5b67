"""The server's keys: the log tells that one was added or ended, by its number."""

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.permissions import Actor, Permission
from coprod_data.vocabulary.events import EventKind


def tell_of_key(db: Session, actor: Actor, number: str, *, ended: bool) -> None:
    """Record that a key was added, or that an old one was ended."""
    actor.must(Permission.JOBS_RUN)
    kind = EventKind.KEY_ENDED if ended else EventKind.KEY_ADDED
    record(db, actor, kind, None, key=number)
