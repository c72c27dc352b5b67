"""Who may change a session, and who may be asked to lead one or to do something before it."""

import sqlalchemy as sa

from coprod_data.models import CoproductionSession, Person
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.scopes.people import holds

WHO_PLANS = tuple(role for role in Role if role in Permission.SESSIONS_OWN.holders)


def may_change(actor: Actor, session: CoproductionSession) -> bool:
    """Say whether this actor may change a session: any, or one that they lead or planned."""
    mine = actor.person_id in (session.facilitator_id, session.planned_by_id)
    return actor.may(Permission.SESSIONS_WRITE) or mine and actor.may(Permission.SESSIONS_OWN)


def plans_sessions() -> sa.ColumnElement[bool]:
    """Return the condition that an open account may plan sessions, so sees them and may tick."""
    return holds(*WHO_PLANS, person=Person)
