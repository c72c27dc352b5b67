"""What the server runs every ten minutes: sealing the log, deleting what is kept for a time only,
wiping erased words, counting faces of ended months and what people said of sessions, making
opportunities of gaps in the audit, notices, letting count what was asked about accounts. Notices
are sent every minute; once a day words whose time is over are erased. Until a job has run pages say
what they said before.

Each runs in its own transaction, under the lock of its row in `job`, so that several servers do not
run it at once. Notices have locks of their own, because no transaction waits for a host.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from coprod_data.commands.actions_months import turn_month
from coprod_data.commands.audits_spotting import spot_gaps
from coprod_data.commands.auth_sessions import forget_ended_sessions
from coprod_data.commands.drafts import forget_drafts
from coprod_data.commands.entries_codes import forget_handed_codes
from coprod_data.commands.entries_erasing import erase_what_is_due, keep_only_what_is_shown
from coprod_data.commands.event_log_forgetting import forget_old_log
from coprod_data.commands.event_seals import keep_check, seal_events
from coprod_data.commands.left_words import forget_left_words
from coprod_data.commands.limits import forget_addresses
from coprod_data.commands.notices import (
    Waits,
    claim_notices,
    forget_notices,
    make_notices,
    settle_notice,
)
from coprod_data.commands.notices_lado import forget_told, tell_the_lado
from coprod_data.commands.people_requests import count_what_is_due
from coprod_data.commands.sessions_feedback import count_feedback
from coprod_data.commands.trail import forget_trail
from coprod_data.log_proof import found_in_log, note_newest_seal, stood_still
from coprod_data.models import Job
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.queries.entries_urgent import urgent_moments
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.queries.event_seals import check_is_due, log_state
from coprod_data.queries.notices import Outbox, Receiver, notices_are_due, outbox, receivers
from coprod_data.queries.notices_lado import lado_is_due, left_to_lado
from coprod_data.queries.retention import count_due
from coprod_data.sending.letters import send_letter
from coprod_data.sending.secret import notice_secret
from coprod_data.store.actors import System, acting_for
from coprod_data.store.database import Database, Unavailable
from coprod_data.store.erasures import make_erasures_whole
from coprod_data.store.seal_notes import read_note
from coprod_data.vocabulary.notices import NoticeFault
from coprod_data.vocabulary.retention import DAILY, Kept
from coprod_data.vocabulary.work import WorkKind

log = logging.getLogger("coprod_data")

WIPING = "wipe erased words"
CHECKING, RETENTION = "check the log", "erase words whose time is over"
MAKING, SENDING = "make notices", "send notices"
EVERY = timedelta(minutes=10)
SENDING_EVERY, ERASING_EVERY = timedelta(minutes=1), timedelta(days=1)
MOST_BATCHES = 40  # in one run of the job; the next day goes on
A_TURN_AFTER = timedelta(days=1)
JOBS: dict[str, Callable[[Session, Actor], object]] = {
    "seal events": seal_events,
    "forget addresses": forget_addresses,
    "forget drafts": forget_drafts,
    "forget handed codes": forget_handed_codes,
    "forget words that left": forget_left_words,
    "forget ended sessions": forget_ended_sessions,
    "count faces of the month": turn_month,
    "count what people said of sessions": count_feedback,
    "make opportunities of audit gaps": spot_gaps,
    "forget notices": forget_notices,
    "forget what the LADO was told": forget_told,
    "forget the trail": forget_trail,
    "count what nobody stopped": count_what_is_due,
}


def run_jobs(database: Database, *, now: bool = False) -> list[str]:
    """Run the jobs that are due, or all of them with `now`. Returns the names of those that ran.

    A database that cannot be reached is tried again at the next turn. After a long stop nothing is
    forgotten, erased or counted by itself: a clock that is wrong by months would erase for good.
    """
    database.take_new_keys()
    ran = []
    still = not now and _stands_still(database)
    if still:
        log.error(
            "No job ran for a month, or the clock is ahead: nothing is erased or counted until "
            "somebody has looked at the clock and run: python -m coprod_data jobs"
        )
    for name, work in JOBS.items():
        if still and work is not seal_events:
            continue
        try:
            if _run(database, name, work, now=now):
                ran.append(name)
        except Unavailable as fault:
            log.warning("The job %r waits for the database (%s).", name, fault.reference)
        except IntegrityError:  # on a new database two servers may write the same row of `job`
            log.info("The job %r was begun by another server.", name)
    note_newest_seal(database)
    if check_when_due(database):
        ran.append(CHECKING)
        make_list_whole(database)
    if not still and erase_when_due(database):
        ran.append(RETENTION)
    if database.wipe():  # not among JOBS: it must be outside every transaction
        ran.append(WIPING)
    ran += [name for name, work in NOTICES.items() if work(database)]
    return ran


def _stands_still(database: Database) -> bool:
    try:
        with database.reading(System()) as (db, actor):
            job = db.get(Job, RETENTION)
            return job is not None and stood_still(actor.at, job.ran_at)
    except Unavailable:
        return False  # each job says so by itself


def check_log(database: Database, *, whole: bool = True) -> str:
    """Check the log, and with `whole` every row, as they are at one moment; keep what was found.

    Returns what is wrong as a sentence, or nothing.
    """
    with database.reading_still(System()) as (db, actor):
        last = log_state(db, actor).last
        fault, said = found_in_log(db, actor, read_note(database.key_file), whole=whole)
    with database.writing(System()) as (db, actor):
        keep_check(db, actor, whole=whole, seal_id=last[0] if last else None, fault=fault)
    return said


def check_when_due(database: Database) -> bool:
    """Check the seals once a day, and every row once a week. Returns whether it did."""
    try:
        with database.reading(System()) as (db, actor):
            due, whole = check_is_due(db, actor)
        if due and (said := check_log(database, whole=whole)):
            log.error("The log does not prove itself: %s", said)
        return due
    except Unavailable as fault:
        log.warning("The check of the log waits for the database (%s).", fault.reference)
        return False


def make_list_whole(database: Database) -> None:
    """Once a day list again what the database knows to be erased and the list does not name."""
    if database.key_file is None:
        return
    try:
        with database.reading(System()) as (db, actor):
            make_erasures_whole(db, database.key_file, database.keys, actor.at)
    except (Unavailable, OSError) as fault:
        log.warning("The list of erased entries is not whole: %s", type(fault).__name__)


def erase_when_due(database: Database) -> Counter[Kept]:
    """Once a day erase words whose time is over, as `erase_now` does, and no more than a day's
    share. Nobody is held up while it looks for them.
    """
    try:
        with database.reading(System()) as (db, actor):
            job = db.get(Job, RETENTION)
            if job is not None and job.ran_at and job.ran_at > actor.at - ERASING_EVERY:
                return Counter()
            due = count_due(db, actor)
        if any(due[kept] for kept in DAILY):
            return erase_now(database, MOST_BATCHES)
        _run(database, RETENTION, lambda _db, _actor: None, now=True)
    except (Unavailable, IntegrityError) as fault:  # or another server has begun
        log.warning("The job %r waits (%s).", RETENTION, type(fault).__name__)
    return Counter()


def erase_now(database: Database, most: int | None = None) -> Counter[Kept]:
    """Erase words in batches, `most` of them, until none is due. Returns how many of each kind."""
    erased, batches = Counter[Kept](), 0
    while most is None or batches < most:
        some = Counter[Kept]()
        _run(database, RETENTION, _erase_into(some), now=True)
        if not some:
            break
        erased, batches = erased + some, batches + 1
    counts = ", ".join(f"{kept.value} {count}" for kept, count in erased.items())
    log.info("Erased words whose time was over: %s.", counts or "none")
    return erased


def erase_all_due(database: Database) -> dict[Kept, int]:
    """Erase everything whose time is over, drafts and the trail too. Returns how many of each."""
    counts: dict[Kept, int] = dict(erase_now(database))
    with database.writing(System()) as (db, actor):
        counts[Kept.DRAFTS] = forget_drafts(db, actor)
        counts[Kept.TRAIL] = forget_trail(db, actor)
    return counts


def _erase_into(erased: Counter[Kept]) -> Callable[[Session, Actor], object]:
    steps = (erase_what_is_due, keep_only_what_is_shown, forget_old_log)
    return lambda db, actor: erased.update(next(filter(None, (do(db, actor) for do in steps)), {}))


def make_due_notices(database: Database) -> int:
    """Make a notice for each person of the two teams, and each administrator, who is due one, and
    for the LADO.

    What waits for them is asked without holding up anybody who writes. Of two servers that ask at
    once, one makes it. Returns how many were made.
    """
    try:
        with database.reading(System()) as (db, actor):
            waits = {one.person_id: _waits(db, actor, one) for one in receivers(db, actor)}
            lado = lado_is_due(db, actor)
        if not (lado or any(one.urgent or one.turn for one in waits.values())):
            return 0
        with database.writing(System()) as (db, actor):
            return make_notices(db, actor, waits) + (tell_the_lado(db, actor) if lado else 0)
    except Unavailable as fault:
        log.warning("Notices wait for the database (%s).", fault.reference)
        return 0


def send_notices(database: Database) -> int:
    """Send the notices that are due, and keep what became of each. Returns how many were sent.

    Each is claimed first, so that of several servers one sends it. If a server stops in between,
    the next try comes after the gap, and carries the same mark.
    """
    database.take_new_keys()
    try:
        with database.reading(System()) as (db, actor):
            if not notices_are_due(db, actor):
                return 0
        with database.writing(System()) as (db, actor):
            now_sent = outbox(db, actor, claim_notices(db, actor))
        return _send(database, now_sent)
    except Unavailable as fault:
        log.warning("Notices wait for the database (%s).", fault.reference)
        return 0


NOTICES = {MAKING: make_due_notices, SENDING: send_notices}  # each opens its own transactions


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


def _waits(db: Session, actor: Actor, one: Receiver) -> Waits:
    person = acting_for(actor, one.person_id, one.roles)
    urgent: list[datetime] = []
    since: list[datetime] = []
    if person.may(Permission.ENTRIES_QUEUE) or person.may(Permission.ENTRIES_READ_HELD):
        if one.urgent:
            urgent = urgent_moments(db, person, everybodys=one.on_duty)
        if one.turn:
            work = work_on_entries(db, person)
            since = [row.since for row in work if row.kind is not WorkKind.FOR_OTHERS]
    turn = any(moment <= actor.at - A_TURN_AFTER for moment in since)
    if one.turn and Role.ADMINISTRATOR in one.roles:
        turn = turn or left_to_lado(db, person) is not None
    return Waits(tuple(urgent), turn)


def _send(database: Database, now_sent: Outbox) -> int:
    """Send letters one by one; after a host that does not answer, the others wait their turn."""
    secret, count, silent = notice_secret(), 0, False
    for letter in now_sent.letters:
        fault: NoticeFault | None = NoticeFault.NO_ANSWER
        if now_sent.host is not None and not silent:
            fault = send_letter(now_sent.host, now_sent.site, letter, secret)
        silent = fault is NoticeFault.NO_ANSWER
        with database.writing(System()) as (db, actor):
            settle_notice(db, actor, letter.notice_id, fault)
        if fault is None:
            count += 1
        else:
            log.warning("A notice was not sent: %s.", fault.words)
    return count
