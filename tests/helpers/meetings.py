"""Meetings of the Board that tests begin with."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.meetings import plan_meeting
from coprod_data.commands.meetings_agenda import add_item
from coprod_data.commands.meetings_decisions import confirm_decision, finish_line, record_decision
from coprod_data.commands.meetings_heard import start_item, start_meeting
from coprod_data.permissions import Actor, Role
from coprod_data.rules.meeting_decision import Said
from coprod_data.rules.meeting_plan import MeetingPlan
from coprod_data.vocabulary.meetings import DecisionResult
from tests.helpers.builders import TODAY, a_person, somebody

DAY = timedelta(days=1)


def a_meeting(db: Session, actor: Actor, *, days: int = 8, **said: Any) -> int:
    """A planned meeting, in as many days, at half past five."""
    return plan_meeting(
        db, actor, meets_on=TODAY + days * DAY, begins="17:30", ends="19:30",
        plan=MeetingPlan(**{"place": "Town Hall", **said}),
    )  # fmt: skip


def decided_in_private(db: Session, words: str) -> None:
    """Two decisions without the public in which everything said is `words`; one is carried out."""
    clerk, chair = somebody(db, Role.CLERK), somebody(db, Role.CHAIR)
    number = a_meeting(db, clerk, days=0, private_part=words)
    item = add_item(db, clerk, number, title=words, detail=words, paper=words, private=True)
    start_meeting(db, clerk, number)
    start_item(db, clerk, item)
    said = Said(
        result=DecisionResult.AGREED, recommendation=words, wording=words, together_with=words,
        owner_id=a_person(db, Role.MANAGER).id, due_on=TODAY,
    )  # fmt: skip
    for done in (False, True):
        decision = record_decision(db, clerk, item, said=said)
        confirm_decision(db, chair, decision)
        if done:
            finish_line(db, clerk, decision, words=words)
