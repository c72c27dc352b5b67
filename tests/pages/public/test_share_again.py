"""The same form sent again with a letter changed: change the first card, or send both?"""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.commands.entries_checks import open_to_read
from coprod_data.models import CardEntry, ContactWish, EntryMeant, EntryVersion
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from tests.helpers.builders import NOW, a_person, somebody
from tests.helpers.live_server import hidden_fields
from tests.helpers.young import OWN_PAGE, carried, code_on, rows, send, words_of

QUESTION = "Do you want to change your first card, or send both?"
HURT = "He hits me when nobody is there."


def change(phone: TestClient, asked: str) -> str:
    """Press the button of the question."""
    form = re.search(r"<form[^>]*earlier-title.*?</form>", asked, re.S)
    assert form
    answer = phone.post("/share", data=hidden_fields(form[0]), headers=OWN_PAGE)
    assert answer.status_code == 200
    return answer.text


def read_by_the_team(database: Database, entry_id: int) -> None:
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        open_to_read(db, somebody(db, Role.YOUTH_VOICE), entry_id)
        db.commit()


def test_a_letter_changed_is_kept_at_once_and_asked_about(
    open_council: Database, phone: TestClient
):
    hidden = carried(phone)
    first = send(phone, hidden, thinks="I want my bik.")
    assert QUESTION not in words_of(first.text)

    second = send(phone, hidden, thinks="I want my bike.")

    assert QUESTION in words_of(second.text)
    assert code_on(second.text) != code_on(first.text)
    assert {one.thinks for one in rows(open_council, EntryVersion)} == {
        "I want my bik.", "I want my bike.",
    }  # fmt: skip


@pytest.mark.parametrize(
    "also",
    [{"feeling": "1"}, {"board": "yes"}, {"wants": "Today."},
     {"talk": "yes", "reach": "call", "number": "07700 900123"}],
)  # fmt: skip
def test_every_other_answer_counts_like_a_letter(
    open_council: Database, phone: TestClient, also: dict[str, str]
):
    hidden = carried(phone)
    send(phone, hidden, thinks="My room is cold.")

    asked, pressed_twice = (
        send(phone, hidden, thinks="My room is cold.", **also).text for _ in "12"
    )

    assert QUESTION in words_of(asked)
    assert QUESTION in words_of(pressed_twice)
    assert code_on(asked) == code_on(pressed_twice)
    assert len(rows(open_council, CardEntry)) == 2


def test_changed_the_first_card_is_taken_back_and_the_new_one_has_its_place(
    open_council: Database, phone: TestClient
):
    hidden = carried(phone)
    send(phone, hidden, thinks="I want my bik.")
    open_council.clock = lambda: NOW + timedelta(hours=1)
    asked = send(phone, hidden, thinks="I want my bike.").text

    changed, pressed_twice = change(phone, asked), change(phone, asked)

    assert "Only this one counts now." in words_of(changed)
    assert code_on(changed) == code_on(pressed_twice) == code_on(asked)
    first, second = rows(open_council, CardEntry)
    assert first.withdrawn_at
    assert not second.withdrawn_at
    assert second.waits_since == first.sent_at < second.sent_at
    assert [one.thinks for one in rows(open_council, EntryVersion) if one.thinks] == [
        "I want my bike."
    ]


def test_an_urgent_flag_only_rises(open_council: Database, phone: TestClient):
    hidden = carried(phone)
    send(phone, hidden, thinks=HURT)
    change(phone, send(phone, hidden, thinks="All is fine.").text)

    first, second = rows(open_council, CardEntry)
    assert first.flags
    assert second.flags == first.flags
    assert first.kept_unread, "safeguarding reads what was there before"
    assert HURT in {one.thinks for one in rows(open_council, EntryVersion)}


@pytest.mark.parametrize("talk", ["", "no"])
def test_a_wish_that_was_sent_goes_to_the_new_card_or_is_read_by_safeguarding(
    open_council: Database, phone: TestClient, talk: str
):
    hidden = carried(phone)
    send(phone, hidden, thinks="Hello.", talk="yes", reach="call", number="07700 900123")
    asked = send(phone, hidden, thinks="Hello!", talk=talk).text
    assert "900123" not in asked
    change(phone, asked)

    first, second = rows(open_council, CardEntry)
    [wish] = [one for one in rows(open_council, ContactWish) if not one.closed_at]
    assert wish.how
    assert wish.entry_id == (first if talk else second).id
    assert first.kept_unread == bool(talk)


def test_whoever_the_first_card_was_about_does_not_see_the_second(
    open_council: Database, phone: TestClient
):
    with Session(open_council.engine) as db:
        amara = a_person(db, Role.YOUTH_VOICE, name="Amara Oduya").id
        db.commit()
    hidden = carried(phone)
    send(phone, hidden, thinks="It is her.", about="yes", whom=str(amara))
    change(phone, send(phone, hidden, thinks="It is about her.").text)

    second = rows(open_council, CardEntry)[-1]
    assert (second.id, amara) in {
        (one.entry_id, one.person_id) for one in rows(open_council, EntryMeant)
    }


def test_a_card_that_was_read_stays_and_nothing_is_asked(open_council: Database, phone: TestClient):
    hidden = carried(phone)
    send(phone, hidden, thinks="I want my bik.")
    read_by_the_team(open_council, rows(open_council, CardEntry)[0].id)

    assert QUESTION not in words_of(send(phone, hidden, thinks="I want my bike.").text)
    assert len(rows(open_council, CardEntry)) == 2


def test_a_card_that_was_read_before_the_answer_stays_beside_the_new_one(
    open_council: Database, phone: TestClient
):
    hidden = carried(phone)
    send(phone, hidden, thinks="I want my bik.")
    asked = send(phone, hidden, thinks="I want my bike.").text
    read_by_the_team(open_council, rows(open_council, CardEntry)[0].id)

    assert "So we keep both." in words_of(change(phone, asked))
    assert [one.withdrawn_at for one in rows(open_council, CardEntry)] == [None, None]


def test_nobody_changes_a_card_without_the_form_that_it_was_sent_from(
    open_council: Database, phone: TestClient
):
    hidden = carried(phone)
    send(phone, hidden, thinks="I want my bike.")
    other = carried(phone)

    for wrong in ({"number": "2", "instead": "1"}, {"number": "1", "instead": "1"},
                  {"number": "x", "instead": "1"}):  # fmt: skip
        answer = phone.post("/share", data={**other, **wrong}, headers=OWN_PAGE)
        assert answer.status_code == 404
    assert not rows(open_council, CardEntry)[0].withdrawn_at
