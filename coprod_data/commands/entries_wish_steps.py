"""A wish to talk is written down, taken back and closed: steps of the commands on entries."""

from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.entries_meant_steps import (
    close_to,
    named_in,
    said_on_card,
    team_members,
)
from coprod_data.commands.entries_rules import open_hold, open_step, open_wishes_of
from coprod_data.commands.entries_steps import erase_wish
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, ContactWish
from coprod_data.permissions import Actor, Invalid, Refused
from coprod_data.rules.texts import optional_text
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.rules.word_flags import flags_in
from coprod_data.vocabulary.entries import Hint
from coprod_data.vocabulary.entry_care import StepKind, WishEnd
from coprod_data.vocabulary.events import EventKind

EARLIER = "They asked before, and nobody had read it:"


def keep_wish(
    db: Session,
    actor: Actor,
    entry: CardEntry,
    *,
    first_name: str,
    how: str,
    when_safe: str,
    about: SaidAbout = NOTHING_SAID,
) -> None:
    """Write a wish down beside its entry and tell the log. Raises Invalid.

    One that was taken back and that nobody has read stays beside it, to be read. Names of account
    holders in it close the whole card to them, as names in the words do. So does `about`, which
    says whom it is about. What it says flags the card's words while they wait.
    """
    how = optional_text(how, "how", 500)
    if not how:
        raise Invalid("Tell us how we can reach you.", field="how")
    earlier = live_wish_of(db, entry)
    if earlier is not None:
        if earlier.opened_at is None:
            how = f"{how}\n{_all_of(earlier)}"  # nobody has read it: it must not be lost
        _replace(db, actor, entry, earlier)
    wish = ContactWish(
        entry_id=entry.id,
        first_name=optional_text(first_name, "first_name", 120),
        how=how,
        when_safe=optional_text(when_safe, "when_safe", 500),
        made_at=actor.at,
    )
    db.add(wish)
    in_turn(db, f"meant {entry.id}")
    named = named_in(db, wish.first_name or "", how, wish.when_safe or "")
    said_on_card(actor, entry, about)
    unseen = frozenset(named.certain) | about.whom & team_members(db)
    close_to(db, entry, unseen, maybe=bool(named.maybe))
    if entry.dealt_at is None:
        found = flags_in(wish.first_name or "", how, wish.when_safe or "")
        told, weak = [one.value for one in found.strong], Hint.WEAK_WORDS.value
        entry.flags = list(dict.fromkeys([*entry.flags, *told]))
        if (found.weak or found.read_with_care) and weak not in entry.hints:
            entry.hints = [*entry.hints, weak]
    record(db, actor, EventKind.WISH_MADE, wish)


def _all_of(wish: ContactWish) -> str:
    """Return all that a wish says, in one text: a number without its hours may not be safe."""
    parts = (
        ("", wish.how),
        ("First name: ", wish.first_name),
        ("When it is safe: ", wish.when_safe),
    )
    return f"{EARLIER} {'. '.join(start + text for start, text in parts if text)}"


def carry_wish(db: Session, actor: Actor, before: CardEntry, after: CardEntry) -> None:
    """Give the wish of one card to the card that replaces it, unless that has its own.

    One that was taken back unread stays with the card that it was sent with, to be read.
    """
    wish = live_wish_of(db, before)
    if wish is None or live_wish_of(db, after) is not None:
        return
    carried = ContactWish(
        entry_id=after.id,
        first_name=wish.first_name,
        how=wish.how,
        when_safe=wish.when_safe,
        made_at=wish.made_at,  # it has waited since then
        opened_at=wish.opened_at,
        opened_by_id=wish.opened_by_id,
    )
    _replace(db, actor, before, wish)
    db.add(carried)
    record(db, actor, EventKind.WISH_MADE, carried)


def _replace(db: Session, actor: Actor, entry: CardEntry, wish: ContactWish) -> None:
    """Close a wish in whose place another comes; what was proposed about it is settled."""
    wish.closed_at = actor.at
    if open_hold(db, entry) is None:
        erase_wish(db, actor, wish)
    _settle_closing(db, actor, entry)
    db.flush()


def wish_taken_back(db: Session, actor: Actor, entry: CardEntry, wish: ContactWish) -> None:
    """Take a wish back: it is erased if the team has opened it, else left to safeguarding.

    Nobody is asked any more to close it.
    """
    if wish.opened_at is None:
        wish.taken_back_at = actor.at
    else:
        wish.closed_at = actor.at
        erase_wish(db, actor, wish)
    if live_wish_of(db, entry) is None:
        _settle_closing(db, actor, entry)


def _settle_closing(db: Session, actor: Actor, entry: CardEntry) -> None:
    step = open_step(db, entry, StepKind.END_WISH)
    if step is not None:
        step.settled_at, step.agreed = actor.at, False


def finish_wish(db: Session, actor: Actor, entry: CardEntry, ending: WishEnd) -> None:
    """Close the wish of an entry; it has been decided. Its words go now, unless it is held."""
    wish = live_wish_of(db, entry)
    if wish is None:
        raise Refused("The wish is closed already.")
    if wish.opened_at is None:
        raise Refused("They asked again. Open how to reach them first.")
    wish.closed_at, wish.closed_by_id, wish.ending = actor.at, actor.id, ending
    if open_hold(db, entry) is None:
        erase_wish(db, actor, wish)
    record(db, actor, EventKind.WISH_CLOSED, wish)


def live_wish_of(db: Session, entry: CardEntry) -> ContactWish | None:
    """Return the wish on an entry that counts: neither closed nor taken back."""
    return next((one for one in open_wishes_of(db, entry) if one.taken_back_at is None), None)
