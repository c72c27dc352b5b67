"""What is checked before a setting is kept: what a form changed, people on duty, numbers, hosts."""

import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.rows import changed_set
from coprod_data.models import Person
from coprod_data.permissions import ChangedMeanwhile, Invalid, Role
from coprod_data.rules.addresses import email_address, host_name
from coprod_data.rules.texts import is_blank, optional_text, required_line
from coprod_data.scopes.notices import NoticeHost, NotifyHost
from coprod_data.scopes.people import holds
from coprod_data.scopes.settings import setting, settings
from coprod_data.vocabulary.notices import Safety
from coprod_data.vocabulary.settings import DutyPost, SettingKey

LAST_PORT = 65_535
LONGEST_NUMBER = 40
SETS = frozenset({SettingKey.DUTY_CLOSED_DAYS})


def only_changes(
    db: Session, typed: Mapping[SettingKey, Any], opened: Mapping[str, Any] | None
) -> dict[SettingKey, Any]:
    """Return what to keep: what was changed in the form, and else what is there now.

    `opened` holds the stored values that the form showed; without it all that was typed is kept. A
    second call for one of these settings waits until this transaction ends. Raises ChangedMeanwhile
    when somebody else has changed the same one to something else.
    """
    for key in sorted(typed):
        in_turn(db, f"setting {key}")
    if opened is None:
        return dict(typed)
    kept: dict[SettingKey, Any] = {}
    changed: dict[str, Any] = {}
    stored = {key: _as_stored(value) for key, value in settings(db, *typed).items()}
    for key, value in typed.items():
        now, seen = stored[key], _as_stored(opened[key])
        if key in SETS:
            kept[key] = sorted(changed_set(now, seen, value))
            continue
        kept[key] = now if value == seen else value
        if value != seen and now not in (seen, value):
            changed[key] = now
    if changed:
        raise ChangedMeanwhile(changed)
    return kept


def in_their_order(
    db: Session, key: SettingKey, typed: Collection[int], opened: Mapping[str, Any] | None
) -> list[int]:
    """Return a list of numbers with what a form changed in it; what is new comes last."""
    if opened is None:
        return list(typed)
    in_turn(db, f"setting {key}")
    now = list(setting(db, key))
    wanted = changed_set(now, opened[key], typed)
    return [*(one for one in now if one in wanted), *sorted(wanted - set(now))]


def must_hold_safeguarding(db: Session, named: Mapping[DutyPost, dict[str, Any] | None]) -> None:
    """Check that each post has another person, who holds `safeguarding`. Raises Invalid."""
    asked = [contact["person_id"] for contact in named.values() if contact]
    holders = set(
        db.scalars(sa.select(Person.id).where(Person.id.in_(asked), holds(Role.SAFEGUARDING)))
    )
    for post, contact in named.items():
        if contact is None:
            continue
        if contact["person_id"] not in holders:
            raise Invalid("Choose an account that holds Safeguarding.", field=post.value)
        if asked.count(contact["person_id"]) > 1:
            raise Invalid("Choose a different person for each.", field=post.value)


def phone_number(typed: str, field: str, *, needed: bool = False) -> str:
    """Return a phone number as it was written; it has three digits at least. Raises Invalid."""
    if is_blank(typed) and not needed:
        return ""
    sentence = "Give a phone number, for example 01632 960001."
    number = required_line(typed, field, sentence, LONGEST_NUMBER)
    if sum(letter.isdecimal() for letter in number) < 3:
        raise Invalid(sentence, field=field)
    return number


def name_and_number(typed: str, field: str) -> str:
    """Return somebody's name with their number, on one line, or nothing. Raises Invalid."""
    if is_blank(typed):
        return ""
    sentence = "Write a name and a phone number, for example Sam Okoro, 01632 960001."
    line = required_line(typed, field, sentence, 160)
    if sum(letter.isdecimal() for letter in line) < 3 or not any(map(str.isalpha, line)):
        raise Invalid(sentence, field=field)
    return line


def must_ring_somebody_else(
    email: str, rings: str, named: Mapping[DutyPost, dict[str, Any] | None]
) -> None:
    """Check that a LADO who gets a notice is told whom to ring: nobody of those on duty, because
    it may be about them. Raises Invalid.
    """
    field = SettingKey.DUTY_LADO_RINGS.value
    if email and not rings:
        raise Invalid("Say whom the LADO rings: the notice says nothing else.", field=field)
    for contact in named.values():
        if contact and _digits(contact["phone"]) in _digits(rings):
            raise Invalid(
                "Name somebody who is not on duty. The notice may be about those who are.",
                field=field,
            )


def _digits(written: str) -> str:
    return "".join(filter(str.isdecimal, written))


def checked_host(host: NoticeHost) -> NoticeHost:
    """Return a host as it is kept; no password goes over an open connection. Raises Invalid."""
    if isinstance(host, NotifyHost):
        try:
            return NotifyHost(template_id=str(uuid.UUID(host.template_id.strip())))
        except ValueError:
            raise Invalid(
                "Copy the template ID from GOV.UK Notify; it has 36 characters.",
                field="template_id",
            ) from None
    if not 1 <= host.port <= LAST_PORT:
        raise Invalid(f"Give a port from 1 to {LAST_PORT:,}, for example 587.", field="port")
    user = " ".join(optional_text(host.user, "user", 200).split())
    if user and host.safety is Safety.NONE:
        raise Invalid("Signing in to a mail server needs STARTTLS or TLS.", field="safety")
    return replace(
        host,
        host=host_name(host.host, "host"),
        sender=email_address(host.sender, "sender"),
        user=user,
    )


def _as_stored(value: Any) -> Any:
    return json.loads(json.dumps(value))
