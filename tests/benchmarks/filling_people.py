"""The council around the entries: accounts, services, The Promise and its report cards.

What people do by hand does not grow with what young people send, so all of this is the same at
every size, as `filling_work.py` is.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from coprod_data.models import (
    Base,
    CardHolder,
    CardShare,
    Group,
    GroupMeeting,
    Meeting,
    Membership,
    Person,
    PromiseCommitment,
    PromiseTheme,
    PromiseVersion,
    ReportCard,
    RoleGrant,
    Service,
    ServiceMember,
    Setting,
)
from coprod_data.permissions import Role
from coprod_data.rules.account_names import name_key
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.meetings import MeetingState
from coprod_data.vocabulary.report_cards import Body, CardState
from coprod_data.vocabulary.settings import Mode, SettingKey
from tests.benchmarks.filling_log import Log
from tests.benchmarks.filling_plan import CYCLES, THEMES, Plan
from tests.benchmarks.filling_sheets import Sheet
from tests.helpers.demo import DEMO

SERVICES, COMMITMENTS, HELD_CARDS = 24, 60, 4
GUARDED = (Role.YOUTH_VOICE, Role.SAFEGUARDING)

_ROLES = [
    *DEMO.values(),
    *[frozenset({Role.MANAGER})] * 40,
    *[frozenset({Role.BOARD_MEMBER})] * 20,
    *[frozenset({Role.YOUTH_VOICE})] * 8,
    *[frozenset({Role.YOUNG_PERSON})] * 60,
]


def _ids(role: Role) -> tuple[int, ...]:
    return tuple(number for number, roles in enumerate(_ROLES, start=1) if roles == {role})


TEAM, MANAGERS, MEMBERS = _ids(Role.YOUTH_VOICE), _ids(Role.MANAGER), _ids(Role.BOARD_MEMBER)
YOUNG, CHAIR, ADMINISTRATOR = _ids(Role.YOUNG_PERSON), *_ids(Role.CHAIR), *_ids(Role.ADMINISTRATOR)
LEAD = list(DEMO).index("safeguarding.lead") + 1

FIRST_NAMES = "Alex Bea Cal Dee Eli Fay Gus Hana Ivo Jo Kit Lou Max Nia Oli Pat Quin Ray Sam Tia"
LAST_NAMES = "Ash Birch Cole Dale East Field Grove Hill Isle Jay Kerr Lake Moor North Oak"
THEME_TITLES = (
    ("The people who matter to you", "People I love", "people"),
    ("Learning and school", "School", "school"),
    ("A home that is yours", "Home", "home"),
    ("Money and things", "Money", "money"),
    ("How you feel", "How I feel", "feel"),
    ("What comes next", "What comes next", "next"),
    ("Your health", "Health", "feel"),
    ("Your worker", "My worker", "people"),
    ("Your rights", "My rights", "next"),
    ("Time that is yours", "Free time", "money"),
    ("Something else", "Something else", "else"),
)
SERVICE_NAMES = ("Social Work", "Fostering", "Leaving Care", "Housing", "Learning", "Health")
PLACES = ("North", "East", "South", "West")


class Hands:
    """What people did by hand: rows for every table, and their log."""

    def __init__(self, plan: Plan, log: Log) -> None:
        self.plan, self.log = plan, log
        self.random = Random("by hand")  # noqa: S311 - invented people, not secrets
        self.sheets: dict[type[Base], Sheet] = {}

    def add(self, model: type[Base], /, **values: Any) -> int:
        """Add a row and return its id."""
        if model not in self.sheets:
            self.sheets[model] = Sheet(model)
        return self.sheets[model].add(**values)

    def add_told(
        self, at: datetime, by: int | None, kind: EventKind, model: type[Base], /, **values: Any
    ) -> int:
        """Add a row with its event, and return its id."""
        number = self.add(model, **values)
        changes, texts = self.sheets[model].newest()
        self.log.tell(
            at, kind, model.__tablename__, number or None, changes, person=by, texts=texts
        )
        return number

    def at(self, share: float, **later: float) -> datetime:
        """Return the moment at this share of the ten years, plus a delay, but before they end."""
        moment = self.plan.begins + (self.plan.ends - self.plan.begins) * share
        return min(moment + timedelta(**later), self.plan.ends - timedelta(hours=1))


def add_people(hands: Hands, password_hash: str) -> None:
    """Add accounts, services, groups and settings; the demo sign-ins share one password."""
    begins = hands.plan.begins - timedelta(days=30)
    firsts, lasts = FIRST_NAMES.split(), LAST_NAMES.split()
    usernames = [*DEMO, *(f"person.{number}" for number in range(len(DEMO) + 1, len(_ROLES) + 1))]
    for number, (username, roles) in enumerate(zip(usernames, _ROLES, strict=True), start=1):
        name = f"{firsts[number % len(firsts)]} {lasts[number // 9 % len(lasts)]}"
        hands.add_told(
            begins, ADMINISTRATOR, EventKind.PERSON_ADDED, Person,
            username=username, name=name, name_key=name_key(name), job="", added_at=begins,
            password_hash=password_hash if username in DEMO else None,
            work_email=None if Role.YOUNG_PERSON in roles else f"{username}@council.example",
        )  # fmt: skip
        for role in roles:
            hands.add(
                RoleGrant, person_id=number, role=role, given_at=begins, confirmed_at=begins,
                given_by_id=ADMINISTRATOR,
                confirmed_by_id=LEAD if role in GUARDED and number != LEAD else None,
                first_setup=role in GUARDED and number == LEAD,
            )  # fmt: skip
    for number in range(SERVICES):
        title = f"{SERVICE_NAMES[number % 6]} {PLACES[number // 6]}"
        service = hands.add_told(
            begins, ADMINISTRATOR, EventKind.SERVICE_ADDED, Service, name=title
        )
        for manager in {MANAGERS[number], MANAGERS[(number + SERVICES) % len(MANAGERS)]}:
            hands.add(ServiceMember, service_id=service, person_id=manager)
    for name, kind, young, people in (
        ("Corporate Parenting Board", GroupKind.BOARD, 0, (CHAIR, *MEMBERS)),
        ("Care Leaver Delivery Group", GroupKind.DELIVERY, 0, MANAGERS[:12]),
        ("Care Leavers Action Group", GroupKind.ACTION, 12, MANAGERS[:4]),
        ("Young Voices", GroupKind.YOUNG_PEOPLE, 18, ()),
    ):
        group = hands.add_told(
            begins, ADMINISTRATOR, EventKind.GROUP_ADDED, Group,
            name=name, kind=kind, young_people=young,
        )  # fmt: skip
        hands.add(GroupMeeting, group_id=group, met_on=begins.date())
        for person in people:
            hands.add(
                Membership, group_id=group, person_id=person, kind=MemberKind.OFFICER,
                sector=Sector.CHILDREN, joined_on=begins.date(),
            )  # fmt: skip
    for key, value in (
        (SettingKey.MODE, Mode.DEMO.value), (SettingKey.COUNCIL_NAME, "Tenyearshire"),
        (SettingKey.DUTY_LEAD, {"person_id": LEAD, "phone": "01632 960011"}),
        (SettingKey.DUTY_HOURS, [*[[["09:00", "17:00"]]] * 5, [], []]),
        (SettingKey.DUTY_PHONE, "01632 960001"), (SettingKey.DUTY_OUT_OF_HOURS, "01632 960002"),
    ):  # fmt: skip
        hands.add(Setting, key=key, value=value, changed_at=begins)


def add_promise(hands: Hands) -> None:
    """Add the adopted Promise and a report card for each theme and board cycle."""
    begins = hands.plan.begins
    hands.add_told(
        begins - timedelta(days=20), CHAIR, EventKind.PROMISE_DRAFTED, PromiseVersion,
        title="The Promise", drafted_at=begins - timedelta(days=20),
        adopted_at=begins - timedelta(days=10), adopted_by="The Corporate Parenting Board",
    )  # fmt: skip
    for position, (title, young_title, icon) in enumerate(THEME_TITLES, start=1):
        hands.add(
            PromiseTheme, version_id=1, position=position, title=title, young_title=young_title,
            icon=icon, catch_all=position == THEMES,
        )  # fmt: skip
    hands.add(
        Meeting, meets_on=hands.plan.until + timedelta(days=30), begins="17:30", ends="19:30",
        theme_id=3, place="County Hall", online="", open_to_public=True, private_part="",
        state=MeetingState.PLANNED, planned_at=begins, why_moved="", why_cancelled="",
    )  # fmt: skip
    for number in range(COMMITMENTS):
        theme, position = number % (THEMES - 1) + 1, number // (THEMES - 1) + 1
        hands.add(
            PromiseCommitment, theme_id=theme, position=position, reference=f"{theme}.{position}",
            wording=f"We keep word {position} on {THEME_TITLES[theme - 1][0].lower()}.",
            easy_wording="You have a say in it, every time.",
        )  # fmt: skip
    for cycle in range(CYCLES):
        _cards_of(hands, cycle)


def _cards_of(hands: Hands, cycle: int) -> None:
    opened = hands.plan.cycle_ends(cycle - 1)
    shared = hands.plan.cycle_ends(cycle) + timedelta(days=14)
    standing = cycle == CYCLES - 1
    for theme in range(1, THEMES + 1):
        card = hands.add_told(
            opened, CHAIR, EventKind.CARD_OPENED, ReportCard, theme_id=theme, opened_at=opened,
            title="" if standing else f"{THEME_TITLES[theme - 1][1]}, cycle {cycle + 1}",
            state=CardState.GATHERING if standing else CardState.SHARED,
            shared_on=None if standing else min(shared, hands.plan.ends).date(),
        )  # fmt: skip
        for body in () if standing else Body:
            hands.add_told(
                min(shared, hands.plan.ends), TEAM[0], EventKind.CARD_SHARED, CardShare,
                report_card_id=card, body=body, shared_on=min(shared, hands.plan.ends).date(),
                person_id=TEAM[0],
            )  # fmt: skip


def add_holders(hands: Hands) -> None:
    """Give each young person with an account a few cards of their own."""
    for place, person in enumerate(YOUNG):
        anchors = hands.plan.anchors
        cards = [anchors[(place * 13 + card * 199) % len(anchors)] for card in range(HELD_CARDS)]
        for entry in dict.fromkeys(cards):
            hands.add(
                CardHolder, person_id=person, entry_id=hands.plan.id_of(entry),
                added_at=hands.plan.sent_at(entry) + timedelta(days=1),
            )  # fmt: skip
