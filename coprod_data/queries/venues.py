"""Venues as shown: what each place offers, and how many sessions it has had."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, Venue
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.vocabulary.sessions import SessionState, VenueOffer


@dataclass(frozen=True)
class VenueRow:
    """A venue. `sessions` is how many were planned there and not cancelled."""

    id: int
    name: str
    address: str
    getting_there: str
    friendly: bool
    step_free: bool
    quiet_room: bool
    closed: bool
    sessions: int

    @property
    def offers(self) -> tuple[str, ...]:
        """What it offers, each in words."""
        return tuple(offer.words for offer in VenueOffer.of(self))


def venues(db: Session, actor: Actor) -> list[VenueRow]:
    """Return every venue by name, those in use first."""
    actor.must(Permission.VENUES_READ)
    return _rows(db, sa.true())


def venue(db: Session, actor: Actor, venue_id: int) -> VenueRow:
    """Return one venue. Raises NotFound."""
    actor.must(Permission.VENUES_READ)
    rows = _rows(db, Venue.id == venue_id)
    if not rows:
        raise NotFound("We could not find that venue.")
    return rows[0]


def venues_in_use(db: Session, actor: Actor) -> dict[int, str]:
    """Return the venues in use, id and name, to choose from."""
    actor.must(Permission.VENUES_READ)
    return {row.id: row.name for row in _rows(db, Venue.closed_at.is_(None))}


def _rows(db: Session, which: sa.ColumnElement[bool]) -> list[VenueRow]:
    held = (
        sa.select(sa.func.count(CoproductionSession.id))
        .where(
            CoproductionSession.venue_id == Venue.id,
            CoproductionSession.state != SessionState.CANCELLED,
        )
        .scalar_subquery()
    )
    rows = db.execute(
        sa.select(Venue, held).where(which).order_by(Venue.closed_at.is_not(None), Venue.name)
    )
    return [
        VenueRow(
            id=one.id,
            name=one.name,
            address=one.address,
            getting_there=one.getting_there,
            friendly=one.friendly,
            step_free=one.step_free,
            quiet_room=one.quiet_room,
            closed=one.closed_at is not None,
            sessions=number,
        )
        for one, number in rows
    ]
