"""Meetings of the Board that tests begin with."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.meetings import plan_meeting
from coprod_data.permissions import Actor
from coprod_data.rules.meeting_plan import MeetingPlan
from tests.helpers.builders import TODAY

DAY = timedelta(days=1)


def a_meeting(db: Session, actor: Actor, *, days: int = 8, **said: Any) -> int:
    """A planned meeting, in as many days, at half past five."""
    return plan_meeting(
        db, actor, meets_on=TODAY + days * DAY, begins="17:30", ends="19:30",
        plan=MeetingPlan(**{"place": "Town Hall", **said}),
    )  # fmt: skip
