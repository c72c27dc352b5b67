"""Giving a role and taking it away: steps of the commands that change what an account may do."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.rows import locked
from coprod_data.models import AuthSession, Person, RoleGrant
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Permission, Role
from coprod_data.vocabulary.events import EventKind

GUARDED = frozenset({Role.YOUTH_VOICE, Role.SAFEGUARDING})
FIRST_SETUP_GRANTS = 2


def grant_role(db: Session, actor: Actor, person_id: int, role: Role) -> bool:
    """Give a role. Returns whether it counts at once.

    `youth_voice` and `safeguarding` wait for a second person; the first two members that a team
    ever has count at once and are marked as first set-up. Raises NotAllowed.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    if person_id == actor.person_id:
        raise NotAllowed("You cannot change your own roles. Ask another administrator.")
    person = person_of(db, person_id)
    if role in live_roles(db, person_id):
        return True
    if role is Role.YOUNG_PERSON and person.work_email:
        raise Invalid("A young person has no work e-mail. Take it off first.", field="role")
    guarded = role in GUARDED
    first = guarded and _first_setup(db, role)
    counts = first or not guarded
    grant = RoleGrant(
        person_id=person.id,
        role=role,
        given_at=actor.at,
        given_by_id=actor.person_id,
        confirmed_at=actor.at if counts else None,
        first_setup=first,
    )
    db.add(grant)
    kind = EventKind.ROLE_GRANTED if counts else EventKind.ROLE_REQUESTED
    record(db, actor, kind, person, role=role.value)
    if counts:
        end_sessions(db, actor, person.id)
    return counts


def end_role(db: Session, actor: Actor, person_id: int, role: Role) -> None:
    """Take a role away and end that person's sessions. Raises NotAllowed, NotFound."""
    actor.must(Permission.PEOPLE_MANAGE)
    if person_id == actor.person_id:
        raise NotAllowed("You cannot change your own roles. Ask another administrator.")
    grant = db.scalar(
        sa.select(RoleGrant).where(
            RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.ended_at.is_(None)
        )
    )
    if grant is None:
        raise NotFound("That person does not have this role.")
    grant.ended_at = actor.at
    record(db, actor, EventKind.ROLE_ENDED, grant, person=person_id, role=role.value)
    end_sessions(db, actor, person_id)


def person_of(db: Session, person_id: int) -> Person:
    """Return an account, locked until the transaction ends. Raises NotFound."""
    return locked(db, Person, person_id, "account")


def live_roles(db: Session, person_id: int) -> set[Role]:
    """Return the roles that somebody has, or that wait for a second person."""
    return set(
        db.scalars(
            sa.select(RoleGrant.role).where(
                RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None)
            )
        )
    )


def _first_setup(db: Session, role: Role) -> bool:
    """Say whether a team never had a member but those of its first set-up, who are all there.

    So nobody can empty a team and fill it again alone.
    """
    ever, firsts = db.execute(
        sa.select(
            sa.func.count(RoleGrant.id),
            sa.func.count(RoleGrant.id).filter(
                RoleGrant.first_setup, RoleGrant.ended_at.is_(None), Person.disabled_at.is_(None)
            ),
        )
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == role, RoleGrant.confirmed_at.is_not(None))
    ).one()
    return bool(ever == firsts and firsts < FIRST_SETUP_GRANTS)


def end_sessions(db: Session, actor: Actor, person_id: int) -> None:
    """Sign somebody out everywhere."""
    db.execute(
        sa.update(AuthSession)
        .where(AuthSession.person_id == person_id, AuthSession.ended_at.is_(None))
        .values(ended_at=actor.recorded_at)
    )
