"""The administrator corrects the name and job of somebody; a second one is told of the first."""

import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from coprod_data.models import Person
from coprod_data.store.actors import Public
from coprod_data.store.database import Database
from tests.helpers.opening import OpenAs, words

PAGE = "office/people.py"


def the_manager(council: Database) -> sa.Row[int, str, str]:
    with council.reading(Public()) as (db, _):
        named = sa.select(Person.id, Person.name, Person.job).where(Person.username == "manager")
        return db.execute(named).one()


def correct(at: AppTest, who: int, name: str, job: str) -> None:
    at.text_input(key=f"person-{who}-name").set_value(name)
    at.text_input(key=f"person-{who}-job").set_value(job)
    next(button for button in at.button if button.label == "Save name and job").click().run()


def test_a_name_and_a_job_are_corrected(council: Database, open_as: OpenAs):
    who = the_manager(council).id
    at = open_as("administrator", PAGE, id=str(who))

    correct(at, who, "Cleo Marsh", "Team manager")

    row = the_manager(council)
    assert (row.name, row.job) == ("Cleo Marsh", "Team manager")
    assert "You changed the name or job of an account" in words(at)


def test_a_name_that_somebody_corrected_meanwhile_is_shown_and_stays(
    council: Database, open_as: OpenAs
):
    who = the_manager(council).id
    first, second = (open_as("administrator", PAGE, id=str(who)) for _ in range(2))
    correct(first, who, "Cleo Marsh", "Team manager")

    correct(second, who, "Cleo March", "Team manager")

    assert "Cleo Marsh" in words(second)
    assert the_manager(council).name == "Cleo Marsh"
