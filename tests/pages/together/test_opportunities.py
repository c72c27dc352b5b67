"""Opportunities, as each role sees them, offers and answers."""

import pytest

from coprod_data.store.database import Database
from coprod_data.vocabulary.opportunities import InvitationReply
from tests.helpers.chances import (
    KEYS_DAY,
    PAGE,
    READERS,
    TAXI,
    TITLE,
    invitation_of,
    labels,
    number_of,
    press,
)
from tests.helpers.opening import OpenAs, drawn, heading, words


@pytest.mark.parametrize("username", READERS)
@pytest.mark.usefixtures("council")
def test_what_waits_for_one_of_us_stands_first_and_oldest_first(open_as: OpenAs, username: str):
    at = open_as(username, PAGE)

    assert heading(at) == TITLE
    read = words(at)
    assert "4 waiting for one of us. The longest has waited" in read
    places = [read.index(title) for title in (KEYS_DAY, "Young people on the panel", "Pets in our")]
    assert places == sorted(places)
    assert "Meet your worker before they are your worker" not in read  # that is being worked on
    assert "Nobody yet" not in read


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
@pytest.mark.usefixtures("council")
def test_members_and_officers_may_say_i_will_do_it(open_as: OpenAs, username: str, may: bool):
    at = open_as(username, PAGE)

    assert ("I’ll do it" in labels(at)) is may


def test_i_will_do_it_takes_two_clicks(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("board.member", PAGE)

    at.button(key=f"offer-{number}").click().run()
    assert "Put your name down for" in words(at)
    at.button(key=f"sure-{number}").click().run()

    assert heading(at) == TITLE
    assert "We will ask a young person if they would like to work with you" in words(at)
    assert "3 waiting for one of us" in words(at)
    assert invitation_of(council, KEYS_DAY, "board.member")[0] is InvitationReply.YES
    assert f"offer-{number}" not in [button.key for button in at.button]


def test_not_now_puts_nobodys_name_down(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    at = open_as("board.member", PAGE)

    at.button(key=f"offer-{number}").click().run()
    at.button(key=f"not-now-{number}").click().run()

    assert "I’ll do it" in labels(at)
    assert "4 waiting for one of us" in words(at)


def test_a_stale_tab_gets_a_plain_sentence(council: Database, open_as: OpenAs):
    number = number_of(council, KEYS_DAY)
    one, two = open_as("board.member", PAGE), open_as("board.member", PAGE)
    for tab in (one, two):
        tab.button(key=f"offer-{number}").click().run()
    one.button(key=f"sure-{number}").click().run()

    two.button(key=f"sure-{number}").click().run()

    assert heading(two) == TITLE
    assert "You have already said yes" in words(two)


def test_who_was_asked_sees_it_first_and_answers_no_with_a_reason(
    council: Database, open_as: OpenAs
):
    number = number_of(council, TAXI)
    assert "You were asked" in words(open_as("board.member", PAGE))
    assert "Waiting for your answer" in words(open_as("board.member", PAGE, show="mine"))

    at = open_as("board.member", PAGE, id=str(number))
    assert heading(at) == TAXI
    at.radio(key=f"answer-{number}-reply").set_value(InvitationReply.NOT_THIS_TIME)
    press(at, "Send my answer")
    assert "Say why in a sentence" in words(at)

    at.text_area(key=f"answer-{number}-why").set_value("I am away until the summer.")
    press(at, "Send my answer")

    assert "Your answer has been saved" in words(at)
    assert invitation_of(council, TAXI, "board.member")[:2] == (
        InvitationReply.NOT_THIS_TIME,
        "I am away until the summer.",
    )


def test_an_answer_may_be_passed_on(council: Database, open_as: OpenAs):
    number = number_of(council, TAXI)
    at = open_as("board.member", PAGE, id=str(number))

    at.radio(key=f"answer-{number}-reply").set_value(InvitationReply.PASS_TO)
    press(at, "Send my answer")
    assert "Say why you pass it on" in words(at)

    at.text_area(key=f"answer-{number}-why").set_value("Priya knows the firm.")
    box = at.selectbox(key=f"answer-{number}-pass")
    box.set_value(next(option for option in box.options if option.startswith("Priya Nair")))
    press(at, "Send my answer")

    assert "Your answer has been saved" in words(at)
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


@pytest.mark.usefixtures("council")
def test_the_filters_leave_one_kind_and_one_theme(open_as: OpenAs):
    at = open_as("board.member", PAGE, show="parked")
    assert heading(at) == TITLE
    assert "Reviews outside lesson time" in words(at)
    assert KEYS_DAY not in words(at)

    assert "/opportunities?show=waiting&amp;theme=9" in drawn(open_as("board.member", PAGE))
    at = open_as("board.member", PAGE, show="waiting", theme="9")
    assert TAXI in words(at)
    assert KEYS_DAY not in words(at)


def test_an_opened_row_tells_what_its_line_does_not(council: Database, open_as: OpenAs):
    number = number_of(council, "Pets in our homes: what could we say yes to?")
    shut = words(open_as("board.member", PAGE))
    at = open_as("board.member", PAGE, open=str(number))

    assert "How power is shared" in words(at)
    assert words(at).count("Three evenings") == shut.count("Three evenings") == 1
    assert "I’ll do it" in labels(at)
    assert labels(open_as("board.member", PAGE, open="0")) == []


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
    assert "We could not find that opportunity" in words(at)
