"""Accounts and roles: who is added, which roles they get, who is closed and opened, and links.

What one administrator alone may not do is asked of a second person: `people_requests` answers.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.people_asking_steps import (
    ask,
    is_first_of_all,
    new_link,
    only_waits,
    void_links,
)
from coprod_data.commands.people_steps import (
    end_calendar_of,
    end_role,
    end_sessions,
    forgive_failures,
    give_places_back_of,
    grant_role,
    live_roles,
    person_of,
)
from coprod_data.commands.rows import changed_set, must_be_new
from coprod_data.models import Person, ResetLink
from coprod_data.permissions import (
    Actor,
    NotAllowed,
    NotFound,
    Permission,
    Role,
)
from coprod_data.rules.texts import optional_text
from coprod_data.rules.usernames import checked_name, checked_username
from coprod_data.scopes.account_requests import guarded_team
from coprod_data.scopes.people import RESET_LASTS
from coprod_data.store.one_time_links import hash_of
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.people import RequestKind


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
    actor.must_have_proved()
    username = checked_username(username)
    must_be_new(
        db, Person, "person", taken="That username is taken. Choose another.", username=username
    )
    person = Person(
        username=username,
        name=checked_name(name),
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
    Raises NotAllowed, NotFound, Invalid.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    actor.must_have_proved()
    held = live_roles(db, person_of(db, person_id).id)
    wanted = changed_set(held, opened, roles)
    for role in sorted(held - wanted):
        end_role(db, actor, person_id, role)
    for role in sorted(wanted - held):
        grant_role(db, actor, person_id, role)


def disable_person(db: Session, actor: Actor, person_id: int) -> None:
    """Close an account; its sessions, one-time links and calendar end, its places become free.

    Raises NotAllowed, NotFound.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    if person_id == actor.person_id:
        raise NotAllowed(
            "You cannot close your own account. Another administrator closes it; "
            "if you are the only one, add another first."
        )
    actor.must_have_proved()
    person = person_of(db, person_id)
    person.disabled_at = person.disabled_at or actor.at
    void_links(db, actor, person_id)
    end_calendar_of(db, actor, person_id)
    give_places_back_of(db, actor, person_id)
    record_if_changed(db, actor, EventKind.PERSON_DISABLED, person)
    end_sessions(db, actor, person_id)


def enable_person(db: Session, actor: Actor, person_id: int) -> bool:
    """Open a closed account again. Returns whether it is open now.

    For somebody in a guarded team, the chair, and whoever is or was a young person, it is asked of
    a second person. Raises NotFound, Refused.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    actor.must_have_proved()
    person = person_of(db, person_id)
    team = guarded_team(db, person_id)
    if person.disabled_at and team is not None:
        ask(db, actor, RequestKind.REOPEN, person, team)
        return False
    person.disabled_at = None
    record_if_changed(db, actor, EventKind.PERSON_ENABLED, person)
    return True


def make_reset_link(db: Session, actor: Actor, person_id: int) -> str | None:
    """Make a one-time link token and end the person's sessions. Returns the token.

    It takes the place of one made before. It is not stored: the people who made it can have it
    worked out again until it is used, replaced or a day old. For somebody in a guarded team, the
    chair, and whoever is or was a young person and had a password, a second person is asked: None
    is returned and nothing else changes. Raises NotFound, Refused.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    actor.must_have_proved()
    person = person_of(db, person_id)
    team = guarded_team(db, person_id)
    if team is None or is_first_of_all(db, person):
        return new_link(db, actor, person)
    if not only_waits(db, person):
        ask(db, actor, RequestKind.RESET, person, team)
    return None


def set_password_by_link(db: Session, actor: Actor, token: str, password_hash: str) -> None:
    """Set a password with a one-time link, less than a day old; of two at once, one does.

    `password_hash` must be of a password that `passwords.checked_password` accepted. Raises
    NotFound.
    """
    actor.must(Permission.SIGN_IN)
    link = db.scalar(
        sa.select(ResetLink)
        .where(
            ResetLink.token_hash == hash_of(token),
            ResetLink.used_at.is_(None),
            ResetLink.made_at > actor.at - RESET_LASTS,
        )
        .with_for_update()
    )
    if link is None:
        raise NotFound("This link has been used or is too old. Ask an administrator for a new one.")
    link.used_at = link.set_at = actor.at
    person = person_of(db, link.person_id)
    if person.password_hash is None:
        link.told_at = actor.at  # a first password: its owner knows who gave the link
    person.password_hash = password_hash
    record(db, actor, EventKind.PASSWORD_SET, person)
    end_sessions(db, actor, person.id)
    forgive_failures(db, person.username)
