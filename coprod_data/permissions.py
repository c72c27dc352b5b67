"""Who may do what: roles, permissions, one table of grants, and the actor who carries them.

The table follows the council's own division of work. A cell that says *own* or *propose* is a
permission of its own; `coprod_data/scopes` says which rows are a person's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from coprod_data.vocabulary.base import Spoken, Worded


class Role(Worded):
    """A person's part in the Board's work; one person may have several."""

    YOUNG_PERSON = "young_person", "Young person"
    YOUTH_VOICE = "youth_voice", "Youth Voice Team"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    MANAGER = "manager", "Manager"
    BOARD_MEMBER = "board_member", "Board member"
    CHAIR = "chair", "Chair"
    CLERK = "clerk", "Clerk"
    ADMINISTRATOR = "administrator", "Administrator"


KEEPERS = (Role.MANAGER, Role.YOUTH_VOICE)  # who may own an action


class ActorKind(Worded):
    """How somebody gained access."""

    PERSON = "person", "Person"
    CARD_CODE = "card_code", "Card code"
    PUBLIC = "public", "Public"
    SYSTEM = "system", "System"


_YOUNG, _VOICE, _SAFE, _MANAGER, _MEMBER, _CHAIR, _CLERK, _ADMIN = _EVERYBODY = tuple(Role)
_CODE, _PUBLIC, _SYSTEM = ActorKind.CARD_CODE, ActorKind.PUBLIC, ActorKind.SYSTEM
_BOARD = (_MEMBER, _CHAIR)
_IN_THE_ROOM = (*_BOARD, _CLERK)  # the clerk reads what a member reads
PROOF_LASTS = timedelta(minutes=10)  # for which a typed password opens what is sensitive
_STAFF = (_VOICE, _SAFE, _MANAGER, *_IN_THE_ROOM, _ADMIN)


class Permission(Spoken, StrEnum):
    """One right in each row: noun colon verb, what it lets somebody do, and who holds it."""

    holders: frozenset[Role | ActorKind]

    def __new__(cls, value: str, words: str, *holders: Role | ActorKind) -> Self:
        """Make a member from its value and the rest of its row."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._words, member.holders = words, frozenset(holders)
        return member

    # fmt: off
    ENTRIES_SEND = "entries:send", "Send words to the team", _YOUNG, _CODE, _PUBLIC
    ENTRIES_TYPE = "entries:type", "Write an entry with a young person", _VOICE
    ENTRIES_OWN = "entries:own", "Follow, answer and take back one's own entry", _YOUNG, _CODE
    ENTRIES_QUEUE = "entries:queue", "See what is waiting to be checked, without its words", _VOICE
    ENTRIES_READ_RAW = "entries:read_raw", "Open words that nobody has released", _VOICE
    ENTRIES_CHECK = "entries:check", "Release words, ask back, move and sum up entries", _VOICE
    ENTRIES_HOLD = "entries:hold", "Hold an entry for safeguarding", _VOICE, _SAFE
    ENTRIES_WORRY = "entries:worry", "Say that one is worried about words", *_EVERYBODY, _CODE
    ENTRIES_READ_HELD = "entries:read_held", "Read held words and end a hold", _SAFE
    ENTRIES_WITHDRAW_FOR = "entries:withdraw_for", "Take words back for a young person who asks", _VOICE
    ENTRIES_READ_PUBLIC = "entries:read_public", "Read words that may be shown in public", *_EVERYBODY, _CODE, _PUBLIC
    ENTRIES_HOLD_CARD = "entries:hold_card", "Keep one's cards in an account", _YOUNG
    TEXTS_REWORD = "texts:reword", "Read and reword texts that repeat words which were taken back", _VOICE
    REPLIES_SEND = "replies:send", "Reply to a young person", _VOICE
    REPORT_CARDS_READ = "report_cards:read", "Read every report card and the words for the Board", *_IN_THE_ROOM, _VOICE
    REPORT_CARDS_READ_LINKED = "report_cards:read_linked", "Read the report cards that one's work came from", _MANAGER
    REPORT_CARDS_READ_PUBLIC = "report_cards:read_public", "Read report cards with words that may be shown in public", _YOUNG, _PUBLIC
    REPORT_CARDS_WRITE = "report_cards:write", "Give a report card its title, and close it", _VOICE
    REPORT_CARDS_SHARE = "report_cards:share", "Hand a report card to the Board", _VOICE
    ANSWERS_GIVE = "answers:give", "Answer a report card for the staff side", _MANAGER, _CHAIR
    OPPORTUNITIES_READ = "opportunities:read", "Read opportunities", *_IN_THE_ROOM, _VOICE, _MANAGER
    OPPORTUNITIES_OPEN = "opportunities:open", "Open, reword, park and close opportunities", _VOICE, _CHAIR
    OPPORTUNITIES_SUGGEST = "opportunities:suggest", "Suggest an opportunity", *_BOARD, _YOUNG, _VOICE, _MANAGER
    OPPORTUNITIES_REPLY = "opportunities:reply", "Offer to join, and answer an invitation", *_BOARD, _MANAGER
    OPPORTUNITIES_INVITE = "opportunities:invite", "Invite a member or officer", _VOICE, _CHAIR
    OPPORTUNITIES_INVITE_YOUNG = "opportunities:invite_young", "Invite a young person with an account", _VOICE
    OPPORTUNITIES_CONFIRM = "opportunities:confirm", "Say yes or no to somebody who offered", _YOUNG, _CODE
    OPPORTUNITIES_SHARES = "opportunities:shares", "See how much each member and officer was asked and took up", _CHAIR
    OPPORTUNITIES_SEE_SILENT = "opportunities:see_silent", "See who was asked and has not answered", _VOICE, _CHAIR
    OUTCOMES_READ = "outcomes:read", "Read what was done together", *_IN_THE_ROOM, _YOUNG, _VOICE, _MANAGER
    OUTCOMES_PROPOSE = "outcomes:propose", "Say what changed", *_BOARD, _VOICE, _MANAGER
    OUTCOMES_SIGN = "outcomes:sign", "Sign one's own side of an outcome", *_BOARD, _YOUNG, _MANAGER, _CODE
    OUTCOMES_RECORD = "outcomes:record", "Record a signature given on paper", _VOICE
    SESSIONS_READ = "sessions:read", "Read sessions and what came out of them", *_IN_THE_ROOM, _VOICE, _MANAGER
    SESSIONS_OWN = "sessions:own", "Plan sessions, and record those that one leads", _VOICE, _MANAGER
    SESSIONS_WRITE = "sessions:write", "Change any session", _VOICE
    SESSIONS_CLOSE = "sessions:close", "Close a session", _VOICE
    HEARD_READ = "heard:read", "See which broad groups are hardly heard", *_BOARD, _VOICE, _MANAGER
    HEARD_TOTALS = "heard:totals", "Write down how many of a broad group the council has", _VOICE, _ADMIN
    CALENDARS_OWN = "calendars:own", "Read one's own sessions in a calendar", *_BOARD, _VOICE, _MANAGER
    VENUES_READ = "venues:read", "Read the register of venues", *_IN_THE_ROOM, _VOICE, _MANAGER, _ADMIN
    VENUES_WRITE = "venues:write", "Keep the register of venues", _VOICE, _ADMIN
    PROMISE_READ = "promise:read", "Read The Promise", *_EVERYBODY, _CODE, _PUBLIC
    PROMISE_DRAFT = "promise:draft", "Draft a version of The Promise", _VOICE, _CHAIR, _ADMIN, _SYSTEM
    PROMISE_ADOPT = "promise:adopt", "Record that the Board adopted The Promise", _CHAIR
    ACTIONS_READ = "actions:read", "Read the action plan", *_IN_THE_ROOM, _VOICE, _MANAGER, _ADMIN
    ACTIONS_PROPOSE = "actions:propose", "Propose an action", _VOICE, _MANAGER
    ACTIONS_APPROVE = "actions:approve", "Approve or drop an action", _CHAIR
    ACTIONS_HAND_OVER = "actions:hand_over", "Give an action to another owner or service", _VOICE, _CHAIR
    OWNERS_FIND = "owners:find", "See what has lost its owner, and find another", _VOICE, _MANAGER, _CHAIR, _ADMIN
    ACTIONS_CHANGE_PROPOSE = "actions:propose_change", "Propose another date, wording, commitment or owner of an action, or to stop it", _VOICE, _MANAGER
    ACTIONS_UPDATE_OWN = "actions:update_own", "Update one's own actions", _MANAGER
    ACTIONS_UPDATE = "actions:update", "Write beside any action", _VOICE
    ACTIONS_VIEW = "actions:say_how_it_feels", "Say how an action feels", _YOUNG, _CODE
    AUDITS_READ = "audits:read", "Read every audit return", *_IN_THE_ROOM, _VOICE, _SAFE, _ADMIN
    AUDITS_READ_OWN = "audits:read_own", "Read the returns of one's own service", _MANAGER
    AUDITS_FILL_OWN = "audits:fill_own", "Fill in the return of one's own service", _MANAGER
    AUDITS_RATE_YOUNG = "audits:rate_young", "Rate a service as young auditors do", _YOUNG, _VOICE
    AUDITS_NAME_YOUNG = "audits:name_young", "Name the young auditors of a service", _VOICE
    AUDITS_REVIEW = "audits:review", "Review an audit return", _VOICE, _SAFE, _CHAIR
    AUDITS_OPEN = "audits:open", "Open and publish an audit round", _ADMIN
    SURVEYS_READ = "surveys:read", "Read what surveys say, and what young people chose", *_EVERYBODY
    FIGURES_READ = "figures:read", "Read published figures, and whether young people felt listened to", *_STAFF
    SURVEYS_WRITE = "surveys:write", "Bring in survey results and published figures, and write down what young people chose", _VOICE, _ADMIN
    TRAINING_READ = "training:read", "See which training there is for oneself, and book a place on it", *_EVERYBODY
    TRAINING_TEAM = "training:team", "See who in one's own services is not trained, and book them", _MANAGER
    TRAINING_COVERAGE = "training:coverage", "See how many are trained, by service and audience", *_IN_THE_ROOM, _VOICE, _MANAGER, _ADMIN
    TRAINING_KEEP = "training:keep", "Keep training courses, their dates, and who came", _VOICE, _ADMIN
    PROJECTS_READ = "projects:read", "Read projects of services and how people are involved in them", *_IN_THE_ROOM, _VOICE, _MANAGER, _ADMIN
    PROJECTS_OWN = "projects:own", "Keep the projects that one owns, and those of one's own services", _VOICE, _MANAGER
    PROJECTS_WRITE = "projects:write", "Keep any project of a service", _VOICE, _ADMIN
    RECRUITMENT_READ = "recruitment:read", "Read which posts were filled with young people and parents", *_IN_THE_ROOM, _VOICE, _MANAGER, _ADMIN
    RECRUITMENT_OWN = "recruitment:own", "Keep the recruitment that one leads, and that of one's own services", _VOICE, _MANAGER
    RECRUITMENT_WRITE = "recruitment:write", "Keep any recruitment", _VOICE, _ADMIN
    POLICIES_READ = "policies:read", "Read policies written together, and how that goes", *_IN_THE_ROOM, _VOICE, _MANAGER, _ADMIN
    POLICIES_READ_PUBLIC = "policies:read_public", "Read the versions of a policy that were put out", *_EVERYBODY, _CODE, _PUBLIC
    POLICIES_OWN = "policies:own", "Write the policies that one leads", _VOICE, _MANAGER
    POLICIES_WRITE = "policies:write", "Write any policy, and record who signed it off", _VOICE
    POLICIES_CONFIRM = "policies:confirm", "Confirm that the Board signed a policy off", _CHAIR
    LIBRARY_READ = "library:read", "Read the library", *_STAFF
    LIBRARY_WRITE = "library:write", "Write drafts for the library, and bring their files", _VOICE, _MANAGER
    LIBRARY_PUBLISH = "library:publish", "Publish, change and withdraw what is in the library", _VOICE
    PAGE_FEEDBACK_GIVE = "page_feedback:give", "Say whether a page was useful", _PUBLIC
    PAGE_FEEDBACK_READ = "page_feedback:read", "See which pages people found useful", _VOICE
    OVERVIEW_READ = "overview:read", "Read the overview", *_IN_THE_ROOM, _VOICE, _MANAGER
    OVERVIEW_PIN = "overview:pin", "Choose the opening words of the next meeting", _CHAIR
    MEETINGS_NEXT = "meetings:next", "See when the next meeting is", *_EVERYBODY, _CODE, _PUBLIC
    MEETINGS_READ = "meetings:read", "Read meetings of the Board, and who is invited", *_STAFF
    MEETINGS_OWN = "meetings:own", "Say whether one comes to a meeting, and declare an interest", *_STAFF
    MEETINGS_WRITE = "meetings:write", "Plan, move and cancel meetings, and record who comes", _CHAIR, _CLERK
    MEETINGS_CONFIRM = "meetings:confirm", "Confirm what a meeting decided", _CHAIR
    POSTS_READ = "posts:read", "Read who holds which office", *_STAFF
    POSTS_WRITE = "posts:write", "Record who holds which office", _CHAIR, _CLERK
    PAPERS_READ = "papers:read", "Read papers for the Board", *_IN_THE_ROOM, _VOICE, _MANAGER, _SYSTEM
    PAPERS_WRITE = "papers:write", "Write papers for the Board", _VOICE, _MANAGER, _CLERK
    PAPERS_SIGN = "papers:sign", "Sign a paper, if one holds the post of executive director", *_IN_THE_ROOM, _VOICE, _MANAGER
    PEOPLE_READ = "people:read", "See accounts and roles", _ADMIN
    PEOPLE_MANAGE = "people:manage", "Add accounts, give and end roles", _ADMIN, _SYSTEM
    PEOPLE_CONFIRM = "people:confirm_sensitive", "Answer for a new member of one's own team, and for a guarded account", _VOICE, _SAFE, _CHAIR
    PEOPLE_NAMES = "people:names", "See the names of people, services and groups to choose from", *_STAFF
    GROUPS_READ = "groups:read", "Read who sits in each group", *_STAFF
    GROUPS_WRITE = "groups:write", "Keep groups, their members and their meetings", _VOICE, _ADMIN
    SIGN_IN = "session:sign_in", "Sign in", _PUBLIC, _SYSTEM
    SIGN_OUT = "session:sign_out", "End sessions", _SYSTEM
    ACCOUNT_OWN = "account:own", "Use one's own account", *_EVERYBODY
    SETTINGS_READ = "settings:read", "Read what the council has set", *_EVERYBODY, _CODE, _PUBLIC, _SYSTEM
    SETTINGS_CHANGE = "settings:change", "Change settings", _ADMIN, _SYSTEM
    DUTY_READ = "duty:read", "See who is on duty", *_EVERYBODY, _CODE, _PUBLIC, _SYSTEM
    DUTY_CHANGE = "duty:change", "Name who is on duty", _SAFE, _ADMIN
    ABSENCES_OWN = "absences:own", "Say when one is away", _VOICE, _SAFE, _CHAIR
    ABSENCES_ANY = "absences:any", "Say when somebody of the two teams or the chair is away", _SAFE, _ADMIN
    WORK_OWN = "work:own", "See what is waiting for oneself, and for others", *_STAFF
    NOTICES_OWN = "notices:own", "See one's own notices", _VOICE, _SAFE, _ADMIN
    NOTICES_READ = "notices:read", "See which notices could not be sent, and through what they are sent", _ADMIN
    DRAFTS_OWN = "drafts:own", "Keep and read one's own drafts", *_STAFF
    HISTORY_READ = "history:read", "Read the history", _VOICE, _ADMIN
    OPENINGS_READ = "openings:read", "See who opened words of young people, and when", _SAFE
    TRAIL_READ = "trail:read", "See sign-ins, refusals and downloads", _ADMIN
    SEARCH_READ = "search:read", "Search everything that one may open", *_EVERYBODY
    EXPORTS_READ = "exports:read", "Download tables", *_IN_THE_ROOM, _VOICE, _MANAGER, _ADMIN
    LIMITS_COUNT = "limits:count", "Count visits from an address", _SYSTEM
    JOBS_RUN = "jobs:run", "Run the recurring jobs", _SYSTEM
    # fmt: on


GRANTS: dict[Permission, frozenset[Role | ActorKind]] = {
    permission: permission.holders for permission in Permission
}


# Who hands in files, each on a page of that right. All files come in by one door, which takes none
# from anybody else: results of surveys, the Word layout of papers, and files of the library.
BRINGS_FILES = (Permission.SURVEYS_WRITE, Permission.SETTINGS_CHANGE, Permission.LIBRARY_WRITE)


def any_of(needs: Permission | tuple[Permission, ...] | None) -> tuple[Permission, ...]:
    """Return permissions, any one of which is enough."""
    if needs is None:
        return ()
    return (needs,) if isinstance(needs, Permission) else needs


class Refused(Exception):
    """The rules do not allow this; the message is a sentence for the person who asked."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(Refused):
    """The actor has no right to this.

    `right` is the one that was asked for, where it is one, and `person_id` who asked.
    """

    right = ""
    person_id: int | None = None


class PasswordAgain(NotAllowed):
    """This needs the password typed again, because anybody may be sitting at an open screen."""


class NotFound(Refused):
    """The record does not exist, or this actor may not know of it."""


class Invalid(Refused):
    """What was typed cannot be accepted; `field` names the box."""


class ChangedMeanwhile(Refused):
    """Somebody else changed what a form was opened with, so nothing of it was saved.

    `now` holds by name what each changed value is now. Saving again with these says that the person
    has read them. `by`, `on` and `words` tell of a new text that somebody wrote, where there is one.
    """

    def __init__(
        self, now: Mapping[str, Any], *, by: str = "", on: date | None = None, words: str = ""
    ) -> None:
        super().__init__(
            "Somebody changed this after you opened it, so nothing was saved. You see above what "
            "it says now. Read it, then save again if yours is still right."
        )
        self.now, self.by, self.on, self.words = dict(now), by, on, words


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts, in which roles, at what moment. Read again in every transaction.

    `at` is UTC. `entry_id` is set only for a card code and limits it to that card's rows.
    `session_id` is the public id of the person's session, and `proved_at` when its password was
    last typed.
    """

    kind: ActorKind
    at: datetime
    recorded_at: datetime
    person_id: int | None = None
    entry_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    session_id: str | None = None
    proved_at: datetime | None = None

    def may(self, permission: Permission) -> bool:
        """Say whether this actor holds a permission."""
        granted = GRANTS[permission]
        return self.kind in granted or not granted.isdisjoint(self.roles)

    def must(self, *permissions: Permission) -> None:
        """Check that this actor holds at least one of these permissions. Raises NotAllowed."""
        if not any(self.may(permission) for permission in permissions):
            sentence = "Your account does not let you do this. Ask an administrator."
            raise self.refusal(permissions[0], sentence)

    def refusal(self, right: Permission, sentence: str) -> NotAllowed:
        """Return the refusal of a right, to be raised: the trail then says who asked for it."""
        refused = NotAllowed(sentence)
        refused.right, refused.person_id = right.value, self.person_id
        return refused

    def must_have_proved(self) -> None:
        """Check that the password was typed in the last ten minutes. Raises PasswordAgain."""
        if self.session_id is None:
            return  # a job, or the command line
        if self.proved_at is None or self.at - self.proved_at > PROOF_LASTS:
            raise PasswordAgain(
                "To keep accounts safe, this needs your password again. Type it in the page that "
                "opens below, then come back and press the button again. What you typed is kept."
            )

    @property
    def id(self) -> int:
        """The person's id. Raises NotAllowed for an actor who is not a person."""
        if self.person_id is None:
            raise NotAllowed("Sign in to do this.")
        return self.person_id
