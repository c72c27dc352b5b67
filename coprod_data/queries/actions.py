"""The action plan as people read it: each action with its evidence and what both sides say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Action,
    Group,
    Opportunity,
    Person,
    PromiseCommitment,
    PromiseTheme,
    Service,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import days_between, days_old_before, london_day
from coprod_data.rules.due_days import days_to
from coprod_data.rules.statements import statement
from coprod_data.rules.views_counted import month_before
from coprod_data.rules.views_gap import gap
from coprod_data.scopes.actions import (
    from_young_people,
    in_motion,
    without_evidence,
    without_owner,
)
from coprod_data.scopes.actions_beside import (
    disputed,
    listed,
    milestones,
    newest_update,
    newest_words,
    true_rag,
)
from coprod_data.scopes.actions_faces import faces_of_actions
from coprod_data.scopes.entries import released
from coprod_data.scopes.people import owned_by
from coprod_data.scopes.promise import lineage
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.actions import DueKind, Face, Listed, Rag, Stage, ViewOf, WorkedOnBy
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.settings import SettingKey

Statement = sa.Select[*tuple[Any, ...]]

PAGE, NOBODY_YET, NO_SERVICE = 50, "Nobody yet", "No service yet"
_OWNER, _PROPOSER = aliased(Person), aliased(Person)
_AGREED_BY = aliased(Group)
_TODAY, _ME = sa.bindparam("today", type_=sa.Date), sa.bindparam("me", type_=sa.Integer)
_MOVED_BY: sa.BindParameter[Any] = sa.bindparam("moved_by")
_OF_THE_PROMISE = (PromiseTheme.position, PromiseCommitment.position, Action.id)
_NEGLECTED = (~in_motion(), Action.moved_at, Action.id)
_ORDER = {
    Listed.LATE: (Action.due_on, Action.id),
    Listed.STUCK: _NEGLECTED,
    Listed.UNSIGNED: _NEGLECTED,
    Listed.MINE: _NEGLECTED,
    Listed.SERVICES: _NEGLECTED,
    Listed.NO_OWNER: _NEGLECTED,
    Listed.PROPOSED: (Action.proposed_at, Action.id),
    **dict.fromkeys((Listed.ENDED, Listed.DROPPED), (Action.moved_at.desc(), Action.id)),
}


@dataclass(frozen=True, kw_only=True)
class ActionRow:
    """An action with what both sides say of it.

    `see_agreed_with` is the group of young people that agreed what will be seen, "" for none.
    `turned_down` says that it was dropped before the chair agreed to it, `ended` that it ended,
    done, with an earlier wording.
    `rag` is None unless *in progress*, and for a green whose date has passed without a reason.
    `owner_left` says that its owner can no longer act, or there is none. `first_due_on` and
    `first_due_wording` are the date it was agreed with, empty while that is its date. `due_in` is
    how many days are left, below 0 once it is late; None where staff owe nothing. `met` of `whole`
    milestones are met with evidence; `without_evidence` says that it reads as done and none is.
    `drift` is days without movement, `tier` how many of the council's two limits that exceeds; both
    are 0 once nothing is owed. `face` is what most young people say, the worse in a tie, of what
    `face_of` says; both are None where too few have said. It was counted at the end of the month
    `face_month`. `gap` is by how many steps staff rate it better than young people do, below 0 the
    other way round, None where a side says nothing or too few spoke of this action. `young_say` are
    words that may be shown to a room, of the entry `young_entry` and the month `young_month`.
    `seen` is the id of the newest update, 0 for none. `mine` says that the reader owns it or is
    responsible for its service. `proposed_days` is how long ago it was proposed.
    """

    id: int
    commitment_id: int
    reference: str
    commitment: str
    theme: str
    young_theme: str
    icon: str
    title: str
    will_see: str
    see_agreed_with: str
    stage: Stage
    turned_down: bool
    ended: bool
    rag: Rag | None
    rag_reason: str
    owner_id: int | None
    owner: str
    owner_left: bool
    owner_job: str
    service_id: int | None
    service: str
    together_with: str
    worked_on_by: WorkedOnBy
    together_shown: str
    why_alone: str
    partners: str
    opportunity_id: int | None
    opportunity: str
    from_young: bool
    starts_on: date | None
    due_on: date | None
    due_wording: str
    due_kind: DueKind
    first_due_on: date | None
    first_due_wording: str
    due_in: int | None
    met: int
    whole: int
    without_evidence: bool
    drift: int
    tier: int
    staff_say: str
    staff_name: str
    staff_on: date | None
    seen: int
    face: Face | None
    face_of: ViewOf | None
    face_month: date | None
    young_say: str
    young_entry: int | None
    young_month: date | None
    gap: int | None
    disputed: bool
    mine: bool
    proposed_by: str
    proposed_days: int

    @property
    def past_due(self) -> bool:
        """Say whether its date has passed and nobody has said it is done."""
        return self.due_in is not None and self.due_in < 0


def action_plan(
    db: Session,
    actor: Actor,
    *,
    which: Listed | None = None,
    commitment_id: int | None = None,
    owner_id: int | None = None,
    service_id: int | None = None,
    page: int = 1,
) -> list[ActionRow]:
    """Return 50 actions in two statements, the most urgent of a list first.

    `which` is the list; without it, all that were ever agreed are in the order of The Promise.
    `commitment_id` is one in force; actions under its earlier wordings are included. The words
    shown with them may be shown to a room.
    """
    actor.must(Permission.ACTIONS_READ)
    asked = {"commitment_id": commitment_id, "owner_id": owner_id, "service_id": service_id}
    named = tuple(name for name, value in asked.items() if value is not None)
    return _rows(db, actor, _plan(which, named), page=page, **asked)


def action(db: Session, actor: Actor, action_id: int) -> ActionRow:
    """Return one action; the words with it may be shown to a room. Raises NotFound."""
    actor.must(Permission.ACTIONS_READ)
    if rows := _rows(db, actor, _one(), action_id=action_id):
        return rows[0]
    raise NotFound("We could not find that action.")


@statement
def _plan(which: Listed | None, named: tuple[str, ...]) -> Statement:
    conditions = [
        Action.stage != Stage.PROPOSED
        if which is None
        else listed(which, today=_TODAY, moved_by=_MOVED_BY, me=_ME)
    ]
    if "commitment_id" in named:
        then = lineage()
        now = sa.select(then.c.then_id).where(then.c.now_id == sa.bindparam("commitment_id"))
        conditions.append(Action.commitment_id.in_(now))
    if "owner_id" in named:
        conditions.append(Action.owner_id == sa.bindparam("owner_id"))
    if "service_id" in named:
        conditions.append(Action.service_id == sa.bindparam("service_id"))
    if which is None:
        return _actions(*conditions)
    return _actions(*conditions, order=_ORDER.get(which, _OF_THE_PROMISE))


@statement
def _one() -> Statement:
    return _actions(Action.id == sa.bindparam("action_id"))


def _actions(
    *conditions: sa.ColumnElement[bool], order: tuple[Any, ...] = _OF_THE_PROMISE
) -> Statement:
    steps, update, views = milestones(), newest_update(), faces_of_actions()
    words = newest_words(released(ConsentUse.PUBLIC))
    read = (
        sa.select(
            Action,
            PromiseCommitment.reference, PromiseCommitment.wording.label("commitment"),
            PromiseTheme.title.label("theme"), PromiseTheme.young_title, PromiseTheme.icon,
            sa.func.coalesce(_OWNER.name, NOBODY_YET).label("owner"),
            sa.func.coalesce(_OWNER.job, "").label("job"), without_owner().label("ownerless"),
            sa.func.coalesce(Service.name, NO_SERVICE).label("service"),
            Group.name.label("group"),
            _AGREED_BY.name.label("agreed_by"), _PROPOSER.name.label("proposer"),
            Opportunity.title.label("opportunity"), true_rag(_TODAY).label("rag"),
            disputed().label("disputed"), owned_by(Action, _ME).label("mine"),
            from_young_people().label("from_young"),
            in_motion().label("owed"), without_evidence().label("unshown"),
            steps.c.met, steps.c.whole,
            update.c.id.label("seen"), update.c.text, update.c.at, update.c.name,
            *views.columns,
            words.c.words, words.c.said_id, words.c.sent_at,
        )
        .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .outerjoin(_OWNER, _OWNER.id == Action.owner_id)
        .join(_PROPOSER, _PROPOSER.id == Action.proposed_by_id)
        .outerjoin(Service, Service.id == Action.service_id)
        .outerjoin(Group, Group.id == Action.together_with_id)
        .outerjoin(_AGREED_BY, _AGREED_BY.id == Action.see_agreed_with_id)
        .outerjoin(Opportunity, Opportunity.id == Action.opportunity_id)
        .outerjoin(steps, steps.c.action_id == Action.id)
        .outerjoin(update, update.c.action_id == Action.id)
        .outerjoin(words, words.c.action_id == Action.id)
        .where(*conditions)
        .order_by(*order)
        .limit(PAGE)
        .offset(sa.bindparam("skipped", type_=sa.Integer))
    )  # fmt: skip
    for table, condition in views.joins:
        read = read.outerjoin(table, condition)
    return read


def _rows(
    db: Session, actor: Actor, statement: Statement, *, page: int = 1, **asked: int | None
) -> list[ActionRow]:
    tiers = settings(db, SettingKey.DRIFT_AMBER_DAYS, SettingKey.DRIFT_RED_DAYS)
    limits = tuple(tiers.values())
    asked |= {"me": actor.person_id, "skipped": PAGE * (page - 1)}
    clock = {"today": london_day(actor.at), "moved_by": days_old_before(actor.at, limits[-1])}
    rows = db.execute(statement, {**clock, **asked})
    return [_row(row, actor, limits) for row in rows]


def _row(row: Any, actor: Actor, limits: tuple[int, ...]) -> ActionRow:
    stored: Action = row.Action
    drift = days_between(stored.moved_at, actor.at) if row.owed else 0
    face = Face(row.face) if row.face else None
    face_of = ViewOf(row.face_of) if row.face_of else None
    return ActionRow(
        id=stored.id, commitment_id=stored.commitment_id,
        reference=row.reference, commitment=row.commitment,
        theme=row.theme, young_theme=row.young_title, icon=row.icon,
        title=stored.title, will_see=stored.will_see, see_agreed_with=row.agreed_by or "",
        stage=stored.stage,
        turned_down=stored.stage is Stage.DROPPED and stored.approved_at is None,
        rag=row.rag, rag_reason=stored.rag_reason, ended=stored.ended_with_id is not None,
        owner_id=stored.owner_id, owner=row.owner, owner_left=bool(row.ownerless),
        owner_job=row.job or "", partners=stored.partners,
        service_id=stored.service_id, service=row.service,
        together_with=row.group or "", worked_on_by=stored.worked_on_by,
        together_shown=stored.together_shown, why_alone=stored.why_alone,
        opportunity_id=stored.opportunity_id, opportunity=row.opportunity or "",
        from_young=bool(row.from_young), starts_on=stored.starts_on,
        due_on=stored.due_on, due_wording=stored.due_wording, due_kind=stored.due_kind,
        first_due_on=stored.first_due_on, first_due_wording=stored.first_due_wording,
        due_in=days_to(stored.due_on, london_day(actor.at)) if stored.stage.owed else None,
        met=row.met or 0, whole=row.whole or 0,
        without_evidence=bool(row.unshown),
        drift=drift, tier=sum(drift >= limit for limit in limits),
        staff_say=row.text or "", staff_name=row.name or "",
        staff_on=london_day(row.at) if row.at else None, seen=row.seen or 0,
        face=face, face_of=face_of,
        face_month=month_before(row.counted_to) if row.counted_to else None,
        young_say=row.words or "", young_entry=row.said_id,
        young_month=london_day(row.sent_at).replace(day=1) if row.sent_at else None,
        gap=gap(stored.stage, row.rag, face if face_of is ViewOf.ACTION else None),
        disputed=bool(row.disputed), mine=bool(row.mine), proposed_by=row.proposer,
        proposed_days=days_between(stored.proposed_at, actor.at),
    )  # fmt: skip
