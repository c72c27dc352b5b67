"""Chances to work together, as each role sees them and acts on them."""

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from coprod_data.database import Database
from coprod_data.models import Invitation, Opportunity, OpportunityYoung, Person
from coprod_data.vocabulary import InvitationReply, OpportunityState
from tests.pages.opening import OpenAs, drawn, heading, words

PAGE = "together/opportunities.py"
TITLE = "Chances to work together"
TAXI = "A school taxi that comes on time"
KEYS_DAY = "Moving-in day: someone at the door"
READERS = ["youth.voice", "safeguarding.lead", "manager", "board.member", "chair"]


def number_of(council: Database, title: str) -> int:
    with council.engine.connect() as connection:
        found = connection.scalar(sa.select(Opportunity.id).where(Opportunity.title == title))
    assert found, f"the demo council has no {title}"
    return found


def state_of(council: Database, title: str) -> OpportunityState:
    with council.engine.connect() as connection:
        return connection.scalars(
            sa.select(Opportunity.state).where(Opportunity.title == title)
        ).one()


def invitation_of(council: Database, title: str, username: str) -> sa.Row[tuple[object, ...]]:
    with council.engine.connect() as connection:
        return connection.execute(
            sa.select(Invitation.reply, Invitation.reason, Invitation.asked_by_id)
            .join(Opportunity, Opportunity.id == Invitation.opportunity_id)
            .join(Person, Person.id == Invitation.person_id)
            .where(Opportunity.title == title, Person.username == username)
        ).one()


def press(at: AppTest, label: str) -> None:
    (button,) = (button for button in at.button if button.label == label)
    button.click().run()


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


@pytest.mark.parametrize("username", READERS)
@pytest.mark.usefixtures("council")
def test_what_waits_for_one_of_us_stands_first_and_oldest_first(open_as: OpenAs, username: str):
    at = open_as(username, PAGE)

    assert heading(at) == TITLE
    read = words(at)
    assert "4 wait for one of us. The longest wait is" in read
    places = [read.index(title) for title in (KEYS_DAY, "Young people on the panel", "Pets in our")]
    assert places == sorted(places)
    assert places[-1] < read.index("Meet your worker before they are your worker")
    assert "Nobody has said yes yet" in read


@pytest.mark.parametrize("username", ["administrator", "young.person"])
@pytest.mark.usefixtures("council")
def test_others_are_told_no_and_see_nothing(open_as: OpenAs, username: str):
    at = open_as(username)
    at.query_params["id"] = "1"

    assert TAXI not in words(at)
    assert PAGE not in str(at)


@pytest.mark.parametrize(
    ("username", "may"),
    [
        ("board.member", True),
        ("manager", True),
        ("chair", True),
        ("youth.voice", False),
        ("safeguarding.lead", False),
    ],
)
def test_members_and_officers_may_say_i_will_do_it(
    council: Database, open_as: OpenAs, username: str, may: bool
):
    number = number_of(council, KEYS_DAY)

    at = open_as(username, PAGE)

    assert (f"I’ll do it (no. {number})" in labels(at)) is may


def test_i_will_do_it_takes_two_clicks(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("board.member", PAGE)

    at.button(key=f"offer-{number}").click().run()
    assert "Put your name down for" in words(at)
    at.button(key=f"sure-{number}").click().run()

    assert heading(at) == TITLE
    assert "A young person is asked whether you are the right one" in words(at)
    assert "3 wait for one of us" in words(at)
    assert invitation_of(council, KEYS_DAY, "board.member")[0] is InvitationReply.YES
    assert f"I’ll do it (no. {number})" not in labels(at)


def test_not_now_puts_nobodys_name_down(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("board.member", PAGE)

    at.button(key=f"offer-{number}").click().run()
    at.button(key=f"not-now-{number}").click().run()

    assert f"I’ll do it (no. {number})" in labels(at)
    assert "4 wait for one of us" in words(at)


def test_a_stale_tab_gets_a_plain_sentence(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    one, two = open_as("board.member", PAGE), open_as("board.member", PAGE)
    for tab in (one, two):
        tab.button(key=f"offer-{number}").click().run()
    one.button(key=f"sure-{number}").click().run()

    two.button(key=f"sure-{number}").click().run()

    assert heading(two) == TITLE
    assert "You have said yes already" in words(two)


def test_who_was_asked_sees_it_first_and_answers_no_with_a_reason(
    council: Database, open_as: OpenAs
):
    number = number_of(council, TAXI)
    at = open_as("board.member", PAGE)
    assert "Your answer is awaited" in words(at)

    at = open_as("board.member", PAGE, id=str(number))
    assert heading(at) == TAXI
    at.radio(key=f"reply-{number}").set_value(InvitationReply.NOT_THIS_TIME)
    press(at, "Send my answer")
    assert "Say why in a sentence" in words(at)

    at.text_area(key=f"reason-{number}").set_value("I am away until the summer.")
    press(at, "Send my answer")

    assert "Your answer is kept" in words(at)
    assert invitation_of(council, TAXI, "board.member")[:2] == (
        InvitationReply.NOT_THIS_TIME,
        "I am away until the summer.",
    )


def test_an_answer_may_be_passed_on(council: Database, open_as: OpenAs):
    number = number_of(council, TAXI)
    at = open_as("board.member", PAGE, id=str(number))

    at.radio(key=f"reply-{number}").set_value(InvitationReply.PASS_TO)
    at.text_area(key=f"reason-{number}").set_value("Priya knows the firm.")
    box = at.selectbox(key=f"pass-{number}")
    box.set_value(next(option for option in box.options if option.startswith("Priya Nair")))
    press(at, "Send my answer")

    assert "Your answer is kept" in words(at)
    assert invitation_of(council, TAXI, "manager")[0] is None


@pytest.mark.parametrize(
    ("username", "sees"),
    [("youth.voice", True), ("chair", True), ("manager", False), ("board.member", False)],
)
def test_who_never_answered_shows_to_the_team_and_the_chair_alone(
    council: Database, open_as: OpenAs, username: str, sees: bool
):
    at = open_as(username, PAGE, id=str(number_of(council, KEYS_DAY)))

    assert heading(at) == KEYS_DAY
    assert ("Cllr Ruth Kessler" in drawn(at)) is sees


def test_the_team_asks_a_member_and_a_young_person(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("youth.voice", PAGE, id=str(number))

    member, young = at.selectbox
    member.set_value(next(o for o in member.options if o.startswith("Cllr Femi Oyelaran")))
    press(at, "Ask this member or officer")
    assert "They have 21 days to answer" in words(at)

    young = at.selectbox[-1]
    young.set_value(next(option for option in young.options if option.startswith("Jay")))
    press(at, "Ask this young person")
    assert "They find it on their own page" in words(at)
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

    assert "when a young person has said yes" in words(at)
    assert state_of(council, KEYS_DAY) is OpportunityState.OPEN


def test_parking_asks_for_a_reason_and_a_day(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("chair", PAGE, id=str(number))

    at.text_area(key=f"stop-reason-{number}").set_value("Two advisers short.")
    at.text_input(key=f"stop-day-{number}").set_value("soon")
    press(at, "Park it")
    assert "Write the day to look again" in words(at)

    at.text_input(key=f"stop-day-{number}").set_value("2030-01-07")
    press(at, "Park it")

    assert "Parked, with its reason" in words(at)
    assert "Two advisers short. We look again on 7 January 2030." in words(at)
    press(at, "Take it up again")
    assert state_of(council, KEYS_DAY) is OpportunityState.OPEN


def test_saying_no_needs_a_reason(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("youth.voice", PAGE, id=str(number))

    press(at, "Do not take it forward")
    assert "Say why it cannot be done" in words(at)

    at.text_area(key=f"stop-reason-{number}").set_value("It is the law. We can do it by phone.")
    press(at, "Do not take it forward")
    assert state_of(council, KEYS_DAY) is OpportunityState.DECLINED


@pytest.mark.usefixtures("council")
def test_the_filters_leave_one_kind_and_one_theme(open_as: OpenAs):
    at = open_as("board.member", PAGE)
    _, group = at.button_group
    group.set_value("parked").run()
    assert heading(at) == TITLE
    assert "Reviews outside lesson time" in words(at)
    assert KEYS_DAY not in words(at)

    at = open_as("board.member", PAGE)
    theme, _ = at.button_group
    theme.set_value("2").run()
    assert TAXI in words(at)
    assert KEYS_DAY not in words(at)


@pytest.mark.usefixtures("council")
def test_an_address_opens_one_kind(open_as: OpenAs):
    at = open_as("board.member", PAGE, show="together")

    assert heading(at) == TITLE
    assert "Pocket money on one page" in words(at)
    assert KEYS_DAY not in words(at)


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("number", ["4711", "x", ""])
def test_a_damaged_link_leads_to_the_list_and_says_so(open_as: OpenAs, number: str):
    at = open_as("board.member", PAGE, id=number)

    assert heading(at) == TITLE
    assert "There is no such chance" in words(at)
