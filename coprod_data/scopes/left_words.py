"""Words that left not long ago: a text may still be about to be saved with them.

Whoever had a form open then may have copied them. The words may be erased, so what is compared are
hashes of their runs of six words, under the server's key, which are kept for twelve hours.
"""

import hmac
from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, LeftRun
from coprod_data.permissions import Actor
from coprod_data.rules.own_words import joined, runs_in
from coprod_data.store.keys import Key, Keys
from coprod_data.vocabulary.entries import Review

KEPT = timedelta(hours=12)
PURPOSE = "words that left"
A_CHUNK = 500


def hashes_of(key: Key, runs: Iterable[str]) -> dict[str, str]:
    """Return each run by its hash under this key."""
    derived = key.derive(PURPOSE)
    return {hmac.digest(derived, run.encode(), "sha256").hex(): run for run in runs}


def left_in(
    db: Session, actor: Actor, text: str, *, read_by: int | None = None, time_over: bool = False
) -> list[tuple[int, int]]:
    """Return where a text holds six words in a row that left in the last twelve hours.

    `read_by` is the entry whose author reads the text, and nobody outside the team does: what they
    wrote themselves is not among these. With `time_over` only words that went because their time
    was over.
    """
    lately = LeftRun.at > actor.at - KEPT
    if read_by is not None:
        lately = sa.and_(lately, LeftRun.entry_id.not_in(_family(db, read_by)))
    if time_over:
        over = sa.select(CardEntry.id).where(CardEntry.review == Review.TIME_OVER)
        lately = sa.and_(lately, LeftRun.entry_id.in_(over))
    lengths = db.scalars(sa.select(LeftRun.letters).where(lately).distinct()).all()
    if not lengths:
        return []
    runs = runs_in(text, lengths)
    spans = []
    for run in _among(db, runs, lately):
        spans += runs[run]
    return joined(spans)


def _among(db: Session, runs: Iterable[str], lately: sa.ColumnElement[bool]) -> list[str]:
    """Return which of these runs left. The server's key may have changed since."""
    keys: Keys = db.info["keys"]
    found = []
    for key in keys.all:
        hashed = hashes_of(key, runs)
        hashes = list(hashed)
        for at in range(0, len(hashes), A_CHUNK):
            among = LeftRun.hash.in_(hashes[at : at + A_CHUNK])
            left = sa.select(LeftRun.hash).where(among, lately).distinct()
            found += [hashed[one] for one in db.scalars(left)]
    return found


def _family(db: Session, entry_id: int) -> sa.Select[int]:
    entry = db.get_one(CardEntry, entry_id)
    main_id = entry.about_id or entry.id
    return sa.select(CardEntry.id).where(
        sa.or_(CardEntry.id == main_id, CardEntry.about_id == main_id)
    )
