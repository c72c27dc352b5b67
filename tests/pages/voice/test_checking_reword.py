"""A text that repeats words which were taken back, on the pages of the Youth Voice Team."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.models import CardEntry, Opportunity, Person, PromiseTheme, ReportCard, Rewording
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.rewordings import BEING_REWORDED
from tests.helpers.builders import an_opportunity, holding_the_code
from tests.helpers.opening import OpenAs, drawn, heading, words
from tests.helpers.sitting import CHECKING, press, sent
from tests.helpers.working_together import WORDED
from tests.helpers.young import rows

MY_WORK = "board/my_work.py"
THEIRS = "the driver laughs at my photo every single day"
TEXT = f"Ride with us: “{THEIRS}”."


@pytest.fixture
def waiting(office: Database) -> Database:
    """An opportunity repeats words that their author has taken back."""
    number = sent(office, f"On the bus {THEIRS}")
    with Session(office.engine) as db:
        theme = db.scalars(
            sa.select(PromiseTheme).join(ReportCard, ReportCard.theme_id == PromiseTheme.id)
        ).first()
        assert theme is not None
        person = db.scalars(sa.select(Person).filter_by(username="amara")).one()
        an_opportunity(db, theme, person, help_wanted=TEXT)
        db.commit()
    with office.writing(System()) as (db, _):
        withdraw_entry(db, holding_the_code(db.get_one(CardEntry, number)), number)
    return office


def text_of(database: Database) -> str:
    return rows(database, Opportunity)[0].help_wanted


def opened(open_as: OpenAs) -> AppTest:
    at = open_as("amara", CHECKING, show="reword")
    assert TEXT not in words(at)
    return press(at, "Reword no. 1")


@pytest.mark.usefixtures("waiting")
def test_it_is_a_row_of_my_work_that_leads_to_its_list(open_as: OpenAs):
    at = open_as("amara", MY_WORK)

    assert heading(at) == "One thing is waiting for you."
    assert "Texts that repeat words which were taken back (1)" in words(at)
    assert 'href="/checking?show=reword"' in drawn(at)
    assert THEIRS not in words(at)
    assert heading(open_as("dee", MY_WORK)) == "Nothing is waiting for you."


def test_it_is_written_in_other_words(waiting: Database, open_as: OpenAs):
    at = opened(open_as)
    assert "Ride with us: “" in words(at)
    assert f"<mark data-own-words>{THEIRS}</mark>" in drawn(at)

    at.text_area[0].set_value(f"Come along: {THEIRS}!")
    at = press(at, "Save the new words")
    assert "A young person's own words are still in it." in words(at)
    assert text_of(waiting) == BEING_REWORDED
    assert at.text_area[0].value == f"Come along: {THEIRS}!"

    at.text_area[0].set_value("Ride the bus with us and see why photos matter.")
    at = press(at, "Save the new words")
    assert "The new words are in its place." in words(at)
    assert text_of(waiting) == "Ride the bus with us and see why photos matter."
    assert "No text is waiting for other words" in words(at)


@pytest.mark.usefixtures("waiting")
def test_no_button_puts_it_back_while_their_words_are_in_it_and_out_of_view(open_as: OpenAs):
    at = opened(open_as)

    assert "Six or more of their words in a row are in it, so it repeats them." in words(at)
    assert [one.label for one in at.button if "put it back" in one.label] == []


def test_five_words_in_a_row_may_be_somebody_elses(waiting: Database, open_as: OpenAs):
    with Session(waiting.engine) as db:
        row = db.scalars(sa.select(Rewording)).one()
        row.text, row.spans = "The driver laughs at my bus.", [[0, 23]]
        db.commit()

    at = press(opened(open_as), "Not their words: put it back")

    assert "It is back as it was." in words(at)
    assert text_of(waiting) == "The driver laughs at my bus."


def test_a_form_that_was_open_keeps_what_was_typed_and_says_which_words(
    waiting: Database, open_as: OpenAs
):
    with Session(waiting.engine) as db:
        db.execute(sa.update(Opportunity).values(vars(WORDED) | {"help_wanted": BEING_REWORDED}))
        db.commit()
    at = open_as("amara", "together/opportunities.py", id="1")
    box = next(one for one in at.text_area if one.value == WORDED.power_shared)
    box.set_value(f"Please come. {THEIRS.upper()}").run()
    at = press(at, "Save the wording")

    assert f"own words are in it, and nobody may use them now: “{THEIRS.upper()}”" in words(at)
    assert at.text_area(key=box.key).value == f"Please come. {THEIRS.upper()}"
    assert text_of(waiting) == BEING_REWORDED


@pytest.mark.usefixtures("waiting")
def test_safeguarding_does_not_read_the_text(open_as: OpenAs):
    shown = words(open_as("dee", CHECKING, text="1"))
    assert "Your account does not let you do this" in shown
    assert THEIRS not in shown
