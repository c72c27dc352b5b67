"""Survey rounds, what a finding tells, and how young people choose a priority."""

from coprod_data.vocabulary.base import Worded


class SurveyState(Worded):
    """How far a round is."""

    OPEN = "open", "People are answering"
    CLOSED = "closed", "Answers are being counted"
    RESULTS_IN = "results_in", "Results are here"
    SHARED = "shared", "Shared with young people"


class FindingSide(Worded):
    """What a high share of a finding says about life."""

    GOOD = "good", "It makes life good"
    WORRY = "worry", "It is a worry"


class Change(Worded):
    """What two rounds say about one finding."""

    BETTER = "better", "Better"
    WORSE = "worse", "Worse"
    TOO_FEW = "too_few", "Too few to say"
    REWORDED = "reworded", "Not comparable"
    HIDDEN = "hidden", "Not comparable"
    ALONE = "alone", "Asked once"


class ChosenHow(Worded):
    """How young people chose a priority."""

    VOTE = "vote", "By vote"
    WORKSHOP = "workshop", "In a workshop"
    GROUP = "group", "In a meeting of their group"
    OTHER = "other", "In another way"


class CameOf(Worded):
    """What may come of a priority; the value is the column that names it."""

    SESSION = "session_id", "The meeting about it"
    OPPORTUNITY = "opportunity_id", "An opportunity"
    ACTION = "action_id", "An action of the plan"

    @property
    def noun(self) -> str:
        """What it is called: session, opportunity, action."""
        return self.value.removesuffix("_id")
