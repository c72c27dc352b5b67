"""What may wait for somebody on their own page of work."""

from coprod_data.vocabulary.base import Worded


class WorkKind(Worded):
    """A kind of wait, in the order of the page: the most urgent kind first."""

    HOLD_UNOPENED = "hold_unopened", "On hold, and not opened yet"
    MESSAGE_LEFT = "message_left", "A message was left about a hold. Ring again"
    NOT_TOLD = "not_told", "On hold, and nobody has been told"
    HOLD_OPEN = "hold_open", "On hold"
    TAKEN_BACK = "taken_back", "Taken back: to be read once"
    URGENT = "urgent", "Urgent: to be read first"
    SECOND = "second", "A second person is needed"
    WISH_TAKEN_BACK = "wish_taken_back", "A wish to talk, taken back before anybody read it"
    WISH = "wish", "A young person wants somebody to talk to them"
    TO_READ = "to_read", "To read"
    REPLIES = "replies", "Replies owed to young people"
    REWORD = "reword", "Texts that repeat words which were taken back"
    ACCOUNT = "account", "Somebody has to answer for an account"
    INVITED = "invited", "You were asked"
    SAID = "said", "You said yes in the meeting"
    SIGN = "sign", "Please sign"
    PAPER_SIGN = "paper_sign", "Please sign the paper"
    DECISION_CONFIRM = "decision_confirm", "Confirm what was decided"
    WITNESS = "witness", "A second worker is needed for a signature"
    APPROVE = "approve", "Approve"
    CHANGE = "change", "Decide about a change"
    HAND_OVER = "hand_over", "Decide who owns it"
    NO_OWNER = "no_owner", "Find an owner"
    NO_MEMBER = "no_member", "Ask somebody else"
    EMPTY_SEAT = "empty_seat", "Fill a seat"
    EMPTY_OFFICE = "empty_office", "Say who holds an office now"
    NO_RETURNER = "no_returner", "Name who is responsible"
    NO_SERVICE = "no_service", "Name who takes over a service"
    NO_POLICY_OWNER = "no_policy_owner", "Find somebody to lead a policy"
    NO_PROJECT_OWNER = "no_project_owner", "Find an owner for a project"
    NO_PANEL_LEAD = "no_panel_lead", "Find who leads a recruitment"
    NO_LIBRARY_KEEPER = "no_library_keeper", "Find who keeps it in the library"
    BEGIN = "begin", "Work can start"
    OFFERED = "offered", "Ask a young person"
    ACTION = "action", "Update"
    DECISION_DUE = "decision_due", "Do what a meeting decided"
    AGENDA_LONG = "agenda_long", "The agenda is too long"
    MEETING_COMES = "meeting_comes", "Say whether you are coming"
    MEETING_OFF = "meeting_off", "This meeting is off"
    MEET_ANSWER = "meet_answer", "Say when you can meet"
    MEET_OFF = "meet_off", "This session is off"
    MEET_CHOOSE = "meet_choose", "Choose the day of a first meeting"
    SESSION_TASK = "session_task", "Before a session"
    SESSION = "session", "After a session"
    NO_FACILITATOR = "no_facilitator", "Find who finishes a session"
    THANKS_OWED = "thanks_owed", "Thanks owed to young people"
    SESSION_CLOSE = "session_close", "Close a session"
    POLICY_NEXT = "policy_next", "Take the next step of a policy"
    POLICY_CONFIRM = "policy_confirm", "Confirm a sign-off"
    PROJECT_PLAN = "project_plan", "Agree how people will be involved"
    PROJECT_REVIEW = "project_review", "Say what involvement changed"
    PANEL_OWED = "panel_owed", "Thank the panel, and say what changed"
    LIBRARY_REVIEW = "library_review", "Look at this again in the library"
    RETURN_OWED = "return_owed", "Participation audit"
    RETURN_REVIEW = "return_review", "Review the audit return"
    TRAINING_RECORD = "training_record", "Say who came to training"
    TRAINING_TELL = "training_tell", "Tell somebody that they have a place"
    TRAINING_PLACE = "training_place", "You have a place now"
    TRAINING_OFF = "training_off", "This training is off"
    TRAINING_DUE = "training_due", "Training to do"
    FOR_OTHERS = "for_others", "You proposed this. Others decide"
    NOBODY = "nobody", "Nobody here may read this"
    WAITS_ANSWER = "waits_answer", "to answer you"
    WAITS_YES = "waits_yes", "A young person, to say yes to you"
    WAITS_START = "waits_start", "The Youth Voice Team or the chair, to start the work"
    WAITS_MEMBER = "waits_member", "A member or officer, to take it up"
    WAITS_OPENING = "waits_opening", "The Youth Voice Team or the chair, to open it"
    WAITS_MEET = "waits_meet", "The Youth Voice Team, to fix the day"
    WAITS_YOUNG = "waits_young", "A young person, to sign"
    WAITS_STAFF = "waits_staff", "A member or officer in the work, to sign"
    WAITS_CHAIR = "waits_chair", "The chair, to approve"
    WAITS_CHANGE = "waits_change", "The chair, to decide about your change"
    WAITS_HAND_OVER = "waits_hand_over", "The chair or the Youth Voice Team, to change its owner"
    WAITS_SEAT = "waits_seat", "The Youth Voice Team or an administrator, to fill a seat"
    WAITS_RETURNER = "waits_returner", "An administrator, to name who is responsible"
    WAITS_ACCOUNT = "waits_account", "A second person, to answer for this account"
    WAITS_LINK = "waits_link", "They, to set a password with their one-time link"
    WAITS_REVIEW = "waits_review", "The Youth Voice Team, to review it"


class ActionWait(Worded):
    """Why an action waits for its owner, the strongest reason first."""

    LATE = "late", "its date has passed"
    NO_NOTE = "no_note", "red, and nothing says what will get it back on track"
    UNMOVED = "unmoved", "no milestone"
    DUE_SOON = "due_soon", "due soon"


class Decided(Worded):
    """What the chair decided about somebody's action or change, as it follows the chair's name."""

    APPROVED = "approved", "approved it"
    TURNED_DOWN = "turned_down", "turned it down"
    DROPPED = "dropped", "dropped it"
    HELD = "held", "put it on hold"
    CHANGE_AGREED = "change_agreed", "agreed to your change"
    CHANGE_REFUSED = "change_refused", "turned down your change"


URGENT_WORK = (WorkKind.HOLD_UNOPENED, WorkKind.MESSAGE_LEFT, WorkKind.NOT_TOLD)
DUE_SOON_DAYS = 14
OFF_DAYS = 14  # for so long those who were asked read there that what they were asked to is off
DECIDED_DAYS = 14  # for so long somebody reads there what the chair decided
LATELY_DAYS = 7  # what somebody did lately
UPDATED_DAYS = 14  # for so long after an update its owner is not asked for another
