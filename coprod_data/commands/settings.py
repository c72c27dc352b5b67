"""Settings, among them the duty rota and the host for notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.event_log import record
from coprod_data.commands.settings_rules import (
    checked_host,
    in_their_order,
    must_hold_safeguarding,
    must_ring_somebody_else,
    name_and_number,
    only_changes,
    phone_number,
)
from coprod_data.models import CardEntry, Setting
from coprod_data.permissions import Actor, Invalid, NotAllowed, Permission
from coprod_data.rules.addresses import email_address, site_address
from coprod_data.rules.clocks import Hours
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.scopes.duty import Contact
from coprod_data.scopes.entries import released
from coprod_data.scopes.notices import NoticeHost, host_to_keep
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import A_LABEL
from coprod_data.vocabulary.retention import Kept
from coprod_data.vocabulary.settings import DUTY, LABELS, NOTICES, POSTS, DutyPost, Mode, SettingKey

MOST_CLOSED_DAYS = 400
MOST_PINS = 5
_ERASING = frozenset(kept.setting for kept in Kept)


def change_setting(
    db: Session,
    actor: Actor,
    key: SettingKey,
    value: Any,
    *,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change one setting. The chair chooses the opening words; duty has its own command.

    `opened` holds the stored values that the form showed: what was not changed in it stays as it is
    now, and a list gets only the changes. Another time for which words are kept asks for the
    password again: a shorter one erases. Raises NotAllowed, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SETTINGS_CHANGE, Permission.OVERVIEW_PIN)
    _must_change(actor, key)
    if key is SettingKey.PINNED_ENTRIES:
        value = in_their_order(db, key, value, opened)
        opened = None
    [kept] = only_changes(db, {key: _checked(db, key, value)}, opened).values()
    if key in _ERASING and kept != setting(db, key):
        actor.must_have_proved()
    _keep(db, actor, key, kept)


@dataclass(frozen=True, kw_only=True)
class Rota:
    """All that is said about duty. A post that is left out has nobody."""

    people: Mapping[DutyPost, Contact] = field(default_factory=dict)
    hours: Hours
    phone: str = ""
    out_of_hours: str
    social_work: str = ""
    lado_name: str = ""
    lado_phone: str = ""
    lado_email: str = ""
    lado_rings: str = ""


def change_duty(
    db: Session, actor: Actor, rota: Rota, *, opened: Mapping[str, Any] | None = None
) -> None:
    """Keep the rota, all or nothing; each setting that changed is an event.

    Only an account that holds `safeguarding` can be named, each for one post and with a number.
    With nobody named the form for young people is closed. With `opened`, the stored values that the
    form showed, only what was changed in it is changed. A LADO who gets notices is told whom to
    ring, who is nobody on duty. Raises Invalid, with its field, and ChangedMeanwhile.
    """
    actor.must(Permission.DUTY_CHANGE)
    actor.must_have_proved()
    if len(rota.hours.closed) > MOST_CLOSED_DAYS:
        raise Invalid(
            f"Keep it to {MOST_CLOSED_DAYS} closed days: take out those that are over.",
            field="closed",
        )
    lado = optional_text(rota.lado_name, SettingKey.DUTY_LADO_NAME.value, 160)
    typed = {
        **{key: _contact(post, rota.people.get(post)) for post, key in POSTS.items()},
        SettingKey.DUTY_HOURS: [
            [[_clock(begins), _clock(ends)] for begins, ends in day] for day in rota.hours.week
        ],
        SettingKey.DUTY_CLOSED_DAYS: sorted(day.isoformat() for day in rota.hours.closed),
        SettingKey.DUTY_PHONE: phone_number(rota.phone, SettingKey.DUTY_PHONE.value),
        SettingKey.DUTY_OUT_OF_HOURS: phone_number(
            rota.out_of_hours, SettingKey.DUTY_OUT_OF_HOURS.value, needed=True
        ),
        SettingKey.DUTY_SOCIAL_WORK: phone_number(
            rota.social_work, SettingKey.DUTY_SOCIAL_WORK.value
        ),
        SettingKey.DUTY_LADO_NAME: " ".join(lado.split()),
        SettingKey.DUTY_LADO_PHONE: phone_number(rota.lado_phone, SettingKey.DUTY_LADO_PHONE.value),
        SettingKey.DUTY_LADO_EMAIL: email_address(
            rota.lado_email, SettingKey.DUTY_LADO_EMAIL.value, needed=False
        ),
        SettingKey.DUTY_LADO_RINGS: name_and_number(
            rota.lado_rings, SettingKey.DUTY_LADO_RINGS.value
        ),
    }
    kept = only_changes(db, typed, opened)
    named = {post: kept[key] for post, key in POSTS.items()}
    must_hold_safeguarding(db, named)
    must_ring_somebody_else(
        kept[SettingKey.DUTY_LADO_EMAIL], kept[SettingKey.DUTY_LADO_RINGS], named
    )
    for key, value in kept.items():
        _keep(db, actor, key, value)


def change_notice_host(
    db: Session,
    actor: Actor,
    host: NoticeHost | None,
    *,
    address: str = "",
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Name the one host through which notices are sent, and the address of this site for their
    link; None sends no more of them. The password or the key is never kept here.

    `opened` holds the stored values that the form showed. Raises Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SETTINGS_CHANGE)
    actor.must_have_proved()
    if host is not None:
        host = checked_host(host)
    typed: dict[SettingKey, Any] = {SettingKey.NOTICE_HOST: host_to_keep(host)}
    if host is not None:
        typed[SettingKey.PUBLIC_ADDRESS] = site_address(address, SettingKey.PUBLIC_ADDRESS.value)
    for key, value in only_changes(db, typed, opened).items():
        _keep(db, actor, key, value)


def settle_mode(db: Session, actor: Actor, mode: Mode) -> None:
    """Set the mode of a new database, which never changes. Raises NotAllowed if it has another
    mode.
    """
    actor.must(Permission.JOBS_RUN)
    row = db.get(Setting, SettingKey.MODE)
    if row is not None:
        if row.value != mode.value:
            raise NotAllowed(
                f"This is a {row.value} database and always will be. "
                f"For {mode.value} use name another one in COPROD_DATABASE_URL, and another key "
                "file in COPROD_KEY_FILE."
            )
        return
    row = Setting(key=SettingKey.MODE, value=mode.value, changed_at=actor.at)
    db.add(row)
    record(db, actor, EventKind.SETTING_CHANGED, row, setting=SettingKey.MODE.value)


def _keep(db: Session, actor: Actor, key: SettingKey, value: Any) -> None:
    """Keep a value that was checked, with an event if it is another."""
    in_turn(db, f"setting {key}")
    now = setting(db, key)
    if value == (list(now) if isinstance(now, tuple) else now):
        return
    row = db.get(Setting, key)
    if row is None:
        row = Setting(key=key, value=value, changed_at=actor.at)
        db.add(row)
    else:
        row.value, row.changed_at = value, actor.at
    record(db, actor, EventKind.SETTING_CHANGED, row, setting=key.value)


def _must_change(actor: Actor, key: SettingKey) -> None:
    if key is SettingKey.MODE:
        raise NotAllowed("What a database is for is decided when it first starts.")
    if key is SettingKey.PINNED_ENTRIES:
        actor.must(Permission.OVERVIEW_PIN)
    elif key in DUTY:
        raise NotAllowed("Who is on duty is changed as a whole, in its own form.")
    elif key in NOTICES:
        raise NotAllowed("How notices are sent is changed in its own form.")
    else:
        actor.must(Permission.SETTINGS_CHANGE)


def _checked(db: Session, key: SettingKey, value: Any) -> Any:
    if key.bounds:
        lowest, highest = key.bounds
        if not isinstance(value, int) or not lowest <= value <= highest:
            raise Invalid(f"Give a whole number from {lowest} to {highest}.", field=key.value)
        return value
    if key in LABELS:
        name = required_line(
            str(value), key.value, "Write a name. It is shown on every page.", longest=200
        )
        if key is not SettingKey.COUNCIL_NAME and not A_LABEL.fullmatch(name):
            raise Invalid(
                "Use only letters, numbers, spaces, hyphens and apostrophes.", field=key.value
            )
        return name
    match key:
        case SettingKey.OPPORTUNITY_TIERS:
            if len(value) != 3 or sorted(set(value)) != list(value) or value[0] < 1:
                raise Invalid(
                    "Give three rising numbers of days, for example 14, 28, 56.", field=key.value
                )
            return list(value)
        case SettingKey.PINNED_ENTRIES:
            pinned = list(dict.fromkeys(value))
            if len(pinned) > MOST_PINS:
                raise Invalid(f"Choose at most {MOST_PINS} to open with.", field=key.value)
            if len(pinned) != _may_be_shown(db, pinned):
                raise Invalid(
                    "Some of these words cannot be shown any more. Reload the page.",
                    field=key.value,
                )
            return pinned
        case _:
            return optional_text(str(value), key.value, 200)


def _contact(post: DutyPost, contact: Contact | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    number = phone_number(contact.phone, f"{post.value}_phone", needed=True)
    return {"person_id": contact.person_id, "phone": number}


def _clock(clock: time) -> str:
    return f"{clock:%H:%M}"


def _may_be_shown(db: Session, entry_ids: list[int]) -> int:
    """Return how many of these are entries whose words may be shown in public."""
    shown = sa.select(sa.func.count(CardEntry.id)).where(
        CardEntry.id.in_(entry_ids),
        CardEntry.kind == EntryKind.WORDS,
        released(ConsentUse.PUBLIC),
    )
    return db.scalar(shown) or 0
