"""Suggesting an opportunity, saying what changed and signing it, on the opportunity's page."""

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from coprod_data.commands.outcomes import co_sign
from coprod_data.models import (
    CardEntry,
    CoSignature,
    Opportunity,
    OpportunitySource,
    Outcome,
    PromiseTheme,
)
from coprod_data.store import database as process
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.outcomes import Side
from tests.helpers.builders import NOW, holding_the_code
from tests.helpers.chances import PAGE, labels, number_of, press
from tests.helpers.opening import OpenAs, heading, words
from tests.helpers.young import marked

LIST = "A first-flat list that young people wrote"
BAGS = "A proper bag for every move"
WORDED = {
    "title": "A quiet hour in every home",
    "help_wanted": "Sit with us for one evening and hear it.",
    "time_needed": "One evening",
    "when_and_how": "At the home",
    "power_shared": "We choose the hour.",
    "support": "Staff on shift",
    "expenses": "Biscuits",
}


def newest_outcome(council: Database, title: str) -> sa.Row[tuple[object, ...]]:
    with council.engine.connect() as connection:
        return connection.execute(
            sa.select(Outcome.id, Outcome.what_changed, Outcome.co_signed_at)
            .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
            .where(Opportunity.title == title)
            .order_by(Outcome.id.desc())
            .limit(1)
        ).one()


def fill(at: AppTest, **said: str) -> None:
    for field, text in said.items():
        boxes = [*at.text_input, *at.text_area]
        next(box for box in boxes if box.key == f"suggest-{field}").set_value(text)


def a_theme(at: AppTest) -> int:
    """The first theme of the wording in force that is offered."""
    names = at.radio[0].options
    with process.current().engine.connect() as connection:
        rows = connection.execute(sa.select(PromiseTheme.id, PromiseTheme.title)).all()
    return max(number for number, title in rows if names[0].startswith(title))


@pytest.mark.parametrize("username", ["manager", "board.member"])
def test_anyone_permitted_suggests_and_it_waits_to_be_looked_at(
    council: Database, open_as: OpenAs, username: str
):
    at = open_as(username, PAGE, new="1")
    assert heading(at) == "Suggest an opportunity"
    assert not at.checkbox

    fill(at, **WORDED)
    press(at, "Suggest this opportunity")
    assert "Choose a part of The Promise" in words(at)

    at.radio[0].set_value(a_theme(at))
    press(at, "Suggest this opportunity")

    with council.engine.connect() as connection:
        state = connection.scalars(
            sa.select(Opportunity.state).where(Opportunity.title == WORDED["title"])
        ).one()
    assert state is OpportunityState.SPOTTED


def test_the_team_opens_a_chance_from_an_entry_at_once(council: Database, open_as: OpenAs):
    with council.engine.connect() as connection:
        entry_id = connection.scalars(
            sa.select(OpportunitySource.entry_id).where(OpportunitySource.entry_id.is_not(None))
        ).first()
    at = open_as("youth.voice", PAGE, new="1", entry=marked(council, entry_id))
    assert "It starts from these words" in words(at)
    assert at.radio[0].value is not None

    fill(at, **WORDED)
    press(at, "Suggest this opportunity")

    number = number_of(council, WORDED["title"])
    with council.engine.connect() as connection:
        source = connection.scalars(
            sa.select(OpportunitySource.entry_id).where(OpportunitySource.opportunity_id == number)
        ).all()
    assert source == [entry_id]
    at = open_as("board.member", PAGE, id=str(number))
    assert heading(at) == WORDED["title"]
    assert "New today" in words(at)


def test_nothing_opens_from_words_that_are_not_let_out(council: Database, open_as: OpenAs):
    with council.engine.connect() as connection:
        raw = connection.scalars(
            sa.select(CardEntry.id).where(CardEntry.released_at.is_(None))
        ).first()
    at = open_as("youth.voice", PAGE, new="1", entry=marked(council, raw))

    fill(at, **WORDED)
    at.radio[0].set_value(a_theme(at))
    press(at, "Suggest this opportunity")

    assert "We could not find that source" in words(at)
    with council.engine.connect() as connection:
        found = sa.select(Opportunity.id).where(Opportunity.title == WORDED["title"])
        assert connection.scalars(found).all() == []


@pytest.mark.usefixtures("council")
def test_a_refused_suggestion_keeps_what_was_typed(open_as: OpenAs):
    at = open_as("youth.voice", PAGE, new="1")
    fill(at, **{**WORDED, "expenses": ""})
    at.radio[0].set_value(a_theme(at))

    press(at, "Suggest this opportunity")

    assert "Before it opens: say what is paid for." in words(at)
    assert at.text_area(key="suggest-help_wanted").value == WORDED["help_wanted"]


def test_a_member_says_what_changed_and_signs(council: Database, open_as: OpenAs):
    number = number_of(council, BAGS)
    at = open_as("cllr.iqbal", PAGE, id=str(number))
    assert heading(at) == BAGS
    assert "A young person said not yet" in words(at)
    assert "each named action that its owner has set to done is signed off" in words(at)

    assert "What young people said" in {box.label for box in at.text_area}
    at.text_area(key=f"outcome-{number}-changed").set_value(
        "No move needs a bin bag now, checked twice."
    )
    press(at, "Propose this outcome")
    assert "Say what young people asked for." in words(at)
    at.text_area(key=f"outcome-{number}-said").set_value("No more bin bags.")
    at.text_area(key=f"outcome-{number}-with").set_value("Two young people and I.")
    for box in at.checkbox:
        box.check()
    press(at, "Propose this outcome")
    assert "Both sides are asked to sign" in words(at)
    press(at, "Sign for the staff side")

    outcome = newest_outcome(council, BAGS)
    assert outcome.what_changed == "No move needs a bin bag now, checked twice."
    assert outcome.co_signed_at is None
    assert "Signed: Cllr Tariq Iqbal, Board member" in words(at)
    assert "Sign for the staff side" not in labels(at)


@pytest.mark.parametrize("username", ["chair", "board.member", "youth.voice"])
def test_nobody_outside_the_work_is_offered_the_staff_signature(
    council: Database, open_as: OpenAs, username: str
):
    at = open_as(username, PAGE, id=str(number_of(council, LIST)))

    assert heading(at) == LIST
    assert "Sign for the staff side" not in labels(at)


def test_a_paper_signature_needs_two_workers_and_says_so(council: Database, open_as: OpenAs):
    number = number_of(council, LIST)
    at = open_as("youth.voice", PAGE, id=str(number))
    next(box for box in at.selectbox if box.label == "Who signed").set_value(0)
    press(at, "Write it down")
    assert "Ask a second worker" in words(at)
    assert newest_outcome(council, LIST).co_signed_at is None
    press(at, "I saw this signature too")
    assert "A second worker must confirm this" in words(at)

    second = open_as("youth.voice.two", PAGE, id=str(number))
    press(second, "I saw this signature too")

    assert newest_outcome(council, LIST).co_signed_at is not None
    assert "on paper, written down by Amara Oduya and Ben Tranter" in words(second)


def sign_as_the_author(council: Database) -> int:
    """The young side signs the newest outcome of the list. Returns its id."""
    outcome, number = newest_outcome(council, LIST), number_of(council, LIST)
    with council.writing(Played("chair", NOW)) as (db, _):
        seat = db.scalars(
            sa.select(CardEntry)
            .join(OpportunitySource, OpportunitySource.entry_id == CardEntry.id)
            .where(OpportunitySource.opportunity_id == number)
        ).one()
        co_sign(db, holding_the_code(seat), outcome.id)
    return outcome.id


def test_the_young_signature_makes_it_done_together_on_the_page(council: Database, open_as: OpenAs):
    outcome_id = sign_as_the_author(council)

    at = open_as("manager", PAGE, id=str(number_of(council, LIST)))

    assert "Done together" in words(at)
    assert "signed with a card code." in words(at)
    worker = open_as("youth.voice", PAGE, id=str(number_of(council, LIST)))
    press(worker, "They are known to the Youth Voice Team")
    assert "signed with a card code, known to the Youth Voice Team." in words(worker)
    with council.engine.connect() as connection:
        sides = sa.select(CoSignature.side).where(CoSignature.outcome_id == outcome_id)
        assert set(connection.scalars(sides)) == {Side.YOUNG, Side.STAFF}
    assert "Staff say done" not in words(at)


def test_work_that_goes_on_after_both_signed_may_end_in_another_outcome(
    council: Database, open_as: OpenAs
):
    number = number_of(council, LIST)
    sign_as_the_author(council)
    at = open_as("youth.voice", PAGE, id=str(number))
    assert "Say what else changed" in {fold.label for fold in at.expander}
    at.text_area(key=f"outcome-{number}-said").set_value("Landlords should have the list.")
    at.text_area(key=f"outcome-{number}-with").set_value("Care leavers and two landlords.")
    at.text_area(key=f"outcome-{number}-changed").set_value("Two landlords use the list as well.")
    press(at, "Propose this outcome")

    assert newest_outcome(council, LIST).what_changed == "Two landlords use the list as well."
    assert "Staff say done" in words(at)


def test_closing_waits_for_both_signatures(council: Database, open_as: OpenAs):
    at = open_as("youth.voice", PAGE, id=str(number_of(council, LIST)))

    assert heading(at) == LIST
    assert "Close it" not in labels(at)
