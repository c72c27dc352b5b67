"""The life of a policy written together, how people were asked, and what became of each comment."""

from coprod_data.vocabulary.base import Worded


class PolicyStep(Worded):
    """The steps of a policy in their order; each is done, or skipped with a reason."""

    IDEA = "idea", "Idea"
    UNDERSTANDING = "understanding", "Learning"
    DRAFTING = "drafting", "Draft"
    CONSULTATION = "consultation", "Asked"
    REVISION = "revision", "Comments used"
    EASY_READ = "easy_read", "Easy-read"
    BOARD_REVIEW = "board_review", "Shown"
    SIGNED_OFF = "signed_off", "Sign-off"
    PUBLISHED = "published", "Published"
    PROMOTED = "promoted", "Promoted"
    LESSONS = "lessons", "Lessons"
    IN_FORCE = "in_force", "In force"

    @property
    def place(self) -> int:
        """Its place in a policy's life."""
        return list(PolicyStep).index(self)


NEVER_SKIPPED = (PolicyStep.EASY_READ, PolicyStep.SIGNED_OFF, PolicyStep.LESSONS)
NEXT = {  # what the next step asks for
    PolicyStep.IDEA: "say what it is for and for whom",
    PolicyStep.UNDERSTANDING: "hold a learning session, before anybody is asked",
    PolicyStep.DRAFTING: "write the first version",
    PolicyStep.CONSULTATION: "ask people what they think of it",
    PolicyStep.REVISION: "say what became of each comment",
    PolicyStep.EASY_READ: "finish the easy-read twin of this version",
    PolicyStep.BOARD_REVIEW: "show this version to those who decide",
    PolicyStep.SIGNED_OFF: "record who signed this version off",
    PolicyStep.PUBLISHED: "give the dates from which and to which it is valid, and publish it",
    PolicyStep.PROMOTED: "tell people about it",
    PolicyStep.LESSONS: "hold a session on what we learnt",
    PolicyStep.IN_FORCE: "say what changed because of it, and put it in force",
}


class PolicyStanding(Worded):
    """How a policy stands by its dates once it is in force."""

    BEING_WRITTEN = "being_written", "Being written"
    IN_FORCE = "in_force", "In force"
    REVIEW_DUE = "review_due", "Review due"
    EXPIRED = "expired", "Expired"


class ActivityKind(Worded):
    """What an activity of a policy is for."""

    LEARNING = "learning", "Learning, before views are asked"
    ASKING = "asking", "Asking what people think"
    LESSONS = "lessons", "Lessons learnt"
    PROMOTION = "promotion", "Telling people about it"


class PolicyChannel(Worded):
    """By which way an activity of a policy reached people."""

    STAND = "stand", "A stand"
    LETTER = "letter", "A letter"
    VISIT = "visit", "Visits to groups that already meet"
    MEETING = "meeting", "Meetings that we called"
    SMALL_GROUP = "small_group", "A small group, not rushed"
    SURVEY = "survey", "A survey"
    PAPER = "paper", "A paper copy by post"
    ARTICLE = "article", "A newsletter article"
    LOCAL_OFFER = "local_offer", "The Local Offer"
    PEER_LED = "peer_led", "Young people to young people"
    EASY_SURVEY = "easy_survey", "An easy-read survey, with support"
    PARTNER = "partner", "Review by a partner"
    OTHER = "other", "Another way"


class Worked(Worded):
    """Did a way of asking work?"""

    WELL = "well", "Worked well"
    PARTLY = "partly", "Worked in part"
    FEW = "few", "Few replies"
    UNKNOWN = "unknown", "Not known yet"


class CutState(Worded):
    """Where text that was cut from a policy is now."""

    KEPT = "kept", "Kept here"
    GUIDANCE = "guidance", "For the guidance"
    IN_LIBRARY = "in_library", "In the library"


class PresentKind(Worded):
    """Who was there when a policy was seen or signed off: kinds of people, never how many."""

    YOUNG = "young", "Young people"
    PARENTS = "parents", "Parents and carers"
    EDUCATION = "education", "Education"
    HEALTH = "health", "Health"
    SOCIAL_CARE = "social_care", "Social care"
    COUNCILLORS = "councillors", "Councillors"


class Opinion(Worded):
    """What somebody thinks of a part of a policy."""

    GOOD = "good", "Good"
    CHANGE = "change", "Change it"
    NOT_CLEAR = "not_clear", "Not clear"


class CommentWay(Worded):
    """How a comment came."""

    PAGE = "page", "On the public page"
    PAPER = "paper", "On paper"
    GROUP = "group", "In a group, typed by a worker"


class Disposition(Worded):
    """What became of a comment."""

    USED = "used", "Used"
    PARTLY = "partly", "Used in part"
    NOT_USED = "not_used", "Not used"
