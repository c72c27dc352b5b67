"""The demonstration shows two truths apart: in the plan, and on an agenda by rule."""

import sqlalchemy as sa

from coprod_data.files.as_at import as_it_is
from coprod_data.models import AgendaItem
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.meetings import AgendaKind
from tests.helpers.builders import NOW


def test_the_widest_gap_is_in_the_plan_and_on_the_agenda(played: Database) -> None:
    with played.reading(System()) as (db, actor):
        themes = as_it_is(db, actor, NOW).themes
        led = sa.select(AgendaItem.commitment_id).where(AgendaItem.kind == AgendaKind.GAP)
        items = set(db.scalars(led))
    apart = {row.id: row.gap for theme in themes for row in theme.commitments if row.gap}
    assert max(apart.values()) > 0  # staff rate one better than young people do
    assert items & set(apart)
