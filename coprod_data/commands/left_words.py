"""No text of staff is saved with words that left in the last twelve hours, or that stay with us.

Those that left are kept as hashes, which the recurring job deletes after their time. Any command
may call these.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, LeftRun
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.own_words import Runs
from coprod_data.scopes.left_words import A_CHUNK, KEPT, hashes_of, left_in
from coprod_data.scopes.staff_texts import OF_ENTRY
from coprod_data.scopes.words_opened import unread_by_the_board
from coprod_data.scopes.words_opened_to_the_board import for_the_board_only
from coprod_data.store.keys import Keys
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.rewordings import TextPlace

LONGEST_SHOWN = 120
LEAVING = sa.func.hashtextextended("words leave", 0)
AT_THIS_MOMENT = (
    "While you saved this, somebody took words back. Nothing is lost: check what you wrote, and "
    "save it again."
)


def let_nobody_save(db: Session) -> None:
    """Wait for those who are saving texts now, and let nobody save one until this is committed.

    Otherwise a text that is saved at the same moment would see no words leave, and would not be
    seen. SQLite has only one writer anyway.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(LEAVING)))


def note_left(db: Session, actor: Actor, entry: CardEntry, runs: Runs) -> None:
    """Keep the hashes of an entry's runs of six words, which leave now."""
    key = db.info["keys"].newest
    db.execute(sa.delete(LeftRun).where(LeftRun.entry_id == entry.id))
    # In the order of the hashes, which tells nothing of the order of the words.
    rows = [
        {"entry_id": entry.id, "hash": one, "letters": len(run), "at": actor.at}
        for one, run in sorted(hashes_of(key, runs.many).items())
    ]
    if rows:
        db.execute(sa.insert(LeftRun), rows)


def may_be_repeated(db: Session, runs: Runs) -> None:
    """Forget the hashes of runs that are out now, whoever else said the same."""
    keys: Keys = db.info["keys"]
    hashed = [one for key in keys.all for one in hashes_of(key, runs.many)]
    for at in range(0, len(hashed), A_CHUNK):
        db.execute(sa.delete(LeftRun).where(LeftRun.hash.in_(hashed[at : at + A_CHUNK])))


def refuse_left_words(db: Session, actor: Actor, row: Any, place: TextPlace, text: str) -> None:
    """Check that a text of staff which is about to be saved holds no words that left just now.

    The form was open when they left. A reply and a summary may repeat their own reader's words.
    Raises Invalid, and Refused while words are leaving.
    """
    if db.get_bind().dialect.name == "postgresql" and not db.scalar(
        sa.select(sa.func.pg_try_advisory_xact_lock_shared(LEAVING))
    ):
        raise Refused(AT_THIS_MOMENT)
    spans = left_in(db, actor, text, read_by=row.entry_id if place in OF_ENTRY else None)
    if not spans:
        return
    raise Invalid(
        "A young person's own words are in it, and nobody may use them now: "
        f"“{_first(text, spans)}”. Say it in other words, then save it again.",
        field=place.column,
    )


def refuse_unread_words(db: Session, actor: Actor, row: Any, place: TextPlace, text: str) -> None:
    """Check that a text of the two teams holds no words that its writer has read, as one of them,
    and that the Board may not read.

    A reply and a summary may repeat their own reader's words. Raises Invalid.
    """
    read_by = row.entry_id if place in OF_ENTRY else None
    if spans := unread_by_the_board(db, actor, text, read_by=read_by):
        raise Invalid(
            labelled("A young person's own words are in it, and the Board may not read them: ")
            + f"“{_first(text, spans)}”. Say it in other words, then save it again.",
            field=place.column,
        )


def refuse_words_for_the_board(
    db: Session, actor: Actor, row: Any, place: TextPlace, text: str
) -> None:
    """Check that a text which young people read holds no words that only the Board may read.

    Raises Invalid, which shows the words only to those who may read them.
    """
    if place.young_people_read:
        read_by = row.entry_id if place in OF_ENTRY else None
        must_be_for_young_people(db, actor, text, place.column, read_by=read_by)


def must_be_for_young_people(
    db: Session, actor: Actor, text: str, field: str, *, read_by: int | None = None
) -> None:
    """Check the same of a text that young people read only where it says why something stopped.

    Raises Invalid.
    """
    if spans := for_the_board_only(db, actor, text, read_by=read_by):
        which = f": “{_first(text, spans)}”" if actor.may(Permission.REPORT_CARDS_READ) else ""
        raise Invalid(
            labelled("A young person's own words are in it that only the Board may read, and ")
            + f"young people read this{which}. Say it in other words, then save it again.",
            field=field,
        )


def _first(text: str, spans: Sequence[tuple[int, int]]) -> str:
    start, end = spans[0]
    words = " ".join(text[start:end].split())
    if len(words) > LONGEST_SHOWN:
        words = f"{words[:LONGEST_SHOWN].rsplit(' ', 1)[0]} ..."
    return words


def forget_left_words(db: Session, actor: Actor) -> None:
    """Delete the hashes of words that left twelve hours ago."""
    actor.must(Permission.JOBS_RUN)
    db.execute(sa.delete(LeftRun).where(LeftRun.at <= actor.at - KEPT))
