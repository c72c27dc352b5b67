"""What a session is for, how people take part, its life, who comes to it, what a venue offers."""

from typing import Self

from coprod_data.vocabulary.base import Worded


class SessionKind(Worded):
    """What a session is for."""

    THEMED_CONVERSATION = "themed_conversation", "Themed conversation"
    PRIORITY_MEETING = "priority_meeting", "Priority meeting"
    WORKSHOP = "workshop", "Workshop"
    FORUM = "forum", "Forum"
    GROUP_VISIT = "group_visit", "Visit to a group that already meets"
    PEER_LED = "peer_led", "Led by young people"
    LESSONS_LEARNT = "lessons_learnt", "Lessons learnt"
    STAND = "stand", "Information stand"
    BOARD_WITH_YOUNG = "board_with_young", "The Board with young people"
    TAKEOVER_DAY = "takeover_day", "Takeover day"
    FIRST_MEETING = "first_meeting", "First meeting of those in the work"


class SessionWay(Worded):
    """How people take part."""

    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    BOTH = "both", "In person and online"
    PHONE = "phone", "By phone"
    POST = "post", "By post"


IN_A_ROOM = (SessionWay.IN_PERSON, SessionWay.BOTH)


class SeriesTemplate(Worded):
    """A series of workshops that is planned in one act."""

    SERVICE_DESIGN = "service_design", "Designing services together"


class GoalReached(Worded):
    """Did we get there?"""

    YES = "yes", "We got there"
    PARTLY = "partly", "In part"
    NOT_YET = "not_yet", "Not yet"


class SessionChannel(Worded):
    """By which way people were asked, for what the council learns of each."""

    STAND = "stand", "A stand"
    LETTER = "letter", "Letters"
    VISIT = "visit", "With groups that already meet"
    ONLINE = "online", "Online"
    PEER_LED = "peer_led", "Led by young people"
    OTHER = "other", "Other sessions"


class SessionState(Worded):
    """The life of a session, in its order; a cancelled one ends before it was held."""

    PLANNED = "planned", "Planned"
    CONFIRMED = "confirmed", "Confirmed"
    HELD = "held", "Held"
    REVIEWED = "reviewed", "Opportunities looked for"
    WRITTEN_UP = "written_up", "Written up"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


SHUT = (SessionState.CLOSED, SessionState.CANCELLED)  # no code that takes words, and no wall
AHEAD = (SessionState.PLANNED, SessionState.CONFIRMED)
AFTER = (SessionState.HELD, SessionState.REVIEWED, SessionState.WRITTEN_UP)
WAS_HELD = (*AFTER, SessionState.CLOSED)


class SessionsListed(Worded):
    """The lists of sessions, by their names in an address."""

    AHEAD = "ahead", "To come"
    REVIEW = "held", "What could we do together?"
    WRITE_UP = "reviewed", "To write up"
    TO_CLOSE = "written_up", "To close"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"

    @property
    def states(self) -> tuple[SessionState, ...]:
        """The states of the sessions in it."""
        return AHEAD if self.value == "ahead" else (SessionState(self.value),)


class SessionReply(Worded):
    """How somebody who was asked to a first meeting answers."""

    CAN = "can", "Yes, I will come"
    OTHER_DAY = "other_day", "Another day, please"
    LATER = "later", "Not now, ask me later"
    NO = "no", "I do not want to"


class AttendeeKind(Worded):
    """Who comes to a session: a part, never a name. Services are counted one by one."""

    YOUNG_PEOPLE = "young_people", "Young people"
    BOARD = "board", "Board members"
    YOUTH_VOICE = "youth_voice", "Youth Voice Team"
    SERVICE = "service", "A service"
    PARENTS_CARERS = "parents_carers", "Parents and carers"
    PARTNERS = "partners", "Partners"
    INDEPENDENT = "independent", "Independent people"


class NeedsMet(Worded):
    """Were the access needs met that people had told of? Never whose, nor how many."""

    ALL = "all", "Yes, all that we were told of"
    PARTLY = "partly", "Not all of them"
    NOBODY_ASKED = "nobody_asked", "Nobody asked for anything"


class TravelMode(Worded):
    """How most people came to a session."""

    PUBLIC = "public", "Bus or train"
    TAXI = "taxi", "Taxi"
    CAR = "car", "Car"
    MINIBUS = "minibus", "Minibus"
    FOOT = "foot", "On foot or by bike"
    NONE = "none", "Nobody travelled"


class ThanksKind(Worded):
    """What young people get for taking part, beyond thanks in words."""

    VOUCHER = "voucher", "Vouchers"
    ACCREDITATION = "accreditation", "Accreditation"
    EXPENSES = "expenses", "Expenses paid back"


class VenueOffer(Worded):
    """What a venue offers, each the name of its column."""

    FRIENDLY = "friendly", "Friendly to young people"
    STEP_FREE = "step_free", "Step-free"
    QUIET_ROOM = "quiet_room", "Quiet room"

    @classmethod
    def of(cls, venue: object) -> tuple[Self, ...]:
        """Return what a venue offers, from its row."""
        return tuple(offer for offer in cls if getattr(venue, offer.value))


class FeedbackFace(Worded):
    """How a session was: three faces."""

    GOOD = "good", "Good"
    MIDDLE = "middle", "In the middle"
    BAD = "bad", "Not good"


class FeedbackAnswer(Worded):
    """How far a sentence about a session is true for somebody."""

    YES = "yes", "Yes"
    A_BIT = "a_bit", "A bit"
    NO = "no", "No"


class FeedbackShare(Worded):
    """How many of those who answered gave one answer, too coarse to tell what one of them said."""

    MOST = "most", "Most of them"
    SOME = "some", "Some of them"
    FEW = "few", "Few or nobody"


class FeedbackAsked(Worded):
    """What everybody is asked about a session, beside the three faces."""

    WELCOME = "welcome", "I felt welcome"
    LISTENED = "listened", "I was listened to"
    COUNTED = "counted", "My view counted as much as others'"
