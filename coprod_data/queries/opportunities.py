"""Opportunities as the Board reads them: who is awaited, how long, who is in, from what words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.clocks import days_between, london_day
from coprod_data.models import (
    Invitation,
    Opportunity,
    OpportunityYoung,
    Person,
    PromiseTheme,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.opportunities_sources import Voice, voices_behind
from coprod_data.scopes.entries import let_out
from coprod_data.scopes.opportunities import (
    disputed,
    seen_invitation,
    shown_state,
    taking_part,
)
from coprod_data.targets import settings
from coprod_data.vocabulary import InvitationReply, OpportunityState, SettingKey

PAGE = 50
JOINABLE = (OpportunityState.OPEN, OpportunityState.MATCHED, OpportunityState.WORKING)


@dataclass(frozen=True)
class MemberRow:
    """Somebody asked or offering.

    `state` is matched, offered (waits for a young person's yes), invited, lapsed, not_this_time,
    pass_to, or refused (a young person asked for somebody else). `days` counts from the asking.
    """

    invitation_id: int
    person_id: int
    name: str
    job: str
    state: str
    reason: str
    days: int


@dataclass(frozen=True)
class OpportunityRow:
    """One opportunity.

    `state` is the stored one, or offered, outcome_proposed, co_signed, as its people and outcomes
    say; `closed` is of the stored one. `days` counts from the day it opened and `tier` is how many
    of the council's limits that has passed, 0 to 3. `voice` may be shown to a room. `young` and
    `young_asked` count young people in it and invited by account; `mine` is the reader's own
    invitation.
    """

    id: int
    title: str
    theme_id: int
    theme: str
    icon: str
    state: str
    closed: bool
    disputed: bool
    days: int
    tier: int
    opened_on: date | None
    help_wanted: str
    time_needed: str
    when_and_how: str
    power_shared: str
    support: str
    expenses: str
    reason: str
    review_on: date | None
    voice: Voice | None
    young: int
    young_asked: int
    members: tuple[MemberRow, ...]
    mine: MemberRow | None


@dataclass(frozen=True)
class Tally:
    """How many opportunities read as each state, and in days the longest that one is awaited."""

    by_state: dict[str, int]
    by_theme: dict[int, int]
    longest: int


def opportunities_awaiting_members(
    db: Session, actor: Actor, *, limit: int = PAGE
) -> list[OpportunityRow]:
    """Return what is open and nobody has offered for, oldest first."""
    actor.must(Permission.OPPORTUNITIES_READ)
    return _rows(db, actor, shown_state() == OpportunityState.OPEN.value, limit=limit)


def opportunities(
    db: Session,
    actor: Actor,
    *,
    states: Collection[str] = (),
    theme_id: int | None = None,
    newest_first: bool = False,
    page: int = 1,
) -> list[OpportunityRow]:
    """Return 50 opportunities in five statements, those opened longest ago first.

    `states` are states as rows show them; none means all. `newest_first` turns the order round.
    """
    actor.must(Permission.OPPORTUNITIES_READ)
    conditions = [] if theme_id is None else [Opportunity.theme_id == theme_id]
    if states:
        conditions.append(shown_state().in_(states))
    return _rows(db, actor, *conditions, newest_first=newest_first, page=page)


def opportunity(db: Session, actor: Actor, opportunity_id: int) -> OpportunityRow:
    """Return one opportunity. Raises NotFound."""
    actor.must(Permission.OPPORTUNITIES_READ)
    rows = _rows(db, actor, Opportunity.id == opportunity_id)
    if not rows:
        raise NotFound("There is no such chance to work together.")
    return rows[0]


def opportunities_asking_me(db: Session, actor: Actor) -> list[OpportunityRow]:
    """Return what this member or officer was asked to join and may still answer."""
    actor.must(Permission.OPPORTUNITIES_REPLY)
    asked = sa.exists().where(
        Invitation.opportunity_id == Opportunity.id,
        Invitation.person_id == actor.id,
        Invitation.reply.is_(None),
    )
    rows = _rows(db, actor, Opportunity.state.in_(JOINABLE), asked)
    return [row for row in rows if row.mine and row.mine.state == "invited"]


def tally(db: Session, actor: Actor, *, theme_id: int | None = None) -> Tally:
    """Return the counts beside filters in one statement: states within a theme, themes over all."""
    actor.must(Permission.OPPORTUNITIES_READ)
    shown = shown_state().label("shown")
    states: dict[str, int] = {}
    themes: dict[int, int] = {}
    longest = 0
    for theme, state, count, oldest in db.execute(
        sa.select(
            Opportunity.theme_id, shown, sa.func.count(), sa.func.min(Opportunity.opened_at)
        ).group_by(Opportunity.theme_id, shown)
    ):
        themes[theme] = themes.get(theme, 0) + count
        if theme_id not in (None, theme):
            continue
        states[state] = states.get(state, 0) + count
        if state == "open" and oldest is not None:
            longest = max(longest, days_between(oldest, actor.at))
    return Tally(by_state=states, by_theme=themes, longest=longest)


def _rows(
    db: Session,
    actor: Actor,
    *conditions: sa.ColumnElement[bool],
    newest_first: bool = False,
    limit: int = PAGE,
    page: int = 1,
) -> list[OpportunityRow]:
    since = sa.func.coalesce(Opportunity.opened_at, Opportunity.spotted_at)
    targets = settings(db, SettingKey.OPPORTUNITY_TIERS, SettingKey.INVITATION_DAYS)
    chosen = db.execute(
        sa.select(
            Opportunity,
            PromiseTheme.young_title,
            PromiseTheme.icon,
            shown_state().label("shown"),
            disputed().label("disputed"),
            _young(taking_part(let_out())).label("young"),
            _young(OpportunityYoung.confirmed_at.is_(None)).label("young_asked"),
        )
        .join(PromiseTheme, PromiseTheme.id == Opportunity.theme_id)
        .where(*conditions)
        .order_by(since.desc() if newest_first else since, Opportunity.id)
        .limit(limit)
        .offset(limit * (page - 1))
    ).all()
    if not chosen:
        return []
    ids = [row.Opportunity.id for row in chosen]
    members = _members(db, actor, ids, targets[SettingKey.INVITATION_DAYS])
    voices = voices_behind(db, actor, ids, for_a_room=True, each=1)
    return [
        _row(
            actor,
            row,
            targets[SettingKey.OPPORTUNITY_TIERS],
            members.get(row.Opportunity.id, []),
            voices.get(row.Opportunity.id, []),
        )
        for row in chosen
    ]


def _row(
    actor: Actor,
    row: Any,
    tiers: list[int],
    members: list[MemberRow],
    voices: list[Voice],
) -> OpportunityRow:
    stored: Opportunity = row.Opportunity
    days = days_between(stored.opened_at, actor.at) if stored.opened_at else 0
    return OpportunityRow(
        id=stored.id,
        title=stored.title,
        theme_id=stored.theme_id,
        theme=row.young_title,
        icon=row.icon,
        state=row.shown,
        closed=stored.state is OpportunityState.CLOSED,
        disputed=row.disputed,
        days=days,
        tier=sum(days >= limit for limit in tiers),
        opened_on=london_day(stored.opened_at) if stored.opened_at else None,
        help_wanted=stored.help_wanted,
        time_needed=stored.time_needed,
        when_and_how=stored.when_and_how,
        power_shared=stored.power_shared,
        support=stored.support,
        expenses=stored.expenses,
        reason=stored.reason,
        review_on=stored.review_on,
        voice=voices[0] if voices else None,
        young=row.young,
        young_asked=row.young_asked,
        members=tuple(members),
        mine=next((one for one in members if one.person_id == actor.person_id), None),
    )


def _young(which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(OpportunityYoung.id))
        .where(OpportunityYoung.opportunity_id == Opportunity.id, which)
        .correlate(Opportunity)
        .scalar_subquery()
    )


def _members(
    db: Session, actor: Actor, ids: list[int], lapse_days: int
) -> dict[int, list[MemberRow]]:
    """Return by opportunity those this reader may know of, in the order they were asked."""
    members: dict[int, list[MemberRow]] = {}
    for invitation, name, job in db.execute(
        sa.select(Invitation, Person.name, Person.job)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.opportunity_id.in_(ids), seen_invitation(actor))
        .order_by(Invitation.asked_at, Invitation.id)
    ):
        members.setdefault(invitation.opportunity_id, []).append(
            MemberRow(
                invitation_id=invitation.id,
                person_id=invitation.person_id,
                name=name,
                job=job,
                state=_answer(invitation, actor, lapse_days),
                reason=invitation.reason,
                days=days_between(invitation.asked_at, actor.at),
            )
        )
    return members


def _answer(invitation: Invitation, actor: Actor, lapse_days: int) -> str:
    if invitation.refused_at is not None:
        return "refused"
    if invitation.reply is InvitationReply.YES:
        return "matched" if invitation.confirmed_at else "offered"
    if invitation.reply is not None:
        return invitation.reply.value
    lapsed = actor.at - invitation.asked_at >= timedelta(days=lapse_days)
    return "lapsed" if lapsed else "invited"
