"""The action plan: propose, approve, update, and meet milestones with evidence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_rules import (
    HELD,
    NOT_BY_HAND,
    action_of,
    evidence_in,
    must_be_of_young_people,
    must_be_open,
    must_be_possible_day,
    must_be_shown,
    must_be_unchanged,
    must_keep_actions,
    must_take_evidence,
    must_write,
    true_colour,
)
from coprod_data.commands.event_log import record
from coprod_data.commands.rows import kept, plan_in_turn
from coprod_data.models import (
    Action,
    ActionUpdate,
    AuditAnswer,
    AuditPlanAction,
    Group,
    Milestone,
    Opportunity,
    PromiseCommitment,
    PromiseTheme,
    Service,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.due_days import last_day
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.scopes.one_person import same_person
from coprod_data.scopes.opportunities import nameable_audit_answer
from coprod_data.scopes.promise import theme_in_force
from coprod_data.vocabulary.actions import BY_HAND, DueKind, Rag, Stage, WorkedOnBy
from coprod_data.vocabulary.events import EventKind


def propose_action(
    db: Session,
    actor: Actor,
    *,
    commitment_id: int,
    title: str,
    will_see: str,
    owner_id: int,
    service_id: int,
    worked_on_by: WorkedOnBy,
    together_with_id: int | None = None,
    why_alone: str = "",
    partners: str = "",
    see_agreed_with_id: int | None = None,
    opportunity_id: int | None = None,
    audit_answer_id: int | None = None,
    starts_on: date | None = None,
    due_on: date | None = None,
    due_wording: str = "",
    due_kind: DueKind = DueKind.DAY,
) -> int:
    """Propose an action under a commitment in force, for the chair to approve. Returns its id.

    `will_see` is what people will see once it is done, `see_agreed_with_id` the group of young
    people that agreed that. One that staff do by themselves says in `why_alone` why. `due_wording`
    keeps the plan's own words for a date. `audit_answer_id` is the answer of an audit return whose
    plan it is. Raises Invalid.
    """
    actor.must(Permission.ACTIONS_PROPOSE)
    title = required_line(title, "title", "Say in a line what will be done.", 240)
    will_see = required_text(will_see, "will_see", "Say what you will see when it is done.")
    due_wording = optional_text(due_wording, "due_wording", 120)
    partners = optional_text(partners, "partners", 240)
    if worked_on_by is WorkedOnBy.STAFF:
        if together_with_id is not None:
            raise Invalid("Staff only, so no group works on it. Choose one of the two.", field="by")
        why_alone = required_text(
            why_alone, "why_alone", "Say why young people do not work on it with you."
        )
    else:
        why_alone = ""
    plan_in_turn(db)
    _must_exist(db, _commitment_in_force(commitment_id), "commitment", "a commitment in force")
    must_keep_actions(db, owner_id)
    _must_exist(
        db,
        sa.select(Service.id).where(Service.id == service_id, Service.retired_at.is_(None)),
        "service",
        "a service",
    )
    if together_with_id is not None:
        group = sa.select(Group.id).where(Group.id == together_with_id)
        _must_exist(db, group, "together_with", "a group")
    if see_agreed_with_id is not None:
        must_be_of_young_people(db, see_agreed_with_id, "agreed")
    if opportunity_id is not None:
        source = sa.select(Opportunity.id).where(Opportunity.id == opportunity_id)
        _must_exist(db, source, "opportunity", "an opportunity")
    if audit_answer_id is not None:
        plan = sa.select(AuditAnswer.id).where(
            AuditAnswer.id == audit_answer_id,
            AuditAnswer.plan != "",
            nameable_audit_answer(actor),
            AuditAnswer.id.not_in(sa.select(AuditPlanAction.answer_id)),
        )
        _must_exist(db, plan, "audit_answer", "a plan that is no action yet")
    due_on = last_day(due_on, due_kind)
    if starts_on and due_on and due_on < starts_on:
        raise Invalid("It cannot be due before it starts.", field="due_on")
    action = Action(
        commitment_id=commitment_id,
        title=title,
        will_see=will_see,
        owner_id=owner_id,
        service_id=service_id,
        worked_on_by=worked_on_by,
        together_with_id=together_with_id,
        see_agreed_with_id=see_agreed_with_id,
        why_alone=why_alone,
        partners=partners,
        opportunity_id=opportunity_id,
        starts_on=starts_on,
        due_on=due_on,
        due_wording=due_wording,
        due_kind=due_kind,
        proposed_at=actor.at,
        proposed_by_id=actor.id,
        moved_at=actor.at,
    )
    db.add(action)
    db.flush()
    if audit_answer_id is not None:
        db.add(AuditPlanAction(answer_id=audit_answer_id, action_id=action.id))
    record(db, actor, EventKind.ACTION_PROPOSED, action)
    return action.id


def approve_action(db: Session, actor: Actor, action_id: int) -> None:
    """Agree to a proposed action, which then reads "agreed, not started". It needs an owner first.

    Raises NotFound, Refused, and NotAllowed for the actor's own.
    """
    actor.must(Permission.ACTIONS_APPROVE)
    action = action_of(db, action_id)
    if action.stage is not Stage.PROPOSED:
        raise Refused("This action is no longer waiting for approval.")
    if same_person(db, actor.id, action.proposed_by_id):
        raise NotAllowed("You proposed this action, so somebody else must approve it.")
    if action.owner_id is None or action.service_id is None:
        raise Refused("Nobody owns this action yet. Name its owner and its service first.")
    action.stage = Stage.AGREED
    action.approved_at, action.approved_by_id = actor.at, actor.id
    record(db, actor, EventKind.ACTION_APPROVED, action)


def update_action(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    stage: Stage,
    rag: Rag | None,
    rag_reason: str = "",
    text: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say what happened, and set the stage and colour of the actor's own action.

    *Done* needs a milestone met with evidence. One on hold keeps its stage until the chair takes it
    up again.
    The Youth Voice Team may write about any action, but only its owner sets stage and colour.
    `opened` holds, as `update`, the id of the newest update that the form showed, 0 for none.
    Raises NotFound, NotAllowed, Invalid, Refused, and ChangedMeanwhile when somebody else saved
    first.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    action = action_of(db, action_id)
    mine = must_write(db, actor, action)
    must_be_open(action)
    must_be_unchanged(db, action, opened)
    text = required_text(text, "text", "Say in a sentence or two what happened.")
    moved = stage is not action.stage
    if moved and action.stage is Stage.ON_HOLD:
        raise Refused(HELD)
    if not mine and (moved or rag is not action.rag):
        raise NotAllowed(
            "Only the owner sets the stage and the RAG rating. Save your words without them."
        )
    if moved and stage not in BY_HAND:
        raise Refused(NOT_BY_HAND[stage])
    if mine:
        action.rag, action.rag_reason = true_colour(
            action, stage, rag, rag_reason, london_day(actor.at)
        )
    if moved and stage is Stage.DONE:
        must_be_shown(db, action)
    if moved:
        action.stage, action.moved_at = stage, actor.at
    _write(db, actor, action, text)
    record(db, actor, EventKind.ACTION_MOVED if moved else EventKind.ACTION_UPDATED, action)


def add_milestone(
    db: Session, actor: Actor, action_id: int, *, title: str, due_on: date | None = None
) -> int:
    """Add a step to one's own action. Returns its id. Raises NotFound, NotAllowed, Invalid."""
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    action = action_of(db, action_id)
    must_write(db, actor, action)
    if action.stage is not Stage.PROPOSED:
        must_take_evidence(db, action)
    milestone = Milestone(
        action_id=action.id,
        title=required_line(title, "title", "Say in a line what will be reached.", 240),
        due_on=due_on,
    )
    return kept(db, actor, EventKind.MILESTONE_ADDED, milestone, action_id=action.id)


def meet_milestone(
    db: Session, actor: Actor, milestone_id: int, *, evidence: str, met_on: date
) -> None:
    """Record a milestone as met, with its evidence; this counts as movement of the action.

    Raises NotFound, NotAllowed, Refused, and Invalid without evidence or for a date in the future.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    found = db.get(Milestone, milestone_id)
    if found is None:
        raise NotFound("We could not find that milestone. Reload the page.")
    action = action_of(db, found.action_id)
    must_write(db, actor, action)
    must_take_evidence(db, action)
    milestone = db.get_one(Milestone, milestone_id, populate_existing=True)
    if milestone.met_on is not None:
        raise Refused("This milestone has already been met.")
    must_be_possible_day(action, met_on, london_day(actor.at))
    milestone.evidence = evidence_in(evidence)
    milestone.met_on, milestone.met_by_id = met_on, actor.id
    action.moved_at = actor.at
    record(db, actor, EventKind.MILESTONE_MET, milestone, action_id=action.id)


def _write(db: Session, actor: Actor, action: Action, text: str) -> None:
    db.add(ActionUpdate(action_id=action.id, text=text, person_id=actor.id, at=actor.at))


def _commitment_in_force(commitment_id: int) -> sa.Select[int]:
    return (
        sa.select(PromiseCommitment.id)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(PromiseCommitment.id == commitment_id, theme_in_force())
    )


def _must_exist(db: Session, found: sa.Select[int], field: str, what: str) -> None:
    if db.scalar(found) is None:
        raise Invalid(f"Choose {what}.", field=field)
