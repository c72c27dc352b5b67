"""The participation audit: its table, what is owed, and how a return is filled in and reviewed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.commands.audits import open_round
from coprod_data.commands.settings import settle_mode
from coprod_data.models import AuditAnswer, AuditReturn, AuditRound, AuditStandard, Draft, Service
from coprod_data.permissions import Role
from coprod_data.store.actors import Played, System
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.audits import Rater, ReturnState
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import NOW, TODAY, a_person
from tests.helpers.opening import OpenAs, drawn, heading, words

PAGE = "listening/audits.py"
TITLE = "Are we listening?"


def the_return(council: Database, service: str) -> int:
    """This year's return of a service."""
    with Session(council.engine) as db:
        return (
            db.scalars(
                sa.select(AuditReturn.id)
                .join(Service, Service.id == AuditReturn.service_id)
                .join(AuditRound, AuditRound.id == AuditReturn.round_id)
                .where(Service.name == service)
                .order_by(AuditRound.opened_on.desc())
            ).first()
            or 0
        )


def standards(council: Database, return_id: int) -> list[int]:
    with Session(council.engine) as db:
        return list(
            db.scalars(
                sa.select(AuditStandard.id)
                .join(AuditReturn, AuditReturn.round_id == AuditStandard.round_id)
                .where(AuditReturn.id == return_id)
                .order_by(AuditStandard.position)
            )
        )


def state(council: Database, return_id: int) -> ReturnState:
    with Session(council.engine) as db:
        return db.get_one(AuditReturn, return_id).state


def answer(at: AppTest, level: str, evidence: str = "The log.") -> None:
    at.radio[0].set_value(level)
    at.text_area[0].set_value(evidence)
    next(button for button in at.button if button.label == "Save and continue").click().run()


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("username", ["youth.voice", "board.member", "chair", "administrator"])
def test_the_board_reads_who_listens_who_is_late_and_where_it_is_weak(
    open_as: OpenAs, username: str
):
    at = open_as(username, PAGE)

    assert heading(at) == TITLE
    seen = words(at)
    assert "7 of 8 services have sent their return. Leaving Care is late." in seen
    assert "up on last year" in seen
    assert "Fostering Reviewed 2 Established" in seen or "Fostering Returned 2 Established" in seen
    assert "no evidence" in seen
    assert "Jen Castle, Priya Nair" in seen
    assert "Weak in 5 of 7" in seen
    assert "young auditors 0 Not yet" in seen
    assert "%" not in seen


@pytest.mark.usefixtures("council")
def test_last_year_is_one_choice_away(open_as: OpenAs):
    at = open_as("chair", PAGE)
    assert 'href="/audits?round=1"' in drawn(at)

    at.query_params["round"] = "1"
    at.run()

    assert "8 of 8 services have sent their return." in words(at)


@pytest.mark.usefixtures("council")
def test_a_manager_sees_their_own_service_alone(open_as: OpenAs):
    seen = words(open_as("manager", PAGE))

    assert "My audit return" in seen
    assert "6 of 11 standards answered" in seen
    assert "Fostering" not in seen


@pytest.mark.usefixtures("council")
def test_a_young_person_has_no_such_page(open_as: OpenAs):
    assert TITLE not in words(open_as("young.person"))


def test_before_the_first_round_the_page_says_what_comes(empty_council: Database, open_as: OpenAs):
    with empty_council.writing(System()) as (db, system):
        settle_mode(db, system, Mode.DEMO)
        a_person(db, Role.CHAIR, username="chair", password_hash=DUMMY_HASH)

    at = open_as("chair", PAGE)

    assert heading(at) == TITLE
    assert "There has been no audit yet" in words(at)


def test_a_round_without_a_service_says_what_is_missing(empty_council: Database, open_as: OpenAs):
    with empty_council.writing(System()) as (db, system):
        settle_mode(db, system, Mode.DEMO)
        a_person(db, Role.ADMINISTRATOR, username="sam", password_hash=DUMMY_HASH)
        a_person(db, Role.MANAGER, username="pat", password_hash=DUMMY_HASH)
    with empty_council.writing(Played("sam", NOW)) as (db, actor):
        open_round(db, actor, title="Audit 2026 to 2027", due_on=TODAY + timedelta(days=60))

    told = {username: words(open_as(username, PAGE)) for username in ("sam", "pat")}

    assert "No service was named when this round opened." in told["sam"]
    assert "You are not responsible for a service, so there is no return." in told["pat"]
    assert "0 of 0" not in told["sam"]


def test_a_manager_fills_in_and_hands_in_the_return(council: Database, open_as: OpenAs):
    mine = the_return(council, "Leaving Care")
    at = open_as("manager", PAGE, **{"return": str(mine)})
    assert "A7 A forum with support" in words(at)
    assert "Last year 0 Not yet" in words(at)

    for level in ("1", "2", "none", "0", "1"):
        answer(at, level)
    assert "A11 is saved." in words(at)
    at.button(key=f"hand-in-{mine}").click().run()

    assert "Your return has been sent." in words(at)
    assert state(council, mine) is ReturnState.RETURNED


def test_a_level_must_be_chosen_and_what_was_typed_stays(council: Database, open_as: OpenAs):
    mine = the_return(council, "Leaving Care")
    at = open_as("manager", PAGE, **{"return": str(mine)})

    at.text_area[0].set_value("The log.").run()
    next(button for button in at.button if button.label == "Save and continue").click().run()

    assert "Choose a level first." in words(at)
    assert at.text_area[0].value == "The log."


def test_what_is_typed_is_kept_when_the_box_is_left_and_wiped_when_it_is_saved(
    council: Database, open_as: OpenAs
):
    mine = the_return(council, "Leaving Care")
    at = open_as("manager", PAGE, **{"return": str(mine)})
    at.text_area[1].set_value("Half a plan").run()

    again = open_as("manager", PAGE, **{"return": str(mine)})

    assert again.text_area[1].value == "Half a plan"
    answer(again, "2")
    with Session(council.engine) as db:
        assert db.scalars(sa.select(Draft)).all() == []
        saved = db.scalars(sa.select(AuditAnswer.plan).where(AuditAnswer.return_id == mine)).all()
    assert "Half a plan" in saved


def test_a_box_emptied_on_purpose_stays_empty(council: Database, open_as: OpenAs):
    mine = the_return(council, "Leaving Care")
    place = {"return": str(mine), "standard": str(standards(council, mine)[0])}
    at = open_as("manager", PAGE, **place)
    assert at.text_area[0].value

    at.text_area[0].set_value("").run()

    assert open_as("manager", PAGE, **place).text_area[0].value == ""


def test_last_years_text_word_for_word_is_noticed(council: Database, open_as: OpenAs):
    mine = the_return(council, "Leaving Care")
    with Session(council.engine) as db:
        last = db.execute(
            sa.select(AuditStandard.reference, AuditAnswer.evidence)
            .join(AuditAnswer, AuditAnswer.standard_id == AuditStandard.id)
            .join(AuditReturn, AuditReturn.id == AuditAnswer.return_id)
            .join(Service, Service.id == AuditReturn.service_id)
            .where(
                Service.name == "Leaving Care", AuditReturn.id != mine,
                AuditAnswer.rater == Rater.SERVICE, AuditAnswer.evidence != "",
                AuditStandard.reference == "A7",
            )
        ).one()  # fmt: skip
    seventh = str(standards(council, mine)[6])
    at = open_as("manager", PAGE, **{"return": str(mine), "standard": seventh})
    assert "word for word" not in words(at)

    answer(at, "1", last.evidence)

    at = open_as("manager", PAGE, **{"return": str(mine), "standard": seventh})
    assert "The evidence: last year’s text, word for word. Is it still true?" in words(at)


def test_a_manager_opens_no_other_services_return(council: Database, open_as: OpenAs):
    other = the_return(council, "Fostering")

    at = open_as("manager", PAGE, **{"return": str(other)})

    assert "We could not find that return." in words(at)
    assert [button.label for button in at.button] == []


def test_a_board_member_reads_a_return_and_changes_nothing(council: Database, open_as: OpenAs):
    other = the_return(council, "Fostering")

    at = open_as("board.member", PAGE, **{"return": str(other)})

    assert "The service says" in words(at)
    assert "Evidence" in words(at)
    assert [button.label for button in at.button] == []


def test_youth_voice_reads_the_evidence_rates_with_young_auditors_and_reviews(
    council: Database, open_as: OpenAs
):
    handed = the_return(council, "Children in Care Social Work")
    assert "Returned, waiting for our review" in words(open_as("youth.voice", PAGE))
    at = open_as("youth.voice", PAGE, **{"return": str(handed)})
    assert "Evidence" in words(at)

    answer(at, "1", "We asked six people. Two knew.")
    assert f"review-{handed}" not in [one.key for one in at.button]  # a colleague reviews it
    at = open_as("safeguarding.lead", PAGE, **{"return": str(handed)})
    at.button(key=f"review-{handed}").click().run()

    assert "The return has been reviewed." in words(at)
    assert state(council, handed) is ReturnState.REVIEWED
    with Session(council.engine) as db:
        found = db.scalars(
            sa.select(AuditAnswer.evidence).where(
                AuditAnswer.return_id == handed, AuditAnswer.rater == Rater.YOUNG_AUDITORS
            )
        ).all()
    assert "We asked six people. Two knew." in found


def test_the_administrator_opens_a_round_and_publishes_what_is_reviewed(
    council: Database, open_as: OpenAs
):
    at = open_as("administrator", PAGE)

    at.button(key="round-publish").click().run()
    assert "3 returns are published." in words(at)
    at.button(key="round-open").click().run()
    assert "Write the date by which returns are due." in words(at)
    at.text_input(key="round-title").set_value("Audit 2026 to 2027")
    at.text_input(key="round-due").set_value("2026-06-30")
    at.button(key="round-open").click().run()

    assert "Audit 2026 to 2027 is open. No return has been sent yet" in words(at)
    assert "7 of 8 services have sent their return." in words(at)  # the last results stay
    assert len(standards(council, the_return(council, "Fostering"))) == 11


@pytest.mark.parametrize("markup", ["<img src=x onerror=alert(1)>", "</dd><script>x</script>"])
def test_markup_in_evidence_stays_text(council: Database, open_as: OpenAs, markup: str):
    mine = the_return(council, "Leaving Care")
    at = open_as("manager", PAGE, **{"return": str(mine)})
    answer(at, "1", markup)
    for level in ("2", "none", "0", "1"):
        answer(at, level)
    at.button(key=f"hand-in-{mine}").click().run()
    at = open_as(
        "board.member", PAGE, **{"return": str(mine), "standard": str(standards(council, mine)[6])}
    )

    assert "&lt;" in drawn(at)
    assert markup not in drawn(at)
