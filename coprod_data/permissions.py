"""Who may do what: roles, permissions, one table of grants, and the actor who carries them.

The table follows the council's own division of work. A cell that says *own* or *propose* is a
permission of its own; which rows are one's own is said in `coprod_data/scopes`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the Board; one person may be several."""

    YOUNG_PERSON = "young_person"
    YOUTH_VOICE = "youth_voice"
    SAFEGUARDING = "safeguarding"
    MANAGER = "manager"
    BOARD_MEMBER = "board_member"
    CHAIR = "chair"
    ADMINISTRATOR = "administrator"


class ActorKind(StrEnum):
    """How somebody came to the door."""

    PERSON = "person"
    CARD_CODE = "card_code"
    PUBLIC = "public"
    SYSTEM = "system"


class Permission(StrEnum):
    """Noun colon verb."""

    ENTRIES_SEND = "entries:send"
    ENTRIES_TYPE = "entries:type"
    ENTRIES_OWN = "entries:own"
    ENTRIES_QUEUE = "entries:queue"
    ENTRIES_READ_RAW = "entries:read_raw"
    ENTRIES_CHECK = "entries:check"
    ENTRIES_HOLD = "entries:hold"
    ENTRIES_READ_HELD = "entries:read_held"
    ENTRIES_WITHDRAW_FOR = "entries:withdraw_for"
    ENTRIES_READ_PUBLIC = "entries:read_public"
    ENTRIES_HOLD_CARD = "entries:hold_card"
    REPLIES_SEND = "replies:send"
    REPORT_CARDS_READ = "report_cards:read"
    REPORT_CARDS_READ_LINKED = "report_cards:read_linked"
    REPORT_CARDS_READ_PUBLIC = "report_cards:read_public"
    REPORT_CARDS_WRITE = "report_cards:write"
    REPORT_CARDS_SHARE = "report_cards:share"
    ANSWERS_GIVE = "answers:give"
    OPPORTUNITIES_READ = "opportunities:read"
    OPPORTUNITIES_OPEN = "opportunities:open"
    OPPORTUNITIES_SUGGEST = "opportunities:suggest"
    OPPORTUNITIES_REPLY = "opportunities:reply"
    OPPORTUNITIES_INVITE = "opportunities:invite"
    OPPORTUNITIES_INVITE_YOUNG = "opportunities:invite_young"
    OPPORTUNITIES_CONFIRM = "opportunities:confirm"
    OPPORTUNITIES_SEE_SILENT = "opportunities:see_silent"
    OUTCOMES_READ = "outcomes:read"
    OUTCOMES_PROPOSE = "outcomes:propose"
    OUTCOMES_SIGN = "outcomes:sign"
    OUTCOMES_RECORD = "outcomes:record"
    PROMISE_READ = "promise:read"
    PROMISE_DRAFT = "promise:draft"
    PROMISE_ADOPT = "promise:adopt"
    ACTIONS_READ = "actions:read"
    ACTIONS_PROPOSE = "actions:propose"
    ACTIONS_APPROVE = "actions:approve"
    ACTIONS_UPDATE_OWN = "actions:update_own"
    ACTIONS_UPDATE = "actions:update"
    ACTIONS_VIEW = "actions:say_how_it_feels"
    AUDITS_READ = "audits:read"
    AUDITS_READ_OWN = "audits:read_own"
    AUDITS_FILL_OWN = "audits:fill_own"
    AUDITS_RATE_YOUNG = "audits:rate_young"
    AUDITS_REVIEW = "audits:review"
    AUDITS_OPEN = "audits:open"
    OVERVIEW_READ = "overview:read"
    OVERVIEW_PIN = "overview:pin"
    PEOPLE_READ = "people:read"
    PEOPLE_MANAGE = "people:manage"
    PEOPLE_CONFIRM = "people:confirm_sensitive"
    PEOPLE_NAMES = "people:names"
    SIGN_IN = "session:sign_in"
    SIGN_OUT = "session:sign_out"
    ACCOUNT_OWN = "account:own"
    SETTINGS_READ = "settings:read"
    SETTINGS_CHANGE = "settings:change"
    DUTY_READ = "duty:read"
    DUTY_CHANGE = "duty:change"
    DRAFTS_OWN = "drafts:own"
    HISTORY_READ = "history:read"
    EXPORTS_READ = "exports:read"
    LIMITS_COUNT = "limits:count"
    JOBS_RUN = "jobs:run"


_R = Role
_K = ActorKind
_STAFF = frozenset(
    {_R.YOUTH_VOICE, _R.SAFEGUARDING, _R.MANAGER, _R.BOARD_MEMBER, _R.CHAIR, _R.ADMINISTRATOR}
)
_EVERYBODY = frozenset(Role)
_BOARD = frozenset({_R.BOARD_MEMBER, _R.CHAIR})

GRANTS: dict[Permission, frozenset[Role | ActorKind]] = {
    Permission.ENTRIES_SEND: frozenset({_K.PUBLIC, _K.CARD_CODE, _R.YOUNG_PERSON}),
    Permission.ENTRIES_TYPE: frozenset({_R.YOUTH_VOICE}),
    Permission.ENTRIES_OWN: frozenset({_K.CARD_CODE, _R.YOUNG_PERSON}),
    Permission.ENTRIES_QUEUE: frozenset({_R.YOUTH_VOICE}),
    Permission.ENTRIES_READ_RAW: frozenset({_R.YOUTH_VOICE}),
    Permission.ENTRIES_CHECK: frozenset({_R.YOUTH_VOICE}),
    Permission.ENTRIES_HOLD: frozenset({_R.YOUTH_VOICE}),
    Permission.ENTRIES_READ_HELD: frozenset({_R.SAFEGUARDING}),
    Permission.ENTRIES_WITHDRAW_FOR: frozenset({_R.YOUTH_VOICE}),
    Permission.ENTRIES_READ_PUBLIC: _EVERYBODY | {_K.PUBLIC, _K.CARD_CODE},
    Permission.ENTRIES_HOLD_CARD: frozenset({_R.YOUNG_PERSON}),
    Permission.REPLIES_SEND: frozenset({_R.YOUTH_VOICE}),
    Permission.REPORT_CARDS_READ: frozenset({_R.YOUTH_VOICE, *_BOARD}),
    Permission.REPORT_CARDS_READ_LINKED: frozenset({_R.MANAGER}),
    Permission.REPORT_CARDS_READ_PUBLIC: frozenset({_R.YOUNG_PERSON, _K.PUBLIC}),
    Permission.REPORT_CARDS_WRITE: frozenset({_R.YOUTH_VOICE}),
    Permission.REPORT_CARDS_SHARE: frozenset({_R.YOUTH_VOICE}),
    Permission.ANSWERS_GIVE: frozenset({_R.MANAGER, _R.CHAIR}),
    Permission.OPPORTUNITIES_READ: frozenset({_R.YOUTH_VOICE, _R.MANAGER, *_BOARD}),
    Permission.OPPORTUNITIES_OPEN: frozenset({_R.YOUTH_VOICE, _R.CHAIR}),
    Permission.OPPORTUNITIES_SUGGEST: frozenset(
        {_R.YOUNG_PERSON, _R.YOUTH_VOICE, _R.MANAGER, *_BOARD}
    ),
    Permission.OPPORTUNITIES_REPLY: frozenset({_R.MANAGER, *_BOARD}),
    Permission.OPPORTUNITIES_INVITE: frozenset({_R.YOUTH_VOICE, _R.CHAIR}),
    Permission.OPPORTUNITIES_INVITE_YOUNG: frozenset({_R.YOUTH_VOICE}),
    Permission.OPPORTUNITIES_CONFIRM: frozenset({_K.CARD_CODE, _R.YOUNG_PERSON}),
    Permission.OPPORTUNITIES_SEE_SILENT: frozenset({_R.YOUTH_VOICE, _R.CHAIR}),
    Permission.OUTCOMES_READ: frozenset({_R.YOUNG_PERSON, _R.YOUTH_VOICE, _R.MANAGER, *_BOARD}),
    Permission.OUTCOMES_PROPOSE: frozenset({_R.YOUTH_VOICE, _R.MANAGER, *_BOARD}),
    Permission.OUTCOMES_SIGN: frozenset({_K.CARD_CODE, _R.YOUNG_PERSON, _R.MANAGER, *_BOARD}),
    Permission.OUTCOMES_RECORD: frozenset({_R.YOUTH_VOICE}),
    Permission.PROMISE_READ: _EVERYBODY | {_K.PUBLIC, _K.CARD_CODE},
    Permission.PROMISE_DRAFT: frozenset({_R.ADMINISTRATOR, _R.YOUTH_VOICE, _R.CHAIR, _K.SYSTEM}),
    Permission.PROMISE_ADOPT: frozenset({_R.CHAIR}),
    Permission.ACTIONS_READ: frozenset({_R.YOUTH_VOICE, _R.MANAGER, *_BOARD, _R.ADMINISTRATOR}),
    Permission.ACTIONS_PROPOSE: frozenset({_R.MANAGER, _R.YOUTH_VOICE}),
    Permission.ACTIONS_APPROVE: frozenset({_R.CHAIR}),
    Permission.ACTIONS_UPDATE_OWN: frozenset({_R.MANAGER}),
    Permission.ACTIONS_UPDATE: frozenset({_R.YOUTH_VOICE}),
    Permission.ACTIONS_VIEW: frozenset({_R.YOUNG_PERSON, _K.CARD_CODE}),
    Permission.AUDITS_READ: frozenset({_R.YOUTH_VOICE, *_BOARD, _R.ADMINISTRATOR}),
    Permission.AUDITS_READ_OWN: frozenset({_R.MANAGER}),
    Permission.AUDITS_FILL_OWN: frozenset({_R.MANAGER}),
    Permission.AUDITS_RATE_YOUNG: frozenset({_R.YOUTH_VOICE, _R.YOUNG_PERSON}),
    Permission.AUDITS_REVIEW: frozenset({_R.YOUTH_VOICE}),
    Permission.AUDITS_OPEN: frozenset({_R.ADMINISTRATOR}),
    Permission.OVERVIEW_READ: frozenset({_R.YOUTH_VOICE, _R.MANAGER, *_BOARD}),
    Permission.OVERVIEW_PIN: frozenset({_R.CHAIR}),
    Permission.PEOPLE_READ: frozenset({_R.ADMINISTRATOR}),
    Permission.PEOPLE_MANAGE: frozenset({_R.ADMINISTRATOR, _K.SYSTEM}),
    Permission.PEOPLE_CONFIRM: frozenset({_R.YOUTH_VOICE, _R.SAFEGUARDING}),
    Permission.PEOPLE_NAMES: _STAFF,
    Permission.SIGN_IN: frozenset({_K.PUBLIC, _K.SYSTEM}),
    Permission.SIGN_OUT: frozenset({_K.SYSTEM}),
    Permission.ACCOUNT_OWN: _EVERYBODY,
    Permission.SETTINGS_READ: _EVERYBODY | {_K.PUBLIC, _K.CARD_CODE, _K.SYSTEM},
    Permission.SETTINGS_CHANGE: frozenset({_R.ADMINISTRATOR, _K.SYSTEM}),
    Permission.DUTY_READ: _EVERYBODY | {_K.PUBLIC, _K.CARD_CODE, _K.SYSTEM},
    Permission.DUTY_CHANGE: frozenset({_R.ADMINISTRATOR, _R.SAFEGUARDING}),
    Permission.DRAFTS_OWN: _EVERYBODY,
    Permission.HISTORY_READ: frozenset({_R.YOUTH_VOICE, _R.ADMINISTRATOR}),
    Permission.EXPORTS_READ: frozenset({_R.YOUTH_VOICE, _R.MANAGER, *_BOARD, _R.ADMINISTRATOR}),
    Permission.LIMITS_COUNT: frozenset({_K.SYSTEM}),
    Permission.JOBS_RUN: frozenset({_K.SYSTEM}),
}


class Refused(Exception):
    """Something the rules do not allow; the message is a sentence for the person who asked."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(Refused):
    """The actor has no right to this."""


class NotFound(Refused):
    """There is no such thing, or none that this actor may know of."""


class Invalid(Refused):
    """What was typed cannot be taken as it is; `field` names where."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts, in which roles, at what moment. Read anew inside every transaction.

    `at` is UTC. `entry_id` is set for a card code alone and bounds every row it may reach.
    `session_id` is the public id of the session a person came with.
    """

    kind: ActorKind
    at: datetime
    recorded_at: datetime
    person_id: int | None = None
    entry_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    session_id: str | None = None

    def may(self, permission: Permission) -> bool:
        """Say whether this actor holds a permission."""
        granted = GRANTS[permission]
        return self.kind in granted or not granted.isdisjoint(self.roles)

    def must(self, *permissions: Permission) -> None:
        """Go on only with at least one of these permissions. Raises NotAllowed."""
        if not any(self.may(permission) for permission in permissions):
            raise NotAllowed("Your account does not let you do this. Ask an administrator.")

    @property
    def id(self) -> int:
        """The person's id. Raises NotAllowed for an actor who is not a person."""
        if self.person_id is None:
            raise NotAllowed("Sign in to do this.")
        return self.person_id
