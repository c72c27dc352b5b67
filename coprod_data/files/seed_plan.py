"""Rows of the sheets about the action plan and the participation audit, as commands."""

from coprod_data.commands.actions import (
    add_milestone,
    approve_action,
    meet_milestone,
    propose_action,
    update_action,
)
from coprod_data.commands.actions_authors import say_who_agreed, say_who_works
from coprod_data.commands.actions_stopping import drop_action, hold_action, take_up_action
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, day, text, the, the_if_any, value
from coprod_data.files.seed_council import Council, Steps
from coprod_data.permissions import Actor
from coprod_data.vocabulary.actions import STOPS, DueKind, Stage


def _update(council: Council, actor: Actor, row: Row) -> None:
    action_id = council.number(row, "action")
    if row["stage"] in STOPS:
        stop = drop_action if row["stage"] is Stage.DROPPED else hold_action
        stop(council.db, actor, action_id, reason=row["words"])
        return
    if row["stage"] is None:
        take_up_action(council.db, actor, action_id, reason=row["words"])
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


STEPS: Steps = {
    ("actions", "propose"): call(
        propose_action,
        names="action",
        worked_on_by=value("worked_on_by", must="say who works on it."),
        commitment_id=the("commitment"),
        title=value("action"),
        will_see=text("what_you_will_see"),
        owner_id=the("owner", "person"),
        service_id=the("service"),
        together_with_id=the_if_any("together_with", "group"),
        why_alone=text("why_alone"),
        partners=text("partners"),
        opportunity_id=the_if_any("opportunity"),
        due_on=value("due"),
        due_wording=text("due_wording"),
        due_kind=value("due_kind", empty=DueKind.DAY),
    ),
    ("actions", "worked on"): call(
        say_who_works,
        the("action"),
        worked_on_by=value("worked_on_by", must="say who works on it."),
        together_with_id=the_if_any("together_with", "group"),
        why_alone=text("why_alone"),
        shown=text("shown_by"),
    ),
    ("actions", "agreed"): call(
        say_who_agreed, the("action"), group_id=the("together_with", "group")
    ),
    ("actions", "approve"): call(approve_action, the("action")),
    ("milestones", "add"): call(
        add_milestone,
        the("action"),
        names="milestone",
        title=value("milestone"),
        due_on=value("due"),
    ),
    ("milestones", "meet"): call(
        meet_milestone, the("milestone"), evidence=text("evidence"), met_on=day
    ),
    ("action_updates", None): _update,
}
