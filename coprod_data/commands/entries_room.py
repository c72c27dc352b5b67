"""Words let out for the screen of the room in which they were sent, and for nothing else."""

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.entries_room_steps import off_the_wall
from coprod_data.commands.entries_rules import (
    entry_of,
    must_be_alone,
    must_be_translated,
    must_have_read,
    original_of,
)
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, RoomWords
from coprod_data.permissions import Actor, NotAllowed, NotFound, Permission, Refused
from coprod_data.rules.redaction import spans_of
from coprod_data.scopes.one_person import same_person
from coprod_data.scopes.room_screens import enough, in_its_order, may_be_shown, screen_of
from coprod_data.vocabulary.events import EventKind

SECOND = "A second person reads it first. Open it under To check."
ENDED = "It has been dealt with in the queue, so it stays off the wall."
DECIDED = "A colleague has decided about these words since you opened them. Look again."
SHUT = "The wall is closed. Open it again while the session is on."
BY_LOT = 2**31


def show_in_room(db: Session, actor: Actor, entry_id: int, *, shown: str) -> None:
    """Let words out for the screen of the room in which they were sent, and for nothing else.

    `shown` is the original with roles in brackets over what is hidden. Whoever does it has read
    them, and no colleague is at them; what is flagged or asks to be read with care never goes up
    from here. That is decided once: what was let out is only kept off, and that is for good. Words
    appear while five are out. Raises NotFound, NotAllowed, SomebodyElseHasIt, Refused, Invalid.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry, words = _words(db, actor, entry_id)
    if words.released_at is not None or words.kept_off_at is not None:
        raise Refused(DECIDED)
    if same_person(db, actor.id, entry.typed_by_id):
        raise NotAllowed("You typed this entry. Somebody else in the team shows it.")
    must_have_read(db, actor, entry)
    must_be_alone(db, actor, entry)
    if not db.scalar(sa.select(may_be_shown()).where(CardEntry.id == entry.id)):
        raise Refused(ENDED if entry.dealt_at is not None else SECOND)
    must_be_translated(entry)
    in_turn(db, f"room {words.session_id}")
    screen = screen_of(db, words.session_id, actor.at)
    if screen is None:
        raise Refused(SHUT)
    original = original_of(db, entry)
    spans = spans_of(original.thinks or original.wants or "", shown, "shown")
    words.spans = [[one.start, one.end, one.role] for one in spans]
    words.position = _lot(db, words.session_id)
    words.released_at, words.released_by_id = actor.at, actor.id
    db.flush()
    order = in_its_order(db, words.session_id)
    if screen.at_id is None and enough(order):
        screen.at_id = order[0].id
    record(db, actor, EventKind.ROOM_WORDS_SHOWN, words)


def keep_off_screen(db: Session, actor: Actor, entry_id: int) -> None:
    """Keep words off the screen of the room for good; those that are on it go at once.

    Raises NotFound.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry, words = _words(db, actor, entry_id)
    if words.kept_off_at is None:
        off_the_wall(db, actor, [entry])
        record(db, actor, EventKind.ROOM_WORDS_KEPT_OFF, words)


def _words(db: Session, actor: Actor, entry_id: int) -> tuple[CardEntry, RoomWords]:
    entry = entry_of(db, actor, entry_id)
    words = db.scalar(sa.select(RoomWords).filter_by(entry_id=entry.id).with_for_update())
    if words is None:
        raise NotFound("They did not say yes to the screen. It stays in the queue.")
    return entry, words


def _lot(db: Session, session_id: int) -> int:
    """Draw a place that no other words of this session have: it is what a screen calls them."""
    taken = set(db.scalars(sa.select(RoomWords.position).filter_by(session_id=session_id)))
    while (drawn := secrets.randbelow(BY_LOT)) in taken:
        pass
    return drawn
