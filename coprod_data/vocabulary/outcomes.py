"""The two sides of an outcome, in what capacity somebody signs, and how it is shown."""

from enum import StrEnum

from coprod_data.vocabulary.base import Worded


class Side(StrEnum):
    """The two sides whose signatures make an outcome *done together*."""

    YOUNG = "young"
    STAFF = "staff"


class Capacity(Worded):
    """In what capacity somebody signed."""

    AUTHOR = "author", "who wrote the card"
    GROUP_MEMBER = "group_member", "in the group"
    BOARD_MEMBER = "board_member", "Board member"
    OFFICER = "officer", "officer"


BY_CODE = "signed with a card code"
KNOWN = "known to the Youth Voice Team"


class OutcomeProgress(Worded):
    """How an outcome reads on screen; an answer by staff only is not an outcome."""

    WE_DID = "we_did", "We did: staff only"
    STAFF_SAY_DONE = "staff_say_done", "Staff say done"
    DISPUTED = "disputed", "Not yet, a young person says"
    CO_SIGNED = "co_signed", "Done together"
