"""The council's settings as screens read them: who is on duty, labels, targets."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import (
    after_working_days,
    end_of_working_time,
    is_working_time,
    london_day,
    next_reading_day,
    next_working_moment,
)
from coprod_data.scopes.duty import contacts_in, hours_in
from coprod_data.scopes.readers_there import hours_with, hours_with_readers, readers
from coprod_data.scopes.settings import setting, settings
from coprod_data.vocabulary.labels import use_labels
from coprod_data.vocabulary.settings import (
    CONTACTS,
    DUTY,
    DUTY_HOURS,
    LABELS,
    DutyPost,
    Mode,
    SettingKey,
)


@dataclass(frozen=True)
class DutyPerson:
    """Somebody on duty. Their own number is for staff, and empty for everybody else."""

    post: DutyPost
    person_id: int
    name: str
    job: str
    phone: str


@dataclass(frozen=True)
class Duty:
    """Who responds when a child may be in danger, and when somebody reads.

    `open_now` says whether `at` lies in these hours; if not, at `opens_at` the next begin in which
    somebody is there.
    The other of the two numbers is the one to call from `changes_at` on. `then`: somebody who is
    named for duty is there when these hours begin; without them no day is promised.
    `reads_by` is the day in London by which what is sent now is read.
    `social_work` and the LADO's name and number are for staff, and empty for everybody else.
    """

    people: tuple[DutyPerson, ...]
    hours: str
    at: datetime
    opens_at: datetime
    changes_at: datetime
    then: bool
    reads_by: date
    phone: str
    out_of_hours: str
    social_work: str
    lado_name: str
    lado_phone: str

    @property
    def takes_words(self) -> bool:
        """Say whether somebody is on duty: without them no box takes a young person's words."""
        return bool(self.people)

    @property
    def today(self) -> date:
        """The day in London of `at`."""
        return london_day(self.at)

    @property
    def open_now(self) -> bool:
        """Say whether these are hours in which somebody reads."""
        return self.opens_at == self.at

    @property
    def reads_later(self) -> bool:
        """Say whether what is sent now may be read only on another day, or later today."""
        return not self.open_now or self.reads_by != self.today

    @property
    def opening_day(self) -> date | None:
        """The day in London on which somebody reads next; None while somebody does."""
        return None if self.open_now else london_day(self.opens_at)


@dataclass(frozen=True)
class Labels:
    """What this council calls itself, its Board and its Promise."""

    council: str
    board: str
    promise: str
    mode: Mode


@dataclass(frozen=True)
class Contacts:
    """Whom to ask about personal data, and whom to tell that a page is hard to use; or empty."""

    privacy: str
    access: str


@dataclass(frozen=True)
class Targets:
    """Days, in rising order: when a wait gets long, when it is too long, and sometimes a third.

    `waiting` is for opportunities and proposals, `reply` for a reply to a young person, `drift`
    for an action without movement. An entry is read within `read` working days, one that is flagged
    within `flagged` working hours; an invitation is answered within `asked` days.
    """

    waiting: tuple[int, ...]
    reply: tuple[int, int]
    drift: tuple[int, int]
    read: int
    flagged: int
    asked: int


@dataclass(frozen=True)
class ReadingPromise:
    """The day in London by which a new entry is read, and whether anybody is at work now.

    `opening_day` is when somebody reads next, None while somebody does; `today` the day on which
    it is sent.
    """

    by: date
    today: date
    at_work: bool
    opening_day: date | None


def duty(db: Session, actor: Actor) -> Duty:
    """Return who is on duty now, the lead first, with the hours and the numbers."""
    actor.must(Permission.DUTY_READ)
    stored = settings(db, *DUTY, SettingKey.READ_WORKING_DAYS)
    hours = hours_in(stored)
    found = readers(db, actor.at)
    named = {
        post: (contact, found[contact.person_id])
        for post, contact in contacts_in(stored).items()
        if contact.person_id in found and found[contact.person_id].safe
    }
    there = hours_with(found, actor.at, hours, [one.person_id for one, _ in named.values()])
    read_by = after_working_days(actor.at, stored[SettingKey.READ_WORKING_DAYS], there)
    staff = actor.may(Permission.PEOPLE_NAMES)
    open_now = is_working_time(actor.at, hours)
    opens_at = actor.at if open_now else next_working_moment(actor.at, there)
    return Duty(
        people=tuple(
            DutyPerson(post, contact.person_id, one.name, one.job, contact.phone if staff else "")
            for post, (contact, one) in named.items()
            if not one.is_away(london_day(actor.at))
        ),
        hours=hours.words,
        at=actor.at,
        opens_at=opens_at,
        changes_at=end_of_working_time(actor.at, hours) if open_now else opens_at,
        then=open_now or any(not one.is_away(london_day(opens_at)) for _, one in named.values()),
        reads_by=london_day(read_by),
        phone=stored[SettingKey.DUTY_PHONE],
        out_of_hours=stored[SettingKey.DUTY_OUT_OF_HOURS],
        social_work=stored[SettingKey.DUTY_SOCIAL_WORK] if staff else "",
        lado_name=stored[SettingKey.DUTY_LADO_NAME] if staff else "",
        lado_phone=stored[SettingKey.DUTY_LADO_PHONE] if staff else "",
    )


def labels(db: Session, actor: Actor) -> Labels:
    """Return the council's own words, which our sentences use from now on, and what its database
    is for.
    """
    actor.must(Permission.SETTINGS_READ)
    stored = settings(db, *LABELS, SettingKey.MODE)
    use_labels(stored[SettingKey.BOARD_LABEL], stored[SettingKey.PROMISE_LABEL])
    return Labels(
        council=stored[SettingKey.COUNCIL_NAME] or "Our council",
        board=stored[SettingKey.BOARD_LABEL],
        promise=stored[SettingKey.PROMISE_LABEL],
        mode=Mode(stored[SettingKey.MODE] or Mode.DEMO),
    )


def contacts(db: Session, actor: Actor) -> Contacts:
    """Return whom the privacy notice and the accessibility statement name."""
    actor.must(Permission.SETTINGS_READ)
    stored = settings(db, *CONTACTS)
    return Contacts(*(stored[key] for key in CONTACTS))


def pinned_words(db: Session, actor: Actor) -> tuple[int, ...]:
    """Return the entries that the chair chose to open the next meeting with, in their order."""
    actor.must(Permission.SETTINGS_READ)
    return tuple(setting(db, SettingKey.PINNED_ENTRIES))


def reading_promise(db: Session, actor: Actor) -> ReadingPromise:
    """Return by when an entry sent at this moment is read."""
    actor.must(Permission.SETTINGS_READ)
    stored = settings(db, SettingKey.READ_WORKING_DAYS, *DUTY_HOURS)
    days = int(stored[SettingKey.READ_WORKING_DAYS])
    hours = hours_with_readers(db, actor.at, hours_in(stored))
    return ReadingPromise(
        by=london_day(after_working_days(actor.at, days, hours)),
        today=london_day(actor.at),
        at_work=is_working_time(actor.at, hours),
        opening_day=next_reading_day(actor.at, hours),
    )


def targets(db: Session, actor: Actor) -> Targets:
    """Return the days after which a wait is shown as getting long, or as too long."""
    actor.must(Permission.SETTINGS_READ)
    stored = settings(
        db,
        SettingKey.OPPORTUNITY_TIERS,
        SettingKey.REPLY_AMBER_DAYS,
        SettingKey.REPLY_RED_DAYS,
        SettingKey.DRIFT_AMBER_DAYS,
        SettingKey.DRIFT_RED_DAYS,
        SettingKey.READ_WORKING_DAYS,
        SettingKey.READ_FLAGGED_HOURS,
        SettingKey.INVITATION_DAYS,
    )
    return Targets(
        waiting=tuple(stored[SettingKey.OPPORTUNITY_TIERS]),
        reply=(stored[SettingKey.REPLY_AMBER_DAYS], stored[SettingKey.REPLY_RED_DAYS]),
        drift=(stored[SettingKey.DRIFT_AMBER_DAYS], stored[SettingKey.DRIFT_RED_DAYS]),
        read=stored[SettingKey.READ_WORKING_DAYS],
        flagged=stored[SettingKey.READ_FLAGGED_HOURS],
        asked=stored[SettingKey.INVITATION_DAYS],
    )


def every_setting(db: Session, actor: Actor) -> dict[SettingKey, Any]:
    """Return every setting with its stored value or default, for people who may change some."""
    actor.must(Permission.SETTINGS_CHANGE, Permission.DUTY_CHANGE, Permission.OVERVIEW_PIN)
    return settings(db, *SettingKey)


def share_limit(db: Session, actor: Actor) -> int:
    """Return how many entries one address may send in 15 minutes."""
    actor.must(Permission.SETTINGS_READ)
    return int(setting(db, SettingKey.SHARE_LIMIT))
