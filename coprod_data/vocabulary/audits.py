"""Levels, raters and the life of a return of the participation audit."""

from enum import StrEnum

from coprod_data.vocabulary.base import Worded, WordedNumber


class AuditLevel(WordedNumber):
    """Hear by Right's levels with *not yet* below them; no level means *not looked at*."""

    NOT_YET = 0, "0 Not yet"
    EMERGING = 1, "1 Emerging"
    ESTABLISHED = 2, "2 Established"
    ADVANCED = 3, "3 Advanced"

    @property
    def explained(self) -> str:
        """What it looks like, for whoever chooses one."""
        return _EXPLAINED[self]


_EXPLAINED = {
    AuditLevel.NOT_YET: "We do not do this yet.",
    AuditLevel.EMERGING: "Some teams do it, now and then.",
    AuditLevel.ESTABLISHED: "Most teams do it, and it is written down.",
    AuditLevel.ADVANCED: "All do it, young people help to shape it, and it changes things.",
}
APART = 2
"""From so many levels between a service and young auditors on, it is a gap to work on."""


class StandardSet(Worded):
    """Which standards a round begins with."""

    POLICY = "policy", "The eleven agreements of a participation policy"
    HEAR_BY_RIGHT = "hear_by_right", "Hear by Right’s seven"
    LUNDY = "lundy", "Lundy’s four"
    LAST = "last", "Those of the last round"
    OWN = "own", "Our own, which we write now"


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
