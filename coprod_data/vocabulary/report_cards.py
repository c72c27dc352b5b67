"""The life of a report card, and the bodies it is shared with."""

from enum import StrEnum

from coprod_data.vocabulary.base import Worded


class CardState(StrEnum):
    """The stored life of a report card; answered, in co-production and co-signed are derived."""

    GATHERING = "gathering"
    READY = "ready"
    SHARED = "shared"
    CLOSED = "closed"


STANDING = (CardState.GATHERING, CardState.READY)  # a theme has one card in these states


class CardProgress(Worded):
    """How a report card reads on screen: its stored state, and how far the work on it has come."""

    GATHERING = "gathering", "Collecting words"
    READY = "ready", "Ready for a meeting"
    SHARED = "shared", "Brought to a meeting"
    ANSWERED = "answered", "Answered by staff"
    IN_COPRODUCTION = "in_coproduction", "Working on it together"
    CO_SIGNED = "co_signed", "Done together"
    CLOSED = "closed", "Closed"


class CardsListed(Worded):
    """Which cards a number of the overview counts, and the list that it opens."""

    SHARED = "shared", "Brought to a meeting"
    NEW = "new", "Brought to a meeting in the last three months"


class Body(Worded):
    """The two bodies with which a report card is formally shared."""

    CLDG = "cldg", "Care Leaver Delivery Group"
    CPB = "cpb", "Corporate Parenting Board"
