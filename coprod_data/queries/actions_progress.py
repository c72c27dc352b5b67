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
    limits = settings(db, SettingKey.DRIFT_AMBER_DAYS, SettingKey.DRIFT_RED_DAYS)
    then, steps, views = lineage(), milestones(), faces()
    counted = sa.and_(Action.commitment_id == then.c.then_id, live())
    asked = [theme_in_force()]
    if theme_id is not None:
        asked.append(PromiseTheme.id == theme_id)
    if service_id is not None:
        counted = sa.and_(counted, Action.service_id == service_id)
    today = london_day(actor.at)
    said = sa.func.coalesce(sa.cast(true_rag(today), sa.String), sa.cast(Action.stage, sa.String))
    rows = db.execute(
        sa.select(
            PromiseTheme,
            PromiseCommitment,
            sa.func.count(Action.id).label("live"),
            sa.func.max(Action.moved_at).label("moved_at"),
            sa.func.coalesce(sa.func.sum(steps.c.met), 0).label("met"),
            sa.func.coalesce(sa.func.sum(steps.c.whole), 0).label("whole"),
            sa.func.count(sa.case((past_due(today), 1))).label("late"),
            *(sa.func.count(sa.case((said == word.value, 1))).label(word.value) for word in SAID),
            *(number.label(face.value) for face, number in most_faces(views).items()),
        )
        .join(PromiseCommitment, PromiseCommitment.theme_id == PromiseTheme.id)
        .join(then, then.c.now_id == PromiseCommitment.id)
        .outerjoin(Action, counted)
        .outerjoin(steps, steps.c.action_id == Action.id)
        .outerjoin(views, views.c.action_id == Action.id)
        .where(*asked)
        .group_by(PromiseTheme.id, PromiseCommitment.id)
        .order_by(PromiseTheme.position, PromiseCommitment.position)
    ).all()
    owners = _owners(db, counted, then)
    themes: dict[int, tuple[PromiseTheme, list[CommitmentProgress]]] = {}
    for row in rows:
        _, commitments = themes.setdefault(row.PromiseTheme.id, (row.PromiseTheme, []))
        names = tuple(owners.get(row.PromiseCommitment.id, ()))
        commitments.append(_commitment(row, actor, tuple(limits.values()), names))
    return [_theme(theme, commitments) for theme, commitments in themes.values()]


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
    kept = row.live > 0 and row.verified == row.live
    drift = 0 if kept or row.moved_at is None else days_between(row.moved_at, actor.at)
    if row.live == 0:
        state = "not_assessed"
    elif kept:
        state = "kept"
    else:
        state = "stuck" if drift >= limits[-1] else "moving"
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


def _theme(theme: PromiseTheme, commitments: list[CommitmentProgress]) -> ThemeProgress:
    states = {state: sum(c.state == state for c in commitments) for state in STATES}
    assessed = len(commitments) - states["not_assessed"]
    if states["stuck"]:
        state = "stuck"
    elif assessed == 0:
        state = "not_assessed"
    else:
        state = "kept" if states["kept"] == assessed else "moving"
    return ThemeProgress(
        id=theme.id,
        title=theme.title,
        icon=theme.icon,
        state=state,
        states=states,
        met=sum(c.met for c in commitments),
        whole=sum(c.whole for c in commitments),
        drift=max((c.drift for c in commitments), default=0),
        commitments=tuple(commitments),
    )
