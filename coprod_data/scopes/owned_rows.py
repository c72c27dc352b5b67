"""Whose projects and recruitments these are: conditions in SQL for rows with a service and owner.

`owner_id` and `service_id` of the row say it, as they do for an action.
"""

from datetime import date

import sqlalchemy as sa

from coprod_data.models import Project, Recruitment, ServiceMember
from coprod_data.permissions import Actor, Permission

Owned = type[Project] | type[Recruitment]
RIGHTS = {
    Project: (Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN),
    Recruitment: (Permission.RECRUITMENT_WRITE, Permission.RECRUITMENT_OWN),
}


def may_be_changed_by(actor: Actor, noun: Owned) -> sa.ColumnElement[bool]:
    """Return which rows this actor may change: any, or those they own or whose service is theirs.

    Who keeps only their own may not hand in a row for another service.
    """
    any_of_them, own = RIGHTS[noun]
    if actor.may(any_of_them):
        return sa.true()
    return owned_by(noun, actor.id) if actor.may(own) else sa.false()


def owned_by(noun: Owned, person_id: int | sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    """Return the condition that this person owns a row or is responsible for its service."""
    theirs = sa.select(ServiceMember.service_id).where(ServiceMember.person_id == person_id)
    return sa.or_(noun.owner_id == person_id, noun.service_id.in_(theirs.correlate(None)))


def panel_owed(today: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Return the condition that a panel has met, and nobody wrote how it was thanked, or what
    changed because of it.
    """
    one = Recruitment
    people = one.with_send + one.young_people + one.parents
    unsaid = sa.or_(one.thanked == "", one.what_changed == "")
    return sa.and_(one.meets_on <= today, people > 0, unsaid)
