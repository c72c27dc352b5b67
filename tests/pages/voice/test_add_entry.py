"""A worker types for a young person: the same entry, said so, the code shown once to hand over."""

import hashlib
from typing import Any

import pytest
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.models import (
    CardEntry,
    Consent,
    ContactWish,
    Draft,
    EntryVersion,
    HandedCode,
)
from coprod_data.store.actors import ByCode
from coprod_data.store.card_codes import NEW_CODE
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import AboutUs
from tests.helpers.builders import nobody_on_duty
from tests.helpers.opening import OpenAs, heading, menu, words
from tests.helpers.sitting import press
from tests.helpers.young import rows

ADD = "voice/add_entry.py"


@pytest.fixture
def at(office: Database, open_as: OpenAs) -> AppTest:  # noqa: ARG001 - the council it opens
    """The empty form, as Amara of the Youth Voice Team."""
    return open_as("amara", ADD)


def typed(at: AppTest, thinks: str = "My room is cold.") -> AppTest:
    at.text_area(key="add-thinks").set_value(thinks).run()
    return at


def code_on(at: AppTest) -> str:
    shown = words(at)
    return " ".join(shown.split("Give them their card code ")[1].split()[:NEW_CODE])


def test_what_is_typed_is_an_entry_that_says_who_typed_it(office: Database, at: AppTest):
    assert heading(at) == "Add an entry"
    typed(at)
    at.radio(key="add-board").set_value("yes").run()
    at.checkbox(key="add-read-back").check().run()

    at = press(at, "Send it")

    [entry] = rows(office, CardEntry)
    assert (entry.typed_by_id is not None, entry.read_back) == (True, True)
    assert [version.thinks for version in rows(office, EntryVersion)] == ["My room is cold."]
    assert [consent.use for consent in rows(office, Consent)] == [ConsentUse.BOARD]
    with office.reading(ByCode(code_on(at))) as (_, actor):
        assert actor.entry_id == entry.id


def test_the_code_survives_a_reload_until_they_have_it(
    office: Database, at: AppTest, open_as: OpenAs
):
    code = code_on(press(typed(at), "Send it"))

    again = open_as("amara", ADD)

    assert code_on(again) == code
    assert not again.text_area
    [waiting] = rows(office, HandedCode)
    assert not {*code.split()} & {*waiting.sealed.split()}
    press(again, "They have their code")
    assert rows(office, HandedCode) == []
    assert "Give them their card code" not in words(open_as("amara", ADD))


def test_the_code_is_gone_once_handed_over(office: Database, at: AppTest):
    at = press(typed(at), "Send it")
    code = code_on(at)

    at = press(at, "They have their code")

    assert code not in words(at)
    assert "Somebody else in the team will check this entry" in words(at)
    assert at.text_area(key="add-thinks").value == ""
    press(typed(at, "Another one."), "Send it")
    assert len(rows(office, CardEntry)) == 2


def test_nothing_is_ticked_beforehand_and_everyone_is_asked_only_beside_the_board(at: AppTest):
    assert [box.value for box in at.checkbox] == [False] * len(at.checkbox)
    assert at.radio(key="add-board").value is None
    assert "Give them the screen for this part" in [one.value for one in at.subheader]
    assert "Read this out:" in words(at)
    assert "Then say who else is in the room" in words(at)
    assert "add-public" not in [radio.key for radio in at.radio]

    at.radio(key="add-board").set_value("yes").run()

    assert at.radio(key="add-public").value is None


def test_a_wish_and_whom_it_is_about_go_with_the_entry(office: Database, at: AppTest):
    typed(at)
    at.radio(key="add-talk").set_value("yes").run()
    at.radio(key="add-reach").set_value("worker").run()
    at.text_input(key="add-name").set_value("Jo").run()
    at.text_input(key="add-day").set_value("Sam, the adviser").run()
    at.checkbox(key="add-about").check().run()
    at.checkbox(key="add-whom-not_said").check().run()

    press(at, "Send it")

    [entry] = rows(office, CardEntry)
    assert entry.about_us is AboutUs.NOT_SAID
    assert [wish.how for wish in rows(office, ContactWish)] == [
        "Through their worker: Sam, the adviser"
    ]
    assert rows(office, Consent) == []


def test_a_yes_to_talking_without_a_way_keeps_what_was_typed(office: Database, at: AppTest):
    typed(at)
    at.radio(key="add-talk").set_value("yes").run()

    at = press(at, "Send it")

    assert "Tell us how we can reach you." in words(at)
    assert at.text_area(key="add-thinks").value == "My room is cold."
    assert rows(office, CardEntry) == []


def test_words_are_kept_while_they_are_typed_and_wiped_when_sent(
    office: Database, at: AppTest, open_as: OpenAs
):
    typed(at, "Half a sent")
    assert [draft.text for draft in rows(office, Draft)] == ["Half a sent"]
    again = open_as("amara", ADD)
    assert again.text_area(key="add-thinks").value == "Half a sent"

    press(again, "Send it")

    assert rows(office, Draft) == []


def test_an_empty_form_is_refused_and_a_long_text_keeps_its_words(office: Database, at: AppTest):
    assert "Write what you think, or what you want." in words(press(at, "Send it"))

    at = press(typed(at, "a" * 5_001), "Send it")

    assert "5,001 letters" in words(at)
    assert at.text_area(key="add-thinks").value == "a" * 5_001
    assert rows(office, CardEntry) == []


def test_while_nobody_is_on_duty_the_page_says_whom_to_call(office: Database, open_as: OpenAs):
    with Session(office.engine) as db:
        nobody_on_duty(db)
        db.commit()

    at = open_as("amara", ADD)

    assert "Nobody is on duty" in words(at)
    assert "0800 1111" in words(at)
    assert not at.text_area


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("username", ["dee", "dawn", "sam"])
def test_nobody_else_types_for_a_young_person(open_as: OpenAs, username: str):
    assert "Add an entry" not in menu(open_as(username))


def test_the_slow_digest_of_the_code_holds_up_no_other_writer(
    office: Database, at: AppTest, monkeypatch: pytest.MonkeyPatch
):
    digest, seen = hashlib.scrypt, []

    def watched(*given: Any, **more: Any) -> bytes:
        seen.append(office._one_writer.locked())
        return digest(*given, **more)

    monkeypatch.setattr(hashlib, "scrypt", watched)
    press(typed(at), "Send it")

    assert set(seen) == {False}
