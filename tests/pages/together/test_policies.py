"""A policy on screen: its whole life by two people, what is locked, and who may change it."""

import pytest
from streamlit.testing.v1 import AppTest

from coprod_data.store.database import Database
from coprod_data.vocabulary.policies import (
    ActivityKind,
    Disposition,
    PolicyChannel,
    PresentKind,
    Worked,
)
from tests.helpers.live_server import hidden_fields
from tests.helpers.opening import OpenAs, drawn, words
from tests.helpers.sitting import CHECKING
from tests.helpers.young import OWN_PAGE, a_phone, words_of

POLICIES = "together/policies.py"
SEND, WORDS = "1", "2"
VOICE, CHAIR = "youth.voice", "chair"


def press(at: AppTest, label: str) -> AppTest:
    [*found] = [one for one in at.button if one.label == label]
    assert found, f"{label}: {[one.label for one in at.button]}"
    [button] = found
    button.click().run()
    assert not at.exception
    return at


def fill(at: AppTest, label: str, said: str, place: int = 0) -> None:
    boxes = [one for one in [*at.text_area, *at.text_input] if one.label.startswith(label)]
    assert boxes, f"{label}: {words(at)[:1500]}"
    boxes[place].set_value(said)


def choose(at: AppTest, label: str, chosen: object) -> None:
    [*boxes] = [one for one in at.selectbox if one.label == label]
    boxes[-1].set_value(chosen).run()  # the form for a new one is the last


@pytest.mark.usefixtures("council")
def test_two_people_take_a_policy_from_the_idea_to_in_force(open_as: OpenAs):
    at = open_as(VOICE, POLICIES)
    fill(at, "Name of the policy", "Meals together")
    fill(at, "What is it for?", "Who decides what is eaten.")
    fill(at, "For whom is it", "Children's homes.")
    press(at, "Begin this policy")
    assert "Next: say what it is for and for whom. Amara Oduya." in words(at)
    number = at.query_params["id"]
    number = number[0] if isinstance(number, list) else number

    def part(name: str, who: str = VOICE) -> AppTest:
        return open_as(who, POLICIES, id=number, **({"part": name} if name else {}))

    def step_done() -> AppTest:
        return press(part(""), "This step is done")

    def asked(kind: ActivityKind, title: str, reached: str = "", replies: str = "") -> None:
        page = part("asking")
        choose(page, "What was it for?", kind)
        choose(page, "Which way?", PolicyChannel.VISIT)
        choose(page, "Did it work?", Worked.WELL)
        fill(page, "What was it?", title, -1)
        fill(page, "On which day", "1 March 2026", -1)
        fill(page, "How many it reached", reached, -1)
        fill(page, "How many replied", replies, -1)
        assert title in words(press(page, "Add this activity"))

    step_done()
    assert "Record a learning session first" in words(step_done())
    asked(ActivityKind.LEARNING, "What is a policy?")
    step_done()

    at = press(part("text"), "Start the first version")
    fill(at, "Heading", "Who cooks")
    fill(at, "Text", "Children choose with the staff what is cooked on two days of each week.")
    press(at, "Add this part")
    assert "The easy words are missing" in words(at)
    step_done()
    press(press(part("text"), "Let the public read this version"), "Yes, let them read it")
    asked(ActivityKind.ASKING, "Tea at a home", "40", "22")
    assert "22 replied, 55 of 100" in words(step_done())

    phone = a_phone()
    page = phone.get(f"/policy/{number}?words=all").text
    assert "Children choose with the staff" in words_of(page)
    said = {**hidden_fields(page), "opinion": "change", "words": "say which days it is"}
    sent = phone.post(f"/policy/{number}", data=said, headers=OWN_PAGE).text
    code = sent.split("data-card-code")[1].partition(">")[2].partition("<")[0]
    assert len(code.split()) == 5
    assert "1 comment has no answer yet." in words(step_done())
    settle(open_as)
    answer = phone.post(
        "/card", data={**hidden_fields(sent), "code": code}, headers=OWN_PAGE
    ).text  # fmt: skip
    assert "We used what you said" in words_of(answer)
    assert "The days are Tuesday and Sunday." in words_of(answer)
    assert "We put the days in." in words_of(answer)
    step_done()

    assert "The easy words" in words(step_done()) or "missing" in words(step_done())
    at = part("text")
    fill(at, "The easy words", "You choose the food. Two days a week.")
    press(at, "Save the easy words")
    fill(at, "Who wrote the easy words", "Westmarch Voices")
    fill(at, "Which others read them", "The Young Inspectors")
    press(at, "Save who wrote and read them")
    step_done()

    at = part("boards")
    fill(at, "What does it commit to?", "Two days of children's choice")
    fill(at, "What will people see?", "A list on the fridge.")
    box = next(one for one in at.selectbox if one.label.startswith("Under which commitment"))
    box.select_index(0).run()
    press(at, "Write it down")
    seen(part("boards"), "Care Leaver Delivery Group", "Record that they saw it")
    step_done()
    at = part("boards")
    seen(at, "Corporate Parenting Board", "Record the sign-off", ours=True)
    assert "The chair has to confirm" in words(at)
    at = part("boards", CHAIR)
    press(at, "Yes, I confirm it")
    assert "Signed it off" in words(at)
    assert "without an owner" in words(at)

    at = part("")
    fill(at, "Valid from", "1 March 2026")
    fill(at, "Valid to", "1 March 2029")
    fill(at, "Review on", "1 March 2028")
    fill(at, "What changed because of it?", "Two homes cook what children choose.")
    press(at, "Save this policy")
    step_done()
    at = part("")
    fill(at, "To skip it, say why", "Everybody in the homes was there.")
    at.run()
    press(at, "Skip this step")
    assert "hold a session on what we learnt" in words(at)
    assert not [one for one in at.text_input if one.label.startswith("To skip it")]
    asked(ActivityKind.LESSONS, "What did we learn?")
    step_done()
    shown = words(step_done())
    assert "In force" in shown
    assert "Begin its review" in shown
    public = words_of(phone.get(f"/policy/{number}").text)
    assert public.index("Two homes cook") < public.index("You choose the food.")
    assert "Say something about this" not in public


def seen(at: AppTest, body: str, label: str, *, ours: bool = False) -> None:
    place = 0 if "sign-off" in label or len(at.multiselect) == 1 else 1
    [*boxes] = [one for one in at.text_input if one.label == "Which body"]
    boxes[min(place, len(boxes) - 1)].set_value(body)
    [*days] = [one for one in at.text_input if one.label.startswith("On which day")]
    days[min(place, len(days) - 1)].set_value("2 March 2026")
    at.multiselect[min(place, len(at.multiselect) - 1)].set_value([PresentKind.YOUNG])
    if ours:
        at.checkbox[0].set_value(True)
    press(at.run(), label)


def settle(open_as: OpenAs) -> None:
    """Read the newest comment, keep it with the team, and say what became of it."""
    at = open_as(VOICE, CHECKING)
    to_read = [one.label for one in at.button if one.label.startswith("Read no. ")]
    newest = max(to_read, key=lambda label: int(label.rpartition(" ")[2]))
    assert "About a policy" in words(press(at, newest))
    fill(at, "Read, no harm", "They ask for the days of the week.")
    press(at, "Read: keep it between us")
    at = press(at, "Back to the list")
    [view] = [group for group in at.button_group if group.label == "Show"]
    at = view.set_value("owed").run()
    press(at, f"Write a reply ({newest.removeprefix('Read ')})")
    [became] = [one for one in at.radio if one.label == "What became of it?"]
    became.set_value(Disposition.USED)
    fill(at, "Why?", "We put the days in.")
    fill(at, "What changed because of it", "The days are Tuesday and Sunday.")
    assert "They can read it now." in words(press(at, "Tell them"))


@pytest.mark.usefixtures("council")
def test_figures_of_the_story_are_on_screen_and_never_added_up(open_as: OpenAs):
    said = words(open_as("board.member", POLICIES, id=SEND))
    assert "2,400 †" in said
    assert "1,200 †" in said
    assert "3,600" not in said
    assert "This policy has expired" in said
    assert "What changed because of it" in said
    assert "Promoted was skipped:" in said
    asking = words(open_as("board.member", POLICIES, id=SEND, part="asking"))
    assert "23 April 2018" in asking
    every = words(open_as("board.member", POLICIES))
    assert "2,400: replies not counted" in every


@pytest.mark.usefixtures("council")
def test_a_stale_part_is_marked_and_two_versions_stand_side_by_side(open_as: OpenAs):
    at = open_as("board.member", POLICIES, id=WORDS, part="text", since="1")
    assert "1 of 4 parts out of date" in words(at)
    assert "<del>" in drawn(at)
    assert "where practicable" in words(at)
    assert not at.text_area


@pytest.mark.usefixtures("council")
def test_who_does_not_lead_it_reads_it_without_forms(council: Database, open_as: OpenAs):
    assert council
    for username in ("chair", "board.member", "manager", "clerk", "administrator"):
        for part in ("", "text", "asking", "boards"):
            at = open_as(username, POLICIES, id=WORDS, **({"part": part} if part else {}))
            assert not at.exception
            assert not at.text_area, (username, part)
