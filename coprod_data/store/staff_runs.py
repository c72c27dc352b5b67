"""Where each five words in a row of a text of staff are: an index of hashes, kept at each save.

With it taking words back finds a copy of them in any text, however many there are. The hashes of a
text are deleted in the transaction that changes it.

Five, because six words of theirs may be five in the text, where it says "binbags"; and four to
eight of theirs are looked up, because it may say "bin bags" where they did not.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import StaffRun
from coprod_data.rules.own_words import hash_of, windows_of
from coprod_data.vocabulary.rewordings import TextPlace

A_CHUNK = 5_000  # as many as either engine takes in one statement
KEPT, LOOKED_UP = (5,), range(4, 9)  # words in a row


def index_runs(
    db: Session, place: TextPlace, row_id: int, before: str | None, text: str | None
) -> None:
    """Make the runs of a text findable, in place of those that it had before."""
    if before is not None:
        db.execute(sa.delete(StaffRun).where(StaffRun.place == place, StaffRun.row_id == row_id))
    # In the order of the hashes, which tells nothing of the order of the words.
    hashes = sorted({hash_of(run) for run in windows_of([text], KEPT)})
    if hashes:
        rows = [{"place": place, "row_id": row_id, "hash": one} for one in hashes]
        db.execute(sa.insert(StaffRun), rows)


def texts_that_may_hold(db: Session, said: Iterable[str | None]) -> set[tuple[TextPlace, int]]:
    """Return the texts that may hold six words in a row of what was said: the caller looks."""
    hashes = sorted({hash_of(run) for run in windows_of(said, LOOKED_UP)})
    found: set[tuple[TextPlace, int]] = set()
    for at in range(0, len(hashes), A_CHUNK):
        among = StaffRun.hash.in_(hashes[at : at + A_CHUNK])
        rows = db.execute(sa.select(StaffRun.place, StaffRun.row_id).where(among).distinct())
        found.update((row.place, row.row_id) for row in rows)
    return found
