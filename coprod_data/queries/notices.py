"""Notices: whom the job asks about, what it sends, and which could not be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Notice, Person, RoleGrant
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.clocks import is_working_time, london_day
from coprod_data.scopes.duty import away_on, hours_of, people_on_duty
from coprod_data.scopes.notices import NoticeHost, notice_host
from coprod_data.scopes.second_person_lado import lado_address
from coprod_data.scopes.settings import setting, settings
from coprod_data.store.keys import Keys
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind
from coprod_data.vocabulary.settings import SettingKey

TEAMS = (Role.YOUTH_VOICE, Role.SAFEGUARDING)
WITH_WORK = tuple(role for role in Role if role in Permission.NOTICES_OWN.holders)
SHOWN = timedelta(days=7)


@dataclass(frozen=True)
class Receiver:
    """Somebody who may get a notice now: of something `urgent`, or that it is their `turn`."""

    person_id: int
    roles: frozenset[Role]
    on_duty: bool
    urgent: bool
    turn: bool


@dataclass(frozen=True)
class Letter:
    """One notice to send. `mark` is the same at each try; `phone` who is rung, outside hours, and
    for the LADO, whose letter names the `council`, always.
    """

    notice_id: int
    kind: NoticeKind
    to: str
    mark: str
    phone: str
    council: str = ""


@dataclass(frozen=True)
class Outbox:
    """What is sent now: through what, with a link to which site."""

    host: NoticeHost | None
    site: str
    letters: tuple[Letter, ...]


@dataclass(frozen=True)
class FailedNotice:
    """A notice that could not be sent, and was given up."""

    name: str
    kind: NoticeKind
    made_at: datetime
    why: NoticeFault | None


@dataclass(frozen=True)
class LastTest:
    """How far this person's last test is."""

    made_at: datetime
    sent_at: datetime | None
    waits: bool
    why: NoticeFault | None


@dataclass(frozen=True)
class LadoNotices:
    """Where the LADO's notices go, when the last was sent, and whether one waits to be sent."""

    address: str
    sent_at: datetime | None
    waits: bool


@dataclass(frozen=True)
class NoticesState:
    """How notices are sent, and what is wrong with it.

    `unreachable` are those who would get notices and have no work e-mail; `lado` is the LADO.
    """

    host: NoticeHost | None
    site: str
    failed: tuple[FailedNotice, ...]
    unreachable: tuple[str, ...]
    my_address: str
    test: LastTest | None
    lado: LadoNotices


@dataclass(frozen=True)
class MyNotices:
    """Where somebody's notices go, and when the last that could not be sent was made, if since
    then none was sent. `unseen`: some were made since they last opened their work.
    """

    on: bool
    address: str
    failed_at: datetime | None
    unseen: bool


def receivers(db: Session, actor: Actor) -> list[Receiver]:
    """Return who may get a notice now: not away, with a work e-mail; nobody while none are sent.

    Within duty hours that is the two teams and administrators, and outside them who is on duty.
    Something urgent is for the Youth Voice Team and who is on duty.
    """
    actor.must(Permission.JOBS_RUN)
    if notice_host(db)[0] is None:
        return []
    reads_now = is_working_time(actor.at, hours_of(db))
    on_duty = {person.person_id for person in people_on_duty(db, actor.at)}
    found = []
    for person_id, (_, address, roles) in _with_work(db, actor, away=False).items():
        duty = person_id in on_duty
        if address and (reads_now or duty):
            urgent = duty or Role.YOUTH_VOICE in roles
            found.append(Receiver(person_id, frozenset(roles), duty, urgent, reads_now))
    return found


def notices_are_due(db: Session, actor: Actor) -> bool:
    """Say whether anything is to be sent now."""
    actor.must(Permission.JOBS_RUN)
    return bool(db.scalar(sa.select(sa.exists().where(Notice.due_at <= actor.at))))


def outbox(db: Session, actor: Actor, notice_ids: list[int]) -> Outbox:
    """Return these notices as they are sent."""
    actor.must(Permission.JOBS_RUN)
    host, site = notice_host(db)
    keys: Keys = db.info["keys"]
    at_work = is_working_time(actor.at, hours_of(db))
    phone = "" if at_work else str(setting(db, SettingKey.DUTY_OUT_OF_HOURS))
    rows = db.execute(
        sa.select(Notice.id, Notice.kind, Person.work_email)
        .outerjoin(Person, Person.id == Notice.person_id)
        .where(
            Notice.id.in_(notice_ids),
            sa.or_(Person.work_email.is_not(None), Notice.person_id.is_(None)),
        )
        .order_by(Notice.id)
    ).all()
    lado = settings(
        db, SettingKey.DUTY_LADO_EMAIL, SettingKey.DUTY_LADO_RINGS, SettingKey.COUNCIL_NAME
    )
    phones = {NoticeKind.URGENT: phone, NoticeKind.LADO: lado[SettingKey.DUTY_LADO_RINGS]}
    letters = tuple(
        Letter(
            notice_id=row.id,
            kind=row.kind,
            to=row.work_email or lado[SettingKey.DUTY_LADO_EMAIL],
            mark=keys.keyed_hash("notice", str(row.id))[:32],
            phone=phones.get(row.kind, ""),
            council=lado[SettingKey.COUNCIL_NAME] if row.kind is NoticeKind.LADO else "",
        )
        for row in rows
    )
    return Outbox(host, site, letters)


def notices_state(db: Session, actor: Actor) -> NoticesState:
    """Return through what notices are sent, which failed in the last week, and whom none reach."""
    actor.must(Permission.NOTICES_READ)
    host, site = notice_host(db)
    rows = db.execute(
        sa.select(sa.func.coalesce(Person.name, "LADO"), Notice.kind, Notice.made_at, Notice.failed)
        .outerjoin(Person, Person.id == Notice.person_id)
        .where(_given_up(), Notice.kind != NoticeKind.TEST, Notice.made_at > actor.at - SHOWN)
        .order_by(Notice.made_at.desc(), Notice.id.desc())
    )
    test = db.execute(
        sa.select(Notice.made_at, Notice.sent_at, Notice.due_at, Notice.failed)
        .where(Notice.person_id == actor.id, Notice.kind == NoticeKind.TEST)
        .order_by(Notice.id.desc())
        .limit(1)
    ).first()
    teams = _with_work(db, actor, away=True).values()
    return NoticesState(
        host=host,
        site=site,
        failed=tuple(FailedNotice(*row) for row in rows),
        unreachable=tuple(
            name for name, address, roles in teams if not address and roles & set(TEAMS)
        ),
        my_address=_address(db, actor),
        test=None
        if test is None
        else LastTest(test.made_at, test.sent_at, test.due_at is not None, test.failed),
        lado=_of_lado(db),
    )


def my_notices(db: Session, actor: Actor) -> MyNotices:
    """Return where this person's notices go, and whether one could not be sent."""
    actor.must(Permission.NOTICES_OWN)
    mine = sa.and_(Notice.person_id == actor.id, Notice.kind != NoticeKind.TEST)
    lately = Notice.made_at > actor.at - SHOWN
    failed_at, sent_at, unseen = db.execute(
        sa.select(
            sa.func.max(Notice.made_at).filter(_given_up(), lately),
            sa.func.max(Notice.made_at).filter(Notice.sent_at.is_not(None)),
            sa.func.count().filter(Notice.seen_at.is_(None)),
        ).where(mine)
    ).one()
    failed = failed_at is not None and (sent_at is None or sent_at < failed_at)
    return MyNotices(
        on=notice_host(db)[0] is not None,
        address=_address(db, actor),
        failed_at=failed_at if failed else None,
        unseen=bool(unseen),
    )


def _given_up() -> sa.ColumnElement[bool]:
    return sa.and_(Notice.sent_at.is_(None), Notice.due_at.is_(None), Notice.failed.is_not(None))


def _of_lado(db: Session) -> LadoNotices:
    sent_at, waiting = db.execute(
        sa.select(
            sa.func.max(Notice.sent_at), sa.func.count().filter(Notice.due_at.is_not(None))
        ).where(Notice.kind == NoticeKind.LADO)
    ).one()
    return LadoNotices(lado_address(db), sent_at, bool(waiting))


def _address(db: Session, actor: Actor) -> str:
    return db.scalar(sa.select(Person.work_email).where(Person.id == actor.id)) or ""


def _with_work(db: Session, actor: Actor, *, away: bool) -> dict[int, tuple[str, str, set[Role]]]:
    """Return name, address and roles of who has a page of work; without `away`, who is there."""
    there = sa.true() if away else ~away_on(london_day(actor.at))
    rows = db.execute(
        sa.select(Person.id, Person.name, Person.work_email, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role.in_(WITH_WORK),
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
            Person.disabled_at.is_(None),
            there,
        )
        .order_by(Person.name, Person.id)
    )
    found: dict[int, tuple[str, str, set[Role]]] = {}
    for person_id, name, address, role in rows:
        found.setdefault(person_id, (name, address or "", set()))[2].add(role)
    return found
