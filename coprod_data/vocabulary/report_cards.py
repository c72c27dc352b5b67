"""The life of a report card, and the bodies it is handed to."""

from enum import StrEnum

from coprod_data.vocabulary.base import Worded


class CardState(StrEnum):
    """The stored life of a report card; answered, in co-production and co-signed are derived."""

    GATHERING = "gathering"
    READY = "ready"
    SHARED = "shared"
    CLOSED = "closed"


STANDING = (CardState.GATHERING, CardState.READY)  # one card of a theme is in these


class CardProgress(Worded):
    """How a report card reads on screen: its stored life, and how far its people came."""

    GATHERING = "gathering", "Collecting words"
    READY = "ready", "Ready to share"
    SHARED = "shared", "With the Board"
    ANSWERED = "answered", "Answered by staff"
    IN_COPRODUCTION = "in_coproduction", "Working on it together"
    CO_SIGNED = "co_signed", "Done together"
    CLOSED = "closed", "Closed"


class Body(Worded):
    """The two bodies a report card is formally handed to."""

    CLDG = "cldg", "Care Leaver Delivery Group"
    CPB = "cpb", "Corporate Parenting Board"
