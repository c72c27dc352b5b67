"""Whether the log proves itself, and whether the clock that it is kept by can be believed."""

import logging
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coprod_data.permissions import Actor
from coprod_data.queries.event_rows import row_that_does_not_fit, text_that_does_not_fit
from coprod_data.queries.event_seals import broken_seal, log_state, tail_is_gone
from coprod_data.store.actors import System
from coprod_data.store.database import Database, Unavailable
from coprod_data.store.seal_notes import SealNote, read_note, write_note
from coprod_data.vocabulary.log_checks import LogFault

log = logging.getLogger("coprod_data")

STILL = timedelta(days=30)  # without the daily job: a long stop, or a clock that is far ahead


def note_newest_seal(database: Database) -> None:
    """Note the newest seal outside the database: beside the key, and in the server's log."""
    if database.key_file is None:
        return
    try:
        with database.reading(System()) as (db, actor):
            state = log_state(db, actor)
        if state.last is None:
            return
        number, _, to_event, sealed_as = state.last
        before = read_note(database.key_file)
        if before is None or before.seal <= number:  # else its end is gone: keep what shows it
            write_note(database.key_file, SealNote(number, sealed_as, max(to_event, state.newest)))
        if before is None or before.seal != number:
            log.info("Newest seal: no. %s, up to event %s, %s", number, to_event, sealed_as)
    except (Unavailable, OSError) as fault:
        log.warning("The newest seal is not noted: %s", type(fault).__name__)


def found_in_log(
    db: Session, actor: Actor, note: SealNote | None, *, whole: bool
) -> tuple[LogFault | None, str]:
    """Return what in the log or in the rows does not fit, and a sentence; or None and nothing."""
    outside = "it was changed outside Together."
    if seal_id := broken_seal(db, actor):
        return LogFault.SEAL, f"Seal {seal_id} does not fit its events: {outside}"
    if tail_is_gone(db, actor, note):
        return LogFault.TAIL, (
            f"The log ends before seal {note.seal if note else 0} and the event noted with it: its "
            "end was deleted, or this is an older copy of the database."
        )
    if whole and (event_id := text_that_does_not_fit(db, actor)):
        return LogFault.TEXT, f"A text beside event {event_id} does not fit it: {outside}"
    if whole and (row := row_that_does_not_fit(db, actor)):
        return LogFault.ROW, f"{row} does not fit the log: {outside}"
    return None, ""


def stood_still(at: datetime, daily_ran_at: datetime | None) -> bool:
    """Say whether the daily job last ran so long ago that somebody should look at the clock."""
    return daily_ran_at is not None and daily_ran_at < at - STILL
