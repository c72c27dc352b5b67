"""THE gate of the screen of a room: which words may be on it now. Conditions in SQL."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CardEntry,
    CoproductionSession,
    RoomScreen,
    RoomWords,
    SafeguardingHold,
)
from coprod_data.rules.join_hours import closes_at, opens_at
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.scopes.entries import flagged
from coprod_data.vocabulary.entries import Hint, Review
from coprod_data.vocabulary.sessions import SHUT

ENDED = (
    Review.ASKED_BACK, Review.KEPT, Review.PERSONAL_HELP, Review.CLOSED, Review.TIME_OVER
)  # fmt: skip


def screen_of(db: Session, session_id: int, at: datetime) -> RoomScreen | None:
    """Return the screen of a session that is on, None once it is closed or its session is over."""
    row = db.execute(
        sa.select(RoomScreen, CoproductionSession)
        .join(CoproductionSession, CoproductionSession.id == RoomScreen.session_id)
        .where(RoomScreen.session_id == session_id, RoomScreen.closed_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    screen, session = row
    on = opens_at(session.starts_at) <= at <= closes_at(session.ends_at)
    return screen if on and session.state not in SHUT else None


def may_be_shown() -> sa.ColumnElement[bool]:
    """Return the condition that an entry may be on a screen: not taken back or flagged, never held,
    and its reading has not ended with nothing let out.

    Words that ask to be read with care are read by two people or with a reason, not in a room.
    """
    with_care = sa.cast(CardEntry.hints, sa.Text).contains(Hint.WEAK_WORDS.value)
    return sa.and_(
        CardEntry.withdrawn_at.is_(None),
        CardEntry.review.not_in(ENDED),
        ~_ever_held(),
        ~flagged(),
        ~with_care,
    )


def _ever_held() -> sa.ColumnElement[bool]:
    """Return the condition that a hold was opened on an entry, whether or not it has ended."""
    return sa.exists().where(
        SafeguardingHold.entry_id.in_([CardEntry.id, CardEntry.about_id, CardEntry.held_with_id])
    )


def on_the_screen(session_id: int) -> sa.ColumnElement[bool]:
    """Return the condition that words were let out for this room, and may still be shown there."""
    return sa.and_(
        RoomWords.session_id == session_id,
        RoomWords.released_at.is_not(None),
        RoomWords.kept_off_at.is_(None),
        may_be_shown(),
    )


def in_its_order(db: Session, session_id: int) -> list[RoomWords]:
    """Return what may be on the screen of a session, in the order that was drawn by lot.

    Words are for the day on which they were sent: none from before its code worked.
    """
    session = db.get_one(CoproductionSession, session_id)
    return list(
        db.scalars(
            sa.select(RoomWords)
            .join(CardEntry, CardEntry.id == RoomWords.entry_id)
            .where(on_the_screen(session_id), CardEntry.sent_at >= opens_at(session.starts_at))
            .order_by(RoomWords.position, RoomWords.id)
        )
    )


def shown_now(screen: RoomScreen, words: list[RoomWords]) -> RoomWords | None:
    """Return what is on a screen: where it stands, else the first.

    With fewer than five it is nothing, at any time: then anybody could tell who wrote them.
    """
    if screen.at_id is None or not enough(words):
        return None
    here = next((one for one in words if one.id == screen.at_id), None)
    return here or words[0]


def enough(words: list[RoomWords]) -> bool:
    """Say whether so many are let out that nobody can tell who wrote one of them."""
    return len(words) >= SMALLEST
