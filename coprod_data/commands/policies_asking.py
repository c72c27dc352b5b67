"""How people were asked about a policy: each activity with its reach and its replies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.policies_rules import policy_of
from coprod_data.commands.rows import locked, must_be_as_opened
from coprod_data.models import PolicyActivity
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.session_reach import MOST_REACHED
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.policies import ActivityKind, PolicyChannel, Worked


@dataclass(frozen=True, kw_only=True)
class ActivityTyped:
    """What a form says of an activity; without `held_on` it is planned."""

    title: str
    kind: ActivityKind
    channel: PolicyChannel
    held_on: date | None = None
    audience: str = ""
    question: str = ""
    heard: str = ""
    reached: int | None = None
    replies: int | None = None
    worked: Worked = Worked.UNKNOWN
    source: str = ""


def add_activity(db: Session, actor: Actor, policy_id: int, typed: ActivityTyped) -> int:
    """Write down an activity of a policy. Returns its id. Raises NotFound, NotAllowed, Invalid."""
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    policy = policy_of(db, actor, policy_id)
    row = PolicyActivity(policy_id=policy.id, **_checked(actor, typed))
    db.add(row)
    record(db, actor, EventKind.POLICY_ASKED, policy)
    return row.id


def change_activity(
    db: Session,
    actor: Actor,
    activity_id: int,
    typed: ActivityTyped,
    *,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what is said of an activity; `opened` is what the form showed.

    Raises NotFound, NotAllowed, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.POLICIES_WRITE, Permission.POLICIES_OWN)
    row = locked(db, PolicyActivity, activity_id, "activity")
    policy = policy_of(db, actor, row.policy_id)
    values = _checked(actor, typed)
    must_be_as_opened({field: getattr(row, field) for field in values}, opened, values)
    for field, value in values.items():
        setattr(row, field, value)
    record_if_changed(db, actor, EventKind.POLICY_ASKED, policy)


def _checked(actor: Actor, typed: ActivityTyped) -> dict[str, Any]:
    for name in ("reached", "replies"):
        number = getattr(typed, name)
        if number is not None and not 0 <= number <= MOST_REACHED:
            raise Invalid(f"Give a number from 0 to {MOST_REACHED:,}.", field=name)
    if typed.replies is not None and typed.reached is not None and typed.replies > typed.reached:
        raise Invalid("No more can reply than were reached.", field="replies")
    if typed.held_on is not None and typed.held_on > london_day(actor.at):
        raise Invalid("Leave the day empty until it was held.", field="held_on")
    return {
        **vars(typed),
        "title": required_line(typed.title, "title", "Say in a line what it was."),
        **{name: optional_text(getattr(typed, name), name) for name in ("question", "heard")},
        **{
            name: " ".join(optional_text(getattr(typed, name), name, longest).split())
            for name, longest in (("audience", 160), ("source", 240))
        },
    }
