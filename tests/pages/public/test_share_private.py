"""/share: three equal answers, a wish to talk and whom it is about, and what a replay cannot do."""

import re

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.models import CardEntry, Consent, ContactWish, EntryMeant, Person
from coprod_data.permissions import Role
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import AboutUs
from tests.helpers.builders import a_person, acting
from tests.helpers.young import carried, code_on, rows, send, words_of

REACHED = {"talk": "yes", "first_name": "Kai", "reach": "text", "number": "07700 900123",
           "when_safe": "After 4pm"}  # fmt: skip


@pytest.fixture
def amara(open_council: Database) -> int:
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        person = a_person(db, Role.YOUTH_VOICE, name="Amara Okafor", password_hash="set once")
        a_person(db, Role.SAFEGUARDING, name="Helen Marsh")
        a_person(db, Role.BOARD_MEMBER, name="Cllr Dawn Pryce")
        db.commit()
        return person.id


@pytest.mark.parametrize(
    ("said", "uses", "told"),
    [
        ({"board": "yes"}, {ConsentUse.BOARD},
         "If you may not be safe, we help with that first. Only then can the Board read them."),
        ({"board": "yes", "public": "yes"}, {ConsentUse.BOARD, ConsentUse.PUBLIC},
         "Then we can show them to everyone."),
        ({"board": "summary"}, {ConsentUse.SUMMARY}, "We ask you before we tell the Board"),
        ({"board": "summary", "public": "yes"}, {ConsentUse.SUMMARY}, "We ask you before"),
        ({"board": "no", "public": "yes"}, set(), "The Board will not see your words."),
        ({"public": "yes"}, set(), "The Board will not see your words."),
        ({}, set(), "The Board will not see your words."),
        ({"board": "work"}, set(), "The Board will not see your words."),
    ],
)  # fmt: skip
def test_each_answer_allows_what_it_says_and_the_last_page_says_it_back(
    open_council: Database, phone: TestClient, said: dict[str, str], uses: set, told: str
):
    answer = send(phone, thinks="My room is cold.", **said)

    assert {consent.use for consent in rows(open_council, Consent)} == uses
    assert told in words_of(answer.text)
    assert ("show them to everyone" in words_of(answer.text)) is (ConsentUse.PUBLIC in uses)


@pytest.mark.usefixtures("amara")
def test_the_page_begins_with_what_it_is_and_who_reads_it(phone: TestClient):
    said = words_of(phone.get("/share").text)

    assert said.index("No name needed. It takes two minutes.") < said.index("What is it about?")
    assert said.index("Amara reads it.") < said.index("What is it about?")
    assert ("Please don't write names. But if you are not safe, tell us yours "
            "so we can find you.") in said  # fmt: skip
    assert "Who?" in said
    assert "They will not see this, or how to reach you." in said


@pytest.mark.usefixtures("amara")
def test_only_the_two_teams_are_named(phone: TestClient):
    page = phone.get("/share").text

    assert re.findall(r'name="whom"[^>]*><span[^>]*>([^<]*)<', page) == [
        "Alex Deputy", "Amara Okafor", "Helen Marsh", "Robin Lead", "Someone else",
        "I do not want to say",
    ]  # fmt: skip


def test_a_wish_to_talk_is_kept_and_never_shown_again(open_council: Database, phone: TestClient):
    answer = send(phone, thinks="I am sad.", **REACHED)

    [wish] = rows(open_council, ContactWish)
    assert (wish.first_name, wish.how, wish.when_safe) == ("Kai", "Text: 07700 900123", "After 4pm")
    page = phone.post(
        "/card", data={**carried(phone, "/card"), "code": code_on(answer.text)},
        headers={"Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    for shown in (answer.text, page.text):
        assert "Someone will try to reach you if you told us how. If not, tell us" in words_of(
            shown
        )
        for secret in ("Kai", "07700", "After 4pm"):
            assert secret not in shown


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ({**REACHED, "talk": ""}, "Text: 07700 900123"),  # an old browser shows every field
        ({**REACHED, "talk": "no"}, None),
        ({"talk": "yes", "reach": "worker", "first_name": "Kai", "day": "Lou Ray"},
         "Through their worker: Lou Ray"),
        ({"talk": "yes", "reach": "school", "day": "Oak School, Friday", "number": "123",
          "first_name": "Kai"},
         "At school or college: Oak School, Friday\nThey wrote this too: 123"),
        ({"talk": "yes", "number": "07700 900123"}, "07700 900123"),
        ({}, None),
    ],
)  # fmt: skip
def test_whoever_tells_how_to_reach_them_is_reached_unless_they_say_no(
    open_council: Database, phone: TestClient, said: dict[str, str], how: str | None
):
    send(phone, thinks="I am sad.", **said)

    assert [wish.how for wish in rows(open_council, ContactWish)] == ([how] if how else [])


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ({"first_name": "Kai"}, "They did not say how."),
        ({"reach": "call", "first_name": "Kai"}, "Call. They did not say the number."),
        ({"reach": "school", "first_name": "Kai"},
         "At school or college. They did not say which school and day."),
        ({"reach": "school"},
         "At school or college. They did not say which school and day or their name."),
        ({"reach": "school", "day": "Oak School, Friday", "first_name": " "},
         "At school or college: Oak School, Friday. They did not say their name."),
        ({"reach": "worker"}, "Through their worker. They did not say which worker or their name."),
        ({"reach": "text", "number": "07700 9", "first_name": "Kai"},
         "Text: 07700 9. They did not say the whole number."),
        ({"number": "0770", "first_name": "Kai"}, "0770. They did not say the whole number."),
    ],
)  # fmt: skip
def test_a_yes_that_lacks_something_is_sent_whole_and_the_rest_asked_on_the_card(
    open_council: Database, phone: TestClient, said: dict[str, str], how: str
):
    answer = send(phone, thinks="I am sad.", talk="yes", when_safe="After 4pm", **said)

    assert answer.status_code == 200
    [wish] = rows(open_council, ContactWish)
    assert wish.how == f"{how} Ask on their card."
    assert (wish.first_name or "", wish.when_safe) == (
        said.get("first_name", "").strip(), "After 4pm",
    )  # fmt: skip


@pytest.mark.usefixtures("open_council")
def test_the_last_page_says_to_everybody_what_it_takes_to_reach_them(phone: TestClient):
    needed = "To find you we need your whole number. Or your name, and your school and day, or your"
    pages = [
        words_of(send(phone, thinks="I am sad.", **said).text)
        for said in ({}, {"talk": "yes", "reach": "school"}, REACHED)
    ]

    for page in pages:
        assert f"If not, tell us on your card. {needed}" in page


def test_a_double_press_makes_one_wish(open_council: Database, phone: TestClient):
    hidden = carried(phone)

    for _ in range(2):
        send(phone, hidden, thinks="I am sad.", **REACHED)

    assert len(rows(open_council, ContactWish)) == 1


def test_whoever_is_meant_never_sees_it(open_council: Database, phone: TestClient, amara: int):
    send(phone, thinks="She shouted.", about="yes", whom=str(amara), **REACHED)

    [entry] = rows(open_council, CardEntry)
    assert entry.about_us is AboutUs.NAMED
    assert [meant.person_id for meant in rows(open_council, EntryMeant)] == [amara]
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        assert list(entries_to_check(db, acting(db.get_one(Person, amara), Role.YOUTH_VOICE))) == []


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ({"about": "yes"}, AboutUs.NOT_SAID),  # a tick and no name: the most careful reading
        ({"about": "yes", "whom": "somebody_else"}, AboutUs.SOMEBODY_ELSE),
        ({"about": "yes", "whom": "not_said"}, AboutUs.NOT_SAID),
        ({"whom": "not_said"}, AboutUs.NOT_SAID),
        ({"about": "no"}, None),
        ({"about": "yes", "whom": "999999999999999"}, AboutUs.NOT_SAID),
    ],
)
def test_what_was_said_of_whom_it_is_about(
    open_council: Database, phone: TestClient, said: dict[str, str], about: AboutUs | None
):
    send(phone, thinks="She shouted.", **said)

    assert rows(open_council, CardEntry)[0].about_us is about


@pytest.mark.parametrize("name", ["first_name", "number", "day", "when_safe"])
def test_a_line_of_the_wish_that_is_too_long_is_refused_beside_it_and_stays(
    open_council: Database, phone: TestClient, name: str
):
    long = "7" * 340

    answer = send(phone, thinks="Words", talk="yes", reach="text", **{name: long})

    assert answer.status_code == 422
    assert f'id="{name}-fault"' in answer.text
    assert "This is 340 letters long. Keep it to" in answer.text
    assert f'value="{long}"' in answer.text
    assert "maxlength" not in answer.text
    assert rows(open_council, CardEntry) == []
