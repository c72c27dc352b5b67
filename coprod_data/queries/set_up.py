"""How far a new council has come with its five steps."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Person,
    PromiseCommitment,
    PromiseVersion,
    RoleGrant,
    Service,
    ServiceMember,
)
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.scopes.duty import somebody_on_duty
from coprod_data.scopes.people import has_arrived
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.settings import SettingKey

TEAMS = (Role.YOUTH_VOICE, Role.SAFEGUARDING, Role.CHAIR, Role.BOARD_MEMBER, Role.MANAGER)


@dataclass(frozen=True)
class SetUpState:
    """Which of the five steps are done, and which roles nobody holds yet.

    `to_arrive` are those who hold one and have never set a password; `read` says whether somebody
    of each team that reads young people's words has.
    `drafted`: a Promise with commitments is written down and waits to be adopted.
    """

    named: bool
    missing_roles: tuple[Role, ...]
    to_arrive: tuple[str, ...]
    read: bool
    promise: bool
    drafted: bool
    duty: bool
    services: bool

    @property
    def people(self) -> bool:
        """Say whether every team has at least one person, and those that read one who came."""
        return not self.missing_roles and self.read

    @property
    def complete(self) -> bool:
        """Say whether all five steps are done."""
        return self.named and self.people and self.promise and self.duty and self.services


@dataclass(frozen=True)
class ServiceKnown:
    """A service of the council, with the names of those responsible for it."""

    name: str
    people: tuple[str, ...]


def services_known(db: Session, actor: Actor) -> list[ServiceKnown]:
    """Return the council's services by name, each with who is responsible for it."""
    actor.must(Permission.SETTINGS_CHANGE, Permission.PROMISE_ADOPT)
    found: dict[str, list[str]] = {}
    for service, person in db.execute(
        sa.select(Service.name, Person.name)
        .outerjoin(ServiceMember, ServiceMember.service_id == Service.id)
        .outerjoin(Person, Person.id == ServiceMember.person_id)
        .order_by(Service.name, Person.name)
    ):
        found.setdefault(service, []).extend([person] if person else [])
    return [ServiceKnown(name, tuple(people)) for name, people in found.items()]


def set_up_state(db: Session, actor: Actor) -> SetUpState:
    """Return how far the set-up has come, in five statements."""
    actor.must(Permission.SETTINGS_CHANGE, Permission.PROMISE_ADOPT)
    held = db.execute(
        sa.select(RoleGrant.role, Person.name, has_arrived().label("arrived"))
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role.in_(TEAMS),
            RoleGrant.ended_at.is_(None),
            RoleGrant.confirmed_at.is_not(None),
            Person.disabled_at.is_(None),
        )
    ).all()
    arrived = {row.role for row in held if row.arrived}
    adopted, served, drafted = db.execute(
        sa.select(
            sa.exists().where(PromiseVersion.adopted_at.is_not(None)),
            sa.exists().where(ServiceMember.service_id == Service.id),
            sa.exists().where(PromiseCommitment.id.is_not(None)),
        )
    ).one()
    return SetUpState(
        named=bool(setting(db, SettingKey.COUNCIL_NAME)),
        missing_roles=tuple(role for role in TEAMS if role not in {row.role for row in held}),
        to_arrive=tuple(sorted({row.name for row in held if not row.arrived})),
        read={Role.YOUTH_VOICE, Role.SAFEGUARDING} <= arrived,
        promise=adopted,
        drafted=drafted and not adopted,
        duty=somebody_on_duty(db, actor.at),
        services=served,
    )
