"""A section stays open, with what was typed in it, while its reader works in it."""

import sqlalchemy as sa
from streamlit.testing.v1.element_tree import Block

from coprod_data.models import Action, Person
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Rag
from tests.helpers.opening import OpenAs, words


def test_what_was_just_done_comes_and_goes_without_shutting_a_fold(
    council: Database, open_as: OpenAs
):
    with council.engine.connect() as connection:
        action = connection.scalars(
            sa.select(Action.id)
            .join(Person, Person.id == Action.owner_id)
            .where(Person.username == "manager", Action.rag == Rag.GREEN)
            .order_by(Action.id)
        ).first()
    at = open_as("manager", "promise/actions.py", action=str(action))
    at.text_area(key=f"update-{action}-text").set_value("Two rooms are ready.")
    at.button(key=f"update-{action}-save").click().run()
    assert "Your update is saved." in words(at)

    def folds(block: Block, *above: int) -> list[tuple[int, ...]]:
        """Their positions: a section that moved would be redrawn, and closed."""
        found = []
        for place, part in block.children.items():
            if part.type == "expander":
                found.append((*above, place))
            elif isinstance(part, Block):
                found += folds(part, *above, place)
        return found

    before = folds(at.main)
    at.text_input(key=f"milestone-{action}-title").set_value("The third room").run()

    assert "Your update is saved." not in words(at)
    assert folds(at.main) == before != []
