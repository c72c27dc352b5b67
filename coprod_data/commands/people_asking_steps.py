"""One-time links, and asking a second person: steps of the commands about guarded accounts."""

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.people_steps import counts_by_itself, end_sessions
from coprod_data.models import AccountRequest, Person, ResetLink, RoleGrant
from coprod_data.permissions import Actor, Refused, Role
from coprod_data.rules.accounts import TEAMS
from coprod_data.store.one_time_links import hash_of, new_token
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.people import RequestKind

ASKED = {
    RequestKind.RESET: EventKind.RESET_ASKED,
    RequestKind.REOPEN: EventKind.REOPENING_ASKED,
}


def ask(db: Session, actor: Actor, kind: RequestKind, person: Person, team: Role) -> None:
    """Ask a second person of a team about an account. Raises Refused where it is asked already."""
    waiting = sa.select(AccountRequest.id).where(
        AccountRequest.person_id == person.id,
        AccountRequest.kind == kind,
        AccountRequest.settled_at.is_(None),
    )
    if db.scalar(waiting) is not None:
        raise Refused("This has been asked already. It waits for a second person.")
    request = AccountRequest(
        kind=kind,
        person_id=person.id,
        team=team,
        asked_at=actor.at,
        asked_by_id=actor.person_id,
        counts_at=counts_by_itself(db, actor, team, person.id),
    )
    db.add(request)
    record(db, actor, ASKED[kind], person)


def new_link(
    db: Session,
    actor: Actor,
    person: Person,
    *,
    by_second: bool = False,
    made_by_id: int | None = None,
) -> str:
    """Make a one-time link in place of any other, and end the person's sessions. Returns its token.

    `made_by_id` is who is shown it, if that is not the actor.
    """
    void_links(db, actor, person.id)
    link = ResetLink(
        person_id=person.id,
        token_hash=secrets.token_hex(32),  # until its number is known
        made_at=actor.at,
        made_by_id=made_by_id or actor.person_id,
        by_second=by_second,
    )
    db.add(link)
    db.flush()
    token = new_token(db.info["keys"], link.id)
    link.token_hash = hash_of(token)
    record(db, actor, EventKind.RESET_LINK_MADE, person)
    end_sessions(db, actor, person.id)
    return token


def void_links(db: Session, actor: Actor, person_id: int) -> None:
    """End the links of an account that nobody has used."""
    for earlier in db.scalars(
        sa.select(ResetLink).where(ResetLink.person_id == person_id, ResetLink.used_at.is_(None))
    ):
        earlier.used_at = actor.at


def proves_itself(db: Session, actor: Actor, person: Person, *, shown_to: int | None) -> None:
    """Make sure that no link an administrator has seen opens an account that is guarded from now.

    Unless its password was chosen with a link that a second person handed over, its owner chooses
    another, with a link shown to `shown_to`; without one, to the server only.
    """
    void_links(db, actor, person.id)
    by_second = db.scalar(
        sa.select(ResetLink.by_second)
        .where(ResetLink.person_id == person.id, ResetLink.set_at.is_not(None))
        .order_by(ResetLink.id.desc())
        .limit(1)
    )
    second = shown_to is not None and shown_to == actor.person_id
    if person.password_hash is None or by_second is False:
        person.password_hash = None
        new_link(db, actor, person, by_second=second, made_by_id=shown_to)


def is_first_of_all(db: Session, person: Person) -> bool:
    """Say whether somebody is in a team from first set-up only, and never had a password."""
    set_before = sa.exists().where(ResetLink.person_id == person.id, ResetLink.set_at.is_not(None))
    return (
        person.password_hash is None
        and not db.scalar(sa.select(set_before))
        and not _guarded(db, person.id, RoleGrant.first_setup.is_(False))
    )


def only_waits(db: Session, person: Person) -> bool:
    """Say whether somebody waits for their first guarded role, and has no password yet.

    They get their link from the second person who confirms it.
    """
    return (
        person.password_hash is None
        and _guarded(db, person.id, RoleGrant.confirmed_at.is_(None))
        and not _guarded(db, person.id, RoleGrant.confirmed_at.is_not(None))
    )


def _guarded(db: Session, person_id: int, condition: sa.ColumnElement[bool]) -> bool:
    held = sa.exists().where(
        RoleGrant.person_id == person_id,
        RoleGrant.role.in_(TEAMS),
        RoleGrant.ended_at.is_(None),
        condition,
    )
    return bool(db.scalar(sa.select(held)))
