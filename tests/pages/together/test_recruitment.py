"""Recruitment on screen: a text that may say who somebody is, is pointed out before it is saved."""

import pytest
import sqlalchemy as sa

from coprod_data.models import Recruitment
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from tests.helpers.opening import OpenAs, words

SAVE = "Save this recruitment"
QUESTIONS = {
    "asked": "What did they ask, in your words?",
    "what_changed": "What changed because of them?",
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_name_is_asked_about_once_and_whatever_is_pressed_again_is_saved(
    council: Database, open_as: OpenAs, name: str
):
    with council.reading(System()) as (db, _):
        row = db.scalar(sa.select(Recruitment).where(Recruitment.asked != "")) or None
        assert row is not None
        number, before = row.id, getattr(row, name)

    def kept() -> str:
        with council.reading(System()) as (db, _):
            return str(getattr(db.get_one(Recruitment, number), name))

    def typed(text: str) -> list[str]:
        (box,) = [one for one in at.text_area if one.label == QUESTIONS[name]]
        box.set_value(text).run()
        (button,) = [one for one in at.button if one.label == SAVE]
        button.click().run()
        return [text for text in words(at).splitlines() if "may say who somebody is" in text]

    at = open_as("youth.voice", "together/recruitment.py", id=str(number))
    (asked,) = typed("Jayden Brown asked who comes when it is late.")
    assert ("Jayden Brown" in asked, kept()) == (True, before)
    (other,) = typed("Kayleigh asked who comes when it is late.")  # another name is asked about too
    assert ("Kayleigh" in other, kept()) == (True, before)
    assert typed("Kayleigh asked who comes when it is late.") == []
    assert kept() == "Kayleigh asked who comes when it is late."
    assert typed("They asked who comes when it is late.") == []
    assert kept() == "They asked who comes when it is late."
