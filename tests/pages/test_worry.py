"""Wherever words of young people are read, their reader can say that they are worried."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.models import Action, CardEntry, Opportunity, OpportunitySource, Worry
from coprod_data.scopes.entries import released
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Flag
from tests.helpers.opening import OpenAs, drawn, words
from tests.helpers.young import rows

CARDS, ACTIONS = "voice/report_cards.py", "promise/actions.py"
CHANCES = "together/opportunities.py"
PRESS = "I am worried"


def presses(at: AppTest) -> list[str]:
    """The keys of the buttons that say one is worried, one for each entry."""
    return [str(button.key) for button in at.button if button.label == PRESS]


def found(council: Database, statement: sa.Select[int]) -> int:
    with Session(council.engine) as db:
        number = db.scalars(statement).first()
    assert number is not None
    return number


@pytest.fixture
def card_id(council: Database) -> int:
    """A card with words that everyone may read."""
    return found(council, sa.select(CardEntry.report_card_id).where(
        released(ConsentUse.PUBLIC), CardEntry.kind == EntryKind.WORDS
    ))  # fmt: skip


@pytest.mark.parametrize("username", ["young.person", "board.member", "chair", "youth.voice"])
def test_on_a_report_card(open_as: OpenAs, card_id: int, username: str):
    at = open_as(username, CARDS, id=str(card_id))

    keys = presses(at)
    assert keys
    assert len(keys) == len(set(keys))
    # Entries are numbered without gaps, so a missing number would tell of one that is hidden.
    told = " ".join([words(at), drawn(at), *(str(one.proto) for one in at.expander), *keys])
    assert bool(re.search(r"Entry no\. \d", told)) is (username == "youth.voice")
    assert not re.search(r"entry=\d", told)
    assert {int(key.rpartition("-")[2]) for key in keys} == set(range(1, len(keys) + 1))


@pytest.mark.parametrize("username", ["young.person", "board.member"])
def test_beside_words_that_a_search_finds(council: Database, open_as: OpenAs, username: str):
    assert council
    at = open_as(username, CARDS)
    assert presses(at) == []

    at.text_input(key="cards-search").set_value("my").run()

    assert "Words that match, newest first" in words(at)
    assert len(presses(at)) == drawn(at).count('class="voice paper')


def test_on_an_opportunity(council: Database, open_as: OpenAs):
    number = found(council, sa.select(Opportunity.id).join(
        OpportunitySource, OpportunitySource.opportunity_id == Opportunity.id
    ).join(CardEntry, CardEntry.id == OpportunitySource.entry_id)
      .where(released(ConsentUse.BOARD)))  # fmt: skip

    at = open_as("board.member", CHANCES, id=str(number))

    assert presses(at)


def test_on_an_action_and_the_entry_is_flagged_for_the_team(council: Database, open_as: OpenAs):
    number = found(
        council,
        sa.select(Action.id).where(Action.title == "Hair and skin care course for every carer"),
    )
    at = open_as("manager", ACTIONS, action=str(number))
    first, *_ = [button for button in at.button if button.label == PRESS]

    at = first.click().run()

    [worry] = rows(council, Worry)
    with Session(council.engine) as db:
        assert Flag.WORRIED in db.get_one(CardEntry, worry.entry_id).flag_list
    assert "Thank you. The Youth Voice Team reads these words again." in words(at)
    assert PRESS not in [button.label for button in at.button]  # the words have left the page


def test_beside_the_opening_words_of_the_overview(council: Database, open_as: OpenAs):
    assert council
    assert len(presses(open_as("chair", "board/overview.py"))) == 1
