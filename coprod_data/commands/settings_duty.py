"""Changing the duty rota: who is called, at which hours somebody reads, and the numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.settings import keep_setting
from coprod_data.models import Person
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.clocks import Hours
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.scopes.duty import Contact, holds_safeguarding
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.settings import POSTS, DutyPost, SettingKey

MOST_CLOSED_DAYS = 400
LONGEST_NUMBER = 40


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


def change_duty(db: Session, actor: Actor, rota: Rota) -> None:
    """Keep the rota, all or nothing; each setting that changed is an event.

    Only an account that holds `safeguarding` can be named, each for one post and with a number.
    With nobody named the form for young people is shut. Raises Invalid, with the field it is about.
    """
    actor.must(Permission.DUTY_CHANGE)
    named = _checked_people(db, rota.people)
    if len(rota.hours.closed) > MOST_CLOSED_DAYS:
        raise Invalid(
            f"Keep it to {MOST_CLOSED_DAYS} closed days: take out those that are over.",
            field=SettingKey.DUTY_CLOSED_DAYS.value,
        )
    lado = optional_text(rota.lado_name, SettingKey.DUTY_LADO_NAME.value, 160)
    kept = {
        **{key: named.get(post) for post, key in POSTS.items()},
        SettingKey.DUTY_HOURS: [
            [[_clock(begins), _clock(ends)] for begins, ends in day] for day in rota.hours.week
        ],
        SettingKey.DUTY_CLOSED_DAYS: sorted(day.isoformat() for day in rota.hours.closed),
        SettingKey.DUTY_PHONE: _number(rota.phone, SettingKey.DUTY_PHONE.value),
        SettingKey.DUTY_OUT_OF_HOURS: _number(
            rota.out_of_hours, SettingKey.DUTY_OUT_OF_HOURS.value, needed=True
        ),
        SettingKey.DUTY_SOCIAL_WORK: _number(rota.social_work, SettingKey.DUTY_SOCIAL_WORK.value),
        SettingKey.DUTY_LADO_NAME: " ".join(lado.split()),
        SettingKey.DUTY_LADO_PHONE: _number(rota.lado_phone, SettingKey.DUTY_LADO_PHONE.value),
    }
    before = settings(db, *kept)
    for key, value in kept.items():
        if value != (list(before[key]) if isinstance(before[key], tuple) else before[key]):
            keep_setting(db, actor, key, value)


def _checked_people(
    db: Session, people: Mapping[DutyPost, Contact]
) -> dict[DutyPost, dict[str, int | str]]:
    asked = [contact.person_id for contact in people.values()]
    holders = set(
        db.scalars(sa.select(Person.id).where(Person.id.in_(asked), holds_safeguarding()))
    )
    named: dict[DutyPost, dict[str, int | str]] = {}
    for post, contact in people.items():
        if contact.person_id not in holders:
            raise Invalid("Choose an account that holds Safeguarding.", field=post.value)
        if asked.count(contact.person_id) > 1:
            raise Invalid("Choose a different person for each.", field=post.value)
        number = _number(contact.phone, f"{post.value}_phone", needed=True)
        named[post] = {"person_id": contact.person_id, "phone": number}
    return named


def _number(typed: str, field: str, *, needed: bool = False) -> str:
    """Return a phone number as it was written; it has three digits at least. Raises Invalid."""
    if not typed.strip() and not needed:
        return ""
    sentence = "Give a phone number, for example 01632 960001."
    number = required_line(typed, field, sentence, LONGEST_NUMBER)
    if sum(letter.isdecimal() for letter in number) < 3:
        raise Invalid(sentence, field=field)
    return number


def _clock(clock: time) -> str:
    return f"{clock:%H:%M}"
