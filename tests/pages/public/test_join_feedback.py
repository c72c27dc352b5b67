"""How was it, on a phone: a problem loses nothing, and one phone counts once for each person."""

import re

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.commands.sessions_feedback import set_questions
from coprod_data.commands.sessions_joining import make_join_code
from coprod_data.models import CardEntry, EntryMeant, EntryVersion, FeedbackWaiting
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.vocabulary.entry_care import AboutUs
from tests.helpers.builders import NOW, somebody
from tests.helpers.sessions import a_session
from tests.helpers.young import OWN_PAGE, a_phone, carried, hidden_fields, rows, words_of


@pytest.fixture
def code(open_council: Database) -> str:
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        worker = somebody(db, Role.YOUTH_VOICE)
        number = a_session(db, worker, starts_at=NOW, title="What makes a home?")
        set_questions(db, worker, number, questions=["How was the <food>?"])
        made = make_join_code(db, worker, number)
        db.commit()
    return made


def form(phone: TestClient, code: str, **said: str):
    hidden = {**carried(phone, "/join"), "code": code, **said}
    return phone.post("/join/feedback", data=hidden, headers=OWN_PAGE)


def send(phone: TestClient, code: str, **said: str | list[str]):
    hidden = hidden_fields(form(phone, code, turn=said.pop("turn", "1")).text)
    return phone.post("/join/feedback", data={**hidden, "send": "yes", **said}, headers=OWN_PAGE)


def test_one_page_asks_it_all_and_one_phone_counts_once(
    open_council: Database, phone: TestClient, code: str
):
    page = form(phone, code).text
    for asked in ("I felt welcome", "My view counted as much as others", "How was the <food>?",
                  "Did you have help? It counts the same.", "What should we change?"):  # fmt: skip
        assert asked in words_of(page).replace("&#39;", "'")
    assert len(page.encode()) < 60_000
    assert " checked" not in page

    said = {
        "face": "good",
        "listened": "a_bit",
        "own-1": "bad",
        "change": "More time.",
        "helped": "yes",
    }
    first = send(phone, code, **said)
    assert "We have it." in words_of(first.text)
    assert "before we read this. If you are not safe, call now." in words_of(first.text)
    assert "The Youth Voice Team will read this by" in words_of(first.text)
    assert "We had it already." in words_of(send(phone, code, face="bad").text)
    assert "We have it." in words_of(send(phone, code, face="bad", turn="2").text)
    assert "We have it." in words_of(send(a_phone("192.0.2.8"), code, face="middle").text)
    last = words_of(send(phone, code, face="good", turn="6").text)
    assert "Use another phone." in last
    assert "We had it already." in words_of(send(phone, code, face="bad", turn="7").text)

    said = [row.said for row in rows(open_council, FeedbackWaiting)]
    assert sorted(str((one["face"], one["helped"], one["own"])) for one in said) == [
        "('bad', None, {})", "('good', None, {})", "('good', True, {'1': 'bad'})",
        "('middle', None, {})",
    ]  # fmt: skip
    [entry], [words] = rows(open_council, CardEntry), rows(open_council, EntryVersion)
    assert (entry.code_hash, words.thinks, words.wants) == (None, None, "More time.")


def test_a_problem_keeps_what_was_typed_and_says_what_to_do(
    open_council: Database, phone: TestClient, code: str
):
    empty = send(phone, code)
    assert empty.status_code == 422
    assert "Pick a face, or write in a box." in words_of(empty.text)
    long = send(phone, code, face="good", good="x" * 5_001, change="Keep me.")
    assert long.status_code == 422
    assert 'value="good" checked' in long.text
    assert "Keep me." in long.text
    open_council.clock = lambda: NOW.replace(day=9)
    late = send_with(phone, long.text, change="Keep me too.")
    assert late.status_code == 422
    assert "Keep me too." in late.text
    assert str(form(phone, "amber kite").url).endswith("/join")
    assert str(phone.get("/join/feedback").url).endswith("/join")
    assert rows(open_council, FeedbackWaiting) == []


def test_words_about_one_of_the_team_are_never_seen_by_them(
    open_council: Database, phone: TestClient, code: str
):
    page = form(phone, code).text
    assert "It is about someone who reads this" in words_of(page)
    worker, *_ = re.findall(r'name="whom" value="(\d+)"', page)

    wrong = send(phone, code, about="yes", whom=[worker, "not_said"], change="x" * 5_001)
    assert wrong.text.count(" checked") == 3  # what was ticked is still there
    assert "We have it." in send(phone, code, about="yes", whom=worker, change="She shouts.").text
    assert "We have it." in send(phone, code, turn="2", about="yes", change="He shouts.").text

    named, unsaid = sorted(rows(open_council, CardEntry), key=lambda row: row.id)
    assert (named.about_us, unsaid.about_us) == (AboutUs.NAMED, AboutUs.NOT_SAID)
    assert [(row.entry_id, row.person_id) for row in rows(open_council, EntryMeant)] == [
        (named.id, int(worker))
    ]


def send_with(phone: TestClient, page: str, **said: str):
    hidden = {**hidden_fields(page), "send": "yes", **said}
    return phone.post("/join/feedback", data=hidden, headers=OWN_PAGE)
