"""The Promise, kept or not: for each commitment what its actions show, by evidence."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.clocks import days_between, london_day
from coprod_data.models import Action, Person, PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.actions import live
from coprod_data.scopes.actions_facts import faces, milestones, most_faces, past_due, true_rag
from coprod_data.scopes.promise import lineage, theme_in_force
from coprod_data.targets import settings
from coprod_data.two_sides import most_say
from coprod_data.vocabulary import Face, Rag, SettingKey, Stage

STATES = ("stuck", "moving", "kept", "not_assessed")
LIMITS = (SettingKey.DRIFT_AMBER_DAYS, SettingKey.DRIFT_RED_DAYS)
SAID = (*Rag, Stage.AGREED, Stage.IN_PROGRESS, Stage.DONE, Stage.VERIFIED, Stage.ON_HOLD)


@dataclass(frozen=True, kw_only=True)
class CommitmentProgress:
    """How a commitment stands, over its live actions and those of its earlier wordings.

    `state` is kept (every live action verified), stuck (nothing moved for the council's limit of
    days), not_assessed (no live action) or moving. `met` of `whole` milestones are met with
    evidence, `verified` of `live` actions are signed by both sides. `staff` counts live actions by
    what staff say: their colour where they have one, else their stage. `drift` is days
    since anything moved, 0 once kept. `face` is that of most of its actions, the worse where they
    are even: over all the people it would tell of which action more of them spoke.
    """

    id: int
    theme_id: int
    reference: str
    wording: str
    state: str
    met: int
    whole: int
    verified: int
    live: int
    late: int
    staff: dict[str, int]
    drift: int
    tier: int
    owners: tuple[str, ...]
    face: Face | None


@dataclass(frozen=True, kw_only=True)
class ThemeProgress:
    """A theme with its commitments. `state` is stuck if one is, kept if all with actions are.

    `states` counts its commitments by state.
    """

    id: int
    title: str
    icon: str
    state: str
    states: dict[str, int]
    met: int
    whole: int
    drift: int
    commitments: tuple[CommitmentProgress, ...]


@dataclass(frozen=True)
class ThemeKept:
    """How a theme stands, as ThemeProgress says it, without what is told of its commitments."""

    id: int
    title: str
    state: str
    met: int
    whole: int


def promise_kept(db: Session, actor: Actor) -> list[ThemeKept]:
    """Return every theme in force that has commitments, in its order, in two statements."""
    actor.must(Permission.ACTIONS_READ, Permission.OVERVIEW_READ)
    limits = tuple(settings(db, *LIMITS).values())
    then, steps = lineage(), milestones()
    rows = db.execute(
        _commitments_in_force(
            then, sa.and_(Action.commitment_id == then.c.then_id, live()), steps
        ).add_columns(
            PromiseTheme.id,
            PromiseTheme.title,
            sa.func.count(sa.case((Action.stage == Stage.VERIFIED, 1))).label("verified"),
        )
    )
    themes: dict[int, list[Any]] = {}
    for row in rows:
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


def progress_by_commitment(
    db: Session, actor: Actor, *, theme_id: int | None = None, service_id: int | None = None
) -> list[CommitmentProgress]:
    """Return every commitment in force, in its order. With a service, its actions alone count."""
    actor.must(Permission.ACTIONS_READ, Permission.OVERVIEW_READ)
    themes = progress_by_theme(db, actor, theme_id=theme_id, service_id=service_id)
    return [commitment for theme in themes for commitment in theme.commitments]


def progress_by_theme(
    db: Session, actor: Actor, *, theme_id: int | None = None, service_id: int | None = None
) -> list[ThemeProgress]:
    """Return every theme in force that has commitments, in its order, in three statements."""
    actor.must(Permission.ACTIONS_READ, Permission.OVERVIEW_READ)
    limits = settings(db, *LIMITS)
    then, steps, views = lineage(), milestones(), faces()
    counted = sa.and_(Action.commitment_id == then.c.then_id, live())
    asked = []
    if theme_id is not None:
        asked.append(PromiseTheme.id == theme_id)
    if service_id is not None:
        counted = sa.and_(counted, Action.service_id == service_id)
    today = london_day(actor.at)
    said = sa.func.coalesce(sa.cast(true_rag(today), sa.String), sa.cast(Action.stage, sa.String))
    rows = db.execute(
        _commitments_in_force(then, counted, steps)
        .add_columns(
            PromiseTheme,
            PromiseCommitment,
            sa.func.count(sa.case((past_due(today), 1))).label("late"),
            *(sa.func.count(sa.case((said == word.value, 1))).label(word.value) for word in SAID),
            *(number.label(face.value) for face, number in most_faces(views).items()),
        )
        .outerjoin(views, views.c.action_id == Action.id)
        .where(*asked)
    ).all()
    owners = _owners(db, counted, then)
    themes: dict[int, tuple[PromiseTheme, list[CommitmentProgress]]] = {}
    for row in rows:
        _, commitments = themes.setdefault(row.PromiseTheme.id, (row.PromiseTheme, []))
        names = tuple(owners.get(row.PromiseCommitment.id, ()))
        commitments.append(_commitment(row, actor, tuple(limits.values()), names))
    return [_theme(theme, commitments) for theme, commitments in themes.values()]


def _commitments_in_force(
    then: sa.CTE, counted: sa.ColumnElement[bool], steps: sa.Subquery
) -> sa.Select[*tuple[Any, ...]]:
    """Return each commitment in its order, with `live`, `moved_at`, `met` and `whole`."""
    return (
        sa.select(
            sa.func.count(Action.id).label("live"),
            sa.func.max(Action.moved_at).label("moved_at"),
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


def _owners(
    db: Session, counted: sa.ColumnElement[bool], then: sa.CTE
) -> dict[int, dict[str, None]]:
    """Return who answers for each commitment's actions, the one with most of them first."""
    owners: dict[int, dict[str, None]] = {}
    for commitment_id, name in db.execute(
        sa.select(then.c.now_id, Person.name)
        .join(Action, counted)
        .join(Person, Person.id == Action.owner_id)
        .group_by(then.c.now_id, Person.name)
        .order_by(sa.func.count().desc(), Person.name)
    ):
        owners.setdefault(commitment_id, {})[name] = None
    return owners


def _commitment(
    row: Any, actor: Actor, limits: tuple[int, ...], owners: tuple[str, ...]
) -> CommitmentProgress:
    state, drift = _standing(row, actor, limits)
    return CommitmentProgress(
        id=row.PromiseCommitment.id,
        theme_id=row.PromiseTheme.id,
        reference=row.PromiseCommitment.reference,
        wording=row.PromiseCommitment.wording,
        state=state,
        met=row.met,
        whole=row.whole,
        verified=row.verified,
        live=row.live,
        late=row.late,
        staff={word.value: number for word in SAID if (number := getattr(row, word.value))},
        drift=drift,
        tier=sum(drift >= limit for limit in limits),
        owners=owners,
        face=most_say({face: getattr(row, face.value) for face in Face}),
    )


def _standing(row: Any, actor: Actor, limits: tuple[int, ...]) -> tuple[str, int]:
    kept = row.live > 0 and row.verified == row.live
    drift = 0 if kept or row.moved_at is None else days_between(row.moved_at, actor.at)
    if row.live == 0:
        return "not_assessed", drift
    if kept:
        return "kept", drift
    return ("stuck" if drift >= limits[-1] else "moving"), drift


def _state_of_theme(states: list[str]) -> str:
    if "stuck" in states:
        return "stuck"
    assessed = {state for state in states if state != "not_assessed"}
    if not assessed:
        return "not_assessed"
    return "kept" if assessed == {"kept"} else "moving"


def _theme(theme: PromiseTheme, commitments: list[CommitmentProgress]) -> ThemeProgress:
    states = [commitment.state for commitment in commitments]
    return ThemeProgress(
        id=theme.id,
        title=theme.title,
        icon=theme.icon,
        state=_state_of_theme(states),
        states={state: states.count(state) for state in STATES},
        met=sum(c.met for c in commitments),
        whole=sum(c.whole for c in commitments),
        drift=max((c.drift for c in commitments), default=0),
        commitments=tuple(commitments),
    )
