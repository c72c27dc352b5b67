"""Report cards on screen: who reads which words, filters, one card, and what may be done."""

import re

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from coprod_data.models import CardEntry, EntryVersion, Outcome, ReportCard
from coprod_data.models.links import card_opportunities
from coprod_data.queries.report_cards import CardRow, report_cards
from coprod_data.queries.report_cards_sharing import entries_going_along
from coprod_data.scopes.entries import released
from coprod_data.store.actors import Played, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.report_cards import Body, CardProgress, CardState
from tests.helpers.builders import NOW, unrecorded
from tests.helpers.opening import OpenAs, drawn, heading, words

PAGE = "voice/report_cards.py"


def cards(council: Database, username: str = "chair", **asked: object) -> tuple[CardRow, ...]:
    with council.reading(Played(username, NOW)) as (db, actor):
        return report_cards(db, actor, **asked).cards  # type: ignore[arg-type]


@pytest.mark.parametrize("username", ["board.member", "chair", "youth.voice", "manager"])
@pytest.mark.usefixtures("council")
def test_staff_are_warned_before_the_projector(open_as: OpenAs, username: str):
    at = open_as(username, PAGE)
    assert heading(at) == "Report cards"
    assert ("Not for the projector" in words(at)) is (username != "manager")


def test_a_young_person_reads_public_words_without_the_boards(council: Database, open_as: OpenAs):
    at = open_as("young.person", PAGE)
    assert heading(at) == "Report cards"
    shown = words(at)
    assert "Not for the projector" not in shown
    with council.reading(System()) as (db, _):
        board_only = db.execute(
            sa.select(EntryVersion.thinks, CardEntry.report_card_id)
            .join(CardEntry, CardEntry.released_version_id == EntryVersion.id)
            .where(released(ConsentUse.BOARD), ~released(ConsentUse.PUBLIC))
        ).all()
    assert len(board_only) > 3
    for said, card_id in board_only:
        on_card = words(open_as("young.person", PAGE, id=str(card_id)))
        assert not said or said[:40] not in on_card + shown


@pytest.mark.parametrize("address", [{}, {"id": "4"}, {"id": "999999"}])
@pytest.mark.usefixtures("council")
def test_a_young_person_always_finds_help_and_a_quick_way_out(
    open_as: OpenAs, address: dict[str, str]
):
    shown = words(open_as("young.person", PAGE, **address))
    for part in ("999", "0800 1111", "Leave quickly"):
        assert part in shown


def test_an_address_names_theme_and_state(council: Database, open_as: OpenAs):
    row = cards(council)[0]
    at = open_as("chair", PAGE, theme=str(row.theme_id), state=row.state.value)
    assert heading(at) == "Report cards"
    assert f"Stage: {row.state.words}" in words(at)
    narrowed = cards(council, theme_id=row.theme_id, state=row.state)
    links = set(re.findall(r"/report_cards\?id=(\d+)", drawn(at)))
    assert links == {str(card.id) for card in narrowed}


def test_older_cards_stand_a_page_further_on(council: Database, open_as: OpenAs):
    first = open_as("youth.voice", PAGE)
    assert "/report_cards?page=2" in drawn(first)
    older = open_as("youth.voice", PAGE, page="2")
    assert "/report_cards?page=1" in drawn(older)
    (last,) = cards(council, "youth.voice", page=2)[-1:]
    assert f"/report_cards?id={last.id}" in drawn(older)
    assert f"/report_cards?id={last.id}" not in drawn(first)


def test_a_state_that_is_none_narrows_nothing(council: Database, open_as: OpenAs):
    at = open_as("chair", PAGE, state="nonsense")
    assert "Stage: Any stage" in words(at)
    assert cards(council)[0].title in words(at)


def test_search_finds_words_of_a_card_and_says_when_there_are_none(
    council: Database, open_as: OpenAs
):
    at = open_as("chair", PAGE)
    row = next(row for row in cards(council) if row.words)
    at.text_input(key="cards-search").set_value(row.words.split()[-1].strip(".,!?")).run()
    assert drawn(at).count("<article") >= 1
    assert row.words in words(at).partition("Words that match")[2]

    at.text_input(key="cards-search").set_value("zzzunheard").run()
    assert "No card matches" in words(at)


def test_how_far_a_card_came_is_a_filter_that_a_search_keeps(council: Database, open_as: OpenAs):
    at = open_as("chair", PAGE, state=CardProgress.CO_SIGNED.value)
    found = cards(council, state=CardProgress.CO_SIGNED)
    assert found
    assert drawn(at).count("<article") == len(found)
    typed = found[0].title.split()[0]
    at.text_input(key="cards-search").set_value(typed).run()
    narrowed = cards(council, state=CardProgress.CO_SIGNED, search=typed)
    assert drawn(at).count('<article class="card') == len(narrowed)


def test_one_card_tells_its_story_in_three_panels(council: Database, open_as: OpenAs):
    row = cards(council, state=CardProgress.CO_SIGNED)[0]
    at = open_as("board.member", PAGE, id=str(row.id))

    assert heading(at) == row.title
    shown = words(at)
    order = [shown.index(part) for part in ("You said", "Who picked it up", "What we did together")]
    assert order == sorted(order)
    assert "Signed by both sides in" in shown


@pytest.mark.parametrize("number", ["999999", "0"])
@pytest.mark.usefixtures("council")
def test_a_card_that_is_not_there_is_told_without_a_fault(open_as: OpenAs, number: str):
    at = open_as("chair", PAGE, id=number)
    assert "We could not find that card" in words(at)


def test_a_manager_cannot_open_a_card_that_is_not_linked_to_their_work(
    council: Database, open_as: OpenAs
):
    mine = {row.id for row in cards(council, "manager")}
    other = next(row for row in cards(council) if row.id not in mine)
    at = open_as("manager", PAGE, id=str(other.id))
    assert "We could not find that card" in words(at)
    assert other.words[:30] not in words(at)


def test_the_team_titles_hands_over_and_the_next_card_opens(council: Database, open_as: OpenAs):
    row = next(
        row for row in cards(council, "youth.voice", state=CardProgress.GATHERING) if row.voices
    )
    at = open_as("youth.voice", PAGE, id=str(row.id))
    at.text_input(key=f"title-{row.id}-title").set_value("What we heard this spring")
    press(at, "Save the title")
    assert heading(at) == "What we heard this spring"
    press(at, "Mark this card as ready to share")
    press(at, "Record that it was shared")
    assert "Choose who it was shared with." in words(at)
    at.radio(key=f"share-{row.id}-body").set_value(Body.CPB)
    press(at, "Record that it was shared")
    assert "Look at the entries above, then tick the box." in words(at)
    at.checkbox(key=f"share-{row.id}-sure").check()
    with council.reading(Played("youth.voice", NOW)) as (db, actor):
        listed = entries_going_along(db, actor, row.id)
    with council.writing(System()) as (db, _), unrecorded(db):  # its author takes it back now
        db.get_one(CardEntry, listed[0].id).withdrawn_at = NOW
    press(at, "Record that it was shared")

    told = f"{len(listed) - 1} of the {len(listed)} entries that you looked at went along"
    assert f"Shared. You can take it back for ten minutes. {told}, not the rest." in words(at)
    with council.reading(System()) as (db, _):
        states = list(
            db.scalars(sa.select(ReportCard.state).where(ReportCard.theme_id == row.theme_id))
        )
    assert states.count(CardState.GATHERING) == 1


def test_a_title_cannot_quote_words_that_are_not_out(council: Database, open_as: OpenAs):
    with council.reading(System()) as (db, _):
        said, card_id = db.execute(
            sa.select(EntryVersion.thinks, CardEntry.report_card_id)
            .join(CardEntry, CardEntry.id == EntryVersion.entry_id)
            .where(
                EntryVersion.number == 1,
                CardEntry.released_at.is_(None),
                CardEntry.withdrawn_at.is_(None),
                sa.func.length(EntryVersion.thinks) > 30,
            )
        ).first()
    at = open_as("youth.voice", PAGE, id=str(card_id))
    at.text_input(key=f"title-{card_id}-title").set_value(said[:150])
    press(at, "Save the title")
    assert heading(at) != said[:150]
    assert "The title is saved." not in words(at)


def test_a_day_that_is_none_is_told(council: Database, open_as: OpenAs):
    row = next(
        row for row in cards(council, "youth.voice", state=CardProgress.GATHERING) if row.voices
    )
    at = open_as("youth.voice", PAGE, id=str(row.id))
    at.text_input(key=f"title-{row.id}-title").set_value("What we heard this spring")
    press(at, "Save the title")
    press(at, "Mark this card as ready to share")
    at.radio(key=f"share-{row.id}-body").set_value(Body.CPB)
    at.text_input(key=f"share-{row.id}-on").set_value("soon")
    press(at, "Record that it was shared")
    assert "Write the date like this: 3 December 2026." in words(at)
    assert at.text_input(key=f"share-{row.id}-on").value == "soon"


@pytest.mark.parametrize("wish", ["Delete them for good", "Nobody may read them, but they stay"])
def test_a_worker_takes_words_back_for_whoever_asks(council: Database, open_as: OpenAs, wish: str):
    row = next(row for row in cards(council, "youth.voice") if row.voices)
    at = open_as("youth.voice", PAGE, id=str(row.id))
    first = next(box for box in at.radio if box.label == "Which entry is theirs")
    number = int(first.options[-1].removeprefix("No. "))
    with council.reading(System()) as (db, _):
        said = db.scalar(
            sa.select(EntryVersion.thinks)
            .join(CardEntry, CardEntry.released_version_id == EntryVersion.id)
            .where(CardEntry.id == number)
        )
    assert said
    assert said in words(at)

    press(at, "Do what they asked")
    assert "Choose the entry and what they asked for." in words(at)
    asked = next(box for box in at.radio if box.label == "What they asked for")
    next(box for box in at.radio if box.label == "Which entry is theirs").set_value(number)
    asked.set_value(next(option for option in asked.options if option.startswith(wish)))
    press(at, "Do what they asked")
    assert "Say who asked you, and how." in words(at)
    next(box for box in at.text_input if box.label.startswith("Who asked")).set_value("They rang.")
    press(at, "Do what they asked")

    gone = wish.startswith("Nobody")
    told = "This now applies on every screen." if gone else "A second person is asked"
    assert told in words(at)
    assert (said in words(at)) is not gone


def test_the_chair_answers_a_shared_card_for_the_staff(council: Database, open_as: OpenAs):
    row = next(row for row in cards(council) if row.shared_on)
    at = open_as("chair", PAGE, id=str(row.id))
    at.text_area[0].set_value("We bought <b>suitcases</b>.")
    press(at, "Save this answer")
    assert "Your answer shows on this card under “What staff did”." in words(at)
    assert "<b>suitcases" not in drawn(at)


def test_an_answer_is_shown_beside_the_outcome_that_both_sides_signed(
    council: Database, open_as: OpenAs
):
    with council.reading(System()) as (db, _):
        signed = db.scalars(
            sa.select(card_opportunities().c.report_card_id)
            .join(Outcome, Outcome.opportunity_id == card_opportunities().c.opportunity_id)
            .join(ReportCard, ReportCard.id == card_opportunities().c.report_card_id)
            .where(Outcome.co_signed_at.is_not(None), ReportCard.shared_on.is_not(None))
        ).first()
    at = open_as("chair", PAGE, id=str(signed))
    at.text_area[0].set_value("We bought suitcases for each home.")
    press(at, "Save this answer")
    for reader in ("chair", "board.member"):
        panel = drawn(open_as(reader, PAGE, id=str(signed))).split("<span>3</span>")[1]
        assert "What we did together" in panel
        told = panel.split("<h3>What staff did</h3>")[1].split("</section>")[0]
        assert "We bought suitcases for each home." in told
        assert f"{NOW:%B %Y}" in told


@pytest.mark.usefixtures("council")
def test_a_board_member_has_no_forms_on_a_card(council: Database, open_as: OpenAs):
    row = next(row for row in cards(council) if row.shared_on)
    at = open_as("board.member", PAGE, id=str(row.id))
    assert heading(at) == row.title
    assert [box.label for box in at.text_input] == ["Search"]
    assert not at.text_area


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()
