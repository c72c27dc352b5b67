"""Who finds an action or a seat without an owner has the form that hands it over."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.people import disable_person
from coprod_data.models import Action, Person
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Stage
from tests.helpers.opening import OpenAs, drawn, words
from tests.pages.promise.test_actions_owners import PAGE, folds, press, stored

MY_WORK, GROUPS = "board/my_work.py", "office/groups.py"
ROW = re.compile(r"Find an owner: (.+?)</p>.*?href=\"/actions\?action=(\d+)\"", re.S)


@pytest.fixture
def left(council: Database) -> int:
    """The account of Jen Castle is closed; an unfinished action of hers."""
    with council.writing(System()) as (db, system):
        jen = db.scalars(sa.select(Person).where(Person.username == "jen.castle")).one()
        owned = sa.select(Action.id).where(Action.owner_id == jen.id)
        unfinished = owned.where(Action.stage.in_((Stage.AGREED, Stage.IN_PROGRESS)))
        action = db.scalars(unfinished.order_by(Action.id)).first()
        disable_person(db, system, jen.id)
    assert action
    return action


@pytest.mark.parametrize("username", ["chair", "youth.voice"])
def test_my_work_leads_to_the_form_and_the_row_goes_once_it_has_an_owner(
    council: Database, open_as: OpenAs, left: int, username: str
):
    found = {int(number) for _, number in ROW.findall(drawn(open_as(username, MY_WORK)))}
    assert left in found

    at = open_as(username, PAGE, action=str(left))
    assert "Change owner or service" in folds(at)
    with Session(council.engine) as db:
        other = db.scalars(sa.select(Person.id).where(Person.username == "manager")).one()
    at.selectbox(key=f"hand-over-{left}-owner").set_value(other)
    press(at, "Save owner and service")

    assert stored(council, left).owner_id == other
    again = {int(number) for _, number in ROW.findall(drawn(open_as(username, MY_WORK)))}
    assert again == found - {left}


def test_the_manager_of_its_service_takes_it_over_and_hands_over_nothing_else(
    council: Database, open_as: OpenAs, left: int
):
    seen = drawn(open_as("manager", MY_WORK))
    assert str(left) in {number for _, number in ROW.findall(seen)}

    at = open_as("manager", PAGE, action=str(left))
    with Session(council.engine) as db:
        me = db.scalars(sa.select(Person.id).where(Person.username == "manager")).one()
    at.selectbox(key=f"hand-over-{left}-owner").set_value(me)
    press(at, "Save owner and service")

    assert stored(council, left).owner_id == me
    assert "Change owner or service" not in folds(open_as("manager", PAGE, action=str(left)))


@pytest.mark.usefixtures("left")
def test_a_seat_of_somebody_who_left_goes_to_another_in_one_form(open_as: OpenAs):
    seen = drawn(open_as("youth.voice", MY_WORK))
    found = re.search(r"Fill a seat: Care Leavers.*?href=\"/groups\?id=(\d+)\"", seen, re.S)
    assert found
    at = open_as("youth.voice", GROUPS, id=found[1])
    assert "Jen Castle (has left)" in words(at)

    at.selectbox(key="seat-takes").select_index(0)
    press(at, "They left today")

    assert "Jen Castle (has left)" not in words(open_as("youth.voice", GROUPS, id=found[1]))
