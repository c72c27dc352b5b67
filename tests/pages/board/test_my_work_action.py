"""A manager updates an action in place on My work, its evidence and next milestone in sight."""

import re
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action, Draft, Person
from coprod_data.queries.work import turns
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import NOW, TODAY, unrecorded
from tests.helpers.opening import OpenAs, drawn, words

MY_WORK = "board/my_work.py"
LINK = re.compile(r'class="work-go" href="/my_work\?action=(\d+)"')


def two_are_late(council: Database) -> None:
    """Two actions of the manager were due yesterday."""
    with Session(council.engine) as db:
        manager = db.scalars(sa.select(Person.id).where(Person.username == "manager")).one()
        owned = sa.select(Action).where(Action.owner_id == manager, Action.stage == Stage.AGREED)
        going = sa.select(Action).where(
            Action.owner_id == manager, Action.stage == Stage.IN_PROGRESS
        )  # fmt: skip
        with unrecorded(db):
            for action in [*db.scalars(going), *db.scalars(owned)][:2]:
                action.due_on = TODAY - timedelta(days=1)
        db.commit()


def test_an_action_is_opened_updated_and_the_next_one_opened(council: Database, open_as: OpenAs):
    two_are_late(council)
    first, second, *_ = LINK.findall(drawn(open_as("manager", MY_WORK, closed="1")))

    at = open_as("manager", MY_WORK)
    assert first not in LINK.findall(drawn(at)), "the first of them is open"
    seen = words(at)
    for part in ("Next milestone", "Newest evidence", "Young people say", "Staff say"):
        assert part in seen
    at.text_area(key=f"update-{first}-text").set_value("Both advisers kept all four days.")
    at.button(key=f"update-{first}-save").click().run()

    seen = words(at)
    assert "Your update is saved." in seen
    assert f'href="/actions?action={second}"' in drawn(at)
    assert second not in LINK.findall(drawn(at))  # the row of the open one is its form

    [undo] = [button for button in at.button if button.label == "Undo"]
    assert str(undo.key).startswith(f"undo-{first}-")
    undo.click().run()
    assert "Undone. It is as it was before." in words(at)


def test_words_for_an_action_that_waits_no_more_are_kept_and_no_other_one_is_opened(
    council: Database, open_as: OpenAs
):
    two_are_late(council)
    first, second, *_ = LINK.findall(drawn(open_as("manager", MY_WORK, closed="1")))
    stale = open_as("manager", MY_WORK)
    with Session(council.engine) as db:
        with unrecorded(db):
            gone = db.get_one(Action, int(first))
            gone.stage, gone.rag, gone.rag_reason = Stage.DROPPED, None, ""
        db.commit()

    stale.text_area(key=f"update-{first}-text").set_value("They kept three days.").run()

    assert "Not saved" in words(stale)
    assert f'href="/actions?action={first}"' in drawn(stale)
    assert not any(str(box.key).startswith(f"update-{second}") for box in stale.text_area)
    with Session(council.engine) as db:
        assert "They kept three days." in db.scalars(sa.select(Draft.text)).all()


def test_another_tab_is_told_of_an_update_and_keeps_its_own_words(
    council: Database, open_as: OpenAs
):
    two_are_late(council)
    first, *_ = LINK.findall(drawn(open_as("manager", MY_WORK, closed="1")))
    page = "promise/actions.py"
    one, two = (open_as("manager", page, action=first) for _ in range(2))
    one.text_area(key=f"update-{first}-text").set_value("They kept three days.").run()
    two.text_area(key=f"update-{first}-text").set_value("They kept all four days.")
    two.button(key=f"update-{first}-save").click().run()
    assert "Your update is saved." in words(two)
    assert "What you had typed is here again." in words(two)  # of the first tab

    one.run()
    seen = words(one)
    assert "Somebody changed this after you opened it. It now says:" in seen
    assert "Newest update They kept all four days." in seen
    assert one.text_area(key=f"update-{first}-text").value == "They kept three days."

    one.button(key=f"update-{first}-save").click().run()
    refused = words(one)
    assert "Somebody changed this after you opened it, so nothing was saved." in refused
    assert " wrote on " in refused
    assert "It now says:" not in refused  # what changed is told once


def test_three_presses_update_an_action_in_progress(council: Database, open_as: OpenAs):
    two_are_late(council)
    listed = LINK.findall(drawn(open_as("manager", MY_WORK, closed="1")))
    with Session(council.engine) as db:
        going = sa.select(Action.id).where(Action.stage == Stage.IN_PROGRESS)
        number = next(one for one in db.scalars(going) if str(one) in listed)

    at = open_as("manager", MY_WORK, action=str(number))  # the first press: the link of its row
    at.radio(key=f"update-{number}-rag").set_value(Rag.RED).run()  # the second
    at.text_area(key=f"update-{number}-rag_reason").set_value("A second adviser from May.")
    at.text_area(key=f"update-{number}-text").set_value("One adviser is ill.")
    at.button(key=f"update-{number}-save").click().run()  # the third

    assert "Your update is saved." in words(at)
    with Session(council.engine) as db:
        assert db.get_one(Action, number).rag is Rag.RED


def test_a_milestone_is_met_in_place_and_told_under_the_last_seven_days(
    council: Database, open_as: OpenAs
):
    assert council
    assert "Your last seven days" not in words(open_as("manager", MY_WORK))
    with council.reading(Played("manager", NOW)) as (db, actor):
        first = next(
            one.about
            for one in turns(db, actor)
            if one.kind is WorkKind.ACTION and one.met < one.whole
        )
    at = open_as("manager", MY_WORK, action=str(first))

    at.text_area(key=f"meet-{first}-evidence").set_value("The rule is on the wall.")
    at.button(key=f"meet-{first}-save").click().run()

    seen = words(at)
    assert "The milestone has been recorded as met." in seen
    assert "Your last seven days" in seen
    assert "You recorded a milestone as met on" in seen


def test_an_action_of_somebody_else_is_not_opened_here(council: Database, open_as: OpenAs):
    assert council
    at = open_as("manager", MY_WORK, action="1")

    assert "Next milestone" not in words(at)
