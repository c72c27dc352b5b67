"""What is asked about an account that one administrator alone may not do, and how that ends."""

from coprod_data.vocabulary.base import Worded


class RequestKind(Worded):
    """What is asked about the account of somebody in a guarded team, or of the chair."""

    RESET = "reset", "a new password link"
    REOPEN = "reopen", "opening the account again"


class RequestEnd(Worded):
    """How a request ended."""

    AGREED = "agreed", "a second person agreed"
    IN_TIME = "in_time", "nobody stopped it for a day"
    STOPPED = "stopped", "it was stopped"
