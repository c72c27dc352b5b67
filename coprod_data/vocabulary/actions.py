"""Stages, colours, dates and views of the actions of the plan, and how a commitment is kept."""

from coprod_data.vocabulary.base import Worded


class Stage(Worded):
    """The stage of an action; only the second signature sets *verified*."""

    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Staff say done"
    VERIFIED = "verified", "Done together"
    ON_HOLD = "on_hold", "On hold"
    DROPPED = "dropped", "Dropped"

    @property
    def owed(self) -> bool:
        """Say whether staff owe something now: once they say done, others act; on hold, nobody."""
        return self in (Stage.AGREED, Stage.IN_PROGRESS)


NAMEABLE = (Stage.AGREED, Stage.IN_PROGRESS, Stage.DONE, Stage.ON_HOLD)  # outcomes may name these
BY_HAND = (Stage.IN_PROGRESS, Stage.DONE)  # stages an owner may set
NOT_LIVE = (Stage.PROPOSED, Stage.DROPPED)
SETTLED = (*NOT_LIVE, Stage.VERIFIED)
CHANGED_NO_MORE = (Stage.VERIFIED, Stage.DROPPED)  # stays as it says, with its owner
STAFF_OWE = tuple(stage for stage in Stage if stage.owed)
AT_REST = (*SETTLED, Stage.ON_HOLD)  # nobody owes movement on these
STOPS = (Stage.ON_HOLD, Stage.DROPPED)  # by decision, with a reason that young people read
FINISHED = (Stage.DONE, Stage.VERIFIED)  # these need evidence


class Rag(Worded):
    """How an action in progress is going; no other stage has a RAG."""

    GREEN = "green", "Green: on track"
    AMBER = "amber", "Amber: at risk"
    RED = "red", "Red: off track"


class WorkedOnBy(Worded):
    """Who does the work of an action."""

    JOINTLY = "jointly", "Together with young people"
    YOUNG_LED = "young_led", "Led by young people"
    STAFF = "staff", "Staff only"


TOGETHER = (WorkedOnBy.JOINTLY, WorkedOnBy.YOUNG_LED)  # these need to be shown


class DueKind(Worded):
    """What kind of date a plan has: real plans use days, months, seasons and recurrences."""

    DAY = "day", "On that day"
    MONTH = "month", "In that month"
    QUARTER = "quarter", "In that quarter"
    ONGOING = "ongoing", "Ongoing"


class Face(Worded):
    """A young person's view of an action."""

    SMILE = "smile", "Good"
    FLAT = "flat", "In the middle"
    FROWN = "frown", "Not good"


class ViewOf(Worded):
    """What a shown face is about, the narrowest first."""

    ACTION = "action", "Young people on this action"
    COMMITMENT = "commitment", "Young people on this commitment"
    THEME = "theme", "Young people on this theme"


WITHOUT_EVIDENCE = "Without evidence"

TOO_FEW = "Too few have said"


class CommitmentState(Worded):
    """How a commitment or a theme is kept: derived from its live actions, never stored."""

    STUCK = "stuck", "Stuck"
    MOVING = "moving", "Moving"
    NOT_STARTED = "not_started", "Not started"
    ON_HOLD = "on_hold", "On hold"
    KEPT = "kept", "Kept"
    NOT_ASSESSED = "not_assessed", "Not assessed"


class Listed(Worded):
    """Which actions a list holds; a count of the same name counts the same actions."""

    ALL = "all", "All"
    LATE = "late", "Late"
    STUCK = "stuck", "Stuck"
    UNSIGNED = "unsigned", "Done, not signed"
    MINE = "mine", "Mine"
    SERVICES = "services", "My services’"
    NO_OWNER = "no_owner", "Without an owner"
    PROPOSED = "proposed", "Waiting for approval"
    NOT_YOUNG = "not_young", "Not from young people"
    TOGETHER = "together", "Together with young people"
    YOUNG_LED = "young_led", "Led by young people"
    STAFF_ONLY = "staff_only", "Staff only"
    ON_HOLD = "on_hold", "On hold"
    ENDED = "ended", "Finished with an earlier wording"
    DROPPED = "dropped", "Dropped or turned down"


class Since(Worded):
    """From which day on the plan says what was done, and what did not move."""

    MEETING = "meeting", "Since the Board last met"
    MONTH = "month", "30 days"
    QUARTER = "quarter", "90 days"
    HALF_YEAR = "half_year", "180 days"
    YEAR = "year", "A year"


SINCE_DAYS = {Since.MONTH: 30, Since.QUARTER: 90, Since.HALF_YEAR: 180, Since.YEAR: 365}


class Only(Worded):
    """What is wrong with the commitments that the plan shows, or whose they are."""

    LATE = "late", "Late commitments"
    GAP = "gap", "With a gap"
    MINE = "mine", "My commitments"


class MilestoneState(Worded):
    """The state of a milestone as shown; *met* needs evidence."""

    MET = "met", "Met"
    LATE = "late", "Late"
    TO_COME = "to_come", "To come"
