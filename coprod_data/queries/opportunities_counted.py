"""How many opportunities there are beside each filter."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Opportunity
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import days_between
from coprod_data.rules.statements import statement
from coprod_data.scopes.opportunities import shown_state
from coprod_data.scopes.promise import themes_carried_on
from coprod_data.vocabulary.opportunities import OpportunityProgress


@dataclass(frozen=True)
class Tally:
    """How many opportunities have each state, and the longest wait in days."""

    by_state: dict[OpportunityProgress, int]
    by_theme: dict[int, int]
    longest: int


def tally(db: Session, actor: Actor, *, theme_id: int | None = None) -> Tally:
    """Return the counts beside filters in one statement: states within a theme, themes over all.

    `theme_id` is in force; an earlier wording of a theme counts under the one that carries it on.
    """
    actor.must(Permission.OPPORTUNITIES_READ)
    states: dict[OpportunityProgress, int] = {}
    themes: dict[int, int] = {}
    longest = 0
    for theme, shown, count, oldest in db.execute(_tallied()):
        state = OpportunityProgress(shown)
        themes[theme] = themes.get(theme, 0) + count
        if theme_id not in (None, theme):
            continue
        states[state] = states.get(state, 0) + count
        if state is OpportunityProgress.OPEN and oldest is not None:
            longest = max(longest, days_between(oldest, actor.at))
    return Tally(by_state=states, by_theme=themes, longest=longest)


@statement
def _tallied() -> sa.Select[*tuple[Any, ...]]:
    shown, pairs = shown_state().label("shown"), themes_carried_on()
    return (
        sa.select(pairs.c.now_id, shown, sa.func.count(), sa.func.min(Opportunity.opened_at))
        .join(pairs, pairs.c.then_id == Opportunity.theme_id)
        .group_by(pairs.c.now_id, shown)
    )
