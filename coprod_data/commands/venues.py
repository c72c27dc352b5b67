"""Venues: where sessions are held, and what young people need to know of each place."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import kept, locked, must_be_as_opened, must_be_new
from coprod_data.models import Venue
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.events import EventKind

NAME = "Give the venue's name."


def add_venue(
    db: Session,
    actor: Actor,
    *,
    name: str,
    address: str = "",
    getting_there: str = "",
    friendly: bool = False,
    step_free: bool = False,
    quiet_room: bool = False,
) -> int:
    """Add a venue. `friendly` means friendly to young people. Returns its id. Raises Invalid."""
    actor.must(Permission.VENUES_WRITE)
    name = required_line(name, "name", NAME, 120)
    must_be_new(db, Venue, "venue", name=name)
    venue = Venue(
        name=name,
        address=optional_text(address, "address", 240),
        getting_there=optional_text(getting_there, "getting_there"),
        friendly=friendly,
        step_free=step_free,
        quiet_room=quiet_room,
    )
    return kept(db, actor, EventKind.VENUE_ADDED, venue)


def change_venue(
    db: Session,
    actor: Actor,
    venue_id: int,
    *,
    name: str,
    address: str = "",
    getting_there: str = "",
    friendly: bool = False,
    step_free: bool = False,
    quiet_room: bool = False,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what is said of a venue; `opened` is what the form showed.

    Raises NotFound, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.VENUES_WRITE)
    venue = locked(db, Venue, venue_id, "venue", closed="This venue is not used any more.")
    typed = {
        "name": required_line(name, "name", NAME, 120),
        "address": optional_text(address, "address", 240),
        "getting_there": optional_text(getting_there, "getting_there"),
        "friendly": friendly,
        "step_free": step_free,
        "quiet_room": quiet_room,
    }
    must_be_as_opened({field: getattr(venue, field) for field in typed}, opened, typed)
    must_be_new(db, Venue, "venue", beside=venue, name=typed["name"])
    for field, value in typed.items():
        setattr(venue, field, value)
    record_if_changed(db, actor, EventKind.VENUE_CHANGED, venue)


def close_venue(db: Session, actor: Actor, venue_id: int) -> None:
    """Record that a venue is not used any more; sessions there stay. Raises NotFound, Refused."""
    actor.must(Permission.VENUES_WRITE)
    venue = locked(db, Venue, venue_id, "venue", closed="This venue is not used any more.")
    venue.closed_at = actor.at
    record(db, actor, EventKind.VENUE_CLOSED, venue)


def reopen_venue(db: Session, actor: Actor, venue_id: int) -> None:
    """Record that a venue is used again. Raises NotFound, Refused."""
    actor.must(Permission.VENUES_WRITE)
    venue = locked(db, Venue, venue_id, "venue")
    if venue.closed_at is None:
        raise Refused("This venue is in use already.")
    venue.closed_at = None
    record(db, actor, EventKind.VENUE_REOPENED, venue)
