"""The partners and the start of an action, said or corrected after it was proposed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.actions_rules import action_to_describe
from coprod_data.commands.event_log import record_if_changed
from coprod_data.commands.rows import must_be_as_opened
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.texts import optional_text
from coprod_data.vocabulary.events import EventKind


def say_partners_and_start(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    partners: str,
    starts_on: date | None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say who else works on one's own action, and when it starts; either may be empty.

    The Youth Voice Team may say it of any action. `opened` holds what the form showed of both.
    Raises NotFound, NotAllowed, Invalid, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    action = action_to_describe(db, actor, action_id)
    partners = optional_text(partners, "partners", 240)
    said = {"partners": partners, "starts_on": starts_on}
    now = {"partners": action.partners, "starts_on": action.starts_on}
    must_be_as_opened(now, opened, said)
    if starts_on and action.due_on and action.due_on < starts_on:
        raise Invalid("It cannot start after it is due.", field="starts")
    action.partners, action.starts_on = partners, starts_on
    record_if_changed(db, actor, EventKind.ACTION_FACTS, action)
