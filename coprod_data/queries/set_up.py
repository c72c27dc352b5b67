"""How far a new council has come with its four steps."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import PromiseCommitment, PromiseVersion, RoleGrant, Service, ServiceMember
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.scopes.duty import somebody_on_duty

TEAMS = (Role.YOUTH_VOICE, Role.SAFEGUARDING, Role.CHAIR, Role.MANAGER)


@dataclass(frozen=True)
class SetUpState:
    """Which of the four steps are done, and which roles nobody holds yet.

    `drafted`: a Promise with commitments is written down and waits to be adopted.
    """

    missing_roles: tuple[Role, ...]
    promise: bool
    drafted: bool
    duty: bool
    services: bool

    @property
    def people(self) -> bool:
        """Say whether every team has at least one person."""
        return not self.missing_roles

    @property
    def complete(self) -> bool:
        """Say whether all four steps are done."""
        return self.people and self.promise and self.duty and self.services


def set_up_state(db: Session, actor: Actor) -> SetUpState:
    """Return how far the set-up has come, in four statements."""
    actor.must(Permission.SETTINGS_CHANGE, Permission.PROMISE_ADOPT)
    held = set(
        db.scalars(
            sa.select(RoleGrant.role)
            .where(RoleGrant.ended_at.is_(None), RoleGrant.confirmed_at.is_not(None))
            .distinct()
        )
    )
    adopted, served, drafted = db.execute(
        sa.select(
            sa.exists().where(PromiseVersion.adopted_at.is_not(None)),
            sa.exists().where(ServiceMember.service_id == Service.id),
            sa.exists().where(PromiseCommitment.id.is_not(None)),
        )
    ).one()
    return SetUpState(
        missing_roles=tuple(role for role in TEAMS if role not in held),
        promise=adopted,
        drafted=drafted and not adopted,
        duty=somebody_on_duty(db, actor.at),
        services=served,
    )
