"""Who works on an action: staff only, together with young people, or led by them; what shows it."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_rules import action_to_describe, must_be_of_young_people
from coprod_data.commands.event_log import record_if_changed
from coprod_data.commands.rows import must_be_as_opened
from coprod_data.models import Action, Group
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.texts import required_text
from coprod_data.vocabulary.actions import WorkedOnBy
from coprod_data.vocabulary.events import EventKind


def say_who_works(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    worked_on_by: WorkedOnBy,
    together_with_id: int | None = None,
    shown: str = "",
    why_alone: str = "",
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say who works on one's own action: with whom and what shows it, or why staff only.

    The Youth Voice Team may say it of any action. `opened` holds what the form showed of these.
    Raises NotFound, NotAllowed, Invalid, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    action = action_to_describe(db, actor, action_id)
    alone = worked_on_by is WorkedOnBy.STAFF
    if alone and together_with_id is not None:
        raise Invalid("Staff only, so no group works on it. Choose one of the two.", field="by")
    said: dict[str, Any] = {
        "worked_on_by": worked_on_by,
        "together_with_id": together_with_id,
        "shown": "",
        "why_alone": "",
    }
    if alone:
        ask = "Say why young people do not work on it with you."
        said["why_alone"] = required_text(why_alone, "why_alone", ask)
    else:
        ask = "Say what shows that young people work on it, and where it can be seen."
        said["shown"] = required_text(shown, "shown", ask)
    now = {
        "worked_on_by": action.worked_on_by, "together_with_id": action.together_with_id,
        "shown": action.together_shown, "why_alone": action.why_alone,
    }  # fmt: skip
    must_be_as_opened(now, opened, said)
    _must_be_group(db, together_with_id, "together_with")
    _set(action, said)
    record_if_changed(db, actor, EventKind.ACTION_WORKED_ON, action)


def _set(action: Action, said: Mapping[str, Any]) -> None:
    action.worked_on_by, action.together_with_id = said["worked_on_by"], said["together_with_id"]
    action.together_shown, action.why_alone = said["shown"], said["why_alone"]


def say_who_agreed(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    group_id: int | None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say which group of young people agreed what will be seen when an action is done; None: nobody
    has yet.

    Its owner or the Youth Voice Team say it. `opened` holds what the form showed. Raises NotFound,
    NotAllowed, Invalid, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    action = action_to_describe(db, actor, action_id)
    now = {"group_id": action.see_agreed_with_id, "will_see": action.will_see}
    must_be_as_opened(now, opened, {"group_id": group_id})
    if group_id is not None and group_id != action.see_agreed_with_id:
        must_be_of_young_people(db, group_id, "group")
    action.see_agreed_with_id = group_id
    record_if_changed(db, actor, EventKind.ACTION_SEE_AGREED, action)


def _must_be_group(db: Session, group_id: int | None, field: str) -> None:
    there = sa.select(sa.exists().where(Group.id == group_id))
    if group_id is not None and not db.scalar(there):
        raise Invalid("Choose a group.", field=field)
