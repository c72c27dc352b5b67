"""On an action's page: its history, undoing, and who may give it away or change its date."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.models import Action, Milestone, OutcomeAction, Person
from coprod_data.store.actors import Public
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Rag, Stage
from tests.helpers.opening import OpenAs, words

PAGE = "promise/actions.py"


def of_manager(council: Database, *conditions: sa.ColumnElement[bool]) -> int:
    manager = sa.select(Person.id).where(Person.username == "manager").scalar_subquery()
    with council.reading(Public()) as (db, _):
        found = sa.select(Action.id).where(Action.owner_id == manager, *conditions)
        return db.scalars(found.order_by(Action.id)).first() or 0


def stored(council: Database, action_id: int) -> Action:
    with Session(council.engine) as db:
        return db.get_one(Action, action_id)


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()


def folds(at: AppTest) -> set[str]:
    return {fold.label for fold in at.expander}


def test_a_milestone_that_was_recorded_by_mistake_is_undone(council: Database, open_as: OpenAs):
    unmet = sa.select(Milestone.action_id).where(Milestone.met_on.is_(None))
    action = of_manager(council, Action.rag == Rag.GREEN, Action.id.in_(unmet))
    moved = stored(council, action).moved_at
    at = open_as("manager", PAGE, action=str(action))
    which = at.radio(key=f"meet-{action}-which")
    which.set_value(which.options[0] if which.value is None else which.value)
    at.text_area(key=f"meet-{action}-evidence").set_value("The list on the wall.")
    at.button(key=f"meet-{action}-save").click().run()
    seen = words(at)
    assert "You recorded that a milestone was met. You can undo this until" in seen
    assert "What happened here" in seen

    press(at, "Undo")

    seen = words(at)
    assert "Undone. It is as it was before." in seen
    assert "Evidence: The list on the wall." not in seen
    assert "You undid the last step on an action" in seen
    assert stored(council, action).moved_at == moved


def test_the_owner_proposes_another_date_and_the_chair_agrees(council: Database, open_as: OpenAs):
    named = sa.select(OutcomeAction.action_id)
    action = of_manager(council, Action.rag == Rag.GREEN, Action.id.not_in(named))
    at = open_as("manager", PAGE, action=str(action))
    assert "Change owner or service" not in folds(at)
    at.text_input(key=f"change-{action}-day").set_value("18 December 2027")
    at.text_area(key=f"change-{action}-why").set_value("Carers were trained late.")
    press(at, "Propose it to the chair")
    assert "Proposed. The chair decides." in words(at)
    assert "Propose a change" not in folds(at)

    at = open_as("chair", PAGE, action=str(action))
    assert "Reason: Carers were trained late." in words(at)
    press(at, "Agree to this change")

    seen = words(at)
    assert "December 2027" in seen
    assert " (was " in seen
    assert "changed an action: due date from" in seen


def test_the_chair_gives_an_action_to_another_owner(council: Database, open_as: OpenAs):
    action = of_manager(council, Action.stage == Stage.IN_PROGRESS)
    with council.reading(Public()) as (db, _):
        other = db.scalars(sa.select(Person.id).where(Person.username == "jen.castle")).one()
    at = open_as("chair", PAGE, action=str(action))
    at.selectbox(key=f"hand-over-{action}-owner").set_value(other)

    press(at, "Save owner and service")

    assert stored(council, action).owner_id == other
    assert "owner from Priya Nair to Jen Castle" in words(at)


def test_the_youth_voice_team_may_and_a_member_may_not(council: Database, open_as: OpenAs):
    action = of_manager(council, Action.stage == Stage.IN_PROGRESS)

    assert "Change owner or service" in folds(open_as("youth.voice", PAGE, action=str(action)))
    assert folds(open_as("board.member", PAGE, action=str(action))) == set()
