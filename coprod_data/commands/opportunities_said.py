"""That somebody said yes to an opportunity aloud, in a meeting, as the clerk wrote it down.

It binds nobody: it is an offer once they have pressed it themselves.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.opportunities_rules import opportunity_of, staff_side
from coprod_data.commands.rows import known, locked
from coprod_data.models import Invitation, Meeting
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.undoing import UNDO_MINUTES
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState

ALREADY = "They have already said yes. A young person will answer them."
NO = (
    "They answered “Not this time”, or passed it on. They can change that answer themselves, on "
    "their own device."
)


def write_down_yes(
    db: Session, actor: Actor, meeting_id: int, *, opportunity_id: int, person_id: int
) -> int:
    """Write down that a member or officer said yes in a meeting that runs, or ended today.

    Their own answer follows. Returns the invitation's id.
    Raises NotFound, NoLongerOpen, Invalid, and Refused when they have answered before.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = locked(db, Meeting, meeting_id, "meeting")
    if meeting.started_at is None:
        raise Refused("Begin the meeting first.")
    if london_day(meeting.started_at) != london_day(actor.at):
        raise Refused("Only what was said today is written down here. They can offer themselves.")
    opportunity = opportunity_of(
        db, opportunity_id, OpportunityState.OPEN, OpportunityState.MATCHED
    )
    if person_id == actor.id:
        raise Invalid("Choose “I’ll do it” yourself, on your own device.", field="person")
    person = staff_side(db, person_id)
    said = known(db, Invitation, opportunity_id=opportunity.id, person_id=person.id)
    if said is None:
        said = Invitation(opportunity_id=opportunity.id, person_id=person.id, asked_at=actor.at)
        db.add(said)
    elif said.refused_at is not None:
        raise Refused("A young person asked for somebody else this time.")
    elif said.reply is not None:
        raise Refused(ALREADY if said.reply is InvitationReply.YES else NO)
    elif said.said_at is not None:
        raise Refused("This is written down already.")
    said.asked_at = actor.at  # from now on they have time to answer
    said.said_meeting_id, said.said_at = meeting.id, actor.at
    db.flush()
    record(db, actor, EventKind.MEMBER_SAID_YES, meeting, opportunity=opportunity.id)
    return said.id


def take_back_yes(db: Session, actor: Actor, invitation_id: int) -> None:
    """Take back what was written down, within ten minutes. Raises NotFound, Refused."""
    actor.must(Permission.MEETINGS_WRITE)
    said = locked(db, Invitation, invitation_id, "answer")
    if said.said_at is None or said.reply is not None:
        raise Refused("They have answered it themselves by now. Reload the page.")
    if actor.at - said.said_at >= timedelta(minutes=UNDO_MINUTES):
        raise Refused("More than ten minutes have passed. They can say no to it themselves.")
    meeting = db.get_one(Meeting, said.said_meeting_id)
    if said.asked_by_id is None:
        db.delete(said)  # nobody asked them
    else:
        said.said_meeting_id = said.said_at = None
    record(db, actor, EventKind.MEMBER_SAID_UNDONE, meeting, opportunity=said.opportunity_id)
