"""What a database is for, and everything that may be set on screen, one row for each setting."""

from enum import StrEnum
from typing import Any, Self

from coprod_data.vocabulary.base import Spoken, Worded
from coprod_data.vocabulary.labels import BOARD, PROMISE, labelled


class Mode(StrEnum):
    """What a database is for; this never changes."""

    DEMO = "demo"
    LIVE = "live"


class SettingKey(Spoken, StrEnum):
    """One setting: its default, its label on screen, and its bounds if any.

    A setting without a label is set by its own form, not from a list.
    """

    default: Any
    bounds: tuple[int, int] | None

    def __new__(
        cls, value: str, default: Any = None, words: str = "", bounds: tuple[int, int] | None = None
    ) -> Self:
        """Make a member from its value, which is stored in the table, and the rest of its row."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.default, member._words, member.bounds = default, words, bounds
        return member

    @property
    def told(self) -> str:
        """What the history calls it: its label, or what its own form is about."""
        return self.words or labelled(_OF_A_FORM[self.value])

    MODE = "mode", None
    COUNCIL_NAME = "council_name", "", "Name of the council"
    BOARD_LABEL = "board_label", BOARD, "What the Board is called here"
    PROMISE_LABEL = "promise_label", PROMISE, "What The Promise is called here"
    PRIVACY_CONTACT = "privacy_contact", "", "Data protection officer: how to reach them"
    ACCESS_CONTACT = "access_contact", "", "Whom to tell when a page is hard to use"
    DUTY_HOURS = "duty_hours", None  # seven lists of spans, as [["09:00", "17:00"]]
    DUTY_CLOSED_DAYS = "duty_closed_days", ()
    DUTY_LEAD = "duty_lead", None  # an account and its number, as {"person_id": 4, "phone": "..."}
    DUTY_DEPUTY = "duty_deputy", None
    DUTY_STAND_IN = "duty_stand_in", None
    DUTY_PHONE = "duty_phone", "", "Phone number in these hours"
    DUTY_OUT_OF_HOURS = "duty_out_of_hours", "", "Phone number at all other times"
    DUTY_SOCIAL_WORK = "duty_social_work", "", "Emergency duty team: phone number"
    DUTY_LADO_NAME = "duty_lado_name", "", "LADO: name"
    DUTY_LADO_PHONE = "duty_lado_phone", "", "LADO: phone number"
    DUTY_LADO_EMAIL = "duty_lado_email", "", "LADO: e-mail, for a notice without words"
    DUTY_LADO_RINGS = "duty_lado_rings", "", "Whom the LADO rings here: name and phone number"
    PINNED_ENTRIES = "pinned_entries", ()
    READ_WORKING_DAYS = "read_working_days", 1, "Working days to read an entry", (1, 5)
    READ_FLAGGED_HOURS = "read_flagged_hours", 4, "Working hours to read a flagged entry", (1, 8)
    INVITATION_DAYS = "invitation_days", 21, "Days until an invitation lapses", (7, 60)
    OPPORTUNITY_TIERS = "opportunity_tiers", (14, 28, 56)
    REPLY_AMBER_DAYS = "reply_amber_days", 14, "Days until a reply is due", (1, 60)
    REPLY_RED_DAYS = "reply_red_days", 28, "Days until a reply is over our target", (2, 120)
    DRIFT_AMBER_DAYS = (
        "drift_amber_days", 30, "Days without movement before an action turns amber", (7, 120),
    )  # fmt: skip
    DRIFT_RED_DAYS = (
        "drift_red_days", 60, "Days without movement before an action is stuck", (14, 240),
    )  # fmt: skip
    SESSION_REVIEW_DAYS = (
        "session_review_days", 5, "Working days to find opportunities after a session", (1, 20),
    )  # fmt: skip
    SESSION_WRITE_UP_DAYS = (
        "session_write_up_days", 10, "Working days to write up a session", (1, 40),
    )  # fmt: skip
    IDLE_MINUTES = "idle_minutes", 30, "Idle minutes until staff are signed out", (5, 120)
    SHARE_LIMIT = "share_limit", 60, "Most entries from one address in 15 minutes", (5, 500)
    ENDED_MONTHS = (
        "ended_months", 12, "Months to keep words that stay with the team, from our reply",
        (3, 36),
    )  # fmt: skip
    LET_OUT_YEARS = (
        "let_out_years", 6, "Years to keep words that others may read, after our reply", (1, 6),
    )  # fmt: skip
    ORIGINAL_MONTHS = (
        "original_months", 12,
        "Months to keep the original of words that are shown in another wording, after our reply",
        (3, 36),
    )  # fmt: skip
    LOG_YEARS = (
        "log_years", 6, "Years to keep texts of staff beside the log, and names of closed accounts",
        (3, 10),
    )  # fmt: skip
    DRAFT_DAYS = "draft_days", 7, "Days to keep what staff began to type", (1, 30)
    TRAIL_MONTHS = "trail_months", 12, "Months to keep sign-ins, refusals and downloads", (6, 24)
    NOTICE_HOST = "notice_host", None  # through what notices are sent; off until somebody sets it
    PUBLIC_ADDRESS = "public_address", "", "Address of this site, as people type it"


_OF_A_FORM = {
    "mode": "What this database is for",
    "duty_hours": "When somebody reads",
    "duty_closed_days": "Days on which nobody reads",
    "duty_lead": "Safeguarding lead",
    "duty_deputy": "Safeguarding deputy",
    "duty_stand_in": "Safeguarding stand-in",
    "pinned_entries": "Words that the next meeting opens with",
    "opportunity_tiers": "Days after which an opportunity waits long",
    "notice_host": "How notices are sent",
}


_NO_MORE = {  # settings of the log's older events: a meeting is planned now
    "next_meeting": "Date of the next meeting",
    "next_meeting_theme": "Theme of the next meeting",
}


def told_as(key: str) -> str:
    """Return what the history calls a setting, also one that is none any more."""
    return _NO_MORE[key] if key in _NO_MORE else SettingKey(key).told


class DutyPost(Worded):
    """Who answers when a child may be in danger, in the order in which they are called."""

    LEAD = "lead", "Safeguarding lead"
    DEPUTY = "deputy", "Deputy"
    STAND_IN = "stand_in", "Stand-in"


POSTS = {
    DutyPost.LEAD: SettingKey.DUTY_LEAD,
    DutyPost.DEPUTY: SettingKey.DUTY_DEPUTY,
    DutyPost.STAND_IN: SettingKey.DUTY_STAND_IN,
}
DUTY_NUMBERS = (
    SettingKey.DUTY_PHONE,
    SettingKey.DUTY_OUT_OF_HOURS,
    SettingKey.DUTY_SOCIAL_WORK,
    SettingKey.DUTY_LADO_NAME,
    SettingKey.DUTY_LADO_PHONE,
    SettingKey.DUTY_LADO_EMAIL,
    SettingKey.DUTY_LADO_RINGS,
)
DUTY_HOURS = (SettingKey.DUTY_HOURS, SettingKey.DUTY_CLOSED_DAYS)
DUTY = (*POSTS.values(), *DUTY_HOURS, *DUTY_NUMBERS)
NOTICES = (SettingKey.NOTICE_HOST, SettingKey.PUBLIC_ADDRESS)
LABELS = (SettingKey.COUNCIL_NAME, SettingKey.BOARD_LABEL, SettingKey.PROMISE_LABEL)
CONTACTS = (SettingKey.PRIVACY_CONTACT, SettingKey.ACCESS_CONTACT)  # on two public pages
NUMBERS = {key: key.bounds for key in SettingKey if key.bounds}
