"""A young person writes again on a card of their own, though nobody asked."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import keep_words, sent_before
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.events import EventKind

LETTERS_A_DAY = 20


def write_back(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    words: str,
    form_id: str,
    uses: frozenset[ConsentUse] = frozenset(),
    about: SaidAbout = NOTHING_SAID,
) -> int:
    """Add words to a card of one's own: to a reply, or to ask that something is changed.

    They become an entry to be checked, with `uses` of their own; `about` says whom they are about.
    Twenty a day for one card. The same form once more gives the same entry. Returns its id. Raises
    NotFound, NobodyOnDuty, Invalid, Refused.
    """
    actor.must(Permission.ENTRIES_OWN)
    if before := sent_before(db, form_id):
        return before.id
    lately = db.scalar(
        sa.select(sa.func.count())
        .select_from(CardEntry)
        .where(CardEntry.about_id == entry_id, CardEntry.sent_at > actor.at - timedelta(days=1))
    )
    if (lately or 0) >= LETTERS_A_DAY:
        raise Refused("You have written a lot today. Please call one of the numbers below.")
    entry = keep_words(
        db,
        actor,
        kind=EntryKind.ANSWER,
        about_id=entry_id,
        theme_id=None,
        text=words,
        form_id=form_id,
        uses=uses,
        about=about,
    )
    record(db, actor, EventKind.ENTRY_SENT, entry)
    return entry.id
