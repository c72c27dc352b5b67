"""Meetings of the Board: their life, who comes, and what is on an agenda in which order."""

from coprod_data.vocabulary.base import Worded, WordedNumber


class MeetingState(Worded):
    """The life of a meeting, in its order; a cancelled one ends before it was held."""

    PLANNED = "planned", "Planned"
    PUBLISHED = "published", "Agenda is out"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


AHEAD = (MeetingState.PLANNED, MeetingState.PUBLISHED)


class MeetingReply(Worded):
    """How somebody who is invited answers."""

    COMING = "coming", "Coming"
    APOLOGIES = "apologies", "Apologies"


class MeetingsListed(Worded):
    """The lists of meetings, by their names in an address."""

    AHEAD = "ahead", "To come"
    BEFORE = "before", "Before today"
    CANCELLED = "cancelled", "Cancelled"


class AgendaKind(Worded):
    """What an item of an agenda is; those that always come are called by these words."""

    OPENING = "opening", "Opening words"
    WELCOME = "welcome", "Welcome, apologies and interests"
    OPPORTUNITY = "opportunity", "An opportunity waiting for one of us"
    GAP = "gap", "A commitment that we see differently"
    CARD = "card", "A report card"
    OPPORTUNITIES = "opportunities", "Opportunities waiting for one of us"
    PROMISE = "promise", "The Promise: what moved and what did not"
    LOG = "log", "What we said we would do"
    AUDIT = "audit", "Participation audit"
    PAPER = "paper", "Another item"
    NEXT = "next", "Next meeting and its theme"


YOUNG_WORDS = (AgendaKind.OPENING, AgendaKind.OPPORTUNITY, AgendaKind.GAP, AgendaKind.CARD)
NEVER_CARRIED = (
    AgendaKind.OPENING,
    AgendaKind.WELCOME,
    AgendaKind.OPPORTUNITIES,
    AgendaKind.PROMISE,
    AgendaKind.LOG,
    AgendaKind.AUDIT,
    AgendaKind.NEXT,
)  # each meeting has its own


class AgendaTier(WordedNumber):
    """Which items come first: by rule, and then in the chair's order. Words say why."""

    OPENING = 0, "It opens the meeting"
    NOT_REACHED = 1, "The Board did not get to it last time"
    WAITED = 2, "The longest wait"
    GAP = 3, "The widest gap"
    CHAIR = 4, "In the chair’s order"


BY_RULE = (AgendaTier.NOT_REACHED, AgendaTier.WAITED, AgendaTier.GAP)


class MeetingScreen(Worded):
    """What the screen of a meeting asks, one question at a time, in this order."""

    WORDS = "words", "Young people’s words"
    SINCE = "since", "Did we do what we said?"
    PROMISE = "promise", "Is The Promise kept?"
    STUCK = "stuck", "What is stuck, and who owns it?"
    TOGETHER = "together", "What did we do together?"
    WAITING = "waiting", "Who will do it?"
    GAP = "gap", "Do we see it alike?"
    LISTEN = "listen", "Are we listening?"
    ASKED = "asked", "What is to be decided?"
    RECORD = "record", "Have we got this right?"
    DECIDED = "decided", "What did we decide?"


class DecisionResult(Worded):
    """What became of a recommendation."""

    AGREED = "agreed", "Agreed"
    AMENDED = "amended", "Amended and agreed"
    DEFERRED = "deferred", "Deferred"
    NOTED = "noted", "Noted"


TO_BE_DONE = (DecisionResult.AGREED, DecisionResult.AMENDED)  # somebody owes something after these


class MeetingPart(Worded):
    """Who was at a meeting: a part, never a name."""

    MEMBERS = "members", "Members of the Board"
    YOUNG_PEOPLE = "young_people", "Young people"
    OFFICERS = "officers", "Officers"
    PUBLIC = "public", "Public"
