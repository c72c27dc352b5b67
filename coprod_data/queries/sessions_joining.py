"""Joining a session from a phone: its code for staff, and what that opens for those who came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CardEntry,
    CoproductionSession,
    Group,
    Person,
    PromiseTheme,
    SessionCode,
    SessionGoal,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Permission, Refused, Role
from coprod_data.rules.clocks import london_day
from coprod_data.rules.join_hours import (
    JoinTime,
    closes_at,
    hours_words,
    join_time,
    must_not_be_early,
)
from coprod_data.scopes.duty import away_on
from coprod_data.scopes.entries import may_open, own_main
from coprod_data.scopes.join_codes import coded, session_sent_from
from coprod_data.scopes.people import has_arrived, holds
from coprod_data.scopes.room_screens import screen_of
from coprod_data.scopes.sessions import may_change, was_planned_ahead
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.sessions import IN_A_ROOM, SHUT, GoalReached, SessionState, SessionWay
from coprod_data.vocabulary.settings import SettingKey

WHO_CHECKS = tuple(role for role in Role if role in Permission.ENTRIES_CHECK.holders)


@dataclass(frozen=True)
class JoinCode:
    """How phones join a session. `words` is "" without a code; `hours` says when it works.

    `site` is the address of this site as people type it, "" while nobody has set it. `open` says
    that it works now, `over` that it does not any more, `ahead` that the session was planned before
    it began: no other has a code.
    """

    session_id: int
    title: str
    group: str
    icon: str
    words: str
    day: date
    hours: str
    site: str
    open: bool
    over: bool
    ahead: bool = True


@dataclass(frozen=True)
class Joined:
    """What a join code opens: a session that takes words until `closes_at`, or, `over`, what came
    out of it. `since` is what happened after the last one. `theme_id` is None where its words are
    about anything. `wall`: the screen of the room is on, or may open yet, so whoever writes is
    asked. `goals` are what it should lead to and whether it did, once that is said; the next
    session is of its series, else of its group, without a place. `here` are the first names of
    those who are with them and can read words at this moment: only while the session itself is on,
    so neither before it begins nor after its end.
    """

    session_id: int
    title: str
    group: str
    theme_id: int | None
    theme: str
    icon: str
    closes_at: datetime
    over: bool
    since: str
    done: str
    heard: str
    wall: bool
    goals: tuple[tuple[str, GoalReached], ...]
    next_title: str
    next_at: datetime | None
    here: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeardThere:
    """What was heard at the session at which a card was sent, and what happened with it."""

    session: str
    done: str
    heard: str


@dataclass(frozen=True)
class SentAt:
    """How many cards were sent at a session, and how many of them wait to be read."""

    cards: int
    unread: int


def join_code(db: Session, actor: Actor, session_id: int) -> JoinCode:
    """Return the join code of a session, for those who lead sessions. Raises NotFound, NotAllowed.

    Who may not change every session sees that of those they lead or planned.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    row = db.execute(
        _named()
        .add_columns(SessionCode.words)
        .outerjoin(
            SessionCode,
            sa.and_(
                SessionCode.session_id == CoproductionSession.id, SessionCode.stopped_at.is_(None)
            ),
        )
        .where(CoproductionSession.id == session_id)
    ).one_or_none()
    if row is None:
        raise NotFound("We could not find that session.")
    one: CoproductionSession = row.CoproductionSession
    if not may_change(actor, one):
        raise NotAllowed(
            "Only the person who leads this session, or the Youth Voice Team, sees its code."
        )
    time = join_time(one.starts_at, one.ends_at, actor.at)
    off = one.state in SHUT
    return JoinCode(
        session_id=one.id,
        title=one.title,
        group=row.group or "",
        icon=row.icon or "",
        words=row.words or "",
        day=london_day(one.starts_at),
        hours=hours_words(one.starts_at, one.ends_at),
        site=setting(db, SettingKey.PUBLIC_ADDRESS),
        open=time is JoinTime.OPEN and not off,
        over=off or time in (JoinTime.AFTER, JoinTime.GONE),
        ahead=was_planned_ahead(one),
    )


def joined(db: Session, actor: Actor, code: str) -> Joined:
    """Return what a typed join code opens now.

    Raises NotFound for a code that opens nothing, and Refused where it works at another time.
    """
    actor.must(Permission.ENTRIES_SEND)
    found = coded(db, code)
    if found is None:
        raise NotFound("We do not know that code. Check both words and try again.")
    its, one = found
    if its.stopped_at is not None:
        raise NotFound("This code does not work any more. Ask for the new one.")
    if one.state is SessionState.CANCELLED:
        raise Refused(f"This session is off. Sorry. We called it off, because: {one.why_cancelled}")
    must_not_be_early(one.starts_at, actor.at, one.why_moved)
    time = join_time(one.starts_at, one.ends_at, actor.at)
    if time is JoinTime.GONE:
        raise Refused("This code was for another day. Ask for a new one.")
    row = db.execute(_named().where(CoproductionSession.id == one.id)).one()
    over = time is JoinTime.AFTER or one.state is SessionState.CLOSED
    after = _next(db, one, actor.at) if over else None
    return Joined(
        session_id=one.id,
        title=one.title,
        group=row.group or "",
        theme_id=one.theme_id,
        theme=row.theme or "",
        icon=row.icon or "else",
        closes_at=closes_at(one.ends_at),
        over=over,
        since=one.since_last,
        done=one.done,
        heard=one.heard,
        wall=not over and (one.way in IN_A_ROOM or screen_of(db, one.id, actor.at) is not None),
        goals=_reached(db, one) if over else (),
        next_title=after.title if after else "",
        next_at=after.starts_at if after else None,
        here=_here(db, one, actor.at),
    )


def conversation(db: Session, actor: Actor, code: str) -> Joined | None:
    """Return the session that words sent with this code belong to; None where it counts no more."""
    actor.must(Permission.ENTRIES_SEND)
    if session_sent_from(db, code, actor.at) is None:
        return None
    return joined(db, actor, code)


def heard_there(db: Session, actor: Actor, entry_ids: Collection[int]) -> dict[int, HeardThere]:
    """Return, for each of these cards of the actor that was sent at a session, what was heard there
    once that is written up.
    """
    actor.must(Permission.ENTRIES_OWN)
    rows = db.execute(
        sa.select(
            CardEntry.id, CoproductionSession.title, CoproductionSession.done,
            CoproductionSession.heard,
        )
        .join(CoproductionSession, CoproductionSession.id == CardEntry.session_id)
        .where(
            CardEntry.id.in_(entry_ids), own_main(actor), CoproductionSession.heard != "",
            CoproductionSession.state.in_((SessionState.WRITTEN_UP, SessionState.CLOSED)),
        )
    )  # fmt: skip
    return {row.id: HeardThere(row.title, row.done, row.heard) for row in rows}


def sent_at(db: Session, actor: Actor, session_id: int) -> SentAt:
    """Return how many cards were sent at a session, for those who check them."""
    actor.must(Permission.ENTRIES_QUEUE)
    unread = sa.and_(CardEntry.dealt_at.is_(None), CardEntry.withdrawn_at.is_(None))
    row = db.execute(
        sa.select(sa.func.count(), sa.func.count().filter(unread)).where(
            CardEntry.session_id == session_id, CardEntry.kind == EntryKind.WORDS, may_open(actor)
        )
    ).one()
    return SentAt(*row)


def _here(db: Session, one: CoproductionSession, at: datetime) -> tuple[str, ...]:
    """Return who leads a session that is on, or its wall, and may read the words of its people."""
    if one.way is SessionWay.POST or one.state in SHUT or not one.starts_at <= at <= one.ends_at:
        return ()
    screen = screen_of(db, one.id, at)
    there = {one.facilitator_id} | ({screen.opened_by_id} if screen else set())
    names = db.scalars(
        sa.select(Person.name).where(
            Person.id.in_(there), holds(*WHO_CHECKS), has_arrived(), ~away_on(london_day(at))
        )
    )
    return tuple(sorted({name.split()[0] for name in names}))


def _reached(db: Session, one: CoproductionSession) -> tuple[tuple[str, GoalReached], ...]:
    rows = db.scalars(
        sa.select(SessionGoal)
        .where(SessionGoal.session_id == one.id, SessionGoal.reached.is_not(None))
        .order_by(SessionGoal.id)
    )
    return tuple((row.text, row.reached) for row in rows if row.reached)


def _next(db: Session, one: CoproductionSession, at: datetime) -> CoproductionSession | None:
    """Return the next confirmed session of a session's series, else of its group."""
    of_it = CoproductionSession.series_id == one.series_id
    if one.series_id is None:
        if one.group_id is None:
            return None
        of_it = CoproductionSession.group_id == one.group_id
    return db.scalars(
        sa.select(CoproductionSession)
        .where(
            of_it, CoproductionSession.state == SessionState.CONFIRMED,
            CoproductionSession.starts_at > at,
        )
        .order_by(CoproductionSession.starts_at)
        .limit(1)
    ).first()  # fmt: skip


def _named() -> sa.Select[*tuple[object, ...]]:
    return (
        sa.select(
            CoproductionSession, Group.name.label("group"),
            PromiseTheme.young_title.label("theme"), PromiseTheme.icon,
        )
        .outerjoin(Group, Group.id == CoproductionSession.group_id)
        .outerjoin(PromiseTheme, PromiseTheme.id == CoproductionSession.theme_id)
    )  # fmt: skip
