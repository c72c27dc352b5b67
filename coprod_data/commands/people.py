"""Accounts and roles: who is added, which roles they get, and the two-person rule for two teams."""

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.people_steps import (
    end_role,
    end_sessions,
    grant_role,
    live_roles,
    person_of,
)
from coprod_data.commands.rows import changed_set, must_be_new
from coprod_data.models import Person, ResetLink, RoleGrant
from coprod_data.permissions import (
    Actor,
    Invalid,
    NotAllowed,
    NotFound,
    Permission,
    Role,
)
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.scopes.one_person import everybody_of
from coprod_data.scopes.people import RESET_LASTS
from coprod_data.scopes.second_person import who_confirms
from coprod_data.store.one_time_links import hash_of, new_token
from coprod_data.vocabulary.events import EventKind

_USERNAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


def add_person(
    db: Session,
    actor: Actor,
    *,
    username: str,
    name: str,
    job: str = "",
    roles: frozenset[Role] = frozenset(),
    password_hash: str | None = None,
) -> int:
    """Add an account, without a password until its owner sets one. Returns the person's id.

    Raises Invalid, NotAllowed.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    username = required_line(
        username, "username", "Give a username, for example jo.smith.", 60
    ).lower()
    if not set(username) <= _USERNAME:
        raise Invalid(
            "A username can only have letters, digits, dots and dashes.", field="username"
        )
    must_be_new(
        db, Person, "person", taken="That username is taken. Choose another.", username=username
    )
    person = Person(
        username=username,
        name=required_line(name, "name", "Give the name to show on screen.", 120),
        job=optional_text(job, "job", 160),
        password_hash=password_hash,
        added_at=actor.at,
    )
    db.add(person)
    record(db, actor, EventKind.PERSON_ADDED, person)
    for role in sorted(roles):
        grant_role(db, actor, person.id, role)
    return person.id


def change_roles(
    db: Session,
    actor: Actor,
    person_id: int,
    *,
    roles: frozenset[Role],
    opened: frozenset[Role] | None = None,
) -> None:
    """Give the roles that were ticked, and take away those that were not.

    With `opened`, the roles that the form showed, only what this administrator changed is changed.
    Raises NotAllowed, NotFound.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    held = live_roles(db, person_of(db, person_id).id)
    wanted = changed_set(held, opened, roles)
    for role in sorted(wanted - held):
        grant_role(db, actor, person_id, role)
    for role in sorted(held - wanted):
        end_role(db, actor, person_id, role)


def confirm_role(db: Session, actor: Actor, grant_id: int) -> None:
    """Confirm a grant as a second person of that team, else of the other guarded one.

    An account of the person who gave it or gets it, known by its name or work e-mail, is no second
    person. Raises NotFound, NotAllowed.
    """
    actor.must(Permission.PEOPLE_CONFIRM)
    grant = db.get(RoleGrant, grant_id, with_for_update=True)
    if grant is None or grant.ended_at or grant.confirmed_at:
        raise NotFound("That request has already been dealt with.")
    asked = [one for one in (grant.given_by_id, grant.person_id) if one is not None]
    if actor.id in everybody_of(db, asked):
        raise NotAllowed("A second person in the team has to confirm this.")
    if actor.id not in who_confirms(db, actor.at, grant.role, asked):
        raise NotAllowed("Only somebody in that team can confirm a new member.")
    grant.confirmed_at, grant.confirmed_by_id = actor.at, actor.id
    record(db, actor, EventKind.ROLE_GRANTED, grant, person=grant.person_id, role=grant.role.value)
    end_sessions(db, actor, grant.person_id)


def disable_person(db: Session, actor: Actor, person_id: int) -> None:
    """Close an account and end its sessions. Raises NotAllowed, NotFound."""
    actor.must(Permission.PEOPLE_MANAGE)
    if person_id == actor.person_id:
        raise NotAllowed("You cannot close your own account. Ask another administrator.")
    person = person_of(db, person_id)
    person.disabled_at = person.disabled_at or actor.at
    record_if_changed(db, actor, EventKind.PERSON_DISABLED, person)
    end_sessions(db, actor, person_id)


def enable_person(db: Session, actor: Actor, person_id: int) -> None:
    """Open a closed account again. Raises NotFound."""
    actor.must(Permission.PEOPLE_MANAGE)
    person = person_of(db, person_id)
    person.disabled_at = None
    record_if_changed(db, actor, EventKind.PERSON_ENABLED, person)


def make_reset_link(db: Session, actor: Actor, person_id: int) -> str:
    """Make a one-time link token and end the person's sessions. Returns the token.

    It takes the place of one made before. It is not stored: the people who made it can have it
    worked out again until it is used, replaced or a day old.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    person = person_of(db, person_id)
    for earlier in db.scalars(
        sa.select(ResetLink).where(ResetLink.person_id == person_id, ResetLink.used_at.is_(None))
    ):
        earlier.used_at = actor.at
    link = ResetLink(
        person_id=person.id,
        token_hash=secrets.token_hex(32),  # until its number is known
        made_at=actor.at,
        made_by_id=actor.person_id,
    )
    db.add(link)
    db.flush()
    token = new_token(db.info["keys"], link.id)
    link.token_hash = hash_of(token)
    record(db, actor, EventKind.RESET_LINK_MADE, person)
    end_sessions(db, actor, person_id)
    return token


def set_password_by_link(db: Session, actor: Actor, token: str, password_hash: str) -> None:
    """Set a password with a one-time link, less than a day old.

    `password_hash` must be of a password that `passwords.checked_password` accepted. Raises
    NotFound.
    """
    actor.must(Permission.SIGN_IN)
    link = db.scalar(
        sa.select(ResetLink).where(
            ResetLink.token_hash == hash_of(token),
            ResetLink.used_at.is_(None),
            ResetLink.made_at > actor.at - RESET_LASTS,
        )
    )
    if link is None:
        raise NotFound("This link has been used or is too old. Ask an administrator for a new one.")
    link.used_at = actor.at
    person = person_of(db, link.person_id)
    person.password_hash = password_hash
    record(db, actor, EventKind.PASSWORD_SET, person)
    end_sessions(db, actor, person.id)
