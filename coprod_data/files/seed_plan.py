"""Rows of the sheets about the action plan and the participation audit, as commands."""

from coprod_data.commands.actions import (
    add_milestone,
    approve_action,
    drop_action,
    meet_milestone,
    propose_action,
    update_action,
)
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_council import Council, Steps
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.actions import DueKind, Stage


def _propose(council: Council, actor: Actor, row: Row) -> None:
    if row["worked_on_by"] is None:
        raise row.refused("worked_on_by", "say who works on it.")
    group, opportunity = row["together_with"], row["opportunity"]
    action_id = propose_action(
        council.db,
        actor,
        commitment_id=council.number(row, "commitment"),
        title=row["action"],
        will_see=row["what_you_will_see"] or "",
        owner_id=council.number(row, "owner", "person"),
        service_id=council.number(row, "service"),
        worked_on_by=row["worked_on_by"],
        together_with_id=council.number(row, "together_with", "group") if group else None,
        opportunity_id=council.number(row, "opportunity") if opportunity else None,
        due_on=row["due"],
        due_wording=row["due_wording"] or "",
        due_kind=row["due_kind"] or DueKind.DAY,
    )
    council.name("action", row["action"], action_id)


def _approve(council: Council, actor: Actor, row: Row) -> None:
    approve_action(council.db, actor, council.number(row, "action"))


def _update(council: Council, actor: Actor, row: Row) -> None:
    action_id = council.number(row, "action")
    if row["stage"] is Stage.DROPPED:
        drop_action(council.db, actor, action_id, reason=row["words"])
        return
    update_action(
        council.db,
        actor,
        action_id,
        stage=row["stage"],
        rag=row["rag"],
        rag_reason=row["recovery"] or "",
        text=row["words"],
    )


def _add_milestone(council: Council, actor: Actor, row: Row) -> None:
    action_id = council.number(row, "action")
    milestone_id = add_milestone(
        council.db, actor, action_id, title=row["milestone"], due_on=row["due"]
    )
    council.name("milestone", row["milestone"], milestone_id)


def _meet_milestone(council: Council, actor: Actor, row: Row) -> None:
    meet_milestone(
        council.db,
        actor,
        council.number(row, "milestone"),
        evidence=row["evidence"] or "",
        met_on=london_day(actor.at),
    )


STEPS: Steps = {
    ("actions", "propose"): _propose,
    ("actions", "approve"): _approve,
    ("milestones", "add"): _add_milestone,
    ("milestones", "meet"): _meet_milestone,
    ("action_updates", None): _update,
}
