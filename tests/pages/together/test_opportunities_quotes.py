"""The offer to put a young person's words in as a quote, beside the box they are typed into."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.models import CardEntry, Draft, Opportunity, Person, PromiseTheme, ReportCard
from coprod_data.permissions import Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.rewordings import TAKEN_OUT
from tests.helpers.builders import an_opportunity, holding_the_code, somebody
from tests.helpers.entries_read import let_out
from tests.helpers.opening import OpenAs, drawn, words
from tests.helpers.quoting import BOTH
from tests.helpers.sitting import press
from tests.helpers.working_together import WORDED
from tests.helpers.young import rows

PAGE = "together/opportunities.py"
OFFER = "Put it in as a quote"
THEIRS = "the driver laughs at my photo every single day"
TEXT = f"A child told us “{THEIRS}”. Ride with us."


@pytest.fixture
def quotable(office: Database) -> Database:
    """An opportunity, and words that are out for everyone."""
    with Session(office.engine, expire_on_commit=False) as db:
        db.info["keys"] = office.keys
        card = db.scalars(sa.select(ReportCard).order_by(ReportCard.id)).first()
        assert card is not None
        let_out(
            db, somebody(db, Role.YOUTH_VOICE), card, thinks=f"On the bus {THEIRS}", wants=None,
            consents=BOTH,
        )  # fmt: skip
        person = db.scalars(sa.select(Person).filter_by(username="amara")).one()
        an_opportunity(db, db.get_one(PromiseTheme, card.theme_id), person, **vars(WORDED))
        db.commit()
    return office


def text_of(database: Database) -> str:
    return rows(database, Opportunity)[0].help_wanted


def typed(at: AppTest, text: str) -> AppTest:
    return at.text_area(key="reword-1-help_wanted").set_value(text).run()


def test_words_that_are_typed_are_put_in_as_a_quote_which_goes_by_itself(
    quotable: Database, open_as: OpenAs
):
    at = typed(open_as("amara", PAGE, id="1"), f"A child told us {THEIRS.upper()}. Ride with us.")
    assert f'<q data-own-words dir="auto">{THEIRS}</q>' in drawn(at)
    assert "this whole text has to be reworded" in words(at)

    at = press(at, OFFER)
    assert at.text_area(key="reword-1-help_wanted").value == TEXT
    assert "In as a quote" in words(at)
    assert OFFER not in [one.label for one in at.button]
    again = open_as("amara", PAGE, id="1")  # after a reload it is a quote still
    assert again.text_area(key="reword-1-help_wanted").value == TEXT
    assert "In as a quote" in words(again)

    at = press(again, "Save the wording")
    assert text_of(quotable) == TEXT
    assert rows(quotable, Draft) == []
    with quotable.writing(System()) as (db, _):
        entry = db.scalars(sa.select(CardEntry)).one()
        withdraw_entry(db, holding_the_code(entry), entry.id)
    assert text_of(quotable) == f"A child told us “{TAKEN_OUT}”. Ride with us."


def test_nothing_is_offered_for_fewer_words_or_for_what_was_there_before(
    quotable: Database, open_as: OpenAs
):
    at = typed(open_as("amara", PAGE, id="1"), "The driver laughs at my bus. It is a day.")
    assert OFFER not in [one.label for one in at.button]

    with Session(quotable.engine) as db:
        db.execute(sa.update(Opportunity).values(help_wanted=TEXT))
        db.commit()
    at = typed(open_as("ben", PAGE, id="1"), f"{TEXT} Bring a friend.")
    assert OFFER not in [one.label for one in at.button]
