"""A young person asks to be found: a wish to talk, how to reach them, and what came of it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import (
    entry_of,
    is_about,
    must_have_read_card,
    open_hold,
)
from coprod_data.commands.entries_second_steps import propose
from coprod_data.commands.entries_steps import erase_wish
from coprod_data.commands.entries_wish_steps import keep_wish, live_wish_of, wish_taken_back
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, ContactWish
from coprod_data.permissions import Actor, NotFound, Permission, Refused
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.scopes.entries import own
from coprod_data.vocabulary.entry_care import StepKind, WishEnd
from coprod_data.vocabulary.events import EventKind


def wish_to_talk(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    first_name: str,
    how: str,
    when_safe: str,
    about: SaidAbout = NOTHING_SAID,
) -> None:
    """Ask, with a card of one's own, that somebody talks to one. It takes an earlier wish's place.

    One that was taken back unread keeps its own place, until safeguarding has read it. A wish is
    never shown again to whoever wrote it. `about` says whom it is about.
    Raises NotFound, Invalid, Refused.
    """
    actor.must(Permission.ENTRIES_OWN)
    entry = db.scalar(
        sa.select(CardEntry)
        .where(CardEntry.id == entry_id, CardEntry.about_id.is_(None), own(actor))
        .with_for_update()
    )
    if entry is None:
        raise NotFound("We cannot find that card.")
    if entry.withdrawn_at is not None:
        raise Refused("You took this card back. You can send a new one.")
    keep_wish(db, actor, entry, first_name=first_name, how=how, when_safe=when_safe, about=about)


def take_wish_back(db: Session, actor: Actor, entry_id: int) -> None:
    """Take back the wish on a card of one's own.

    Once the team has opened it, it is erased at once. Before that safeguarding reads it and lets it
    go, within one working day. Raises NotFound.
    """
    actor.must(Permission.ENTRIES_OWN)
    entry = db.scalar(
        sa.select(CardEntry).where(CardEntry.id == entry_id, own(actor)).with_for_update()
    )
    wish = None if entry is None else live_wish_of(db, entry)
    if entry is None or wish is None:
        raise NotFound("There is nothing to take back.")
    wish_taken_back(db, actor, entry, wish)
    record(db, actor, EventKind.WISH_TAKEN_BACK, wish)


def let_wish_go(db: Session, actor: Actor, wish_id: int) -> None:
    """Erase a wish that was taken back before anybody had opened it, once it has been read.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_READ_HELD)
    wish, entry = _wish(db, actor, wish_id)
    if wish.taken_back_at is None:
        raise Refused("This wish was not taken back.")
    if wish.opened_at is None:
        raise Refused("Open it and read it first.")
    if open_hold(db, entry) is not None:
        raise Refused("This card is on hold, and the wish belongs to it. End the hold first.")
    wish.closed_at, wish.closed_by_id = actor.at, actor.id
    erase_wish(db, actor, wish)
    record(db, actor, EventKind.WISH_CLOSED, wish)


def open_wish(db: Session, actor: Actor, wish_id: int) -> None:
    """Open how to reach a young person, and say so in the log. Raises NotFound, NotAllowed."""
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    wish, entry = _wish(db, actor, wish_id)
    if open_hold(db, entry) is not None or entry.kept_unread or wish.taken_back_at is not None:
        actor.must(Permission.ENTRIES_READ_HELD)
    if wish.opened_at is None:
        wish.opened_at, wish.opened_by_id = actor.at, actor.id
    record(db, actor, EventKind.WISH_OPENED, wish)


def close_wish(db: Session, actor: Actor, wish_id: int, *, ending: WishEnd) -> None:
    """Propose to close a wish; a second person agrees first.

    What its author wrote beside it is read before that. Raises NotFound, Refused.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    wish, entry = _wish(db, actor, wish_id)
    if wish.taken_back_at is not None:
        raise Refused("They took this back. Safeguarding lets it go.")
    if wish.opened_at is None:
        raise Refused("Open it and try to reach them first.")
    must_have_read_card(db, actor, entry, wishes=False)  # each is closed for itself
    propose(db, actor, entry, StepKind.END_WISH, detail={"ending": WishEnd(ending).value})


def _wish(db: Session, actor: Actor, wish_id: int) -> tuple[ContactWish, CardEntry]:
    wish = db.get(ContactWish, wish_id, with_for_update=True)
    if wish is None or wish.closed_at is not None:
        raise NotFound("This wish is closed, or was taken back.")
    entry = entry_of(db, actor, wish.entry_id, taken_back=True)
    if is_about(db, actor, entry):
        raise NotFound("This wish is closed, or was taken back.")
    return wish, entry
