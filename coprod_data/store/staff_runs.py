"""Where each six words in a row of a text of staff are: an index of hashes, kept at each save.

With it taking words back finds a copy of them in any text, however many there are. The hashes of a
text are deleted in the transaction that changes it.
"""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import StaffRun
from coprod_data.rules.own_words import hash_of, runs_of
from coprod_data.vocabulary.rewordings import TextPlace

A_CHUNK = 500


def index_runs(db: Session, place: TextPlace, row_id: int, text: str | None) -> None:
    """Make the runs of a text findable, in place of those that it had before."""
    db.execute(sa.delete(StaffRun).where(StaffRun.place == place, StaffRun.row_id == row_id))
    # In the order of the hashes, which tells nothing of the order of the words.
    hashes = sorted({hash_of(run) for run in runs_of([text]).many})
    if hashes:
        rows = [{"place": place, "row_id": row_id, "hash": one} for one in hashes]
        db.execute(sa.insert(StaffRun), rows)


def texts_with_runs(db: Session, runs: Collection[str]) -> set[tuple[TextPlace, int]]:
    """Return the texts that may hold one of these runs: whether they do, the caller looks."""
    hashes = sorted({hash_of(run) for run in runs})
    found: set[tuple[TextPlace, int]] = set()
    for at in range(0, len(hashes), A_CHUNK):
        among = StaffRun.hash.in_(hashes[at : at + A_CHUNK])
        rows = db.execute(sa.select(StaffRun.place, StaffRun.row_id).where(among).distinct())
        found.update((row.place, row.row_id) for row in rows)
    return found
