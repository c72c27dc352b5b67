"""What a check of the log can find."""

from coprod_data.vocabulary.base import Worded


class LogFault(Worded):
    """What does not fit, as the check, the history and the server's health say it."""

    SEAL = "seal", "A seal does not fit its events"
    TAIL = "tail", "The end of the log is gone"
    ROW = "row", "A row does not fit the log"
    TEXT = "text", "A text beside an event does not fit it"
