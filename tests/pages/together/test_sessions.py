"""Sessions on screen: what is to come, the plan, the room, the question that closes one."""

import html
from datetime import timedelta

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from coprod_data.commands.priorities import untie_priority
from coprod_data.models import CoproductionSession
from coprod_data.queries.priorities import priorities, priority
from coprod_data.queries.priorities_choices import priorities_to_meet_about
from coprod_data.queries.sessions import SessionRow, every_session
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.sessions import SessionState
from coprod_data.vocabulary.surveys import CameOf
from tests.helpers.builders import NOW
from tests.helpers.opening import OpenAs, drawn, heading, menu, words

PAGE = "together/sessions.py"
VENUES = "office/venues.py"
PRIORITIES = "listening/priorities.py"
TO_COME, OWED = "How we feel, and who asks", "Leaving care: the first week in a flat"


def named(council: Database) -> dict[str, SessionRow]:
    with council.reading(Played("youth.voice", NOW)) as (db, actor):
        return {row.title: row for row in every_session(db, actor)}


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [button for button in at.button if button.label == label]
    return button.click().run()


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


@pytest.mark.parametrize("username", ["youth.voice", "manager", "board.member", "chair"])
def test_staff_and_board_read_what_is_to_come(council: Database, open_as: OpenAs, username: str):
    at = open_as(username, PAGE)
    assert heading(at) == "Sessions"
    assert TO_COME in words(at)

    number = str(named(council)[TO_COME].id)
    one = words(open_as(username, PAGE, id=number, tab="before"))
    for part in ("The Hub, Mill Lane", "Every view counts the same.", "Read aloud at the start"):
        assert part in one
    assert "The bus does not run late on that day" in one


def test_a_young_person_and_an_administrator_have_no_such_page(
    council: Database,  # noqa: ARG001 - the demo council it reads
    open_as: OpenAs,
):
    assert "Sessions" not in menu(open_as("young.person"))
    assert "Sessions" not in menu(open_as("administrator"))


def test_a_member_changes_nothing_and_sees_few_young_people_as_few(
    council: Database, open_as: OpenAs
):
    rows = named(council)
    at = open_as("board.member", PAGE, id=str(rows[TO_COME].id), tab="before")
    assert not {"Save the plan", "Move this session", "Cancel this session"} & set(labels(at))
    lessons = open_as("board.member", PAGE, id=str(rows["What we learnt from the laptops"].id))
    assert "fewer than 5" in words(lessons)
    assert "the price of a meal would tell how many" in words(lessons)


def test_the_year_shows_gaps_and_leads_to_a_plan(council: Database, open_as: OpenAs):
    at = open_as("youth.voice", PAGE, year="1")
    seen = words(at)

    assert "have a gap this year" in seen or "has a gap this year" in seen
    assert "Fill the gaps: go to groups that already meet" in seen
    assert "It meets " in seen  # the usual time of a group that is to be asked
    assert len(named(council)) > 10


def test_a_session_is_finished_step_by_step(council: Database, open_as: OpenAs):
    number = str(named(council)[OWED].id)
    at = open_as("youth.voice.two", PAGE, id=number)
    assert "At least one opportunity, or a reason." in words(at)
    press(at, "Go to the write-up")
    assert "Add at least one opportunity, or say why" in words(at)

    (why,) = [box for box in at.text_area if box.label.startswith("Why is there nothing")]
    why.input("They want to write to the housing office first.")
    press(at, "Go to the write-up")
    assert "Now write down what you did and what you heard." in words(at)
    (needs,) = [box for box in at.radio if box.label == "Were access needs met?"]
    needs.set_value(needs.options[1])
    press(at, "Save this answer")
    assert "Were access needs met? Not all of them" in words(at)
    for label, said in (("What you did", "We made a list."), ("What you heard", "Forms first.")):
        (box,) = [box for box in at.text_area if box.label.startswith(label)]
        box.input(said)
    press(at, "Save the write-up")
    assert "We made a list." in words(at)
    press(at, "Close this session")
    press(at, "Yes, close it")

    assert "It is closed." in words(at)
    assert named(council)[OWED].state is SessionState.CLOSED


def test_a_meeting_about_what_young_people_chose_is_planned_from_it(
    council: Database, open_as: OpenAs
):
    with council.writing(Played("youth.voice", NOW)) as (db, actor):
        row, other, *_ = (one for one in priorities(db, actor) if one.sessions)
        for one in row.sessions:
            untie_priority(db, actor, row.id, CameOf.SESSION, one.id)
        offered = list(priorities_to_meet_about(db, actor))
        assert offered.index(row.id) < offered.index(other.id)  # nobody met about the first
    link = f"/sessions?new=1&kind=priority_meeting&priority={row.id}"
    assert link in html.unescape(drawn(open_as("youth.voice", PRIORITIES, id=str(row.id))))
    assert link not in html.unescape(drawn(open_as("chair", PRIORITIES, id=str(row.id))))

    at = open_as("youth.voice", PAGE, new="1", kind="priority_meeting", priority=str(row.id))
    for label, said in (
        ("Day, for example", "3 June 2027"), ("From when", "5pm to 6pm"), ("Title", "What next?"),
    ):  # fmt: skip
        (box,) = [box for box in at.text_input if box.label.startswith(label)]
        box.input(said)
    for label in ("How people take part", "Who leads it"):
        (box,) = [box for box in at.selectbox if box.label == label]
        box.select(box.options[0])
    press(at, "Plan this session")

    assert f"Young people chose this: {row.title}" in words(at)
    with council.reading(Played("youth.voice", NOW)) as (db, actor):
        assert [one.title for one in priority(db, actor, row.id).sessions] == ["What next?"]
        assert not priority(db, actor, row.id).met  # planned is not held


def test_four_workshops_are_planned_on_one_page_with_their_hand_outs(
    council: Database, open_as: OpenAs
):
    at = open_as("youth.voice", PAGE, new="series")
    for box in at.text_input:
        if box.label.startswith("Day of workshop"):
            box.input(f"{box.label[16]} June 2027")
        if box.label.startswith("From when"):
            box.input("10am to 1.30pm")
    for label in ("How people take part", "Who leads it"):
        (box,) = [box for box in at.selectbox if box.label == label]
        box.select(box.options[0])
    press(at, "Plan all four workshops")
    assert "They are planned." in words(at)
    assert "Designing services together: 1 of 4" in words(at)

    with council.reading(Played("youth.voice", NOW)) as (db, actor):
        planned = [row for row in every_session(db, actor) if row.starts_at.year == 2027]
    assert len(planned) == 4
    sheets = words(open_as("youth.voice", PAGE, id=str(planned[0].id), handouts="1"))
    assert "Each hand-out is a sheet of its own" in sheets
    held = named(council)["Workshop 1: An introduction to service design"]
    assert "Did we get there?" in words(open_as("chair", PAGE, id=str(held.id)))


def test_bad_times_get_a_sentence_and_everything_typed_stays(
    council: Database,  # noqa: ARG001 - the demo council it reads
    open_as: OpenAs,
):
    at = open_as("youth.voice", PAGE, new="1")
    (day,) = [box for box in at.text_input if box.label.startswith("Day, for example")]
    (times,) = [box for box in at.text_input if box.label.startswith("From when to when")]
    day.input("3 December 2026")
    times.input("half four")
    press(at, "Plan this session")

    assert "half four" in words(at)
    assert [box.value for box in at.text_input if box.label.startswith("From when")] == [
        "half four"
    ]


def test_venues_are_read_by_members_and_kept_by_the_team(
    council: Database,  # noqa: ARG001 - the demo council it reads
    open_as: OpenAs,
):
    seen = open_as("board.member", VENUES)
    assert "The Hub, Mill Lane" in words(seen)
    assert "Add this venue" not in labels(seen)

    at = open_as("youth.voice", VENUES)
    (name,) = [box for box in at.text_input if box.label == "Name of the venue"]
    name.input("The Hub, Mill Lane")
    press(at, "Add this venue")
    assert "There is already a venue with that name." in words(at)


def test_a_closed_session_offers_neither_a_code_nor_a_wall(council: Database, open_as: OpenAs):
    number, now = named(council)[TO_COME].id, council.clock()
    this = sa.update(CoproductionSession).where(CoproductionSession.id == number)
    with council.engine.begin() as past_the_commands:
        begun = this.values(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
        past_the_commands.execute(begun)
    offered = {"Make the code", "Stop this code", "Open the wall", "Close the wall"}
    before = labels(open_as("youth.voice", PAGE, id=str(number), tab="room"))
    assert len(offered & set(before)) == 2
    with council.engine.begin() as past_the_commands:
        past_the_commands.execute(this.values(state=SessionState.CLOSED))
    after = labels(open_as("youth.voice", PAGE, id=str(number), tab="room"))
    assert not offered & set(after)
