"""What is on the screen of a room, and what waits to be let out for it."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, CoproductionSession, EntryVersion, RoomWords
from coprod_data.permissions import Actor, NotAllowed, NotFound, Permission
from coprod_data.rules.join_hours import JoinTime, closes_at, join_time
from coprod_data.rules.redaction import Span, hide
from coprod_data.scopes.entries import may_open
from coprod_data.scopes.presence import with_others
from coprod_data.scopes.room_screens import in_its_order, may_be_shown, screen_of, shown_now
from coprod_data.scopes.sessions import may_change
from coprod_data.vocabulary.entries import VersionKind
from coprod_data.vocabulary.sessions import SHUT


@dataclass(frozen=True)
class ScreenNow:
    """What a screen shows: `number` and `words` of one entry, None and "" while none may be shown.

    The number was drawn by lot, and nothing here tells how many words there are or wait. `open` is
    False once it is closed. `on`: the session's code works now; `left` is for how many seconds it
    still will, 0 once it is over, closed or cancelled.
    """

    open: bool
    number: int | None
    words: str
    on: bool = False
    left: int = 0


@dataclass(frozen=True)
class RoomQueue:
    """What waits to be let out for a room, without a word of it.

    `next_id` is the entry that waits longest and no colleague has open; where they have all open,
    the one that waits longest. `blocked` is how many cannot go up from here.
    `on_now` is the entry whose words are on the screen; `out` how many are let out for it.
    """

    open: bool
    next_id: int | None
    waiting: int
    blocked: int
    on_now: int | None
    out: int


def screen_now(db: Session, actor: Actor, session_id: int) -> ScreenNow:
    """Return what is on the screen of a session's room. Raises NotFound, NotAllowed."""
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = _must_lead(db, actor, session_id)
    left, on = 0, False
    if session.state not in SHUT:
        left = max(0, int((closes_at(session.ends_at) - actor.at).total_seconds()))
        on = join_time(session.starts_at, session.ends_at, actor.at) is JoinTime.OPEN
    screen = screen_of(db, session_id, actor.at)
    if screen is None:
        return ScreenNow(False, None, "", on, left)
    now = shown_now(screen, in_its_order(db, session_id))
    if now is None:
        return ScreenNow(True, None, "", on, left)
    return ScreenNow(True, now.position, _shown_text(db, now), on, left)


def room_queue(
    db: Session, actor: Actor, session_id: int, *, opened: int | None = None
) -> RoomQueue:
    """Return what waits to be let out for a room, for those who check entries.

    `opened` is what this person is reading: it stays the next one until it is decided.
    """
    actor.must(Permission.ENTRIES_CHECK)
    screen = screen_of(db, session_id, actor.at)
    order = in_its_order(db, session_id)
    now = shown_now(screen, order) if screen is not None else None
    rows = db.execute(
        sa.select(CardEntry.id, may_be_shown().label("may"))
        .join(RoomWords, RoomWords.entry_id == CardEntry.id)
        .where(
            RoomWords.session_id == session_id, RoomWords.released_at.is_(None),
            RoomWords.kept_off_at.is_(None), CardEntry.withdrawn_at.is_(None), may_open(actor),
        )
        .order_by(CardEntry.id)
    ).all()  # fmt: skip
    ready = [row.id for row in rows if row.may]
    return RoomQueue(
        open=screen is not None,
        next_id=opened if opened in ready else _next(db, actor, ready),
        waiting=len(ready),
        blocked=len(rows) - len(ready),
        on_now=now.entry_id if now else None,
        out=len(order),
    )


def _next(db: Session, actor: Actor, ready: list[int]) -> int | None:
    taken = with_others(db, actor, ready)
    return next((one for one in ready if one not in taken), ready[0] if ready else None)


def _must_lead(db: Session, actor: Actor, session_id: int) -> CoproductionSession:
    session = db.get(CoproductionSession, session_id)
    if session is None:
        raise NotFound("We could not find that session.")
    if not may_change(actor, session):
        raise NotAllowed(
            "Only the person who leads this session, or the Youth Voice Team, opens its screen."
        )
    return session


def _shown_text(db: Session, words: RoomWords) -> str:
    original = db.execute(
        sa.select(EntryVersion.thinks, EntryVersion.wants).where(
            EntryVersion.entry_id == words.entry_id, EntryVersion.kind == VersionKind.ORIGINAL
        )
    ).one()
    text = original.thinks or original.wants or ""
    return hide(text, [Span(start, end, role, "") for start, end, role in words.spans])
