"""A new version of The Promise from its copy to its adoption, on its pages."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.models import PromiseCommitment, PromiseTheme, PromiseVersion
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from tests.helpers.builders import NOW
from tests.helpers.opening import OpenAs, words

PAGE = "promise/wordings.py"


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


def live(council: Database) -> int:
    with council.reading(Played("chair", NOW)) as (db, actor):
        return sum(c.live for theme in progress_by_theme(db, actor) for c in theme.commitments)


def test_a_board_adopts_a_new_version_and_keeps_every_action(council: Database, open_as: OpenAs):
    before = live(council)
    at = open_as("youth.voice", PAGE)
    assert "The Westmarch Promise Adopted on " in words(at)
    press(at, "Start the next version")
    with Session(council.engine) as db:
        draft = db.scalars(sa.select(sa.func.max(PromiseVersion.id))).one()
        of_draft = sa.select(PromiseCommitment).join(PromiseTheme).where(
            PromiseTheme.version_id == draft
        )  # fmt: skip
        gone = db.scalars(of_draft.where(PromiseCommitment.reference == "5.2")).one().id
        line = db.scalars(of_draft.where(PromiseCommitment.reference == "2.1")).one().id
    version = {"version": str(draft)}

    at = open_as("youth.voice", PAGE, line=str(line), **version)
    assert "Commitment 1 of 3 in this theme." in words(at)
    assert "The Promise 2027, draft" in words(at)  # the way back to the next line
    at.text_area[0].set_value("We do not take you out of lessons, unless you ask for it.").run()
    at.text_area[1].set_value("You stay in lessons if you want to.").run()
    press(at, "Save this commitment")
    at = open_as("youth.voice", PAGE, line=str(gone), **version)
    press(press(at, "Remove this commitment"), "Yes, remove it")

    at = open_as("youth.voice", PAGE, show="changes", **version)
    assert "When it is complete, the chair records its adoption here." in words(at)
    assert "unless you ask for it." in words(at)
    assert "In easy words: You stay in lessons if you want to." in words(at)
    at = open_as("chair", PAGE, show="changes", **version)
    [adopt] = [button for button in at.button if "no home yet" in button.label]
    assert (adopt.label, adopt.disabled) == ("Adopt: 2 actions have no home yet", True)
    at.selectbox[0].select_index(0).run()
    at = press(at, "Save this decision")
    at.radio[0].set_value(at.radio[0].options[-1]).run()
    at = press(at, "Save this decision")
    assert "Say why, for the young people waiting for it." in words(at)
    next(box for box in at.text_area if box.label.startswith("Why?")).set_value(
        "The food page is part of each placement plan now."
    ).run()
    at = press(at, "Save this decision")
    at.text_input(key="adopted-by").set_value("The Corporate Parenting Board")
    at.text_input(key="adopted-with").set_value("Westmarch Voices")
    at.text_input(key="adopted-on").set_value("2 March 2026")
    at = press(press(at, "Record that the Board adopted it"), "Yes, adopt it")

    shown = words(open_as("board.member", PAGE))
    assert "Adopted on 2 March 2026 by The Corporate Parenting Board. " in shown
    assert "Written with Westmarch Voices." in shown
    assert shown.count("Adopted on ") > 1  # older ones stay
    assert live(council) == before - 1


def test_only_who_writes_it_sees_a_draft(council: Database, open_as: OpenAs):
    press(open_as("chair", PAGE), "Start the next version")
    with Session(council.engine) as db:
        draft = db.scalars(sa.select(sa.func.max(PromiseVersion.id))).one()

    for person in ("board.member", "manager"):
        at = open_as(person, PAGE, version=str(draft))
        assert "We could not find that version." in words(at)
        assert "Start the next version" not in [button.label for button in at.button]
