"""Words of young people in a paper: whoever reads them there can say that they are worried."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Worry
from coprod_data.store.database import Database
from tests.helpers.opening import OpenAs, drawn, words


def test_words_that_a_paper_quotes_can_be_worried_about(council: Database, open_as: OpenAs):
    with Session(council.engine) as db:
        before = len(db.scalars(sa.select(Worry)).all())
    at = open_as("chair", "board/papers.py", id="1")

    pressed = [one for one in at.button if one.label == "I am worried"]
    assert pressed
    said = drawn(at).count("data-own-words")
    assert said == len(pressed)
    pressed[0].click().run()

    assert "The Youth Voice Team reads these words again." in words(at)
    with Session(council.engine) as db:
        assert len(db.scalars(sa.select(Worry)).all()) == before + 1
