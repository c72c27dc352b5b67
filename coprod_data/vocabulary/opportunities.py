"""The life of an opportunity, how it is shown, and how a member answers an invitation."""

from coprod_data.vocabulary.base import Worded


class OpportunityState(Worded):
    """The stored life of a co-production opportunity."""

    SPOTTED = "spotted", "Spotted"
    REVIEWED = "reviewed", "Reviewed"
    OPEN = "open", "Open"
    MATCHED = "matched", "Picked up"
    WORKING = "working", "Working on it together"
    PARKED = "parked", "Parked"
    DECLINED = "declined", "Not taken forward"
    CLOSED = "closed", "Closed"


JOINABLE = (OpportunityState.OPEN, OpportunityState.MATCHED, OpportunityState.WORKING)
LOOKED_AT_AGAIN = (
    OpportunityState.SPOTTED, OpportunityState.REVIEWED, *JOINABLE, OpportunityState.PARKED
)  # fmt: skip


class OpportunityProgress(Worded):
    """How an opportunity reads on screen: its stored life, its people and its newest outcome."""

    SPOTTED = "spotted", "Spotted"
    REVIEWED = "reviewed", "Reviewed"
    OPEN = "open", "Waiting for one of us"
    OFFERED = "offered", "Offered"
    MATCHED = "matched", "Picked up"
    WORKING = "working", "Working on it together"
    OUTCOME_PROPOSED = "outcome_proposed", "Staff say done"
    DISPUTED = "disputed", "Not yet, a young person says"
    CO_SIGNED = "co_signed", "Done together"
    PARKED = "parked", "Parked"
    DECLINED = "declined", "Not taken forward"
    CLOSED = "closed", "Closed"


class InvitationReply(Worded):
    """How a member answers an invitation."""

    YES = "yes", "Yes, I’ll do it"
    NOT_THIS_TIME = "not_this_time", "Not this time"
    PASS_TO = "pass_to", "Pass it to somebody"


class InvitationProgress(Worded):
    """How an invitation reads on screen: whether it was answered, and what followed a yes."""

    INVITED = "invited", "Asked, no answer yet"
    SAID = "said", "Said yes in the meeting"
    LAPSED = "lapsed", "No answer in time"
    OFFERED = "offered", "Offered"
    MATCHED = "matched", "Picked up"
    REFUSED = "refused", "Somebody else wanted"
    NOT_THIS_TIME = "not_this_time", "Not this time"
    PASS_TO = "pass_to", "Passed on"


TO_ANSWER = (InvitationProgress.INVITED, InvitationProgress.SAID)
