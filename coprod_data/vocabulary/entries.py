"""What a young person's text is, where its checking is, and why it should be read sooner."""

from enum import StrEnum

from coprod_data.vocabulary.base import Worded, WordedNumber


class EntryKind(Worded):
    """Why a young person wrote: every text of theirs is an entry and waits at the same gate."""

    WORDS = "words", "A card entry"
    ANSWER = "answer", "An answer to our question"
    NOT_YET = "not_yet", "Why it is not done yet"
    VIEW = "view", "How an action feels"


class Review(StrEnum):
    """Where the Youth Voice Team is with an entry; holds and withdrawals are facts of their own."""

    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    ASKED_BACK = "asked_back"
    PERSONAL_HELP = "personal_help"
    RELEASED = "released"
    CLOSED = "closed"


class QueueState(Worded):
    """How an entry reads in the checking queue."""

    SUBMITTED = "submitted", "New"
    IN_REVIEW = "in_review", "Being read"
    ASKED_BACK = "asked_back", "Asked back"
    PERSONAL_HELP = "personal_help", "Passed to their worker"
    SECOND_READER = "second_reader", "Needs a second reader"
    HELD = "held", "On hold: safeguarding"


TO_READ = (QueueState.SUBMITTED, QueueState.IN_REVIEW, QueueState.SECOND_READER)


class VersionKind(StrEnum):
    """The original is sealed; the shown version differs only by bracketed roles."""

    ORIGINAL = "original"
    SHOWN = "shown"


class QuestionKind(Worded):
    """What the team asks the young person about their entry."""

    TALK = "talk", "We asked something"
    WORDING = "wording", "We asked about a wording"
    SUMMARY = "summary", "We asked about the summary"


class ConsentUse(StrEnum):
    """What a young person may allow, each apart, none by default."""

    BOARD = "board"
    PUBLIC = "public"
    CONTACT = "contact"


class Feeling(WordedNumber):
    """How it feels, as the five faces of the form."""

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
