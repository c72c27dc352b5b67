"""Whether a server may serve: each fault that can be seen from here, the worst first.

It is asked every few seconds, so each question is small: what takes longer (whether the newest seal
fits its events) is asked once for each seal.
"""

import os
import shutil
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from coprod_data.jobs import JOBS, RETENTION
from coprod_data.log_proof import stood_still
from coprod_data.permissions import Actor
from coprod_data.queries.event_seals import last_check, newest_seal, newest_seal_fits, tail_is_gone
from coprod_data.queries.server_state import server_state
from coprod_data.queries.settings import labels
from coprod_data.store.actors import Public, System
from coprod_data.store.database import Database, Unavailable, database_faults, utc_now
from coprod_data.store.erasures import erasures_of
from coprod_data.store.keys import UnsafeKey, read_keys
from coprod_data.store.owner_only import keep_to_owner
from coprod_data.store.places import ROOT, PlaceFault, chosen_mode
from coprod_data.store.schema import (
    MissingGuards,
    NewerSchema,
    SchemaFault,
    check_guards,
    check_release,
)
from coprod_data.store.seal_notes import SealNote, read_note
from coprod_data.vocabulary.server_faults import ServerFault
from coprod_data.vocabulary.settings import Mode

LEAST_FREE = 50 * 1024 * 1024  # bytes
LATE = timedelta(minutes=30)  # three turns of the jobs
OWED_TOO_LONG = timedelta(hours=1)
AHEAD = timedelta(minutes=5)  # of two servers, one clock may go before the other
LEAP = timedelta(hours=1)  # of a clock that was set while the server ran

_fits: dict[tuple[object, ...], bool] = {}  # the newest seal that was looked at


def server_fault(database: Database) -> ServerFault | None:
    """Return the first thing that is wrong with this server, or None."""
    if database.is_sqlite and not Path(database.engine.url.database or "").is_file():
        return ServerFault.AWAY  # open connections still work
    if fault := _files_fault(database):
        return fault
    try:
        with database_faults():
            check_release(database.engine)
            check_guards(database.engine)
        with database.reading(Public()) as (db, public):
            labels(db, public)
        note = read_note(database.key_file)  # first: a seal made meanwhile is newer than it
        with database.reading(System()) as (db, system):
            fault = _log_fault(database, db, system, note) or _late(database, db, system)
    except Unavailable:
        return ServerFault.AWAY
    except MissingGuards:
        return ServerFault.GUARDS
    except NewerSchema:
        return ServerFault.NEWER
    except SchemaFault:
        return ServerFault.OLDER
    try:
        database.check_writable()
    except Unavailable:
        return ServerFault.SAVES_NOTHING
    place = Path(database.engine.url.database or ROOT).parent if database.is_sqlite else ROOT
    if shutil.disk_usage(place).free < LEAST_FREE:
        return ServerFault.DISK
    return fault


def _files_fault(database: Database) -> ServerFault | None:
    """Look at the files beside the database: whether others can read them, and the keys."""
    if database.key_file is None:
        return None
    url = database.engine.url.render_as_string(hide_password=False)
    try:
        if chosen_mode() is Mode.LIVE:
            keep_to_owner(url, database.key_file, mend=False)
        kept = read_keys(database.key_file)
    except PlaceFault:
        return ServerFault.OPEN
    except UnsafeKey:
        return ServerFault.KEY
    if not kept.go_on_from(database.keys):
        return ServerFault.OTHER_KEY
    listed = erasures_of(database.key_file)  # made at start; what it lacks, a restore brings back
    is_there = listed.is_file() and os.access(listed, os.W_OK)
    return None if is_there else ServerFault.ERASURES


def _log_fault(
    database: Database, db: Session, system: Actor, note: SealNote | None
) -> ServerFault | None:
    checked, last = last_check(db, system), newest_seal(db, system)
    if checked is not None and checked.fault is not None:
        return ServerFault.LOG
    if last is not None:
        seen = (str(database.engine.url), last[3], *(key.of_seals for key in database.keys.of_log))
        if seen not in _fits:
            fits = newest_seal_fits(db, system)
            _fits.clear()
            _fits[seen] = fits
        if not _fits[seen]:
            return ServerFault.OTHER_KEY
    if tail_is_gone(db, system, note):
        return ServerFault.LOG
    if last is not None and database.key_file and note is None and _is_settled(database, system):
        return ServerFault.NOTE
    return None


def _late(database: Database, db: Session, system: Actor) -> ServerFault | None:
    state = server_state(db, system, list(JOBS), RETENTION)
    leap = utc_now() - _moment_by_age()
    if leap < -LEAP or (state.newest_event_at and state.newest_event_at > system.at + AHEAD):
        return ServerFault.CLOCK
    if leap > LEAP or stood_still(system.at, state.daily_ran_at):
        return ServerFault.AHEAD
    if _is_settled(database, system) and (
        state.jobs_ran_at is not None and state.jobs_ran_at <= system.at - LATE
    ):
        return ServerFault.JOBS
    if state.owed_since is not None and state.owed_since <= system.at - OWED_TOO_LONG:
        return ServerFault.WIPING
    return ServerFault.NOTICES if state.notices_fail else None


def _is_settled(database: Database, system: Actor) -> bool:
    """Say whether this server has been there long enough for its jobs to have run."""
    return database.since <= system.at - LATE


def _age() -> float:
    """Return seconds that nobody can set back or forward; on Linux sleep counts too."""
    if sys.platform != "linux":
        return time.monotonic()
    return time.clock_gettime(time.CLOCK_BOOTTIME)


_STARTED, _AGE_THEN = utc_now(), _age()


def _moment_by_age() -> datetime:
    """Return what the clock would say if nobody had set it since this process began."""
    return _STARTED + timedelta(seconds=_age() - _AGE_THEN)
