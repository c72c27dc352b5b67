"""The address of a person's calendar: made, made anew, ended."""

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.event_log import record
from coprod_data.models import CalendarFeed
from coprod_data.permissions import Actor, Permission
from coprod_data.store.one_time_links import CALENDAR, hash_of, new_token
from coprod_data.vocabulary.events import EventKind


def make_calendar(db: Session, actor: Actor) -> None:
    """Make the address at which this person's calendar reads their sessions; one before ends."""
    actor.must(Permission.CALENDARS_OWN)
    in_turn(db, f"calendar {actor.id}")
    end_calendar(db, actor)
    feed = CalendarFeed(
        person_id=actor.id,
        token_hash=secrets.token_hex(32),  # until its number is known
        made_at=actor.at,
    )
    db.add(feed)
    db.flush()
    feed.token_hash = hash_of(new_token(db.info["keys"], feed.id, CALENDAR))
    record(db, actor, EventKind.CALENDAR_MADE, feed)


def end_calendar(db: Session, actor: Actor) -> None:
    """End the address of this person's calendar; a second press changes nothing."""
    actor.must(Permission.CALENDARS_OWN)
    open_ones = sa.select(CalendarFeed).filter_by(person_id=actor.id, ended_at=None)
    for feed in db.scalars(open_ones).all():
        feed.ended_at = actor.at
        record(db, actor, EventKind.CALENDAR_ENDED, feed)
