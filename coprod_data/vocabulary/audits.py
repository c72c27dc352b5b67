"""Levels, raters and the life of a return of the participation audit."""

from enum import StrEnum

from coprod_data.vocabulary.base import Worded, WordedNumber


class AuditLevel(WordedNumber):
    """Hear by Right's levels with *not yet* below them; no level means *not looked at*."""

    NOT_YET = 0, "0 Not yet"
    EMERGING = 1, "1 Emerging"
    ESTABLISHED = 2, "2 Established"
    ADVANCED = 3, "3 Advanced"


class Rater(StrEnum):
    """Who gave a level."""

    SERVICE = "service"
    YOUNG_AUDITORS = "young_auditors"


class ReturnState(StrEnum):
    """The stored life of a service's audit return."""

    OPENED = "opened"
    IN_PROGRESS = "in_progress"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


class AnswerProgress(StrEnum):
    """How far the answer to one standard is; `bare` is a level without evidence."""

    OPEN = "open"
    NOT_LOOKED = "not_looked"
    BARE = "bare"
    ANSWERED = "answered"


OWED = (ReturnState.OPENED, ReturnState.IN_PROGRESS)


class ReturnProgress(Worded):
    """How an audit return reads on screen."""

    OPENED = "opened", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    OVERDUE = "overdue", "Late"
    RETURNED = "returned", "Returned"
    REVIEWED = "reviewed", "Reviewed"
    PUBLISHED = "published", "Published"
