"""What young people chose, and what came of it: finding, meeting, opportunity, action, outcome."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    CoproductionSession,
    Opportunity,
    Outcome,
    Priority,
    PriorityTie,
    SurveyFinding,
    SurveyRound,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.shares import of_permille, whole
from coprod_data.scopes.opportunities import shown_state
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.opportunities import OpportunityProgress
from coprod_data.vocabulary.sessions import SessionState
from coprod_data.vocabulary.surveys import CameOf, ChosenHow


@dataclass(frozen=True)
class FindingSaid:
    """The finding a priority came from; `percent` is whole, None where it is private."""

    round_id: int
    indicator: str
    percent: int | None
    year: int


@dataclass(frozen=True)
class Tied:
    """Something that came of a priority: its id, title, and where it is, in words."""

    id: int
    title: str
    words: str


@dataclass(frozen=True)
class PriorityRow:
    """A priority with all that came of it; what its reader may not see is empty.

    `met` says that a meeting about it was held: without one, managers have not heard it.
    """

    id: int
    title: str
    why: str
    programme: str
    chosen_how: ChosenHow
    chosen_by: str
    chosen_on: date
    finding_id: int | None
    finding: FindingSaid | None
    met: bool
    sessions: tuple[Tied, ...] = field(default=())
    opportunities: tuple[Tied, ...] = field(default=())
    actions: tuple[Tied, ...] = field(default=())
    outcomes: tuple[Tied, ...] = field(default=())

    @property
    def tied(self) -> bool:
        """Say whether anything came of it that its reader may see."""
        return bool(self.sessions or self.opportunities or self.actions)


def priorities(db: Session, actor: Actor, *, survey_id: int | None = None) -> list[PriorityRow]:
    """Return what young people chose, the newest first; of one survey round, if one is named."""
    actor.must(Permission.SURVEYS_READ)
    chosen = sa.true() if survey_id is None else SurveyFinding.round_id == survey_id
    return _rows(db, actor, chosen)


def priority(db: Session, actor: Actor, priority_id: int) -> PriorityRow:
    """Return one priority. Raises NotFound."""
    actor.must(Permission.SURVEYS_READ)
    rows = _rows(db, actor, Priority.id == priority_id)
    if not rows:
        raise NotFound("We could not find that priority.")
    return rows[0]


def priorities_behind(db: Session, actor: Actor, came: CameOf, number: int) -> dict[int, str]:
    """Return the priorities that a session, opportunity or action came of, id and title."""
    actor.must(Permission.SURVEYS_READ)
    return _tied_to(db, getattr(PriorityTie, came.value) == number)


def _tied_to(db: Session, condition: sa.ColumnElement[bool]) -> dict[int, str]:
    rows = db.execute(
        sa.select(Priority.id, Priority.title)
        .join(PriorityTie, PriorityTie.priority_id == Priority.id)
        .where(condition)
        .order_by(Priority.chosen_on.desc(), Priority.id)
    )
    return {row.id: row.title for row in rows}


def _rows(db: Session, actor: Actor, condition: sa.ColumnElement[bool]) -> list[PriorityRow]:
    found = db.execute(
        sa.select(Priority, SurveyFinding, SurveyRound.held_on)
        .outerjoin(SurveyFinding, SurveyFinding.id == Priority.finding_id)
        .outerjoin(SurveyRound, SurveyRound.id == SurveyFinding.round_id)
        .where(condition)
        .order_by(Priority.chosen_on.desc(), Priority.id)
    ).all()
    ids = [row.id for row, _, _ in found]
    sessions, met = _sessions(db, actor, ids)
    opportunities, outcomes = _opportunities(db, actor, ids)
    actions = _actions(db, actor, ids)
    return [
        PriorityRow(
            id=row.id,
            title=row.title,
            why=row.why,
            programme=row.programme,
            chosen_how=row.chosen_how,
            chosen_by=row.chosen_by,
            chosen_on=row.chosen_on,
            finding_id=row.finding_id,
            finding=None
            if one is None
            else FindingSaid(
                one.round_id,
                one.indicator,
                _whole(one.permille),
                held_on.year,
            ),
            met=row.id in met,
            sessions=tuple(sessions[row.id]),
            opportunities=tuple(opportunities[row.id]),
            actions=tuple(actions[row.id]),
            outcomes=tuple(outcomes[row.id]),
        )
        for row, one, held_on in found
    ]


def _whole(kept: int | None) -> int | None:
    percent = of_permille(kept)
    return None if percent is None else whole(percent)


Ties = defaultdict[int, list[Tied]]


def _sessions(db: Session, actor: Actor, ids: list[int]) -> tuple[Ties, set[int]]:
    ties: Ties = defaultdict(list)
    met: set[int] = set()
    rows = db.execute(
        sa.select(PriorityTie.priority_id, CoproductionSession)
        .join(CoproductionSession, CoproductionSession.id == PriorityTie.session_id)
        .where(PriorityTie.priority_id.in_(ids))
        .order_by(CoproductionSession.starts_at)
    )
    for priority_id, session in rows:
        off = session.state is SessionState.CANCELLED
        if not off and session.starts_at <= actor.at:
            met.add(priority_id)
        if actor.may(Permission.SESSIONS_READ):
            day = london_day(session.starts_at)
            words = "Cancelled" if off else f"{session.way.words}, {day.day} {day:%B %Y}"
            ties[priority_id].append(Tied(session.id, session.title, words))
    return ties, met


def _opportunities(db: Session, actor: Actor, ids: list[int]) -> tuple[Ties, Ties]:
    ties: Ties = defaultdict(list)
    outcomes: Ties = defaultdict(list)
    if not actor.may(Permission.OPPORTUNITIES_READ):
        return ties, outcomes
    rows = db.execute(
        sa.select(PriorityTie.priority_id, Opportunity.id, Opportunity.title, shown_state())
        .join(Opportunity, Opportunity.id == PriorityTie.opportunity_id)
        .where(PriorityTie.priority_id.in_(ids))
        .order_by(Opportunity.id)
    )
    for priority_id, number, title, state in rows:
        ties[priority_id].append(Tied(number, title, OpportunityProgress(state).words))
    if not actor.may(Permission.OUTCOMES_READ):
        return ties, outcomes
    signed = db.execute(
        sa.select(PriorityTie.priority_id, Outcome.id, Outcome.what_changed, Outcome.co_signed_at)
        .join(Outcome, Outcome.opportunity_id == PriorityTie.opportunity_id)
        .where(PriorityTie.priority_id.in_(ids))
        .order_by(Outcome.id)
    )
    for priority_id, number, changed, signed_at in signed:
        words = "Signed by both" if signed_at else "Not signed by both yet"
        outcomes[priority_id].append(Tied(number, changed, words))
    return ties, outcomes


def _actions(db: Session, actor: Actor, ids: list[int]) -> Ties:
    ties: Ties = defaultdict(list)
    if not actor.may(Permission.ACTIONS_READ):
        return ties
    rows = db.execute(
        sa.select(PriorityTie.priority_id, Action.id, Action.title, Action.stage)
        .join(Action, Action.id == PriorityTie.action_id)
        .where(PriorityTie.priority_id.in_(ids))
        .order_by(Action.id)
    )
    for priority_id, number, title, stage in rows:
        ties[priority_id].append(Tied(number, title, Stage(stage).words))
    return ties
