"""What an account holds, so that nothing is left without somebody when it is closed."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    Group,
    Invitation,
    Membership,
    Opportunity,
    Project,
    Recruitment,
    Service,
    ServiceMember,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.actions import unfinished
from coprod_data.scopes.duty import contacts_in
from coprod_data.scopes.opportunities import said_yes
from coprod_data.scopes.owned_rows import is_going_on, panel_to_come_or_owed
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.opportunities import JOINABLE
from coprod_data.vocabulary.settings import POSTS, DutyPost


@dataclass(frozen=True)
class HeldRow:
    """One thing that somebody holds, to name on screen."""

    id: int
    name: str


@dataclass(frozen=True)
class Holdings:
    """All that an account holds: unfinished actions, services, opportunities somebody said yes to,
    groups, posts of the duty rota, and the projects and recruitments that they lead and that are
    not over. A group's id is that of the seat in it.
    """

    actions: tuple[HeldRow, ...]
    services: tuple[HeldRow, ...]
    opportunities: tuple[HeldRow, ...]
    groups: tuple[HeldRow, ...]
    posts: tuple[DutyPost, ...]
    projects: tuple[HeldRow, ...] = ()
    recruitments: tuple[HeldRow, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything to hand over."""
        return any(vars(self).values())


def held_by(db: Session, actor: Actor, person_id: int) -> Holdings:
    """Return all that an account holds, in seven statements."""
    actor.must(Permission.PEOPLE_READ)
    owned = Action.owner_id == person_id, unfinished()
    in_charge = ServiceMember.person_id == person_id, ServiceMember.service_id == Service.id
    taken_up = (
        Invitation.person_id == person_id,
        said_yes(),
        Invitation.opportunity_id == Opportunity.id,
        Opportunity.state.in_(JOINABLE),
    )
    sits = (
        Membership.person_id == person_id,
        Membership.left_on.is_(None),
        Membership.group_id == Group.id,
        Group.closed_at.is_(None),
    )
    leads = Project.owner_id == person_id, is_going_on()
    today = london_day(actor.at)
    panels = Recruitment.owner_id == person_id, panel_to_come_or_owed(today)
    posts = contacts_in(settings(db, *POSTS.values()))
    return Holdings(
        actions=_rows(db, Action.id, Action.title, *owned),
        services=_rows(db, Service.id, Service.name, *in_charge),
        opportunities=_rows(db, Opportunity.id, Opportunity.title, *taken_up),
        groups=_rows(db, Membership.id, Group.name, *sits),
        posts=tuple(post for post, named in posts.items() if named.person_id == person_id),
        projects=_rows(db, Project.id, Project.title, *leads),
        recruitments=_rows(db, Recruitment.id, Recruitment.post, *panels),
    )


def _rows(
    db: Session,
    key: sa.orm.InstrumentedAttribute[int],
    name: sa.orm.InstrumentedAttribute[str],
    *conditions: sa.ColumnElement[bool],
) -> tuple[HeldRow, ...]:
    found = db.execute(sa.select(key, name).where(*conditions).order_by(name, key))
    return tuple(HeldRow(*row) for row in found)
