"""What the Youth Voice Team and the chair do with an opportunity, on its page."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, OpportunityYoung
from coprod_data.permissions import Role
from coprod_data.rules.opportunity_wording import TEXTS
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.entry_care import AboutUs
from coprod_data.vocabulary.opportunities import OpportunityState
from tests.helpers.builders import a_person
from tests.helpers.chances import KEYS_DAY, PAGE, labels, number_of, press, state_of
from tests.helpers.opening import OpenAs, words
from tests.helpers.young import rows


def test_the_team_asks_a_member_and_a_young_person(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("youth.voice", PAGE, id=str(number))

    _reviewed_at, member, young = at.selectbox
    member.set_value(next(o for o in member.options if o.startswith("Cllr Femi Oyelaran")))
    press(at, "Ask this member or officer")
    assert "If no answer comes in time, you will see it here" in words(at)

    young = at.selectbox[-1]
    young.set_value(next(option for option in young.options if option.startswith("Jay")))
    press(at, "Ask this young person")
    assert "They will find it on their own page" in words(at)
    with council.engine.connect() as connection:
        seat = sa.select(OpportunityYoung.confirmed_at).where(
            OpportunityYoung.opportunity_id == number
        )
        assert connection.scalars(seat).all() == [None]


def test_the_chair_does_not_choose_the_young_people(council: Database, open_as: OpenAs):
    at = open_as("chair", PAGE, id=str(number_of(council, KEYS_DAY)))

    assert "Ask this member or officer" in labels(at)
    assert "Ask this young person" not in labels(at)


def test_work_does_not_begin_by_one_side(council: Database, open_as: OpenAs):
    at = open_as("youth.voice", PAGE, id=str(number_of(council, KEYS_DAY)))

    press(at, "Start working")

    assert "once a young person has said yes" in words(at)
    assert state_of(council, KEYS_DAY) is OpportunityState.OPEN


def test_parking_asks_for_a_reason_and_a_day(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("chair", PAGE, id=str(number))

    at.text_area(key=f"stop-{number}-why").set_value("Two advisers short.")
    press(at, "Park it")
    assert "Write the date to look again" in words(at)
    for slip in ("soon", "2030-02-30", "0203-01-07"):
        at.text_input(key=f"stop-{number}-day").set_value(slip)
        press(at, "Park it")
        assert "Write the date like this: 3 December 2026" in words(at)
        assert at.text_input(key=f"stop-{number}-day").value == slip

    at.text_input(key=f"stop-{number}-day").set_value("2030-01-07")
    press(at, "Park it")

    assert "Parked, with the reason" in words(at)
    assert "Two advisers short. We will look again on 7 January 2030." in words(at)
    press(at, "Take it up again")
    assert state_of(council, KEYS_DAY) is OpportunityState.OPEN


def test_saying_no_needs_a_reason(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("youth.voice", PAGE, id=str(number))

    press(at, "Do not take it forward")
    assert "Say why it cannot be done" in words(at)

    at.text_area(key=f"stop-{number}-why").set_value("It is the law. We can do it by phone.")
    press(at, "Do not take it forward")
    assert state_of(council, KEYS_DAY) is OpportunityState.DECLINED


def test_a_young_member_suggests_in_their_own_words_and_says_whom_these_are_about(
    open_council: Database, open_as: OpenAs
):
    with Session(open_council.engine) as db:
        roles = (Role.YOUNG_PERSON, Role.BOARD_MEMBER)
        a_person(db, *roles, username="kit", password_hash=DUMMY_HASH)
        db.commit()
    at = open_as("kit", PAGE, new="1")
    assert "will read this" in words(at)
    at.radio[0].set_value(1)
    [title] = [one for one in at.text_input if one.label == TEXTS["title"].label]
    title.set_value("Zebra sleepovers")
    at.text_area[0].set_value("Zebra: help us ask.")
    [tick] = [one for one in at.checkbox if one.label == "I do not want to say"]
    tick.check()
    press(at, "Suggest this opportunity")

    assert "Thank you for suggesting it." in words(at)
    [entry] = rows(open_council, CardEntry)
    assert entry.about_us is AboutUs.NOT_SAID


def test_a_suggestion_is_reviewed_worded_and_opened(council: Database, open_as: OpenAs):
    title = "Sleepovers without the long wait"
    number = number_of(council, title)
    at = open_as("youth.voice", PAGE, id=str(number))
    press(at, "Save as reviewed")
    assert "Choose the meeting at which it was reviewed" in words(at)

    (meeting,) = [box for box in at.selectbox if box.label == "Reviewed at"]
    meeting.select_index(0)
    press(at, "Save as reviewed")
    assert "Write the day on which you look again" in words(at)
    (day,) = [box for box in at.text_input if box.label.startswith("Look again on")]
    day.set_value("3 June 2031")
    press(at, "Save as reviewed")
    assert state_of(council, title) is OpportunityState.REVIEWED
    assert "Reviewed by Care Leavers Action Group" in words(at)
    assert "It looks again on 3 June 2031" in words(at)

    at.text_input(key=f"reword-{number}-support").set_value("A worker is there")
    at.text_input(key=f"reword-{number}-expenses").set_value("")
    press(at, "Save the wording")
    press(at, "Open it to members")
    assert "Before it opens: say what is paid for." in words(at)
    [paid_for] = [box for box in at.text_input if box.key.endswith("-expenses")]
    paid_for.set_value("Bus fares")
    press(at, "Save the wording")
    press(at, "Open it to members")

    assert "It is open now and waiting for a member" in words(at)
    assert state_of(council, title) is OpportunityState.OPEN


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("Ask this member or officer", "Choose somebody to ask"),
        ("Ask this young person", "Choose a young person to ask"),
    ],
)
def test_nobody_is_asked_by_an_empty_choice(
    council: Database, open_as: OpenAs, label: str, sentence: str
):
    at = open_as("youth.voice", PAGE, id=str(number_of(council, KEYS_DAY)))

    press(at, label)

    assert sentence in words(at)
