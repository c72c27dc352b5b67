"""The same form sent again: with the same words it is one card, with others it is another card.

A young person who changed a letter and sent again may put the new card in the place of the one
before, as long as nobody has read that. The new card has every flag of the old one.
"""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from coprod_data.commands.entries import SentEntry, send_entry
from coprod_data.commands.entries_end_steps import take_back
from coprod_data.commands.entries_keeping import sent_before
from coprod_data.commands.entries_sent_again_steps import (
    Place,
    Said,
    as_before,
    is_unread,
    meant_by,
    place_of,
)
from coprod_data.commands.entries_wish_steps import carry_wish
from coprod_data.models import EntryMeant
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.form_ids import numbered
from coprod_data.store.card_codes import NewCode, spell_stored


@dataclass(frozen=True)
class Put:
    """Whether a card took the place of the one before it, and its card code."""

    done: bool
    code: str


def send_form(
    db: Session, actor: Actor, form: str, *, number: int, code: NewCode, said: Said
) -> tuple[SentEntry | None, Place]:
    """Keep what a form says as its card `number`, if that is its place, and return both.

    With the same words as a card that it has become already, it is that card again. `code` is that
    of this number. What a page restores has no private part, so a card that does not say whom it is
    about is kept from everybody from whom the card before it is. Raises what `send_entry` raises.
    """
    actor.must(Permission.ENTRIES_SEND)
    place = place_of(db, form, said)
    if place.number != number:
        return None, place
    said, closed_to = as_before(db, form, number, said)
    if number > 1:
        said = replace(said, heard=frozenset())  # the same form: counted with its first card
    sent = send_entry(
        db, actor, form_id=numbered(form, number), code=code, closed_to=closed_to, **vars(said)
    )
    return sent, place


def put_in_its_place(
    db: Session, actor: Actor, form: str, *, new: int, old: int, no_talk: bool = False
) -> Put:
    """Take the old card of a form back in favour of a newer one, if nobody has read it yet.

    The new one has every flag of the old one, is kept from everybody whom the old one was about,
    and has waited as long as it. It has its wish to talk too, unless it has its own or `no_talk`
    says that its author wants none now. What was flagged is read by safeguarding, as always when it
    is taken back. Doing it twice is once. Raises NotFound.
    """
    actor.must(Permission.ENTRIES_SEND)
    before, after = (sent_before(db, numbered(form, number)) for number in (old, new))
    if before is None or after is None or after.withdrawn_at is not None or new <= old:
        raise NotFound("We cannot find that card.")
    keys = db.info["keys"]
    code = spell_stored(
        numbered(form, new), after.code_key, after.code_words, keys, after.code_hash
    )
    if before.withdrawn_at is not None:
        return Put(done=True, code=code)
    if not is_unread(db, before):
        return Put(done=False, code=code)
    after.flags = list(dict.fromkeys([*after.flags, *before.flags]))
    after.hints = list(dict.fromkeys([*after.hints, *before.hints]))
    after.about_us = after.about_us or before.about_us
    after.waits_since = min(after.waits_since, before.waits_since)
    db.add_all(
        EntryMeant(entry_id=after.id, person_id=person_id)
        for person_id in sorted(meant_by(db, before) - meant_by(db, after))
    )
    if not no_talk:
        carry_wish(db, actor, before, after)
    take_back(db, actor, before, on_behalf=None)
    return Put(done=True, code=code)
