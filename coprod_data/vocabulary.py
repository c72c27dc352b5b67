"""Every closed list the code decides on, in the field's words.

Lists that differ by council (groups, services, The Promise) are rows, not enums.
The value is what stands in the table; the label is what stands on a screen.
"""

from enum import IntEnum, StrEnum


class CardState(StrEnum):
    """The stored life of a report card; answered, in co-production and co-signed are derived."""

    GATHERING = "gathering"
    READY = "ready"
    SHARED = "shared"
    CLOSED = "closed"


class CardProgress(StrEnum):
    """How a report card reads on screen: its stored life, and how far its people came."""

    GATHERING = "gathering"
    READY = "ready"
    SHARED = "shared"
    ANSWERED = "answered"
    IN_COPRODUCTION = "in_coproduction"
    CO_SIGNED = "co_signed"
    CLOSED = "closed"


class Body(StrEnum):
    """The two bodies a report card is formally handed to."""

    CLDG = "cldg"
    CPB = "cpb"


class EntryKind(StrEnum):
    """Why a young person wrote: every text of theirs is an entry and waits at the same gate."""

    WORDS = "words"
    ANSWER = "answer"
    NOT_YET = "not_yet"
    VIEW = "view"


class Review(StrEnum):
    """Where the Youth Voice Team is with an entry; holds and withdrawals are facts of their own."""

    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    ASKED_BACK = "asked_back"
    PERSONAL_HELP = "personal_help"
    RELEASED = "released"
    CLOSED = "closed"


class VersionKind(StrEnum):
    """The original is sealed; the shown version differs only by bracketed roles."""

    ORIGINAL = "original"
    SHOWN = "shown"


class QuestionKind(StrEnum):
    """What the team asks the young person about their entry."""

    TALK = "talk"
    WORDING = "wording"
    SUMMARY = "summary"


class ConsentUse(StrEnum):
    """What a young person may allow, each apart, none by default."""

    BOARD = "board"
    PUBLIC = "public"
    CONTACT = "contact"


class Feeling(IntEnum):
    """How it feels, as the five faces of the form."""

    REALLY_BAD = 1
    NOT_GOOD = 2
    IN_THE_MIDDLE = 3
    GOOD = 4
    REALLY_GOOD = 5


class Flag(StrEnum):
    """Why a person should read an entry sooner. A flag never refuses, hides or closes anything."""

    HURT = "hurt"
    SELF_HARM = "self_harm"
    UNSAFE = "unsafe"
    RUNNING_AWAY = "running_away"
    SECRET = "secret"
    EXPLOITATION = "exploitation"


class OpportunityState(StrEnum):
    """The stored life of a co-production opportunity."""

    SPOTTED = "spotted"
    REVIEWED = "reviewed"
    OPEN = "open"
    MATCHED = "matched"
    WORKING = "working"
    PARKED = "parked"
    DECLINED = "declined"
    CLOSED = "closed"


class InvitationReply(StrEnum):
    """What a member answers to an invitation."""

    YES = "yes"
    NOT_THIS_TIME = "not_this_time"
    PASS_TO = "pass_to"


class Side(StrEnum):
    """The two sides whose signatures make an outcome *done together*."""

    YOUNG = "young"
    STAFF = "staff"


class Capacity(StrEnum):
    """In what capacity somebody signed."""

    AUTHOR = "author"
    GROUP_MEMBER = "group_member"
    BOARD_MEMBER = "board_member"
    OFFICER = "officer"


class Stage(StrEnum):
    """The stage of an action; the second signature alone sets *verified*."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    VERIFIED = "verified"
    ON_HOLD = "on_hold"
    DROPPED = "dropped"


class Rag(StrEnum):
    """How an action in progress is going; no other stage has a RAG."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class WorkedOnBy(StrEnum):
    """Who does the work of an action."""

    STAFF = "staff"
    JOINTLY = "jointly"
    YOUNG_LED = "young_led"


class DueKind(StrEnum):
    """What kind of date stands in a plan: real plans hold days, months, seasons and recurrences."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    ONGOING = "ongoing"


class Face(StrEnum):
    """A young person's view of an action."""

    SMILE = "smile"
    FLAT = "flat"
    FROWN = "frown"


class AuditLevel(IntEnum):
    """Hear by Right's levels with *not yet* below them; a missing level means *not looked at*."""

    NOT_YET = 0
    EMERGING = 1
    ESTABLISHED = 2
    ADVANCED = 3


class Rater(StrEnum):
    """Who gave a level."""

    SERVICE = "service"
    YOUNG_AUDITORS = "young_auditors"


class ReturnState(StrEnum):
    """The life of a service's audit return; *overdue* is derived."""

    OPENED = "opened"
    IN_PROGRESS = "in_progress"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


class GroupKind(StrEnum):
    """What a group is for."""

    BOARD = "board"
    DELIVERY = "delivery"
    ACTION = "action"
    YOUNG_PEOPLE = "young_people"


class Mode(StrEnum):
    """A database is one or the other for ever."""

    DEMO = "demo"
    LIVE = "live"


class SettingKey(StrEnum):
    """Everything an administrator may set on screen."""

    MODE = "mode"
    COUNCIL_NAME = "council_name"
    BOARD_LABEL = "board_label"
    PROMISE_LABEL = "promise_label"
    DUTY_LEAD = "duty_lead"
    DUTY_DEPUTY = "duty_deputy"
    DUTY_HOURS = "duty_hours"
    DUTY_PHONE = "duty_phone"
    DUTY_OUT_OF_HOURS = "duty_out_of_hours"
    NEXT_MEETING = "next_meeting"
    NEXT_MEETING_THEME = "next_meeting_theme"
    PINNED_ENTRIES = "pinned_entries"
    IDLE_MINUTES = "idle_minutes"
    SHARE_LIMIT = "share_limit"
    READ_WORKING_DAYS = "read_working_days"
    READ_FLAGGED_HOURS = "read_flagged_hours"
    OPPORTUNITY_TIERS = "opportunity_tiers"
    INVITATION_DAYS = "invitation_days"
    DRIFT_AMBER_DAYS = "drift_amber_days"
    DRIFT_RED_DAYS = "drift_red_days"


class EventKind(StrEnum):
    """What can have happened: noun dot past tense."""

    PERSON_ADDED = "person.added"
    PERSON_DISABLED = "person.disabled"
    PERSON_ENABLED = "person.enabled"
    PASSWORD_SET = "person.password_set"
    RESET_LINK_MADE = "person.reset_link_made"
    ROLE_REQUESTED = "role.requested"
    ROLE_GRANTED = "role.granted"
    ROLE_ENDED = "role.ended"
    SIGNED_IN = "session.signed_in"
    SIGN_IN_REFUSED = "session.refused"
    SIGNED_OUT = "session.signed_out"
    SESSION_ENDED = "session.ended"
    SERVICE_ADDED = "service.added"
    SERVICE_MEMBER_ADDED = "service.member_added"
    GROUP_ADDED = "group.added"
    MEMBERSHIP_ADDED = "group.member_added"
    SETTING_CHANGED = "setting.changed"
    PROMISE_DRAFTED = "promise.drafted"
    THEME_ADDED = "promise.theme_added"
    COMMITMENT_ADDED = "promise.commitment_added"
    COMMITMENT_SUCCEEDED = "promise.commitment_succeeded"
    PROMISE_ADOPTED = "promise.adopted"
    CARD_OPENED = "report_card.opened"
    CARD_MOVED = "report_card.moved"
    CARD_TITLED = "report_card.titled"
    CARD_READY = "report_card.ready"
    CARD_SHARED = "report_card.shared"
    CARD_CLOSED = "report_card.closed"
    CARD_ANSWERED = "report_card.answered"
    ENTRY_SENT = "entry.sent"
    ENTRY_OPENED = "entry.opened_to_read"
    ENTRY_MOVED = "entry.moved"
    ENTRY_PROPOSED = "entry.release_proposed"
    ENTRY_RELEASED = "entry.released"
    ENTRY_RETURNED = "entry.returned_to_queue"
    ENTRY_ASKED_BACK = "entry.asked_back"
    ENTRY_ANSWERED = "entry.answered"
    ENTRY_PERSONAL_HELP = "entry.passed_to_worker"
    ENTRY_CLOSED = "entry.closed"
    ENTRY_WITHDRAWN = "entry.withdrawn"
    ENTRY_REPLIED = "entry.replied"
    ENTRY_JOINED = "entry.joined"
    SUMMARY_WRITTEN = "entry.summary_written"
    HOLD_OPENED = "hold.opened"
    HOLD_CLOSED = "hold.closed"
    CONSENT_CHANGED = "consent.changed"
    HOLDER_ADDED = "entry.holder_added"
    OPPORTUNITY_SPOTTED = "opportunity.spotted"
    OPPORTUNITY_CHANGED = "opportunity.changed"
    OPPORTUNITY_REVIEWED = "opportunity.reviewed"
    OPPORTUNITY_OPENED = "opportunity.opened"
    OPPORTUNITY_WORKING = "opportunity.working"
    OPPORTUNITY_PARKED = "opportunity.parked"
    OPPORTUNITY_DECLINED = "opportunity.declined"
    OPPORTUNITY_CLOSED = "opportunity.closed"
    MEMBER_INVITED = "invitation.sent"
    MEMBER_OFFERED = "invitation.offered"
    INVITATION_ANSWERED = "invitation.answered"
    YOUNG_INVITED = "opportunity.young_invited"
    MATCH_CONFIRMED = "opportunity.match_confirmed"
    MATCH_REFUSED = "opportunity.match_refused"
    OUTCOME_PROPOSED = "outcome.proposed"
    OUTCOME_SIGNED = "outcome.signed"
    OUTCOME_NOT_YET = "outcome.not_yet"
    ACTION_PROPOSED = "action.proposed"
    ACTION_APPROVED = "action.approved"
    ACTION_UPDATED = "action.updated"
    ACTION_MOVED = "action.moved"
    ACTION_DROPPED = "action.dropped"
    ACTION_VERIFIED = "action.verified"
    MILESTONE_ADDED = "milestone.added"
    MILESTONE_MET = "milestone.met"
    VIEW_GIVEN = "action.view_given"
    AUDIT_OPENED = "audit.opened"
    STANDARD_ADDED = "audit.standard_added"
    AUDIT_ANSWERED = "audit.answered"
    AUDIT_RETURNED = "audit.returned"
    AUDIT_REVIEWED = "audit.reviewed"
    AUDIT_PUBLISHED = "audit.published"
