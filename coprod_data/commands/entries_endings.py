"""An entry that goes to no card: passed on to the young person's worker, or closed with a reply."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_end_steps import close_with_reply, pass_on
from coprod_data.commands.entries_rules import (
    entry_to_check,
    must_be_translated,
    must_have_read,
    must_have_read_card,
    must_write,
)
from coprod_data.commands.entries_second_rules import must_check
from coprod_data.commands.entries_second_steps import answered, decided_alone, propose
from coprod_data.commands.quotes_steps import chosen_now
from coprod_data.models import CardEntry, ContactWish
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.texts import required_text
from coprod_data.vocabulary.entry_care import StepKind


def pass_to_worker(db: Session, actor: Actor, entry_id: int, *, why: str = "") -> bool:
    """Say that this entry is about one young person's own life, and that their worker helps.

    Only where they said how to reach them, for otherwise nobody knows whose worker to tell. After a
    flag a second person agrees first. `why` says why nobody is at risk, where the words ask to be
    read with care. Returns whether it is passed on. Raises NotFound, NotAllowed, SomebodyElseHasIt,
    Refused, Invalid.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_to_check(db, actor, entry_id)
    must_have_read(db, actor, entry)
    _must_have_wish(db, entry)
    must_have_read_card(db, actor, entry)
    must_be_translated(entry)
    why = answered(entry, why)
    if entry.flagged:
        propose(db, actor, entry, StepKind.PASS_ON, why=why)
        return False
    decided_alone(db, actor, entry, StepKind.PASS_ON, why=why)
    pass_on(db, actor, entry)
    return True


def close_entry(db: Session, actor: Actor, entry_id: int, *, text: str, why: str = "") -> bool:
    """Close an entry that goes to no card, with a last reply to the young person.

    After a flag a second person agrees first. `why` is as for passing on. Returns whether it is
    closed. Raises NotFound, NotAllowed, SomebodyElseHasIt, Refused, Invalid.
    """
    actor.must(Permission.REPLIES_SEND, Permission.ENTRIES_READ_HELD)
    entry = entry_to_check(db, actor, entry_id)
    must_check(db, actor, entry)
    must_have_read(db, actor, entry)
    must_have_read_card(db, actor, entry)
    must_write(db, actor, entry)
    text = required_text(text, "text", "Tell the young person what you did.")
    if entry.released_at is not None:
        raise Refused("Words of this entry are out. Take them back in before you close it.")
    must_be_translated(entry)
    why = answered(entry, why)
    if entry.flagged:
        quotes = {"quotes": chosen_now(db)} if chosen_now(db) else {}
        propose(db, actor, entry, StepKind.CLOSE, text=text, why=why, detail=quotes)
        return False
    decided_alone(db, actor, entry, StepKind.CLOSE, why=why)
    close_with_reply(db, actor, entry, text)
    return True


def _must_have_wish(db: Session, entry: CardEntry) -> None:
    wish = sa.select(ContactWish.id).where(
        ContactWish.entry_id == (entry.about_id or entry.id),
        ContactWish.closed_at.is_(None),
        ContactWish.taken_back_at.is_(None),
    )
    if db.scalars(wish.limit(1)).first() is None:
        raise Refused(
            "They have not said how to reach them, so no worker can be told. Ask them on their "
            "card, or hold the entry."
        )
