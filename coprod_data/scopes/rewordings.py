"""What a text that waits for other words was out for, and whether it may go back as it was."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryVersion, Rewording, UseDecision
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.own_words import MANY, joined, letters_of, own_words_in, runs_of
from coprod_data.scopes.entries import held, released
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.rewordings import TextEnd

WHY_NOT = {
    TextEnd.NOT_THEIRS: "Six or more of their words in a row are in it, so it repeats them. "
    "Write it in other words.",
    TextEnd.OUT_AGAIN: "Not all of these words may be read again. Write the text in other words.",
}


def ways_back(db: Session, waiting: Rewording) -> frozenset[TextEnd]:
    """Return the ways in which a text may be put back as it was: for neither, it is reworded."""
    ways = set()
    if not _copied(waiting):
        ways.add(TextEnd.NOT_THEIRS)
    if _all_out(db, waiting):
        ways.add(TextEnd.OUT_AGAIN)
    return frozenset(ways)


def uses_out(db: Session, entry: CardEntry, at: datetime) -> list[str]:
    """Return the uses for which an entry's words were out until this moment."""
    out = select(UseDecision.use).where(
        UseDecision.entry_id == entry.id,
        UseDecision.let_out,
        or_(UseDecision.ended_at.is_(None), UseDecision.ended_at == at),
    )
    return sorted({use.value for use in db.scalars(out)})


def hidden_from(db: Session, actor: Actor, waiting: Rewording) -> list[tuple[int, int]]:
    """Return where a text that waits holds words on hold, for somebody who may not read these.

    Whichever entry it waits for: one text may repeat the words of several.
    """
    if actor.may(Permission.ENTRIES_READ_HELD):
        return []
    spans = db.scalars(
        select(Rewording.spans)
        .join(CardEntry, CardEntry.id == Rewording.entry_id)
        .where(
            Rewording.place == waiting.place,
            Rewording.row_id == waiting.row_id,
            Rewording.settled_at.is_(None),
            held(),
        )
    )
    return joined((start, end) for some in spans for start, end in some)


def _copied(waiting: Rewording) -> bool:
    """Say whether so many words in a row are theirs that no chance can have made them alike."""
    text = waiting.text or ""
    return any(len(letters_of(text[start:end])) >= MANY for start, end in waiting.spans)


def _all_out(db: Session, waiting: Rewording) -> bool:
    """Say whether the words of a text may be read again, for each use for which they were out."""
    entry = db.get_one(CardEntry, waiting.entry_id)
    uses = {ConsentUse(use) for use in waiting.uses} or {ConsentUse.BOARD}
    for use in uses:
        if db.scalar(select(CardEntry.id).where(CardEntry.id == entry.id, released(use))) is None:
            return False
    shown = db.get(EntryVersion, entry.released_version_id or 0)
    out_now = runs_of([shown.thinks, shown.wants] if shown else [])
    text = waiting.text or ""
    repeated = runs_of(text[start:end] for start, end in waiting.spans)
    return not own_words_in(text, repeated.without(out_now), lambda _words: True)
