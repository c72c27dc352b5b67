"""Proposing an action on screen: in a view of its own, with all that is known of it."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action
from coprod_data.store.database import Database
from tests.helpers.opening import OpenAs, words

PAGE = "promise/actions.py"


def test_a_manager_proposes_an_action(council: Database, open_as: OpenAs):
    assert "Propose an action" in words(open_as("manager", PAGE))
    assert "Propose an action" not in words(open_as("chair", PAGE))
    assert not open_as("chair", PAGE, show="propose").selectbox
    at = open_as("manager", PAGE, show="propose")
    button = next(b for b in at.button if b.label == "Propose it to the chair")

    button.click().run()
    assert "Choose the commitment, the owner and the service." in words(at)
    commitment = at.selectbox(key="propose-commitment")
    commitment.select_index(2)
    at.text_input(key="propose-title").set_value("Ask before every sleepover")
    at.text_area(key="propose-see").set_value("Carers say yes the same day.")
    at.selectbox(key="propose-agreed").select_index(1)
    at.text_input(key="propose-starts").set_value("2027-09-01")
    at.text_input(key="propose-day").set_value("2026-09-01")
    next(b for b in at.button if b.label == "Propose it to the chair").click().run()
    assert "It cannot be due before it starts." in words(at)
    group = at.selectbox(key="propose-agreed").value
    assert group is not None
    offered = at.selectbox(key="propose-agreed").options
    assert "Westmarch Voices" in offered
    assert "Corporate Parenting Board" not in offered
    at.text_input(key="propose-starts").set_value("2026-05-01")
    next(b for b in at.button if b.label == "Propose it to the chair").click().run()

    assert "The action has been proposed. The chair will read it next." in words(at)
    assert "Ask before every sleepover" in words(open_as("manager", PAGE, list="proposed"))
    with Session(council.engine) as db:
        title = Action.title == "Ask before every sleepover"
        action = db.scalars(sa.select(Action).where(title)).one()
    assert (action.see_agreed_with_id, action.starts_on) == (group, date(2026, 5, 1))
