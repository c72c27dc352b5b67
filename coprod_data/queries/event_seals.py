"""Whether the log is unchanged since it was sealed, and how far it goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, EventSeal, LogCheck
from coprod_data.permissions import Actor, Permission
from coprod_data.store.keys import Keys, LogKey
from coprod_data.store.seal_notes import SealNote
from coprod_data.store.seals import FIRST, newest_fits, seal
from coprod_data.vocabulary.log_checks import LogFault

SEALS_EVERY, ROWS_EVERY = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class LogState:
    """How many events the log has, its newest one, and its last seal: number, moment, last event
    and hash.
    """

    events: int
    newest: int
    last: tuple[int, datetime, int, str] | None


@dataclass(frozen=True)
class CheckRow:
    """What the last check found, when, and up to which seal."""

    at: datetime
    seal_id: int | None
    fault: LogFault | None


def log_state(db: Session, actor: Actor) -> LogState:
    """Return how far the log goes, to compare with what was noted elsewhere."""
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    events, newest = db.execute(sa.select(sa.func.count(), sa.func.max(Event.id))).one()
    return LogState(
        events=events,
        newest=newest or 0,
        last=newest_seal(db, actor),
    )


def newest_seal(db: Session, actor: Actor) -> tuple[int, datetime, int, str] | None:
    """Return the newest seal: number, moment, last event and hash."""
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    last = db.scalar(sa.select(EventSeal).order_by(EventSeal.to_id.desc()).limit(1))
    return None if last is None else (last.id, last.made_at, last.to_id, last.hash)


def broken_seal(db: Session, actor: Actor) -> int | None:
    """Return the id of the first seal that does not match its events; None when all do.

    A seal without a key may only come before all others, and covers no event that proves its rows.
    """
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    keys: Keys = db.info["keys"]
    by_number: dict[str, LogKey] = {key.number: key for key in keys.of_log}
    before, keyed = FIRST, False
    after: sa.ColumnElement[bool] = sa.true()
    for kept in db.scalars(sa.select(EventSeal).order_by(EventSeal.to_id)):
        covered = sa.select(Event).where(after, Event.id <= kept.to_id).order_by(Event.id)
        events = db.scalars(covered).all()
        keyed = keyed or kept.key is not None or any(event.digests for event in events)
        key = by_number.get(kept.key or "")
        if (keyed and key is None) or seal(before, events, key) != kept.hash:
            return kept.id
        before, after = kept.hash, Event.id > kept.to_id
        db.expunge_all()
    return None


def newest_seal_fits(db: Session, actor: Actor) -> bool:
    """Say whether the newest seal fits its events, which number a thousand at most."""
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    return newest_fits(db, db.info["keys"])


def tail_is_gone(db: Session, actor: Actor, note: SealNote | None) -> bool:
    """Say whether the log ends before the newest seal or event that was noted beside the key."""
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    if note is None:
        return False
    there = sa.exists().where(EventSeal.id == note.seal, EventSeal.hash == note.hash)
    newest = sa.select(sa.func.coalesce(sa.func.max(Event.id), 0)).scalar_subquery()
    return not db.scalar(sa.select(sa.and_(there, newest >= note.event)))


def last_check(db: Session, actor: Actor) -> CheckRow | None:
    """Return what the last check of the log found."""
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    last = db.scalar(sa.select(LogCheck).order_by(LogCheck.id.desc()).limit(1))
    return None if last is None else CheckRow(last.at, last.seal_id, last.fault)


def check_is_due(db: Session, actor: Actor) -> tuple[bool, bool]:
    """Say whether the job should check the seals now, and whether every row too."""
    actor.must(Permission.JOBS_RUN)
    newest = sa.select(sa.func.max(LogCheck.at)).scalar_subquery()
    whole = sa.select(sa.func.max(LogCheck.at)).where(LogCheck.whole).scalar_subquery()
    sealed, checked, rows = db.execute(
        sa.select(sa.exists(sa.select(EventSeal.id)), newest, whole)
    ).one()
    due = bool(sealed) and (checked is None or checked <= actor.at - SEALS_EVERY)
    return due, due and (rows is None or rows <= actor.at - ROWS_EVERY)
