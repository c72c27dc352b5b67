"""Notices that something is waiting: made, tried, settled and forgotten by the job.

Nothing of what is waiting is kept with a notice, and nothing is sent from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.models import Notice, Person, ToldToLado
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.clocks import is_working_time, london_day, next_working_moment
from coprod_data.scopes.duty import hours_of, is_away, people_on_duty
from coprod_data.scopes.notices import notice_host
from coprod_data.scopes.second_person_lado import for_the_lado, lado_address
from coprod_data.store.actors import roles_of
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind

GAPS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 480, 720))  # a day in all
AT_ONCE = 20
A_TURN_EVERY = timedelta(days=7)
KEPT_DAYS = 60


@dataclass(frozen=True)
class Waits:
    """What waits for one person, without saying what.

    `urgent` are the moments at which something urgent began to wait or became overdue. `turn`: some
    of their work has waited for a day.
    """

    urgent: tuple[datetime, ...] = ()
    turn: bool = False


def make_notices(db: Session, actor: Actor, waits: Mapping[int, Waits]) -> int:
    """Make the notices that are due to these people, one at most for each. Returns how many.

    While somebody has not opened their work, something urgent is said once a day; afterwards only
    something new is. "It is your turn" is said once in seven days.
    """
    actor.must(Permission.JOBS_RUN)
    in_turn(db, "notices")
    count = 0
    for person_id, waiting in waits.items():
        urgent = _last(db, person_id, NoticeKind.URGENT)
        if waiting.urgent and _say_again(urgent, waiting.urgent, actor.at):
            _make(db, actor, person_id, NoticeKind.URGENT)
            count += 1
        elif waiting.turn and not _same_day(urgent, actor.at):
            turn = _last(db, person_id, NoticeKind.TURN)
            if turn is None or turn.made_at <= actor.at - A_TURN_EVERY:
                _make(db, actor, person_id, NoticeKind.TURN)
                count += 1
    return count


def ask_for_test(db: Session, actor: Actor) -> None:
    """Make a notice to oneself that says it is a test; the job sends it. Raises Refused."""
    actor.must(Permission.SETTINGS_CHANGE)
    host, _ = notice_host(db)
    if host is None:
        raise Refused("First save through what notices are sent.")
    if not db.get_one(Person, actor.id).work_email:
        raise Refused("First give your own work e-mail, on People.")
    last = _last(db, actor.id, NoticeKind.TEST)
    if last is None or last.due_at is None:
        _make(db, actor, actor.id, NoticeKind.TEST)


def claim_notices(db: Session, actor: Actor) -> list[int]:
    """Count one more try for each notice that is due, and return their ids, 20 at most.

    Until it is settled each is due again only later, so that no two servers send it. One whose
    person has opened their work, is away or has left is not sent, nor one to the LADO once somebody
    on duty may read; outside duty hours what can wait does.
    """
    actor.must(Permission.JOBS_RUN)
    if notice_host(db)[0] is None:
        return []
    due = db.scalars(
        sa.select(Notice)
        .where(Notice.due_at <= actor.at)
        .order_by(Notice.due_at, Notice.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    if not due:
        return []
    hours = hours_of(db)
    opens_at = next_working_moment(actor.at, hours)
    reads_now = is_working_time(actor.at, hours)
    on_duty = {person.person_id for person in people_on_duty(db, actor.at)}
    claimed = []
    for notice in due:
        if notice.seen_at is not None:  # kept, so that the same is not said again
            notice.due_at = notice.failed = None
        elif _is_void(db, notice, actor.at):
            _forget(db, Notice.id == notice.id)
        elif notice.kind in (NoticeKind.URGENT, NoticeKind.TURN) and not reads_now and (
            notice.kind is NoticeKind.TURN or notice.person_id not in on_duty
        ):  # fmt: skip
            notice.due_at = opens_at
        else:
            notice.due_at = actor.at + GAPS[min(notice.tries, len(GAPS) - 1)]
            notice.tries += 1
            claimed.append(notice.id)
    return claimed


def settle_notice(db: Session, actor: Actor, notice_id: int, fault: NoticeFault | None) -> None:
    """Keep that a notice was sent, or why not: then it is tried again later, and given up after
    about a day. A test is tried once.
    """
    actor.must(Permission.JOBS_RUN)
    notice = db.get(Notice, notice_id, with_for_update=True, populate_existing=True)
    if notice is None or notice.sent_at is not None:
        return
    notice.failed = fault
    if fault is None:
        notice.sent_at, notice.due_at = actor.at, None
    elif notice.kind is NoticeKind.TEST or notice.tries > len(GAPS):
        notice.due_at = None


def see_notices(db: Session, actor: Actor) -> None:
    """Keep that this person has opened their work since their notices were made; a test goes on."""
    actor.must(Permission.NOTICES_OWN)
    mine = sa.and_(Notice.person_id == actor.id, Notice.kind != NoticeKind.TEST)
    db.execute(sa.update(Notice).where(mine, Notice.seen_at.is_(None)).values(seen_at=actor.at))


def forget_notices(db: Session, actor: Actor) -> None:
    """Delete notices of sixty days ago, and those that have waited a week for a host."""
    actor.must(Permission.JOBS_RUN)
    old = Notice.made_at < actor.at - timedelta(days=KEPT_DAYS)
    stale = sa.and_(Notice.due_at.is_not(None), Notice.made_at < actor.at - A_TURN_EVERY)
    _forget(db, sa.or_(old, stale))


def _forget(db: Session, which: sa.ColumnElement[bool]) -> None:
    """Delete notices. What the LADO was not told in one of them is told in another."""
    gone = sa.select(Notice.id).where(which)
    told = sa.select(Notice.id).where(which, Notice.sent_at.is_not(None))
    of_told = ToldToLado.notice_id.in_(told)
    db.execute(sa.update(ToldToLado).where(of_told).values(notice_id=None))
    db.execute(sa.delete(ToldToLado).where(ToldToLado.notice_id.in_(gone)))
    db.execute(sa.delete(Notice).where(which))


def _make(db: Session, actor: Actor, person_id: int, kind: NoticeKind) -> None:
    db.add(Notice(person_id=person_id, kind=kind, made_at=actor.at, due_at=actor.at))


def _last(db: Session, person_id: int, kind: NoticeKind) -> Notice | None:
    return db.scalars(
        sa.select(Notice)
        .where(Notice.person_id == person_id, Notice.kind == kind)
        .order_by(Notice.made_at.desc(), Notice.id.desc())
        .limit(1)
    ).first()


def _say_again(last: Notice | None, moments: tuple[datetime, ...], now: datetime) -> bool:
    """Say whether something urgent is said, after the last time that it was."""
    if last is None:
        return True
    if last.seen_at is not None:
        return max(moments) > last.seen_at
    return last.due_at is None and not _same_day(last, now)


def _same_day(last: Notice | None, now: datetime) -> bool:
    return last is not None and london_day(last.made_at) == london_day(now)


def _is_void(db: Session, notice: Notice, now: datetime) -> bool:
    """Say whether a notice must not go out: its person has left, gave no address, or is away;
    or there is nothing any more that the LADO is told of.
    """
    if notice.person_id is None:
        return not (lado_address(db) and for_the_lado(db, now))
    person = db.get_one(Person, notice.person_id)
    left = roles_of(db, person.id).isdisjoint(Permission.NOTICES_OWN.holders)
    if left or person.disabled_at is not None or not person.work_email:
        return True
    return notice.kind is not NoticeKind.TEST and is_away(db, person.id, now)
