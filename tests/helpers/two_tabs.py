"""A record as two people have it open in their forms, and the forms of the office."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.groups import add_group, change_group
from coprod_data.commands.people import change_roles
from coprod_data.commands.people_details import change_work_email
from coprod_data.commands.settings import Rota, change_duty, change_notice_host, change_setting
from coprod_data.models import (
    Group,
    RoleGrant,
)
from coprod_data.permissions import Role
from coprod_data.rules.clocks import Hours
from coprod_data.scopes.duty import Contact
from coprod_data.scopes.notices import SmtpHost, host_to_keep
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.heard import HeardGroup
from coprod_data.vocabulary.notices import Safety
from coprod_data.vocabulary.settings import POSTS, DutyPost, SettingKey
from tests.helpers.builders import (
    a_person,
    a_promise,
    somebody,
    the_duty,
)

Values = dict[Any, Any]
WORDS = ("one", "two", "three", "four", "five", "six")


@dataclass
class Open:
    """A record, read as its form shows it, and saved as its form does.

    `vary` returns another value for one name. `sets` are values of which only changes are sent.
    """

    read: Callable[[], Values]
    save: Callable[[Values, Values], object]
    vary: Callable[[random.Random, Any], Any]
    names: tuple[Any, ...]
    sets: frozenset[Any] = frozenset()


def a_theme(db: Session) -> Any:
    the_duty(db)
    return a_promise(db)[0]


def word(chance: random.Random, _name: Any) -> str:
    return f"{chance.choice(WORDS)} {chance.choice(WORDS)}"


def a_subset(chance: random.Random, members: Any) -> frozenset[Any]:
    return frozenset(one for one in members if chance.random() < 0.5)


def of_row(row: Any, *names: str) -> Callable[[], Values]:
    return lambda: {name: getattr(row, name) for name in names}


def a_group(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    group = db.get_one(Group, add_group(db, worker, name="Panel", kind=[*GroupKind][0]))
    names = ("name", "kind", "terms", "quorum", "owns_queue", "hears", "meets")

    def vary(chance: random.Random, name: str) -> Any:
        match name:
            case "kind":
                return chance.choice([*GroupKind])
            case "quorum":
                return chance.choice([None, 2, 3, 4])
            case "owns_queue":
                return chance.random() < 0.5
            case "hears":
                return chance.choice([None, *HeardGroup])
        return word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        change_group(db, worker, group.id, **typed, opened=opened)

    return Open(of_row(group, *names), save, vary, names)


def an_email(db: Session) -> Open:
    administrator, person = somebody(db, Role.ADMINISTRATOR), a_person(db, Role.MANAGER)

    def save(typed: Values, opened: Values) -> None:
        change_work_email(db, administrator, person.id, typed["work_email"], opened=opened)

    def vary(chance: random.Random, _name: Any) -> str:
        return f"{chance.choice(WORDS)}@westmarch.gov.uk"

    return Open(lambda: {"work_email": person.work_email or ""}, save, vary, ("work_email",))


def some_roles(db: Session) -> Open:
    administrator, person = somebody(db, Role.ADMINISTRATOR), a_person(db, Role.MANAGER)
    free = [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR]

    def read() -> Values:
        live = sa.select(RoleGrant.role).filter_by(person_id=person.id, ended_at=None)
        return {"roles": frozenset(db.scalars(live))}

    def save(typed: Values, opened: Values) -> None:
        change_roles(db, administrator, person.id, roles=typed["roles"], opened=opened["roles"])

    return Open(
        read, save, lambda chance, _: a_subset(chance, free), ("roles",), frozenset({"roles"})
    )


def some_settings(db: Session) -> Open:
    administrator = somebody(db, Role.ADMINISTRATOR)
    keys = (SettingKey.COUNCIL_NAME, SettingKey.BOARD_LABEL, SettingKey.IDLE_MINUTES)

    def save(typed: Values, opened: Values) -> None:
        for key, value in typed.items():
            change_setting(db, administrator, key, value, opened=opened)

    def vary(chance: random.Random, key: Any) -> Any:
        return chance.randint(5, 60) if key is SettingKey.IDLE_MINUTES else word(chance, key)

    return Open(lambda: dict(settings(db, *keys)), save, vary, keys)


def a_host(db: Session) -> Open:
    administrator = somebody(db, Role.ADMINISTRATOR)
    keys = (SettingKey.NOTICE_HOST, SettingKey.PUBLIC_ADDRESS)

    def host(server: str) -> SmtpHost:
        return SmtpHost(
            host=f"{server}.example", port=587, safety=Safety.TLS, sender="a@westmarch.gov.uk"
        )

    change_notice_host(db, administrator, host("first"), address="https://first.example")

    def save(typed: Values, opened: Values) -> None:
        facts = {one: fact for one, fact in typed[keys[0]].items() if one != "kind"}
        change_notice_host(
            db,
            administrator,
            SmtpHost(**{**facts, "safety": Safety.TLS}),
            address=typed[keys[1]],
            opened=opened,
        )

    def vary(chance: random.Random, key: Any) -> Any:
        name = chance.choice(WORDS)
        return host_to_keep(host(name)) if key is keys[0] else f"https://{name}.example"

    return Open(lambda: dict(settings(db, *keys)), save, vary, keys)


def a_rota(db: Session) -> Open:
    lead = somebody(db, Role.SAFEGUARDING)
    people = [a_person(db, Role.SAFEGUARDING).id for _ in range(3)]
    posts = dict(zip(DutyPost, people, strict=True))
    names = (
        *(POSTS[post] for post in DutyPost), SettingKey.DUTY_CLOSED_DAYS, SettingKey.DUTY_PHONE,
        SettingKey.DUTY_LADO_NAME,
    )  # fmt: skip
    week: Any = (*[((time(9), time(17)),)] * 5, (), ())

    def rota(typed: Values) -> Rota:
        return Rota(
            people={
                post: Contact(said["person_id"], said["phone"])
                for post in DutyPost
                if (said := typed[POSTS[post]])
            },
            hours=Hours(
                week, frozenset(map(date.fromisoformat, typed[SettingKey.DUTY_CLOSED_DAYS]))
            ),
            phone=typed[SettingKey.DUTY_PHONE],
            out_of_hours="01632 960020",
            lado_name=typed[SettingKey.DUTY_LADO_NAME],
        )

    def every() -> Values:
        return dict(settings(db, *names, SettingKey.DUTY_HOURS, SettingKey.DUTY_OUT_OF_HOURS,
                             SettingKey.DUTY_SOCIAL_WORK, SettingKey.DUTY_LADO_PHONE,
                             SettingKey.DUTY_LADO_EMAIL, SettingKey.DUTY_LADO_RINGS))  # fmt: skip

    first = dict.fromkeys(names, "") | dict.fromkeys(POSTS.values())
    change_duty(db, lead, rota(first | {SettingKey.DUTY_CLOSED_DAYS: []}))

    def vary(chance: random.Random, key: Any) -> Any:
        if key is SettingKey.DUTY_CLOSED_DAYS:
            return sorted(a_subset(chance, ["2026-05-04", "2026-05-05", "2026-12-24"]))
        for post, person_id in posts.items():
            if key is POSTS[post]:
                number = f"01632 9600{chance.randint(10, 99)}"
                return chance.choice([None, {"person_id": person_id, "phone": number}])
        return "" if key is SettingKey.DUTY_PHONE and chance.random() < 0.3 else (
            f"01632 96{chance.randint(1000, 9999)}"
        )  # fmt: skip

    return Open(
        every,
        lambda typed, opened: change_duty(db, lead, rota(typed), opened=opened),
        vary,
        names,
        frozenset({SettingKey.DUTY_CLOSED_DAYS}),
    )
