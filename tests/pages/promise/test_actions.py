"""The Promise on screen: kept or not in five seconds, and what each role may do about it."""

import re
from datetime import timedelta
from html import escape

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import update_action
from coprod_data.commands.settings import settle_mode
from coprod_data.models import Action, ActionUpdate, Milestone, Person, PromiseCommitment
from coprod_data.permissions import Role
from coprod_data.store.actors import Played, Public, System
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import NOW, a_person, unrecorded
from tests.helpers.opening import OpenAs, drawn, heading, words

PAGE, TITLE = "promise/actions.py", "The Promise: are we keeping it?"
STAFF = ["youth.voice", "manager", "board.member", "chair", "administrator"]


def the_action(council: Database, *conditions: sa.ColumnElement[bool]) -> int:
    with council.reading(Public()) as (db, _):
        found = db.scalars(sa.select(Action.id).where(*conditions).order_by(Action.id)).first()
    assert found is not None
    return found


def of_manager(council: Database, *conditions: sa.ColumnElement[bool]) -> int:
    manager = sa.select(Person.id).where(Person.username == "manager").scalar_subquery()
    return the_action(council, Action.owner_id == manager, *conditions)


def stored(council: Database, action_id: int) -> Action:
    with Session(council.engine) as db:
        return db.get_one(Action, action_id)


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("username", STAFF)
def test_each_role_reads_whether_the_promise_is_kept(open_as: OpenAs, username: str):
    at = open_as(username, PAGE)

    assert heading(at) == TITLE
    seen = words(at)
    assert "15 in all 1 kept" in seen
    assert re.search(r"4\.2 No Westmarch care leaver [^.]+\. Kept 3 of 3", seen)
    assert re.search(r"2\.3 You choose who comes[^.]+\. Not assessed None yet", seen)
    assert re.search(r"Nadia Ferris 4\d\d days", seen)
    assert "%" not in seen


@pytest.mark.usefixtures("council")
def test_a_young_person_has_no_such_page(open_as: OpenAs):
    assert "The Promise" not in words(open_as("young.person"))


def test_before_the_first_promise_the_page_says_what_to_do(
    empty_council: Database, open_as: OpenAs
):
    with empty_council.writing(System()) as (db, system):
        settle_mode(db, system, Mode.DEMO)
        a_person(db, Role.BOARD_MEMBER, username="member", password_hash=DUMMY_HASH)

    at = open_as("member", PAGE)
    assert (heading(at), list(at.get("vega_lite_chart"))) == (TITLE, [])  # no empty axes
    assert "There is no Promise yet" in words(at)


@pytest.mark.usefixtures("council")
def test_filters_leave_what_passes(open_as: OpenAs):
    whole = drawn(open_as("board.member", PAGE))
    [theme] = re.findall(r'href="/actions\?theme=(\d+)">Money', whole)
    at = open_as("board.member", PAGE, theme=theme)
    assert "4.1 Pocket money" in words(at)
    assert "1.1 We plan family time" not in words(at)
    assert f'href="/actions?theme={theme}" aria-current="true"' in drawn(at)


def test_a_commitment_opens_its_actions_with_both_sides(council: Database, open_as: OpenAs):
    half = sa.select(PromiseCommitment.id).where(PromiseCommitment.reference == "3.3")
    with council.reading(Public()) as (db, _):
        commitment_id = db.scalar(half)  # of 3.1 in the wording before

    at = open_as("board.member", PAGE, commitment=str(commitment_id))

    seen = words(at)
    assert "Suitcases at every office, no bin bags" in seen
    assert "Not yet, a young person says" in seen
    assert "Staff rate this better than young people do" in seen
    assert "Young people on this action, at the end of" in seen


def test_an_action_opens_its_evidence_and_the_words_behind_it(council: Database, open_as: OpenAs):
    action = the_action(council, Action.title == "Hair and skin care course for every carer")

    at = open_as("board.member", PAGE, action=str(action))

    seen = words(at)
    assert "Evidence: Training plan, page 2." in seen
    assert "Nobody in my house knew how to do my hair." in seen
    assert "Add an update" not in seen


def test_the_administrator_reads_no_words_behind_an_action(council: Database, open_as: OpenAs):
    action = the_action(council, Action.title == "Hair and skin care course for every carer")

    seen = words(open_as("administrator", PAGE, action=str(action)))

    assert "Hair and skin care course" in seen
    assert "The words behind it" not in seen


def test_a_manager_updates_an_action_in_three_steps(council: Database, open_as: OpenAs):
    action = of_manager(council, Action.rag == Rag.GREEN)
    at = open_as("manager", PAGE, action=str(action))

    at.radio(key=f"update-{action}-rag").set_value(Rag.RED).run()
    at.text_area(key=f"update-{action}-text").set_value("Two rooms fell through.")
    at.button(key=f"update-{action}-save").click().run()
    assert "Say what you will do to get it back on track." in words(at)
    at.text_area(key=f"update-{action}-rag_reason").set_value("Ask the college for its list.")
    at.button(key=f"update-{action}-save").click().run()

    assert "Your update is saved." in words(at)
    assert "Red: off track" in words(at)
    now = stored(council, action)
    assert (now.rag, now.rag_reason) == (Rag.RED, "Ask the college for its list.")


def test_of_two_who_edit_the_second_sees_both_texts(council: Database, open_as: OpenAs):
    action = of_manager(council, Action.rag == Rag.GREEN)
    at = open_as("manager", PAGE, action=str(action))
    at.text_area(key=f"update-{action}-text").set_value("Mine.").run()
    with council.writing(Played("jen.castle", NOW)) as (db, actor):
        update_action(
            db, actor, action, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="Hers came first."
        )

    at.button(key=f"update-{action}-save").click().run()

    seen = words(at)
    assert "Somebody changed this after you opened it, so nothing was saved." in seen
    assert "Hers came first." in seen
    assert at.text_area(key=f"update-{action}-text").value == "Mine."
    at.button(key=f"update-{action}-save").click().run()
    assert "Your update is saved." in words(at)
    with council.reading(Public()) as (db, _):
        texts = db.scalars(
            sa.select(ActionUpdate.text)
            .where(ActionUpdate.action_id == action)
            .order_by(ActionUpdate.id.desc())
            .limit(2)
        ).all()
    assert texts == ["Mine.", "Hers came first."]


def test_a_manager_meets_a_milestone_with_evidence(council: Database, open_as: OpenAs):
    unmet = sa.select(Milestone.action_id).where(Milestone.met_on.is_(None))
    action = of_manager(council, Action.rag == Rag.GREEN, Action.id.in_(unmet))
    at = open_as("manager", PAGE, action=str(action))
    which = at.radio(key=f"meet-{action}-which")
    which.set_value(which.options[0] if which.value is None else which.value)

    at.button(key=f"meet-{action}-save").click().run()
    assert "Give the evidence" in words(at)
    at.text_area(key=f"meet-{action}-evidence").set_value("The list on the wall.")
    at.button(key=f"meet-{action}-save").click().run()

    assert "The milestone has been recorded as met." in words(at)
    assert "Evidence: The list on the wall." in words(at)


def test_an_action_of_another_service_offers_a_manager_nothing(council: Database, open_as: OpenAs):
    other = the_action(council, Action.title == "Suitcases at every office, no bin bags")

    at = open_as("manager", PAGE, action=str(other))

    assert [button.label for button in at.button] == ["I am worried"]


def test_the_youth_voice_team_writes_beside_an_action_and_sets_nothing(
    council: Database, open_as: OpenAs
):
    action = of_manager(council, Action.rag == Rag.GREEN)
    at = open_as("youth.voice", PAGE, action=str(action))
    assert not any(radio.key.startswith("update-") for radio in at.radio)

    at.text_area(key=f"update-{action}-text").set_value("Young people tried the new form.")
    at.button(key=f"update-{action}-save").click().run()

    assert "Young people tried the new form." in words(at)
    assert stored(council, action).rag is Rag.GREEN


def test_past_its_date_the_page_asks_why_it_is_still_green(council: Database, open_as: OpenAs):
    action = of_manager(council, Action.rag == Rag.GREEN)
    with Session(council.engine) as db:
        with unrecorded(db):
            db.get_one(Action, action).due_on = NOW.date() - timedelta(days=1)
        db.commit()
    at = open_as("manager", PAGE, action=str(action))
    assert "1 day late" in words(at)

    at.radio(key=f"update-{action}-rag").set_value(Rag.GREEN).run()
    at.text_area(key=f"update-{action}-text").set_value("Nearly there.")
    at.text_area(key=f"update-{action}-rag_reason").set_value("The last form is at the printer.")
    at.button(key=f"update-{action}-save").click().run()

    assert "Why it is still on track: The last form is at the printer." in words(at)


def test_a_manager_adds_a_milestone(council: Database, open_as: OpenAs):
    action = of_manager(council, Action.rag == Rag.GREEN)
    at = open_as("manager", PAGE, action=str(action))

    at.text_input(key=f"milestone-{action}-title").set_value("Ten more interviews")
    at.text_input(key=f"milestone-{action}-day").set_value("soon")
    at.button(key=f"milestone-{action}-save").click().run()
    assert "Write the date like this: 3 December 2026." in words(at)
    at.text_input(key=f"milestone-{action}-day").set_value("2026-09-01")
    at.button(key=f"milestone-{action}-save").click().run()

    assert "To come. No evidence yet. 1 September 2026: due in 181 days" in words(at)


def test_a_milestone_is_chosen_before_it_is_met(council: Database, open_as: OpenAs):
    action = of_manager(council, Action.rag == Rag.GREEN)
    at = open_as("manager", PAGE, action=str(action))
    at.text_input(key=f"meet-{action}-day").set_value("")

    at.button(key=f"meet-{action}-save").click().run()

    assert "Choose the milestone, and write the date." in words(at)


def test_the_chair_approves_what_a_manager_proposed(council: Database, open_as: OpenAs):
    proposed = the_action(council, Action.stage == Stage.PROPOSED)
    assert stored(council, proposed).title in words(open_as("chair", PAGE, list="proposed"))
    at = open_as("chair", PAGE, action=str(proposed))

    at.button(key=f"approve-{proposed}").click().run()

    assert "The action has been agreed and is in the plan." in words(at)
    assert stored(council, proposed).stage is Stage.AGREED


def test_the_chair_turns_a_proposal_down_with_a_reason(council: Database, open_as: OpenAs):
    proposed = the_action(council, Action.stage == Stage.PROPOSED)
    at = open_as("chair", PAGE, action=str(proposed))

    at.button(key=f"drop-{proposed}-save").click().run()
    assert "Say why, for the people waiting for it." in words(at)
    at.text_area(key=f"drop-{proposed}-why").set_value("The grant pays for this already.")
    at.button(key=f"drop-{proposed}-save").click().run()

    assert "The proposal has been turned down." in words(at)
    assert "The grant pays for this already." in words(at)


@pytest.mark.parametrize("markup", ["<img src=x onerror=alert(1)>", "**bold** [x](http://y)"])
def test_markup_in_an_update_stays_text(council: Database, open_as: OpenAs, markup: str):
    action = of_manager(council, Action.rag == Rag.GREEN)
    at = open_as("manager", PAGE, action=str(action))

    at.text_area(key=f"update-{action}-text").set_value(markup)
    at.button(key=f"update-{action}-save").click().run()

    shown = "\n".join(str(part.value) for part in (*at.get("html"), *at.markdown, *at.text))
    assert escape(markup) in shown
    assert "<img src=x" not in shown
