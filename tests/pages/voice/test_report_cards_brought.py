"""What is said of who reads a card is true before and after it was brought to a meeting."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import ReportCard
from coprod_data.store.database import Database
from coprod_data.vocabulary.report_cards import CardState
from tests.helpers.opening import OpenAs, words

PAGE = "voice/report_cards.py"
READS = "Board members can read it. Not yet brought to a Board meeting."
READS_NOT = "Board members cannot read it yet. Not yet brought to a Board meeting."


def a_card(council: Database, *which: sa.ColumnElement[bool]) -> str:
    with Session(council.engine) as db:
        found = db.scalars(sa.select(ReportCard.id).where(*which).order_by(ReportCard.id)).first()
    assert found
    return str(found)


@pytest.mark.parametrize("username", ["youth.voice", "board.member"])
def test_a_card_with_words_for_the_board_is_read_by_it_before_any_meeting(
    council: Database, open_as: OpenAs, username: str
):
    collecting = ReportCard.state == CardState.GATHERING
    card = a_card(council, collecting, ReportCard.board_voices > 0)

    seen = words(open_as(username, PAGE, id=card))

    assert READS in seen
    assert "Collecting since" in seen
    assert "Not yet shared" not in seen


def test_a_card_without_released_words_is_read_by_nobody_of_the_board(
    council: Database, open_as: OpenAs
):
    card = a_card(council, ReportCard.state == CardState.GATHERING)
    with council.engine.begin() as connection:
        connection.execute(
            sa.update(ReportCard)
            .where(ReportCard.id == int(card))
            .values(board_voices=0, public_voices=0, any_voices=0, summaries=0)
        )

    assert READS_NOT in words(open_as("youth.voice", PAGE, id=card))


def test_a_card_that_was_shared_says_with_whom_and_when(council: Database, open_as: OpenAs):
    card = a_card(council, ReportCard.state == CardState.SHARED)

    seen = words(open_as("board.member", PAGE, id=card))

    assert "Brought to the " in seen
    assert "Not yet brought" not in seen


@pytest.mark.parametrize("username", ["board.member", "chair", "youth.voice", "young.person"])
@pytest.mark.usefixtures("council")
def test_no_list_says_that_only_some_cards_are_with_the_board(open_as: OpenAs, username: str):
    seen = words(open_as(username, PAGE)) + words(open_as(username))

    assert "With the Board" not in seen
    assert "Not yet shared" not in seen
