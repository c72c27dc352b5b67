"""What of a session is told to everybody, as conditions in SQL.

Money for meals and travel divides by what one costs. So where fewer than five young people came it
is told to those who counted them only, and is in no total; nor is told whether needs were met.
"""

import sqlalchemy as sa

from coprod_data.models.sessions import CoproductionSession, SessionCame
from coprod_data.models.sessions_costs import SessionCost
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.vocabulary.sessions import AttendeeKind


def five_came() -> sa.ColumnElement[bool]:
    """Return to which sessions five young people or more came."""
    return sa.exists().where(
        SessionCame.session_id == CoproductionSession.id,
        SessionCame.kind == AttendeeKind.YOUNG_PEOPLE,
        SessionCame.number >= SMALLEST,
    )


def money_told() -> sa.ColumnElement[int]:
    """Return what the cost of a session adds to a total that everybody reads, in pence."""
    heads = SessionCost.meals_pence + SessionCost.travel_pence
    return SessionCost.venue_pence + sa.case((five_came(), heads), else_=0)
