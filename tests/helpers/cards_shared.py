"""Report cards that were shared, and what followed, straight into the tables."""

from datetime import timedelta

from sqlalchemy.orm import Session

from coprod_data.models import Opportunity, OpportunitySource, PromiseTheme, ReportCard
from coprod_data.permissions import Role
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.report_cards import CardState
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    a_report_card,
    add,
    an_opportunity,
    an_outcome,
)


def shared(db: Session, theme: PromiseTheme, days: int = 0, **said: object) -> ReportCard:
    on = TODAY - timedelta(days=days)
    return a_report_card(db, theme, state=CardState.SHARED, shared_on=on, **said)


def an_opportunity_on(
    db: Session, card: ReportCard, state: OpportunityState, *, signed: bool = False
) -> Opportunity:
    """An opportunity that came from this card; when signed, its outcome too."""
    officer = a_person(db, Role.BOARD_MEMBER)
    theme = db.get_one(PromiseTheme, card.theme_id)
    opportunity = an_opportunity(db, theme, officer, state=state)
    add(db, OpportunitySource(opportunity_id=opportunity.id, report_card_id=card.id))
    if signed:
        an_outcome(db, opportunity, officer, co_signed_at=NOW)
    return opportunity
