"""The Promise, kept or not: what the actions of each commitment show, by evidence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action, PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.actions_hands_steps import NOBODY, Hands, counted_for, in_whose_hands
from coprod_data.rules.clocks import days_between, london_day
from coprod_data.rules.statements import statement
from coprod_data.rules.views_counted import month_before
from coprod_data.rules.views_gap import staff_view, steps_apart
from coprod_data.scopes.actions import begun, last_moved, without_evidence
from coprod_data.scopes.actions_beside import late_milestones, milestones, past_due, true_rag
from coprod_data.scopes.actions_faces import faces_of_commitments
from coprod_data.scopes.outcomes import verified_by_code
from coprod_data.scopes.promise import lineage, same_theme, theme_in_force
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.actions import CommitmentState, Face, Rag, Stage, ViewOf
from coprod_data.vocabulary.settings import SettingKey

Statement = sa.Select[*tuple[Any, ...]]

LIMITS = (SettingKey.DRIFT_AMBER_DAYS, SettingKey.DRIFT_RED_DAYS)
SAID = (*Rag, Stage.AGREED, Stage.IN_PROGRESS, Stage.DONE, Stage.VERIFIED, Stage.ON_HOLD)


@dataclass(frozen=True, kw_only=True)
class CommitmentProgress:
    """The progress of a commitment, over its live actions and those of its earlier wordings.

    `state` is kept when every live action is verified with evidence, on hold when nothing else is
    left to do, stuck when nothing has moved for the council's limit of days, not started when its
    actions were agreed and no more, not assessed when there is no live action. `met` of `whole`
    milestones are met with evidence, `verified` of `live` actions are signed by both sides,
    `by_code` of those by card code only for young people; `unshown` read as done without evidence;
    `late_steps` unmet milestones are late. `staff` counts live actions by what staff say: their
    colour where they have one, else their stage. `drift` is days since anything moved, 0 once kept
    or on hold; `moved_on` is the day. `face` is what most young people say of what `face_of` says;
    both are None where too few have said. It was counted at the end of the month `face_month`.
    `owners` are those responsible for its actions, the one with the most first. `mine` says that
    the reader owns one of them or is responsible for its service.
    """

    id: int
    theme_id: int
    reference: str
    wording: str
    state: CommitmentState
    met: int
    whole: int
    verified: int
    by_code: int
    live: int
    unshown: int
    late: int
    late_steps: int
    staff: dict[Rag | Stage, int]
    drift: int
    tier: int
    moved_on: date | None
    owners: dict[int, str]
    service_ids: frozenset[int]
    mine: bool
    face: Face | None
    face_of: ViewOf | None
    face_month: date | None

    @property
    def staff_view(self) -> Rag | None:
        """What staff say of it as a whole, by `views_gap.staff_view`."""
        return staff_view(self.staff)

    @property
    def gap(self) -> int | None:
        """How many steps staff rate it better than young people do, below 0 worse.

        None where staff give no view, or too few young people spoke of this commitment.
        """
        own = self.face if self.face_of is ViewOf.COMMITMENT else None
        return steps_apart(self.staff_view, own)


@dataclass(frozen=True, kw_only=True)
class ThemeProgress:
    """A theme with its commitments: stuck if one is, kept or not started if all with actions are.

    `states` counts its commitments by state.
    """

    id: int
    title: str
    young_title: str
    icon: str
    state: CommitmentState
    states: dict[CommitmentState, int]
    met: int
    whole: int
    drift: int
    commitments: tuple[CommitmentProgress, ...]


@dataclass(frozen=True)
class ThemeKept:
    """The state of a theme, as in ThemeProgress, without its commitments."""

    id: int
    title: str
    state: CommitmentState
    met: int
    whole: int


def promise_kept(db: Session, actor: Actor) -> list[ThemeKept]:
    """Return every theme in force that has commitments, in its order, in two statements."""
    actor.must(Permission.ACTIONS_READ, Permission.OVERVIEW_READ)
    limits = tuple(settings(db, *LIMITS).values())
    themes: dict[int, list[Any]] = {}
    for row in db.execute(_kept()):
        themes.setdefault(row.id, []).append(row)
    return [
        ThemeKept(
            id=theme_id,
            title=commitments[0].title,
            state=_state_of_theme([_standing(one, actor, limits)[0] for one in commitments]),
            met=sum(one.met for one in commitments),
            whole=sum(one.whole for one in commitments),
        )
        for theme_id, commitments in themes.items()
    ]


def progress_by_theme(
    db: Session, actor: Actor, *, theme_id: int | None = None
) -> list[ThemeProgress]:
    """Return every theme in force that has commitments, in its order, in three statements."""
    actor.must(Permission.ACTIONS_READ, Permission.OVERVIEW_READ)
    limits = tuple(settings(db, *LIMITS).values())
    asked = {"theme_id": theme_id, "today": london_day(actor.at)}
    hands = in_whose_hands(db, actor)
    themes: dict[int, list[Any]] = {}
    for row in db.execute(_progress(theme_id is not None), asked):
        themes.setdefault(row.theme_id, []).append(row)
    return [
        _theme(
            rows[0],
            [_commitment(row, actor, limits, hands.get(row.id, NOBODY)) for row in rows],
        )
        for rows in themes.values()
    ]


@statement
def _kept() -> Statement:
    then, steps = lineage(), milestones()
    return _commitments_in_force(then, counted_for(then), steps).add_columns(
        PromiseTheme.id,
        PromiseTheme.title,
        sa.func.count(sa.case((Action.stage == Stage.VERIFIED, 1))).label("verified"),
        sa.func.count(sa.case((Action.stage == Stage.ON_HOLD, 1))).label("on_hold"),
    )


@statement
def _progress(of_theme: bool) -> Statement:
    then, steps, views = lineage(), milestones(), faces_of_commitments()
    today = sa.bindparam("today", type_=sa.Date)
    late = late_milestones(today)
    said = sa.func.coalesce(sa.cast(true_rag(today), sa.String), sa.cast(Action.stage, sa.String))
    statement = (
        _commitments_in_force(then, counted_for(then), steps)
        .add_columns(
            PromiseTheme.id.label("theme_id"),
            PromiseTheme.title,
            PromiseTheme.young_title,
            PromiseTheme.icon,
            PromiseCommitment.id,
            PromiseCommitment.reference,
            PromiseCommitment.wording,
            sa.func.count(sa.case((past_due(today), 1))).label("late"),
            sa.func.coalesce(sa.func.sum(late.c.late), 0).label("late_steps"),
            sa.func.count(sa.case((verified_by_code(), 1))).label("by_code"),
            *(sa.func.count(sa.case((said == word.value, 1))).label(word.value) for word in SAID),
            *views.columns,
        )
        .outerjoin(late, late.c.action_id == Action.id)
        .group_by(*(part for table, _ in views.joins for part in (table.id, table.face)))
        .group_by(*(table.counted_to for table, _ in views.joins))
    )
    for table, condition in views.joins:
        statement = statement.outerjoin(table, condition)
    if of_theme:
        theme = sa.bindparam("theme_id", type_=sa.Integer)
        statement = statement.where(PromiseTheme.id.in_(same_theme(theme)))
    return statement


def _commitments_in_force(
    then: sa.CTE, counted: sa.ColumnElement[bool], steps: sa.Subquery
) -> Statement:
    """Return each commitment in its order, with `live`, `moved_at`, `unshown`, `begun`, `met`
    and `whole`.
    """
    return (
        sa.select(
            sa.func.count(Action.id).label("live"),
            last_moved().label("moved_at"),
            sa.func.count(sa.case((without_evidence(), 1))).label("unshown"),
            sa.func.count(sa.case((begun(), 1))).label("begun"),
            sa.func.coalesce(sa.func.sum(steps.c.met), 0).label("met"),
            sa.func.coalesce(sa.func.sum(steps.c.whole), 0).label("whole"),
        )
        .select_from(PromiseTheme)
        .join(PromiseCommitment, PromiseCommitment.theme_id == PromiseTheme.id)
        .join(then, then.c.now_id == PromiseCommitment.id)
        .outerjoin(Action, counted)
        .outerjoin(steps, steps.c.action_id == Action.id)
        .where(theme_in_force())
        .group_by(PromiseTheme.id, PromiseCommitment.id)
        .order_by(PromiseTheme.position, PromiseCommitment.position)
    )


def _commitment(
    row: Any, actor: Actor, limits: tuple[int, ...], hands: Hands
) -> CommitmentProgress:
    state, drift = _standing(row, actor, limits)
    return CommitmentProgress(
        id=row.id,
        theme_id=row.theme_id,
        reference=row.reference,
        wording=row.wording,
        state=state,
        met=row.met,
        whole=row.whole,
        verified=row.verified,
        by_code=row.by_code,
        live=row.live,
        unshown=row.unshown,
        late=row.late,
        late_steps=row.late_steps,
        staff={word: number for word in SAID if (number := getattr(row, word.value))},
        drift=drift,
        tier=sum(drift >= limit for limit in limits),
        moved_on=london_day(row.moved_at) if row.moved_at else None,
        owners=hands.owners,
        service_ids=hands.service_ids,
        mine=hands.mine,
        face=Face(row.face) if row.face else None,
        face_of=ViewOf(row.face_of) if row.face_of else None,
        face_month=month_before(row.counted_to) if row.counted_to else None,
    )


def _standing(row: Any, actor: Actor, limits: tuple[int, ...]) -> tuple[CommitmentState, int]:
    kept = row.live > 0 and row.verified == row.live and not row.unshown
    rests = row.on_hold > 0 and row.verified + row.on_hold == row.live
    still = kept or rests or row.moved_at is None
    drift = 0 if still else days_between(row.moved_at, actor.at)
    if row.live == 0:
        return CommitmentState.NOT_ASSESSED, drift
    if kept:
        return CommitmentState.KEPT, drift
    if rests:
        return CommitmentState.ON_HOLD, drift
    if drift >= limits[-1]:
        return CommitmentState.STUCK, drift
    return CommitmentState.MOVING if row.begun else CommitmentState.NOT_STARTED, drift


def _state_of_theme(states: list[CommitmentState]) -> CommitmentState:
    if CommitmentState.STUCK in states:
        return CommitmentState.STUCK
    assessed = set(states) - {CommitmentState.NOT_ASSESSED}
    if not assessed:
        return CommitmentState.NOT_ASSESSED
    return assessed.pop() if len(assessed) == 1 else CommitmentState.MOVING


def _theme(row: Any, commitments: list[CommitmentProgress]) -> ThemeProgress:
    states = [commitment.state for commitment in commitments]
    return ThemeProgress(
        id=row.theme_id,
        title=row.title,
        young_title=row.young_title,
        icon=row.icon,
        state=_state_of_theme(states),
        states={state: states.count(state) for state in CommitmentState},
        met=sum(c.met for c in commitments),
        whole=sum(c.whole for c in commitments),
        drift=max((c.drift for c in commitments), default=0),
        commitments=tuple(commitments),
    )
