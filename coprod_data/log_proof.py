"""Whether the log proves itself, and whether the clock that it is kept by can be believed."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coprod_data.permissions import Actor
from coprod_data.queries.event_rows import row_that_does_not_fit, text_that_does_not_fit
from coprod_data.queries.event_seals import broken_seal, tail_is_gone
from coprod_data.store.seal_notes import SealNote
from coprod_data.vocabulary.log_checks import LogFault

STILL = timedelta(days=30)  # without the daily job: a long stop, or a clock that is far ahead


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
