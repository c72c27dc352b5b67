"""The action that follows from an opportunity, proposed on the opportunity's page."""

import pytest
import sqlalchemy as sa

from coprod_data.models import Action
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Stage
from tests.helpers.chances import KEYS_DAY, PAGE, labels, number_of, press
from tests.helpers.opening import OpenAs, drawn, words

FOLLOWS = "Propose the action that follows"


@pytest.mark.parametrize("username", ["manager", "youth.voice"])
def test_an_action_is_proposed_from_the_chance_it_follows(
    council: Database, open_as: OpenAs, username: str
):
    number = number_of(council, KEYS_DAY)
    at = open_as(username, PAGE, id=str(number))
    boxes = f"propose-from-{number}"

    press(at, FOLLOWS)
    at.text_input(key=f"{boxes}-title").set_value("Somebody waits at the door")
    press(at, "Propose it to the chair")
    assert "Choose the commitment, the owner and the service." in words(at)
    assert at.text_input(key=f"{boxes}-title").value == "Somebody waits at the door"
    for choice in ("commitment", "owner", "service"):
        at.selectbox(key=f"{boxes}-{choice}").select_index(0)
    at.text_area(key=f"{boxes}-see").set_value("Nobody moves in alone.")
    press(at, "Propose it to the chair")

    assert "The action has been proposed. The chair will read it next." in words(at)
    with council.engine.connect() as connection:
        action = connection.execute(
            sa.select(Action.id, Action.title, Action.stage).where(
                Action.opportunity_id == number, Action.title == "Somebody waits at the door"
            )
        ).one()
    assert action.stage is Stage.PROPOSED
    assert "Somebody waits at the door" in words(at)
    assert f'href="/actions?action={action.id}"' in drawn(at)
    assert FOLLOWS in labels(at)


@pytest.mark.parametrize("username", ["board.member", "chair"])
def test_who_may_not_propose_an_action_is_not_asked_to(
    council: Database, open_as: OpenAs, username: str
):
    at = open_as(username, PAGE, id=str(number_of(council, KEYS_DAY)))

    assert FOLLOWS not in labels(at)
