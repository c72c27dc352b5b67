"""Accounts as screens show them, and the names for lists of choices."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Person, ResetLink, RoleGrant, Service, ServiceMember
from coprod_data.permissions import Actor, NotFound, Permission, Role
from coprod_data.scopes.people import RESET_LASTS, holds
from coprod_data.store.keys import Keys
from coprod_data.store.one_time_links import hash_of, token_again


@dataclass(frozen=True)
class PersonRow:
    """Somebody to name on screen."""

    id: int
    name: str
    job: str


@dataclass(frozen=True)
class AccountRow:
    """An account as the administrator sees it; `waiting` are roles that a second person must
    confirm. `work_email` is where their notices go, and empty if nowhere.
    """

    id: int
    username: str
    name: str
    job: str
    roles: frozenset[Role]
    waiting: frozenset[Role]
    services: tuple[str, ...]
    disabled: bool
    has_password: bool
    work_email: str

    @property
    def young(self) -> bool:
        """Say whether this is, or may become, a young person's account."""
        return Role.YOUNG_PERSON in self.roles | self.waiting


@dataclass(frozen=True)
class NamedRow:
    """A service or a group."""

    id: int
    name: str


@dataclass(frozen=True)
class LinkToHandOver:
    """A one-time link that the reader made, and that its owner has not used yet."""

    person_id: int
    name: str
    username: str
    token: str
    ends_at: datetime
    work_email: str


def links_to_hand_over(db: Session, actor: Actor) -> list[LinkToHandOver]:
    """Return the one-time links that this person hands over and that still work, newest first.

    A link made under a server key that is gone cannot be shown again.
    """
    actor.must(Permission.PEOPLE_MANAGE, Permission.PEOPLE_CONFIRM)
    keys: Keys = db.info["keys"]
    rows = db.execute(
        sa.select(ResetLink, Person)
        .join(Person, Person.id == ResetLink.person_id)
        .where(
            ResetLink.made_by_id == actor.id,
            ResetLink.used_at.is_(None),
            ResetLink.made_at > actor.at - RESET_LASTS,
        )
        .order_by(ResetLink.id.desc())
    )
    return [
        LinkToHandOver(
            person.id,
            person.name,
            person.username,
            token,
            link.made_at + RESET_LASTS,
            person.work_email or "",
        )
        for link, person in rows
        if (token := token_again(keys, link.id, link.token_hash))
    ]


@dataclass(frozen=True)
class Recovery:
    """An account to recover from the server, and the token of the link made there, if any."""

    person_id: int
    disabled: bool
    token: str | None


def recovery(db: Session, actor: Actor, username: str) -> Recovery:
    """Return an account by its username, with a link that the server made and that still works.

    Raises NotFound.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    keys: Keys = db.info["keys"]
    person = db.scalar(sa.select(Person).where(Person.username == username.lower()))
    if person is None:
        raise NotFound(f"There is no account with the username {username}.")
    link = db.scalar(
        sa.select(ResetLink).where(
            ResetLink.person_id == person.id,
            ResetLink.made_by_id.is_(None),
            ResetLink.used_at.is_(None),
            ResetLink.made_at > actor.at - RESET_LASTS,
        )
    )
    token = token_again(keys, link.id, link.token_hash) if link is not None else None
    return Recovery(person.id, person.disabled_at is not None, token)


@dataclass(frozen=True)
class ServiceMemberRow:
    """Somebody who is responsible for a service."""

    service_id: int
    service: str
    person_id: int
    name: str


def accounts(db: Session, actor: Actor) -> list[AccountRow]:
    """Return every account by name, in three statements."""
    actor.must(Permission.PEOPLE_READ)
    given: dict[int, set[Role]] = {}
    waiting: dict[int, set[Role]] = {}
    for person_id, role, confirmed_at in db.execute(
        sa.select(RoleGrant.person_id, RoleGrant.role, RoleGrant.confirmed_at).where(
            RoleGrant.ended_at.is_(None)
        )
    ):
        (given if confirmed_at else waiting).setdefault(person_id, set()).add(role)
    services: dict[int, list[str]] = {}
    for person_id, name in db.execute(
        sa.select(ServiceMember.person_id, Service.name)
        .join(Service, Service.id == ServiceMember.service_id)
        .order_by(Service.name)
    ):
        services.setdefault(person_id, []).append(name)
    return [
        AccountRow(
            id=row.id,
            username=row.username,
            name=row.name,
            job=row.job,
            roles=frozenset(given.get(row.id, ())),
            waiting=frozenset(waiting.get(row.id, ())),
            services=tuple(services.get(row.id, ())),
            disabled=row.disabled_at is not None,
            has_password=row.has_password,
            work_email=row.work_email or "",
        )
        for row in db.execute(
            sa.select(
                Person.id,
                Person.username,
                Person.name,
                Person.job,
                Person.disabled_at,
                Person.work_email,
                Person.password_hash.is_not(None).label("has_password"),
            ).order_by(Person.name, Person.id)
        )
    ]


def persons_with_role(db: Session, actor: Actor, *roles: Role) -> list[PersonRow]:
    """Return open accounts that hold any of these roles, by name."""
    actor.must(Permission.PEOPLE_NAMES)
    return [
        PersonRow(row.id, row.name, row.job)
        for row in db.execute(
            sa.select(Person.id, Person.name, Person.job)
            .where(holds(*roles))
            .order_by(Person.name, Person.id)
        )
    ]


def unusable_link(db: Session, actor: Actor, token: str) -> str:
    """Return why a one-time password link cannot be used, as a sentence; "" if it can."""
    actor.must(Permission.SIGN_IN)
    link = db.scalars(sa.select(ResetLink).where(ResetLink.token_hash == hash_of(token))).first()
    ask = "Ask an administrator for a new one."
    if link is None:
        return f"This link is not complete. {ask}"
    if db.get_one(Person, link.person_id).disabled_at is not None:
        return f"This account is closed. {ask}"
    newer = sa.exists().where(
        ResetLink.person_id == link.person_id,
        ResetLink.id > link.id,
        ResetLink.made_at == link.used_at,  # a link ends at the moment the next one is made
    )
    if link.used_at is not None and db.scalar(sa.select(newer)):
        return f"A newer link has taken the place of this one. {ask}"
    if link.used_at is not None:
        return f"This link has been used. Sign in with the password you chose, or {ask.lower()}"
    if link.made_at <= actor.at - RESET_LASTS:
        return f"This link is more than a day old. {ask}"
    return ""


def services(db: Session, actor: Actor) -> list[NamedRow]:
    """Return the council's services by name, without those that are part of another now."""
    actor.must(Permission.PEOPLE_NAMES)
    in_use = sa.select(Service.id, Service.name).where(Service.retired_at.is_(None))
    rows = db.execute(in_use.order_by(Service.name))
    return [NamedRow(row.id, row.name) for row in rows]


def service_members(db: Session, actor: Actor) -> list[ServiceMemberRow]:
    """Return who is responsible for each service, by service and name."""
    actor.must(Permission.PEOPLE_READ)
    rows = db.execute(
        sa.select(Service.id, Service.name, Person.id, Person.name)
        .join(ServiceMember, ServiceMember.service_id == Service.id)
        .join(Person, Person.id == ServiceMember.person_id)
        .order_by(Service.name, Person.name)
    )
    return [ServiceMemberRow(*row) for row in rows]


def my_services(db: Session, actor: Actor) -> list[NamedRow]:
    """Return the services this person is responsible for."""
    actor.must(Permission.PEOPLE_NAMES)
    rows = db.execute(
        sa.select(Service.id, Service.name)
        .join(ServiceMember, ServiceMember.service_id == Service.id)
        .where(ServiceMember.person_id == actor.id)
        .order_by(Service.name)
    )
    return [NamedRow(row.id, row.name) for row in rows]
