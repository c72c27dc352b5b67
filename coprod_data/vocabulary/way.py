"""The things that belong together, from a theme of The Promise to what changed."""

from coprod_data.vocabulary.base import Worded


class WayKind(Worded):
    """A thing on the way, in the order in which one follows from the other."""

    THEME = "theme", "Theme"
    COMMITMENT = "commitment", "Commitment"
    REPORT_CARD = "report_card", "Report card"
    OPPORTUNITY = "opportunity", "Opportunity"
    GROUP = "group", "Group"
    VENUE = "venue", "Venue"
    SESSION = "session", "Session"
    MEETING = "meeting", "Meeting of the Board"
    PAPER = "paper", "Paper for the Board"
    ACTION = "action", "Action"
    OUTCOME = "outcome", "Outcome"
