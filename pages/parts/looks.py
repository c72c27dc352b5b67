"""How a state and a name look on every page."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from coprod_data.rules.usernames import TITLES
from coprod_data.vocabulary.actions import CommitmentState, Face, MilestoneState, Rag, Stage
from coprod_data.vocabulary.audits import ReturnProgress
from coprod_data.vocabulary.base import Worded
from coprod_data.vocabulary.entries import QueueState
from coprod_data.vocabulary.library import LibraryState
from coprod_data.vocabulary.measures import MeasureChange
from coprod_data.vocabulary.meetings import MeetingState
from coprod_data.vocabulary.opportunities import InvitationProgress, OpportunityProgress
from coprod_data.vocabulary.outcomes import OutcomeProgress
from coprod_data.vocabulary.papers import PaperState
from coprod_data.vocabulary.policies import CutState, PolicyStanding, Worked
from coprod_data.vocabulary.projects import ProjectState
from coprod_data.vocabulary.promise import WordingChange
from coprod_data.vocabulary.report_cards import CardProgress
from coprod_data.vocabulary.sessions import GoalReached, SessionState
from coprod_data.vocabulary.surveys import Change, SurveyState
from coprod_data.vocabulary.training import Standing


class Look(NamedTuple):
    """A word on screen, the tone behind it and the icon beside it."""

    word: str
    tone: str
    icon: str


# Tone and icon of each member; the member holds its own word. They are grouped by enum, because
# Python treats equal values of two lists as equal: "open" needs a member in one list but not in
# another.
LOOKS: Mapping[type[Enum], Mapping[Worded, tuple[str, str]]] = {
    CardProgress: {
        CardProgress.GATHERING: ("plain", "voice"),
        CardProgress.READY: ("soon", "send"),
        CardProgress.SHARED: ("moving", "send"),
        CardProgress.ANSWERED: ("plain", "paper"),
        CardProgress.IN_COPRODUCTION: ("moving", "hand"),
        CardProgress.CO_SIGNED: ("good", "check"),
        CardProgress.CLOSED: ("plain", "check"),
    },
    Standing: {
        Standing.NEVER: ("alert", "dashed"),
        Standing.EXPIRED: ("alert", "clock"),
        Standing.WAITING: ("soon", "clock"),
        Standing.PLACED: ("moving", "calendar"),
        Standing.DUE_SOON: ("soon", "check"),
        Standing.IN_DATE: ("good", "check"),
    },
    SurveyState: {
        SurveyState.OPEN: ("moving", "pen"),
        SurveyState.CLOSED: ("plain", "clock"),
        SurveyState.RESULTS_IN: ("soon", "eye"),
        SurveyState.SHARED: ("good", "check"),
    },
    PolicyStanding: {
        PolicyStanding.BEING_WRITTEN: ("moving", "pen"),
        PolicyStanding.IN_FORCE: ("good", "check"),
        PolicyStanding.REVIEW_DUE: ("soon", "clock"),
        PolicyStanding.EXPIRED: ("alert", "warning"),
    },
    Worked: {
        Worked.WELL: ("good", "check"),
        Worked.PARTLY: ("soon", "up"),
        Worked.FEW: ("plain", "down"),
        Worked.UNKNOWN: ("plain", "question"),
    },
    CutState: {
        CutState.KEPT: ("plain", "inbox"),
        CutState.GUIDANCE: ("moving", "paper"),
        CutState.IN_LIBRARY: ("good", "check"),
    },
    LibraryState: {
        LibraryState.DRAFT: ("soon", "pen"),
        LibraryState.PUBLISHED: ("good", "check"),
        LibraryState.WITHDRAWN: ("plain", "cross"),
    },
    ProjectState: {
        ProjectState.NO_PLAN: ("alert", "lock"),
        ProjectState.AGREED: ("soon", "hand"),
        ProjectState.STARTED: ("moving", "up"),
        ProjectState.FINISHED: ("good", "check"),
        ProjectState.STOPPED: ("plain", "cross"),
    },
    Change: {
        Change.BETTER: ("good", "up"),
        Change.WORSE: ("alert", "down"),
        Change.TOO_FEW: ("plain", "question"),
        Change.REWORDED: ("plain", "dashed"),
        Change.HIDDEN: ("plain", "dashed"),
        Change.ALONE: ("plain", "dashed"),
    },
    MeasureChange: {
        MeasureChange.BETTER: ("good", "up"),
        MeasureChange.WORSE: ("alert", "down"),
        MeasureChange.SAME: ("plain", "check"),
        MeasureChange.MOVED: ("plain", "next"),
        MeasureChange.HIDDEN: ("plain", "dashed"),
        MeasureChange.ALONE: ("plain", "dot"),
    },
    QueueState: {
        QueueState.SUBMITTED: ("soon", "inbox"),
        QueueState.IN_REVIEW: ("moving", "eye"),
        QueueState.ASKED_BACK: ("soon", "question"),
        QueueState.PERSONAL_HELP: ("violet", "person"),
        QueueState.SECOND_READER: ("alert", "eye"),
        QueueState.HELD: ("alert", "shield"),
        QueueState.NO_ANSWER: ("soon", "question"),
        QueueState.TAKEN_BACK: ("alert", "undo"),
        QueueState.RELEASED: ("good", "check"),
        QueueState.KEPT: ("plain", "lock"),
        QueueState.CLOSED: ("plain", "check"),
    },
    OpportunityProgress: {
        OpportunityProgress.SPOTTED: ("plain", "search"),
        OpportunityProgress.REVIEWED: ("plain", "eye"),
        OpportunityProgress.OPEN: ("alert", "clock"),
        OpportunityProgress.OFFERED: ("moving", "hand"),
        OpportunityProgress.MATCHED: ("moving", "hand"),
        OpportunityProgress.WORKING: ("moving", "together"),
        OpportunityProgress.OUTCOME_PROPOSED: ("soon", "question"),
        OpportunityProgress.DISPUTED: ("alert", "warning"),
        OpportunityProgress.CO_SIGNED: ("good", "check"),
        OpportunityProgress.PARKED: ("plain", "pause"),
        OpportunityProgress.DECLINED: ("plain", "cross"),
        OpportunityProgress.CLOSED: ("plain", "check"),
    },
    InvitationProgress: {
        InvitationProgress.INVITED: ("soon", "clock"),
        InvitationProgress.SAID: ("soon", "hand"),
        InvitationProgress.LAPSED: ("alert", "clock"),
        InvitationProgress.OFFERED: ("moving", "hand"),
        InvitationProgress.MATCHED: ("moving", "hand"),
        InvitationProgress.REFUSED: ("plain", "cross"),
        InvitationProgress.NOT_THIS_TIME: ("plain", "cross"),
        InvitationProgress.PASS_TO: ("plain", "next"),
    },
    GoalReached: {
        GoalReached.YES: ("good", "check"),
        GoalReached.PARTLY: ("soon", "dashed"),
        GoalReached.NOT_YET: ("plain", "clock"),
    },
    SessionState: {
        SessionState.PLANNED: ("plain", "pen"),
        SessionState.CONFIRMED: ("good", "check"),
        SessionState.HELD: ("soon", "question"),
        SessionState.REVIEWED: ("soon", "pen"),
        SessionState.WRITTEN_UP: ("moving", "paper"),
        SessionState.CLOSED: ("plain", "check"),
        SessionState.CANCELLED: ("plain", "cross"),
    },
    MeetingState: {
        MeetingState.PLANNED: ("plain", "calendar"),
        MeetingState.PUBLISHED: ("good", "send"),
        MeetingState.HELD: ("plain", "check"),
        MeetingState.CANCELLED: ("plain", "cross"),
    },
    PaperState: {
        PaperState.DRAFT: ("plain", "pen"),
        PaperState.SUBMITTED: ("soon", "clock"),
        PaperState.SIGNED: ("good", "check"),
    },
    OutcomeProgress: {
        OutcomeProgress.WE_DID: ("plain", "paper"),
        OutcomeProgress.STAFF_SAY_DONE: ("soon", "question"),
        OutcomeProgress.DISPUTED: ("alert", "warning"),
        OutcomeProgress.CO_SIGNED: ("good", "check"),
    },
    Stage: {
        Stage.PROPOSED: ("plain", "pen"),
        Stage.AGREED: ("moving", "together"),
        Stage.IN_PROGRESS: ("moving", "up"),
        Stage.DONE: ("soon", "question"),
        Stage.VERIFIED: ("good", "check"),
        Stage.ON_HOLD: ("plain", "pause"),
        Stage.DROPPED: ("plain", "cross"),
    },
    WordingChange: {
        WordingChange.LEFT_OUT: ("alert", "minus"),
        WordingChange.SPLIT: ("moving", "open"),
        WordingChange.JOINED: ("moving", "together"),
        WordingChange.RECAST: ("moving", "together"),
        WordingChange.REWORDED: ("soon", "pen"),
        WordingChange.MOVED: ("moving", "next"),
        WordingChange.NEW: ("violet", "star"),
        WordingChange.SAME: ("plain", "check"),
    },
    Rag: {
        Rag.GREEN: ("good", "check"),
        Rag.AMBER: ("soon", "flag"),
        Rag.RED: ("alert", "warning"),
    },
    Face: {
        Face.SMILE: ("good", "smile"),
        Face.FLAT: ("soon", "meh"),
        Face.FROWN: ("alert", "frown"),
    },
    MilestoneState: {
        MilestoneState.MET: ("good", "check"),
        MilestoneState.LATE: ("alert", "warning"),
        MilestoneState.TO_COME: ("plain", "dashed"),
    },
    CommitmentState: {
        CommitmentState.STUCK: ("alert", "warning"),
        CommitmentState.MOVING: ("moving", "up"),
        CommitmentState.NOT_STARTED: ("plain", "pause"),
        CommitmentState.ON_HOLD: ("plain", "pause"),
        CommitmentState.KEPT: ("good", "check"),
        CommitmentState.NOT_ASSESSED: ("plain", "dashed"),
    },
    ReturnProgress: {
        ReturnProgress.OPENED: ("plain", "dashed"),
        ReturnProgress.IN_PROGRESS: ("moving", "up"),
        ReturnProgress.OVERDUE: ("alert", "clock"),
        ReturnProgress.RETURNED: ("moving", "inbox"),
        ReturnProgress.REVIEWED: ("plain", "eye"),
        ReturnProgress.PUBLISHED: ("good", "check"),
    },
}


def look(state: Worded | Look) -> Look:
    """Return the look of a member of a closed list, or a given Look. Raises KeyError."""
    return state if isinstance(state, Look) else Look(state.words, *LOOKS[type(state)][state])


def initials(name: str) -> str:
    """Return the letters of a name's round badge, without its title: Cllr Dawn Pryce is DP."""
    words = [word for word in name.split() if word.lower().rstrip(".") not in TITLES]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def short_name(name: str) -> str:
    """Return a name with its initial, without its title: Dr Anita Rao is A Rao."""
    words = [word for word in name.split() if word.lower().rstrip(".") not in TITLES]
    return f"{words[0][0]} {words[-1]}" if len(words) > 1 else name
