"""Meetings of the Board: their life, and how those who are invited answer."""

from coprod_data.vocabulary.base import Worded


class MeetingState(Worded):
    """The life of a meeting, in its order; a cancelled one ends before it was held."""

    PLANNED = "planned", "Planned"
    CANCELLED = "cancelled", "Cancelled"


AHEAD = (MeetingState.PLANNED,)


class MeetingReply(Worded):
    """How somebody who is invited answers."""

    COMING = "coming", "Coming"
    APOLOGIES = "apologies", "Apologies"


class MeetingsListed(Worded):
    """The lists of meetings, by their names in an address."""

    AHEAD = "ahead", "To come"
    BEFORE = "before", "Before today"
    CANCELLED = "cancelled", "Cancelled"
