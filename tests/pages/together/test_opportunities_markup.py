"""Anything typed about an opportunity is shown as it was typed and runs nothing."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from markupsafe import escape

from coprod_data.commands.opportunities import suggest_opportunity
from coprod_data.commands.opportunities_endings import park_opportunity
from coprod_data.commands.outcomes import propose_outcome
from coprod_data.models import Opportunity
from coprod_data.rules.opportunity_wording import Wording
from coprod_data.rules.texts import clean
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.opportunities import OpportunityState
from tests.helpers.builders import NOW
from tests.helpers.opening import OpenAs, drawn, heading
from tests.helpers.payloads import PAYLOADS
from tests.helpers.working_together import TOLD

PAGE = "together/opportunities.py"


def shown(payload: str) -> str:
    return str(escape(" ".join(clean(payload).split())))


def test_titles_in_a_list(council: Database, open_as: OpenAs):
    with council.writing(Played("youth.voice", NOW)) as (db, actor):
        for payload in PAYLOADS:
            suggest_opportunity(db, actor, theme_id=1, wording=Wording(payload, "Help."))

    html = drawn(open_as("chair", PAGE, show="suggested"))

    assert [payload for payload in PAYLOADS if shown(payload) not in html] == []
    assert [payload for payload in PAYLOADS if "<" in payload and payload in html] == []


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 5))
def test_every_text_of_one(council: Database, open_as: OpenAs, first: int):
    title, time_needed, when_and_how, support, expenses = short = PAYLOADS[first : first + 5]
    long = "\n".join(PAYLOADS)
    with council.writing(Played("youth.voice", NOW)) as (db, actor):
        opportunity_id = suggest_opportunity(
            db,
            actor,
            theme_id=1,
            wording=Wording(title, long, time_needed, when_and_how, long, support, expenses),
        )
        park_opportunity(
            db, actor, opportunity_id, reason=long, review_on=(NOW + timedelta(days=9)).date()
        )

    at = open_as("board.member", PAGE, id=str(opportunity_id))

    html = drawn(at)
    assert heading(at)
    assert html.count(str(escape(clean(long)))) == 3
    assert shown(title) in html
    assert [text for text in short[1:] if f"<dd>{escape(clean(text))}</dd>" not in html] == []
    assert [payload for payload in PAYLOADS if "<" in payload and payload in html] == []


def test_what_changed(council: Database, open_as: OpenAs):
    text = "\n".join(payload for payload in PAYLOADS)
    with council.engine.connect() as connection:
        working = connection.scalars(
            sa.select(Opportunity.id)
            .where(Opportunity.state == OpportunityState.WORKING)
            .order_by(Opportunity.id)
        ).first()
    assert working
    with council.writing(Played("youth.voice", NOW)) as (db, actor):
        propose_outcome(db, actor, working, **TOLD, what_changed=text)

    html = drawn(open_as("board.member", PAGE, id=str(working)))

    assert html.count(str(escape(clean(text)))) == 2
