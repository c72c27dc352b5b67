"""Whose projects and recruitments these are: conditions in SQL for rows with a service and owner.

`owner_id` and `service_id` of the row say it, as they do for an action.
"""

from datetime import date

import sqlalchemy as sa

from coprod_data.models import Project, Recruitment
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.people import owned_by

Led = type[Project] | type[Recruitment]
RIGHTS = {
    Project: (Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN),
    Recruitment: (Permission.RECRUITMENT_WRITE, Permission.RECRUITMENT_OWN),
}


def may_be_changed_by(actor: Actor, noun: Led) -> sa.ColumnElement[bool]:
    """Return which rows this actor may change: any, or those they own or whose service is theirs.

    Who keeps only their own may not hand in a row for another service.
    """
    any_of_them, own = RIGHTS[noun]
    if actor.may(any_of_them):
        return sa.true()
    return owned_by(noun, actor.id) if actor.may(own) else sa.false()


def is_going_on() -> sa.ColumnElement[bool]:
    """Return the condition that a project is neither stopped nor finished."""
    return sa.and_(Project.stopped_on.is_(None), Project.finished_on.is_(None))


def panel_to_come_or_owed(today: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Return the condition that a recruitment needs somebody who leads it."""
    return sa.or_(Recruitment.meets_on > today, panel_owed(today))


def panel_owed(today: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Return the condition that a panel has met, and nobody wrote how it was thanked, or what
    changed because of it.
    """
    one = Recruitment
    people = one.with_send + one.young_people + one.parents
    unsaid = sa.or_(one.thanked == "", one.what_changed == "")
    return sa.and_(one.meets_on <= today, people > 0, unsaid)
