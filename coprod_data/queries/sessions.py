"""Sessions as shown: lists by what comes next, and one session with its plan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CoproductionSession,
    Group,
    Opportunity,
    Person,
    PromiseTheme,
    SessionSeries,
    Venue,
)
from coprod_data.models.sessions_told import five_came
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.session_plan import SessionPlan, in_school_hours
from coprod_data.scopes.sessions import days_proposed, may_be_changed_by, may_change
from coprod_data.vocabulary.sessions import (
    AFTER,
    AHEAD,
    NeedsMet,
    SeriesTemplate,
    SessionKind,
    SessionState,
    SessionWay,
    VenueOffer,
)

PAGE_SIZE = 20


@dataclass(frozen=True)
class SessionRow:
    """A session in a list. `due_on` is the day by which its next step is owed, None if none is.

    `begun` says that its time has come, `over` that it has ended. `needs_met` is None also where
    too few came for this reader to be told.
    """

    id: int
    title: str
    kind: SessionKind
    state: SessionState
    starts_at: datetime
    ends_at: datetime
    way: SessionWay
    theme_id: int | None
    theme: str
    group: str
    venue: str
    facilitator: str
    young_leaders: str
    led_with: str
    independent: str
    needs_met: NeedsMet | None
    due_on: date | None
    begun: bool
    over: bool
    late: bool


@dataclass(frozen=True)
class SessionDetail:
    """One session whole. `may_change` says whether this reader may change it, `day_open` that its
    day is not fixed: days are proposed to those in its work, and none is chosen.
    """

    row: SessionRow
    plan: SessionPlan
    icon: str
    venue_address: str
    getting_there: str
    venue_offers: tuple[str, ...]
    opportunity: str
    facilitator_gone: bool
    planned_by: str
    planned_on: date
    moved_from: datetime | None
    why_moved: str
    why_cancelled: str
    review_by: date | None
    write_up_by: date | None
    nothing_because: str
    done: str
    heard: str
    school_hours: bool
    rules_agreed_on: date | None
    series_id: int | None
    series_place: int | None
    template: SeriesTemplate | None
    may_change: bool
    may_close: bool
    day_open: bool


def sessions(
    db: Session,
    actor: Actor,
    states: Collection[SessionState] = AHEAD,
    *,
    theme_id: int | None = None,
    page: int = 1,
) -> list[SessionRow]:
    """Return a page of the sessions in these states: the next to come first, else the newest."""
    actor.must(Permission.SESSIONS_READ)
    starts = CoproductionSession.starts_at
    ahead = set(states) <= set(AHEAD)
    order = (
        (starts, CoproductionSession.id)
        if ahead
        else (starts.desc(), CoproductionSession.id.desc())
    )
    rows = db.execute(
        _listed(actor)
        .where(*_chosen(states, theme_id))
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [_row(row, actor.at) for row in rows]


def every_session(
    db: Session,
    actor: Actor,
    states: Collection[SessionState] = tuple(SessionState),
    *,
    theme_id: int | None = None,
) -> list[SessionRow]:
    """Return all sessions in these states, the newest first, for a sheet."""
    actor.must(Permission.SESSIONS_READ)
    newest = _listed(actor).where(*_chosen(states, theme_id))
    rows = db.execute(newest.order_by(CoproductionSession.starts_at.desc()))
    return [_row(row, actor.at) for row in rows]


def sessions_counted(
    db: Session, actor: Actor, *, theme_id: int | None = None
) -> dict[SessionState, int]:
    """Return how many sessions there are in each state."""
    actor.must(Permission.SESSIONS_READ)
    rows = db.execute(
        sa.select(CoproductionSession.state, sa.func.count())
        .where(*_chosen(list(SessionState), theme_id))
        .group_by(CoproductionSession.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in SessionState}


def session(db: Session, actor: Actor, session_id: int) -> SessionDetail:
    """Return one session. Raises NotFound."""
    actor.must(Permission.SESSIONS_READ)
    planner = sa.orm.aliased(Person)
    row = db.execute(
        _listed(actor)
        .add_columns(
            CoproductionSession, PromiseTheme.icon, Venue, Opportunity.title.label("opportunity"),
            Person.disabled_at.is_not(None).label("gone"), planner.name.label("planner"),
            SessionSeries.template, days_proposed().label("proposed"),
        )
        .join(planner, planner.id == CoproductionSession.planned_by_id)
        .outerjoin(Opportunity, Opportunity.id == CoproductionSession.opportunity_id)
        .outerjoin(SessionSeries, SessionSeries.id == CoproductionSession.series_id)
        .where(CoproductionSession.id == session_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound("We could not find that session.")
    one, venue = row.CoproductionSession, row.Venue
    return SessionDetail(
        row=_row(row, actor.at),
        plan=SessionPlan.of(one),
        icon=row.icon or "",
        venue_address=venue.address if venue else "",
        getting_there=venue.getting_there if venue else "",
        venue_offers=tuple(offer.words for offer in VenueOffer.of(venue)) if venue else (),
        opportunity=row.opportunity or "",
        facilitator_gone=row.gone,
        planned_by=row.planner,
        planned_on=london_day(one.planned_at),
        moved_from=one.moved_from,
        why_moved=one.why_moved,
        why_cancelled=one.why_cancelled,
        review_by=one.review_by,
        write_up_by=one.write_up_by,
        nothing_because=one.nothing_because,
        done=one.done,
        heard=one.heard,
        rules_agreed_on=london_day(one.rules_agreed_at) if one.rules_agreed_at else None,
        series_id=one.series_id,
        series_place=one.series_place,
        template=row.template,
        school_hours=in_school_hours(one.starts_at, one.ends_at),
        may_change=may_change(actor, one),
        may_close=actor.may(Permission.SESSIONS_CLOSE),
        day_open=one.state is SessionState.PLANNED and row.proposed,
    )


def _listed(actor: Actor) -> Any:
    needs = sa.case((sa.or_(may_be_changed_by(actor), five_came()), CoproductionSession.needs_met))
    return (
        sa.select(
            CoproductionSession.id, CoproductionSession.title, CoproductionSession.kind,
            CoproductionSession.state, CoproductionSession.starts_at, CoproductionSession.ends_at,
            CoproductionSession.way, CoproductionSession.review_by,
            CoproductionSession.write_up_by, CoproductionSession.theme_id,
            PromiseTheme.title.label("theme"), Group.name.label("group"),
            Venue.name.label("venue"), Person.name.label("facilitator"),
            CoproductionSession.young_leaders, CoproductionSession.led_with,
            CoproductionSession.independent, needs.label("needs_met"),
        )
        .join(Person, Person.id == CoproductionSession.facilitator_id)
        .outerjoin(PromiseTheme, PromiseTheme.id == CoproductionSession.theme_id)
        .outerjoin(Group, Group.id == CoproductionSession.group_id)
        .outerjoin(Venue, Venue.id == CoproductionSession.venue_id)
    )  # fmt: skip


def _chosen(states: Collection[SessionState], theme_id: int | None) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [CoproductionSession.state.in_(states)]
    if theme_id is not None:
        conditions.append(CoproductionSession.theme_id == theme_id)
    return conditions


def _row(row: Any, at: datetime) -> SessionRow:
    over = row.ends_at <= at
    due_on = _due_on(row, over)
    return SessionRow(
        id=row.id,
        title=row.title,
        kind=row.kind,
        state=row.state,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        way=row.way,
        theme_id=row.theme_id,
        theme=row.theme or "",
        group=row.group or "",
        venue=row.venue or "",
        facilitator=row.facilitator,
        young_leaders=row.young_leaders,
        led_with=row.led_with,
        independent=row.independent,
        needs_met=row.needs_met and NeedsMet(row.needs_met),
        due_on=due_on,
        begun=row.starts_at <= at,
        over=over,
        late=due_on is not None and due_on < london_day(at),
    )


def _due_on(row: Any, over: bool) -> date | None:
    if row.state in AHEAD:
        return london_day(row.ends_at) if over else None
    if row.state is SessionState.HELD:
        return row.review_by  # type: ignore[no-any-return]
    return row.write_up_by if row.state in AFTER else None
