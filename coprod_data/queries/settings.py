"""The council's settings as screens read them: who is on duty, labels, targets, drafts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Draft
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import after_working_days, is_working_time, london_day
from coprod_data.scopes.settings import setting, settings
from coprod_data.vocabulary.settings import DUTY, LABELS, Mode, SettingKey


@dataclass(frozen=True)
class Duty:
    """Who responds when a child may be in danger. The form opens only when this is `complete`."""

    lead: str
    deputy: str
    hours: str
    phone: str
    out_of_hours: str

    @property
    def complete(self) -> bool:
        """Say whether lead, deputy, hours and out-of-hours number are all named."""
        return all((self.lead, self.deputy, self.hours, self.out_of_hours))


@dataclass(frozen=True)
class Labels:
    """What this council calls itself, its Board and its Promise."""

    council: str
    board: str
    promise: str
    mode: Mode


@dataclass(frozen=True)
class Meeting:
    """The next Board meeting: its day, the theme the chair set, the entries the chair pinned."""

    on: date | None
    theme_id: int | None
    pinned: tuple[int, ...]


@dataclass(frozen=True)
class Targets:
    """Days, in rising order: when a wait gets long, when it is too long, and sometimes a third.

    `waiting` is for opportunities and proposals, `reply` for a reply to a young person, `drift`
    for an action without movement.
    """

    waiting: tuple[int, ...]
    reply: tuple[int, int]
    drift: tuple[int, int]


@dataclass(frozen=True)
class ReadingPromise:
    """The day in London by which a new entry is read, and whether anybody is at work now."""

    by: date
    at_work: bool


def duty(db: Session, actor: Actor) -> Duty:
    """Return the duty rota."""
    actor.must(Permission.DUTY_READ)
    stored = settings(db, *DUTY)
    return Duty(
        lead=stored[SettingKey.DUTY_LEAD],
        deputy=stored[SettingKey.DUTY_DEPUTY],
        hours=stored[SettingKey.DUTY_HOURS],
        phone=stored[SettingKey.DUTY_PHONE],
        out_of_hours=stored[SettingKey.DUTY_OUT_OF_HOURS],
    )


def labels(db: Session, actor: Actor) -> Labels:
    """Return the council's own words and what its database is for."""
    actor.must(Permission.SETTINGS_READ)
    stored = settings(db, *LABELS, SettingKey.MODE)
    return Labels(
        council=stored[SettingKey.COUNCIL_NAME] or "Our council",
        board=stored[SettingKey.BOARD_LABEL],
        promise=stored[SettingKey.PROMISE_LABEL],
        mode=Mode(stored[SettingKey.MODE] or Mode.DEMO),
    )


def meeting(db: Session, actor: Actor) -> Meeting:
    """Return what the chair has set for the next meeting."""
    actor.must(Permission.SETTINGS_READ)
    stored = settings(
        db,
        SettingKey.NEXT_MEETING,
        SettingKey.NEXT_MEETING_THEME,
        SettingKey.PINNED_ENTRIES,
    )
    day = stored[SettingKey.NEXT_MEETING]
    return Meeting(
        on=date.fromisoformat(day) if day else None,
        theme_id=stored[SettingKey.NEXT_MEETING_THEME],
        pinned=tuple(stored[SettingKey.PINNED_ENTRIES]),
    )


def reading_promise(db: Session, actor: Actor) -> ReadingPromise:
    """Return by when an entry sent at this moment is read."""
    actor.must(Permission.SETTINGS_READ)
    days = int(setting(db, SettingKey.READ_WORKING_DAYS))
    return ReadingPromise(
        by=london_day(after_working_days(actor.at, days)), at_work=is_working_time(actor.at)
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
    )
    return Targets(
        waiting=tuple(stored[SettingKey.OPPORTUNITY_TIERS]),
        reply=(stored[SettingKey.REPLY_AMBER_DAYS], stored[SettingKey.REPLY_RED_DAYS]),
        drift=(stored[SettingKey.DRIFT_AMBER_DAYS], stored[SettingKey.DRIFT_RED_DAYS]),
    )


def every_setting(db: Session, actor: Actor) -> dict[SettingKey, Any]:
    """Return every setting with its stored value or default, for people who may change some."""
    actor.must(Permission.SETTINGS_CHANGE, Permission.DUTY_CHANGE, Permission.OVERVIEW_PIN)
    return settings(db, *SettingKey)


def share_limit(db: Session, actor: Actor) -> int:
    """Return how many entries one address may send in 15 minutes."""
    actor.must(Permission.SETTINGS_READ)
    return int(setting(db, SettingKey.SHARE_LIMIT))


def draft(db: Session, actor: Actor, form: str, subject: str) -> str | None:
    """Return what this person had typed into a form. An emptied box is a draft; None is none."""
    actor.must(Permission.DRAFTS_OWN)
    return db.scalar(
        sa.select(Draft.text).where(
            Draft.person_id == actor.id, Draft.form == form, Draft.subject == subject
        )
    )
