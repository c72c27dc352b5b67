"""Words let out for the screen of the room in which they were sent, and for nothing else."""

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.entries_rules import (
    entry_of,
    must_be_translated,
    must_have_read,
    original_of,
)
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, RoomWords
from coprod_data.permissions import Actor, NotAllowed, NotFound, Permission, Refused
from coprod_data.rules.redaction import spans_of
from coprod_data.scopes.entries import held
from coprod_data.scopes.one_person import same_person
from coprod_data.scopes.room_screens import enough, in_its_order, screen_of
from coprod_data.vocabulary.events import EventKind

SECOND = "A second person reads it first. Open it under To check."
DECIDED = "A colleague has decided about these words since you opened them. Look again."
SHUT = "The wall is closed. Open it again while the session is on."
BY_LOT = 2**31


def show_in_room(db: Session, actor: Actor, entry_id: int, *, shown: str) -> None:
    """Let words out for the screen of the room in which they were sent, and for nothing else.

    `shown` is the original with roles in brackets over what is hidden. Whoever does it has read
    them; what is flagged or asks to be read with care never goes up from here, and what a colleague
    let out or kept off stays so. The first words appear when five are out. Raises NotFound,
    NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry, words = _words(db, actor, entry_id)
    if words.released_at is not None or words.kept_off_at is not None:
        raise Refused(DECIDED)
    if same_person(db, actor.id, entry.typed_by_id):
        raise NotAllowed("You typed this entry. Somebody else in the team shows it.")
    must_have_read(db, actor, entry)
    if (
        entry.flagged
        or entry.read_with_care
        or db.scalar(sa.select(held()).where(CardEntry.id == entry.id))
    ):
        raise Refused(SECOND)
    must_be_translated(entry)
    in_turn(db, f"room {words.session_id}")
    screen = screen_of(db, words.session_id, actor.at)
    if screen is None:
        raise Refused(SHUT)
    original = original_of(db, entry)
    spans = spans_of(original.thinks or original.wants or "", shown, "shown")
    words.spans = [[one.start, one.end, one.role] for one in spans]
    words.position = secrets.randbelow(BY_LOT)
    words.released_at, words.released_by_id = actor.at, actor.id
    db.flush()
    order = in_its_order(db, words.session_id)
    if screen.at_id is None and enough(order):
        screen.at_id = order[0].id
    record(db, actor, EventKind.ROOM_WORDS_SHOWN, words)


def keep_off_screen(db: Session, actor: Actor, entry_id: int) -> None:
    """Keep words off the screen of the room, also those that are on it: they go at once.

    Raises NotFound.
    """
    actor.must(Permission.ENTRIES_CHECK)
    _, words = _words(db, actor, entry_id)
    if words.kept_off_at is None:
        words.kept_off_at = actor.at
        record(db, actor, EventKind.ROOM_WORDS_KEPT_OFF, words)


def _words(db: Session, actor: Actor, entry_id: int) -> tuple[CardEntry, RoomWords]:
    entry = entry_of(db, actor, entry_id)
    words = db.scalar(sa.select(RoomWords).filter_by(entry_id=entry.id).with_for_update())
    if words is None:
        raise NotFound("They did not say yes to the screen. It stays in the queue.")
    return entry, words
