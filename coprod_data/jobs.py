"""What the server runs every ten minutes: sealing the log, deleting what is kept for a time only,
wiping erased words from the database's files, and counting the faces of a month that has ended.

No page depends on a job having run; faces stay those of the month before. Each runs in its own
transaction, under the lock of its row in `job`, so that several servers do not run it at once.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from coprod_data.commands.actions_months import turn_month
from coprod_data.commands.auth_sessions import forget_ended_sessions
from coprod_data.commands.entries_codes import forget_handed_codes
from coprod_data.commands.event_seals import seal_events
from coprod_data.commands.limits import forget_addresses
from coprod_data.commands.settings import forget_drafts
from coprod_data.models import Job
from coprod_data.permissions import Actor
from coprod_data.store.actors import System
from coprod_data.store.database import Database, Unavailable

log = logging.getLogger("coprod_data")

WIPING = "wipe erased words"
EVERY = timedelta(minutes=10)
JOBS: dict[str, Callable[[Session, Actor], object]] = {
    "seal events": seal_events,
    "forget addresses": forget_addresses,
    "forget drafts": forget_drafts,
    "forget handed codes": forget_handed_codes,
    "forget ended sessions": forget_ended_sessions,
    "count faces of the month": turn_month,
}


def run_jobs(database: Database, *, now: bool = False) -> list[str]:
    """Run the jobs that are due, or all of them with `now`. Returns the names of those that ran.

    A database that cannot be reached is tried again at the next turn.
    """
    ran = []
    for name, work in JOBS.items():
        try:
            if _run(database, name, work, now=now):
                ran.append(name)
        except Unavailable as fault:
            log.warning("The job %r waits for the database (%s).", name, fault.reference)
    if database.wipe():  # not among JOBS: it must be outside every transaction
        ran.append(WIPING)
    return ran


def _run(
    database: Database, name: str, work: Callable[[Session, Actor], object], *, now: bool
) -> bool:
    with database.writing(System()) as (db, actor):
        job = db.get(Job, name, with_for_update=True)
        if job is None:
            job = Job(name=name)
            db.add(job)
        elif not now and job.ran_at is not None and job.ran_at > actor.at - EVERY:
            return False
        work(db, actor)
        job.ran_at = actor.at
    return True
