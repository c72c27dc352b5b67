"""What happens to an entry when somebody may not be safe, and what needs a second person."""

from typing import Self

from coprod_data.vocabulary.base import Worded


class Again(Worded):
    """Why an entry that had left the queue is in it again."""

    ALLOWED = "allowed", "Allowed since then: read it again"
    NOT_ALLOWED = "not_allowed", "Its summary was shown without a yes"
    RECALLED = "recalled", "Taken back in"
    WORRIED = "worried", "A reader is worried"
    HOLD_ENDED = "hold_ended", "Back from a hold"
    PUT_BACK = "put_back", "Put back"


class StepKind(Worded):
    """What one person of the team proposes for an entry and a second person agrees to."""

    RELEASE = "release", "Let it out"
    KEEP = "keep", "Keep it with the team"
    ASK_BACK = "ask_back", "Ask the young person"
    PASS_ON = "pass_on", "Pass it to their worker"
    CLOSE = "close", "Close it with a reply"
    WITHDRAW = "withdraw", "Take it back for the young person"
    RECALL = "recall", "Take it back in"
    END_HOLD = "end_hold", "End the hold"
    END_WISH = "end_wish", "Close the wish to talk"


TAKEN_BACK_DAYS = 1  # working days in which safeguarding reads what was taken back unread
BESIDE = (StepKind.END_WISH, StepKind.RECALL)  # the entry may be decided while these wait


class AboutUs(Worded):
    """Who the young person says it is about, when it is about somebody who works with cards."""

    NAMED = "named", "One of the names"
    SOMEBODY_ELSE = "somebody_else", "Someone else"
    NOT_SAID = "not_said", "I do not want to say"


class Translator(Worded):
    """Who put words in another language into English for the team; `english`: nobody had to."""

    SPEAKER = "speaker", "Somebody who speaks it"
    INTERPRETER = "interpreter", "An interpreter"
    WORKER = "worker", "A worker whose language it is"
    MACHINE = "machine", "Only a machine"
    ENGLISH = "english", "It is in English"


class Told(Worded):
    """Whom the worker told that an entry is held, or at which number they only left a message.

    `left_message` is of calls that were written down before each number had its own.
    """

    LEAD = "lead", "The safeguarding lead"
    DEPUTY = "deputy", "The deputy"
    STAND_IN = "stand_in", "The stand-in"
    OUT_OF_HOURS = "out_of_hours", "The out-of-hours team"
    SOCIAL_WORK = "social_work", "Duty social work"
    LADO = "lado", "The LADO"
    POLICE = "police", "Police, 999"
    LEFT_MESSAGE = "left_message", "Nobody answered. I left a message"
    LEFT_LEAD = "left_lead", "Nobody answered. I left a message for the safeguarding lead"
    LEFT_DEPUTY = "left_deputy", "Nobody answered. I left a message for the deputy"
    LEFT_STAND_IN = "left_stand_in", "Nobody answered. I left a message for the stand-in"
    LEFT_OUT_OF_HOURS = (
        "left_out_of_hours",
        "Nobody answered. I left a message for the out-of-hours team",
    )
    LEFT_SOCIAL_WORK = "left_social_work", "Nobody answered. I left a message for duty social work"
    LEFT_LADO = "left_lado", "Nobody answered. I left a message for the LADO"

    @property
    def message(self) -> bool:
        """Say whether nobody answered, so that somebody still has to be told."""
        return self.value.startswith("left_")


class HoldEnd(Worded):
    """How a hold ended. `needs_second`: a second person agrees before it has."""

    needs_second: bool

    def __new__(cls, value: str, words: str = "", needs_second: bool = False) -> Self:
        """Make a member of its value and the rest of its row."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._words, member.needs_second = words, needs_second
        return member

    SOCIAL_CARE = "social_care", "Referred to social care"
    POLICE = "police", "Police or 999"
    LADO = "lado", "Referred to the LADO"
    WORKER_TOLD = "worker_told", "Their worker was told"
    TALKED = "talked", "We talked with them"
    KNOWN = "known", "We knew of it already", True
    NO_RISK = "no_risk", "No risk found", True
    NOT_FOUND = "not_found", "We could not find out who it is", True


class WordsTo(Worded):
    """What happens to the words when a hold ends."""

    QUEUE = "queue", "Back to the queue, still flagged"
    KEPT = "kept", "Kept with the team"
    ERASED = "erased", "Erased, because they were taken back"


# What an author reads of each use they allowed when words are kept after a hold: it names no hold.
KEPT_BECAUSE = "we want to keep people safe."
# And of each that nobody had decided about when their entry was closed or passed on.
CLOSED_BECAUSE = "we answered you ourselves and closed this card."
PASSED_ON_BECAUSE = "it is about your own life, so your worker helps you."


class WishEnd(Worded):
    """How a wish to talk to somebody was met."""

    SPOKE = "spoke", "We spoke to them"
    NOT_REACHED = "not_reached", "We could not reach them"
    NOT_WANTED = "not_wanted", "They no longer want to"


class HoldLine(Worded):
    """What safeguarding may write on the card of a held entry. `asks`: it waits for an answer."""

    asks: bool

    def __new__(cls, value: str, words: str = "", asks: bool = False) -> Self:
        """Make a member of its value and the rest of its row."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._words, member.asks = words, asks
        return member

    REACH = (
        "reach",
        "Someone on the team wants to talk with you. You are not in trouble. How can we reach you?",
        True,
    )
    SAFE_NOW = "safe_now", "Are you safe today? Is there anyone you trust near you?", True
    WHEN = "when", "When is a good time to talk? Who should not know that we call?", True
    THANKS = "thanks", "Thank you for telling us. A real person is reading this."
    STILL = "still", "We have not forgotten you. We will write here again."
