"""What a young person's text is, how far its checking is, and why it should be read sooner."""

from enum import StrEnum

from coprod_data.vocabulary.base import Worded, WordedNumber


class EntryKind(Worded):
    """Why a young person wrote: each of their texts is an entry and must be checked."""

    WORDS = "words", "A card entry"
    ANSWER = "answer", "An answer to our question"
    NOT_YET = "not_yet", "Why it is not done yet"
    VIEW = "view", "How an action feels"
    FEEDBACK = "feedback", "How a session was"
    PAGE = "page", "About a page of this site"
    POLICY = "policy", "About a policy"


WITHOUT_A_CODE = (EntryKind.FEEDBACK, EntryKind.PAGE)  # nobody follows these, nor gets a reply
ANSWERED = (EntryKind.WORDS, EntryKind.POLICY)  # whose authors are owed a reply
SECOND_LIST = (*WITHOUT_A_CODE, EntryKind.POLICY)  # read after the others, whoever wrote them


WROTE_BACK = "They wrote back"  # an answer to no question of ours


class Review(StrEnum):
    """How far the team is with an entry; holds and withdrawals are stored separately.

    `time_over`: its words were erased when their time was over; it counts as taken back.
    """

    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    ASKED_BACK = "asked_back"
    PERSONAL_HELP = "personal_help"
    RELEASED = "released"
    KEPT = "kept"
    CLOSED = "closed"
    TIME_OVER = "time_over"


class QueueState(Worded):
    """How an entry reads in the lists of the checking page."""

    SUBMITTED = "submitted", "New"
    IN_REVIEW = "in_review", "Being read"
    ASKED_BACK = "asked_back", "Asked back"
    NO_ANSWER = "no_answer", "No answer"
    SECOND_READER = "second_reader", "Needs a second person"
    HELD = "held", "On hold: safeguarding"
    TAKEN_BACK = "taken_back", "Taken back: to be read once"
    PERSONAL_HELP = "personal_help", "Passed to their worker"
    RELEASED = "released", "Let out"
    KEPT = "kept", "Kept with the team"
    CLOSED = "closed", "Closed"


TO_READ = (
    QueueState.SUBMITTED,
    QueueState.IN_REVIEW,
    QueueState.SECOND_READER,
    QueueState.NO_ANSWER,
)


class VersionKind(StrEnum):
    """The original is sealed; the shown version differs only by bracketed roles."""

    ORIGINAL = "original"
    SHOWN = "shown"


class QuestionKind(Worded):
    """What the team asks the young person about their entry."""

    TALK = "talk", "We asked something"
    WORDING = "wording", "We asked about a wording"
    SUMMARY = "summary", "We asked about the summary"


TRANSLATED = "We put your words into English."  # begins what is asked about a summary of others


class ConsentUse(Worded):
    """What a young person may allow, each by itself, none by default.

    `public` counts only beside `board`. `summary`: other words, and only those they agreed.
    """

    BOARD = "board", "The Board"
    SUMMARY = "summary", "The Board, in other words"
    PUBLIC = "public", "Everyone"
    WORK = "work", "The people in this work"


class Feeling(WordedNumber):
    """How it feels: the five faces of the form."""

    REALLY_BAD = 1, "It feels really bad"
    NOT_GOOD = 2, "It feels not good"
    IN_THE_MIDDLE = 3, "It feels in the middle"
    GOOD = 4, "It feels good"
    REALLY_GOOD = 5, "It feels really good"


class Flag(Worded):
    """Why a person should read an entry sooner. A flag never refuses, hides or closes anything."""

    HURT = "hurt", "Being hurt"
    SELF_HARM = "self_harm", "Self-harm"
    UNSAFE = "unsafe", "Not safe"
    RUNNING_AWAY = "running_away", "Running away"
    SECRET = "secret", "A secret"
    EXPLOITATION = "exploitation", "Used by others"
    NEGLECT = "neglect", "Not looked after"
    RESTRAINT = "restraint", "Hurt or held by staff"
    THREATS = "threats", "Threats to others"
    HONOUR = "honour", "Forced marriage or FGM"
    EXTREMISM = "extremism", "Extremism"
    WORRIED = "worried", "A reader is worried"
    ABOUT_US = "about_us", "May be about one of us"


PRESENT_DANGER = frozenset({Flag.HURT, Flag.SELF_HARM, Flag.UNSAFE})  # read before all else
NOT_OF_WORDS = (Flag.WORRIED, Flag.ABOUT_US)  # people and names give these, no list of words


class Hint(Worded):
    """Why an entry is read earlier without a second person: what words alone cannot settle."""

    WEAK_WORDS = "weak_words", "Words to read with care"
    LANGUAGE = "language", "Another language"
    REALLY_BAD = "really_bad", "It feels really bad"
