"""How far a project of a service is: it cannot start before its involvement plan is agreed."""

from coprod_data.vocabulary.base import Worded


class ProjectState(Worded):
    """How far a project is; `no_plan` and `agreed` have not started."""

    NO_PLAN = "no_plan", "No agreed plan"
    AGREED = "agreed", "Plan agreed"
    STARTED = "started", "Started"
    FINISHED = "finished", "Finished"
    STOPPED = "stopped", "Stopped"
