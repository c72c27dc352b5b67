"""Opportunities as the Board reads them: who we are waiting for, how long, who is in, and the words
it came from.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Group,
    GroupMeeting,
    Invitation,
    Opportunity,
    OpportunityYoung,
    PromiseTheme,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.opportunities_members import MemberRow, members_of
from coprod_data.queries.opportunities_sources import Voice, voices_behind
from coprod_data.rules.clocks import days_between, london_day
from coprod_data.rules.opportunity_wording import Wording
from coprod_data.rules.statements import statement
from coprod_data.scopes.entries import on_its_card
from coprod_data.scopes.opportunities import disputed, shown_state, taking_part
from coprod_data.scopes.promise import same_theme
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.opportunities import (
    JOINABLE,
    TO_ANSWER,
    InvitationProgress,
    OpportunityProgress,
    OpportunityState,
)
from coprod_data.vocabulary.settings import SettingKey

Statement = sa.Select[*tuple[Any, ...]]

PAGE_SIZE = 50
ENDED = (
    OpportunityProgress.CO_SIGNED,
    OpportunityProgress.DECLINED,
    OpportunityProgress.CLOSED,
)


@dataclass(frozen=True)
class OpportunityRow:
    """One opportunity.

    `closed` is from the stored state. `days` counts from the day it opened and `tier` is how many
    of the council's limits that exceeds, 0 to 3. `voice` may be shown to a room. `has_young` says
    that young people are in it; `young` is how many, for those in the work and Youth Voice, else
    None. `mine` is the reader's own invitation. `by_server`: it was made of gaps in the audit.
    """

    id: int
    wording: Wording
    theme_id: int
    theme: str
    adults_theme: str
    icon: str
    state: OpportunityProgress
    closed: bool
    disputed: bool
    days: int
    tier: int
    target: int
    opened_on: date | None
    reason: str
    review_on: date | None
    reviewed_by: str
    reviewed_on: date | None
    reviewed_meeting_id: int | None
    voice: Voice | None
    has_young: bool
    young: int | None
    members: tuple[MemberRow, ...]
    mine: MemberRow | None
    by_server: bool = False

    @property
    def title(self) -> str:
        """Its title."""
        return self.wording.title


def opportunities_awaiting_members(
    db: Session, actor: Actor, *, limit: int = PAGE_SIZE
) -> list[OpportunityRow]:
    """Return open opportunities for which nobody has offered, oldest first."""
    actor.must(Permission.OPPORTUNITIES_READ)
    statement = _chosen(of_states=True)
    return _rows(db, actor, statement, limit=limit, states=[OpportunityProgress.OPEN])


def opportunities(
    db: Session,
    actor: Actor,
    *,
    states: Collection[OpportunityProgress] = (),
    theme_id: int | None = None,
    each: int | None = None,
    page: int = 1,
) -> list[OpportunityRow]:
    """Return 50 opportunities in five statements.

    Those opened longest ago first, then those that ended, the newest first. No `states` means all.
    `each` keeps only that many of each state, the first in this order.
    """
    actor.must(Permission.OPPORTUNITIES_READ)
    statement = _chosen(
        of_states=bool(states), of_theme=theme_id is not None, a_few=each is not None
    )
    which: dict[str, Any] = {"states": list(states), "theme_id": theme_id, "each": each}
    return _rows(db, actor, statement, page=page, **which)


def opportunity(db: Session, actor: Actor, opportunity_id: int) -> OpportunityRow:
    """Return one opportunity. Raises NotFound."""
    actor.must(Permission.OPPORTUNITIES_READ)
    rows = _rows(db, actor, _one(), opportunity_id=opportunity_id)
    if not rows:
        raise NotFound("We could not find that opportunity.")
    return rows[0]


def opportunities_asking_me(db: Session, actor: Actor) -> list[OpportunityRow]:
    """Return opportunities that this member or officer was asked to join and may still answer."""
    actor.must(Permission.OPPORTUNITIES_REPLY)
    rows = _rows(db, actor, _asking(), me=actor.id)
    return [row for row in rows if row.mine and row.mine.state in TO_ANSWER]


@statement
def _chosen(*, of_states: bool = False, of_theme: bool = False, a_few: bool = False) -> Statement:
    theme = sa.bindparam("theme_id", type_=sa.Integer)
    read = _read(*([Opportunity.theme_id.in_(same_theme(theme))] if of_theme else []))
    chosen: list[sa.ColumnElement[bool]] = []
    if of_states:
        chosen.append(read.c.shown.in_(sa.bindparam("states", expanding=True)))
    if a_few:
        place = sa.func.row_number().over(partition_by=read.c.shown, order_by=_order(read))
        placed = sa.select(read.c.id, place.label("place")).where(*chosen).subquery()
        first = sa.select(placed.c.id).where(placed.c.place <= sa.bindparam("each"))
        chosen = [read.c.id.in_(first)]
    return _opportunities(read, *chosen)


@statement
def _one() -> Statement:
    return _opportunities(_read(Opportunity.id == sa.bindparam("opportunity_id")))


@statement
def _asking() -> Statement:
    asked = sa.exists().where(
        Invitation.opportunity_id == Opportunity.id,
        Invitation.person_id == sa.bindparam("me"),
        Invitation.reply.is_(None),
    )
    return _opportunities(_read(Opportunity.state.in_(JOINABLE), asked))


def _read(*conditions: sa.ColumnElement[bool]) -> sa.CTE:
    """Return `id`, `shown` and `since`; the state is a long expression, so it is asked once."""
    since = sa.func.coalesce(Opportunity.opened_at, Opportunity.spotted_at)
    read = sa.select(Opportunity.id, shown_state().label("shown"), since.label("since"))
    return read.where(*conditions).cte("read").prefix_with("MATERIALIZED", dialect="postgresql")


def _opportunities(read: sa.CTE, *conditions: sa.ColumnElement[bool]) -> Statement:
    return (
        sa.select(
            Opportunity.__table__,
            PromiseTheme.young_title,
            PromiseTheme.title.label("adults_theme"),
            PromiseTheme.icon,
            Group.name.label("reviewed_by"),
            GroupMeeting.met_on,
            read.c.shown,
            disputed().label("disputed"),
            _young().label("young"),
        )
        .join(read, read.c.id == Opportunity.id)
        .join(PromiseTheme, PromiseTheme.id == Opportunity.theme_id)
        .outerjoin(GroupMeeting, GroupMeeting.id == Opportunity.reviewed_meeting_id)
        .outerjoin(Group, Group.id == GroupMeeting.group_id)
        .where(*conditions)
        .order_by(*_order(read))
        .limit(sa.bindparam("limit", type_=sa.Integer))
        .offset(sa.bindparam("skipped", type_=sa.Integer))
    )


def _order(read: sa.CTE) -> tuple[Any, ...]:
    """Put the longest wait first; then those that ended, the newest first."""
    ended = read.c.shown.in_(ENDED)
    return ended, sa.case((~ended, read.c.since)), read.c.since.desc(), read.c.id


def _young() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(OpportunityYoung.id))
        .where(OpportunityYoung.opportunity_id == Opportunity.id, taking_part(on_its_card()))
        .correlate(Opportunity)
        .scalar_subquery()
    )


def _rows(
    db: Session,
    actor: Actor,
    statement: Statement,
    *,
    limit: int = PAGE_SIZE,
    page: int = 1,
    **which: Any,
) -> list[OpportunityRow]:
    targets = settings(db, SettingKey.OPPORTUNITY_TIERS, SettingKey.INVITATION_DAYS)
    window = {"limit": limit, "skipped": limit * (page - 1)}
    chosen = db.execute(statement, {**which, **window}).all()
    if not chosen:
        return []
    ids = [row.id for row in chosen]
    members = members_of(db, actor, ids, lapse_days=targets[SettingKey.INVITATION_DAYS])
    voices = voices_behind(db, actor, ids, for_a_room=True, each=1)
    return [
        _row(
            actor,
            row,
            targets[SettingKey.OPPORTUNITY_TIERS],
            members.get(row.id, []),
            voices.get(row.id, []),
        )
        for row in chosen
    ]


def _row(
    actor: Actor, row: Any, tiers: list[int], members: list[MemberRow], voices: list[Voice]
) -> OpportunityRow:
    days = days_between(row.opened_at, actor.at) if row.opened_at else 0
    mine = next((one for one in members if one.person_id == actor.person_id), None)
    in_it = mine is not None and mine.state is InvitationProgress.MATCHED
    return OpportunityRow(
        id=row.id,
        wording=Wording.of(row),
        theme_id=row.theme_id,
        theme=row.young_title,
        adults_theme=row.adults_theme,
        icon=row.icon,
        state=OpportunityProgress(row.shown),
        closed=row.state is OpportunityState.CLOSED,
        disputed=row.disputed,
        days=days,
        tier=sum(days >= limit for limit in tiers),
        target=tiers[0],
        opened_on=london_day(row.opened_at) if row.opened_at else None,
        reason=row.reason,
        review_on=row.review_on,
        reviewed_by=row.reviewed_by or "",
        reviewed_on=row.met_on,
        reviewed_meeting_id=row.reviewed_meeting_id,
        voice=voices[0] if voices else None,
        has_young=bool(row.young),
        young=row.young if in_it or actor.may(Permission.OPPORTUNITIES_INVITE_YOUNG) else None,
        members=tuple(members),
        mine=mine,
        by_server=row.spotted_by_id is None,
    )
