"""The way to a thing and what came of it: theme, commitment, card, opportunity, action, outcome.

Each read returns only what its reader may open.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    CoproductionSession,
    Decision,
    Meeting,
    Opportunity,
    Outcome,
    OutcomeAction,
    ReportCard,
    SessionFound,
)
from coprod_data.models.links import card_opportunities
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.way_steps import (
    Ids,
    Way,
    actions,
    cards,
    commitments,
    opportunities,
    outcomes,
    theme_of,
    themes_of_commitments,
)
from coprod_data.queries.way_together_steps import meetings, sessions
from coprod_data.scopes.opportunities import brought_forward
from coprod_data.scopes.promise import lineage, same_theme
from coprod_data.scopes.ties import ties


def way_of_card(db: Session, actor: Actor, report_card_id: int) -> Way:
    """Return the way to a card, and the opportunities, actions and outcomes that came of it."""
    actor.must(
        Permission.REPORT_CARDS_READ,
        Permission.REPORT_CARDS_READ_LINKED,
        Permission.REPORT_CARDS_READ_PUBLIC,
    )
    own = sa.select(ReportCard.commitment_id).where(ReportCard.id == report_card_id)
    tied = _now(db, db.scalars(own).all())
    theme = sa.select(ReportCard.theme_id).where(ReportCard.id == report_card_id)
    came = _opportunities_from(sa.select(sa.literal(report_card_id)))
    return Way.of(
        actor,
        [themes_of_commitments(db, actor, tied) or theme_of(db, actor, theme),
         commitments(db, actor, tied or _entries_ties(db, actor, report_card_id))],
        [opportunities(db, actor, came), actions(db, actor, _actions_from(came)),
         outcomes(db, actor, _outcomes_from(came))],
    )  # fmt: skip


def way_of_commitment(db: Session, actor: Actor, commitment_id: int) -> Way:
    """Return the theme of a commitment in force, and what came of it, whatever it was worded."""
    actor.must(Permission.ACTIONS_READ)
    then = lineage()
    worded = sa.select(then.c.then_id).where(then.c.now_id == commitment_id)
    tie = ties(actor)
    on_cards = sa.select(tie.c.report_card_id).where(tie.c.commitment_id.in_(worded))
    under = sa.select(Action.id).where(Action.commitment_id.in_(worded))
    behind = sa.select(Action.opportunity_id).where(
        Action.commitment_id.in_(worded), Action.opportunity_id.is_not(None)
    )
    came = sa.union(_opportunities_from(on_cards), behind)
    return Way.of(
        actor,
        [themes_of_commitments(db, actor, [commitment_id])],
        [cards(db, actor, on_cards), opportunities(db, actor, came), actions(db, actor, under),
         outcomes(db, actor, sa.union(_outcomes_from(came), _outcomes_naming(under)))],
    )  # fmt: skip


def way_of_theme(db: Session, actor: Actor, theme_id: int) -> Way:
    """Return the cards, opportunities and meetings of a theme, whatever Promise it was in."""
    actor.must(Permission.ACTIONS_READ)
    same = same_theme(theme_id)
    on = sa.select(ReportCard.id).where(ReportCard.theme_id.in_(same))
    came = sa.select(Opportunity.id).where(Opportunity.theme_id.in_(same), brought_forward())
    shown = sa.select(CoproductionSession.id).where(CoproductionSession.theme_id.in_(same))
    met = sa.select(Meeting.id).where(Meeting.theme_id.in_(same))
    return Way.of(
        actor, [],
        [cards(db, actor, on), opportunities(db, actor, came), sessions(db, actor, shown),
         meetings(db, actor, met)],
    )  # fmt: skip


def way_of_opportunity(db: Session, actor: Actor, opportunity_id: int) -> Way:
    """Return the way to an opportunity, and the actions and outcomes that came of it."""
    actor.must(Permission.OPPORTUNITIES_READ)
    this = sa.select(sa.literal(opportunity_id))
    behind = _cards_behind(this)
    tied = _tied(db, actor, behind)
    theme = sa.select(Opportunity.theme_id).where(Opportunity.id == opportunity_id)
    found_at = sa.select(SessionFound.session_id).where(SessionFound.opportunity_id.in_(this))
    worked = sa.select(CoproductionSession.id).where(CoproductionSession.opportunity_id.in_(this))
    return Way.of(
        actor,
        [themes_of_commitments(db, actor, tied) or theme_of(db, actor, theme),
         commitments(db, actor, tied), cards(db, actor, behind), sessions(db, actor, found_at)],
        [sessions(db, actor, worked), actions(db, actor, _actions_from(this)),
         outcomes(db, actor, _outcomes_from(this))],
    )  # fmt: skip


def way_of_action(db: Session, actor: Actor, action_id: int) -> Way:
    """Return the way to an action, and the outcomes that name it."""
    actor.must(Permission.ACTIONS_READ)
    own = sa.select(Action.commitment_id).where(Action.id == action_id)
    promised = _now(db, db.scalars(own).all())
    came_from = sa.select(Action.opportunity_id).where(
        Action.id == action_id, Action.opportunity_id.is_not(None)
    )
    decided = sa.select(Decision.meeting_id).where(Decision.action_id == action_id)
    return Way.of(
        actor,
        [themes_of_commitments(db, actor, promised), commitments(db, actor, promised),
         cards(db, actor, _cards_behind(came_from)), opportunities(db, actor, came_from),
         meetings(db, actor, decided)],
        [outcomes(db, actor, _outcomes_naming(sa.select(sa.literal(action_id))))],
    )  # fmt: skip


def way_of_outcome(db: Session, actor: Actor, outcome_id: int) -> Way:
    """Return the way to an outcome; nothing follows from it."""
    actor.must(Permission.OUTCOMES_READ)
    came_from = sa.select(Outcome.opportunity_id).where(Outcome.id == outcome_id)
    named = sa.select(OutcomeAction.action_id).where(OutcomeAction.outcome_id == outcome_id)
    behind = _cards_behind(came_from)
    under = sa.select(Action.commitment_id).where(Action.id.in_(named))
    promised = _now(db, db.scalars(under).all()) or _tied(db, actor, behind)
    theme = sa.select(Opportunity.theme_id).where(Opportunity.id.in_(came_from))
    return Way.of(
        actor,
        [themes_of_commitments(db, actor, promised) or theme_of(db, actor, theme),
         commitments(db, actor, promised), cards(db, actor, behind),
         opportunities(db, actor, came_from), actions(db, actor, named)],
        [],
    )  # fmt: skip


def _now(db: Session, then_ids: Collection[int | None]) -> list[int]:
    """Return the commitments in force that carry on those of any wording."""
    asked = [one for one in then_ids if one is not None]
    if not asked:
        return []
    then = lineage()
    return list(db.scalars(sa.select(then.c.now_id).where(then.c.then_id.in_(asked)).distinct()))


def _tied(db: Session, actor: Actor, card_ids: Ids) -> list[int]:
    tie = ties(actor)
    tied = sa.select(tie.c.commitment_id).where(tie.c.report_card_id.in_(card_ids))
    return _now(db, db.scalars(tied).all())


def _entries_ties(db: Session, actor: Actor, report_card_id: int) -> list[int]:
    return _tied(db, actor, sa.select(sa.literal(report_card_id)))


def _cards_behind(opportunity_ids: Ids) -> sa.Select[Any]:
    pairs = card_opportunities()
    return _once(
        sa.select(pairs.c.report_card_id).where(pairs.c.opportunity_id.in_(opportunity_ids))
    )


def _opportunities_from(card_ids: Ids) -> sa.Select[Any]:
    pairs = card_opportunities()
    return _once(
        sa.select(pairs.c.opportunity_id)
        .join(Opportunity, Opportunity.id == pairs.c.opportunity_id)
        .where(pairs.c.report_card_id.in_(card_ids), brought_forward())
    )


def _once(ids: sa.Select[Any]) -> sa.Select[Any]:
    """Let the ids be read once, and not once for each record that may be among them."""
    return sa.select(*ids.cte().prefix_with("MATERIALIZED", dialect="postgresql").c)


def _actions_from(opportunity_ids: Ids) -> sa.Select[Any]:
    return sa.select(Action.id).where(Action.opportunity_id.in_(opportunity_ids))


def _outcomes_from(opportunity_ids: Ids) -> sa.Select[Any]:
    return sa.select(Outcome.id).where(Outcome.opportunity_id.in_(opportunity_ids))


def _outcomes_naming(action_ids: Ids) -> sa.Select[Any]:
    return sa.select(OutcomeAction.outcome_id).where(OutcomeAction.action_id.in_(action_ids))
