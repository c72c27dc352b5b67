"""/policy/<id>: easy words first, no account, no script; a comment comes back with a code."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.commands.policies_text import PartTyped, put_out_version, start_version, write_part
from coprod_data.models import CardEntry, PolicyComment, PolicyPart
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.policies import Opinion, PolicyStep
from tests.helpers.builders import nobody_on_duty, somebody
from tests.helpers.live_server import hidden_fields
from tests.helpers.policies import EASY, a_policy, a_twin, until
from tests.helpers.young import OWN_PAGE, rows, words_of

LIMIT = 60 * 1024


@pytest.fixture
def policy(open_council: Database) -> int:
    """A policy that people are asked about, with its easy words; its number."""
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        worker = somebody(db, Role.YOUTH_VOICE)
        number, _ = a_policy(db, worker)
        a_twin(db, worker, until(db, worker, number, PolicyStep.REVISION))
        db.commit()
        return number


def say(phone: TestClient, policy: int, words: str, **said: str):
    page = phone.get(f"/policy/{policy}").text
    form = {**hidden_fields(page), "words": words, **said}
    return phone.post(f"/policy/{policy}", data=form, headers=OWN_PAGE)


def test_easy_words_come_first_and_the_page_is_small(phone: TestClient, policy: int):
    page = phone.get(f"/policy/{policy}")
    assert page.status_code == 200
    assert len(page.content) < LIMIT
    shown = words_of(page.text)
    assert EASY in shown
    assert "We agree how people are involved first." not in shown
    assert "We agree how people are involved first." in words_of(
        phone.get(f"/policy/{policy}?words=all").text
    )


def test_a_comment_is_kept_once_and_gives_five_words(
    open_council: Database, phone: TestClient, policy: int
):
    page = phone.get(f"/policy/{policy}").text
    form = {**hidden_fields(page), "words": "Put it on video too.", "opinion": "change"}
    sent = [phone.post(f"/policy/{policy}", data=form, headers=OWN_PAGE) for _ in range(2)]
    codes = {one.text.split("data-card-code")[1].split(">")[1].split("<")[0] for one in sent}
    assert len(codes) == 1
    assert len(codes.pop().split()) == 5
    [entry] = rows(open_council, CardEntry)
    assert entry.kind is EntryKind.POLICY
    assert [one.opinion for one in rows(open_council, PolicyComment)] == [Opinion.CHANGE]


def test_too_much_and_nothing_come_back_with_all_that_was_typed(
    open_council: Database, phone: TestClient, policy: int
):
    long = "word " * 12_000
    answer = say(phone, policy, long)
    assert answer.status_code == 422
    assert "take out" in words_of(answer.text)
    assert long.strip()[:4_000] in answer.text
    assert say(phone, policy, " ").status_code == 422
    assert say(phone, policy, "...").status_code == 422
    assert say(phone, policy, "x" * 600_000).status_code == 413
    assert not rows(open_council, CardEntry)


def test_markup_is_words_and_a_disclosure_is_flagged(
    open_council: Database, phone: TestClient, policy: int
):
    answer = say(phone, policy, "<script>alert(1)</script>" + "x" * 6_000)
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert say(phone, policy, "my stepdad hits me").status_code == 200
    [entry] = rows(open_council, CardEntry)
    assert entry.flags


def test_with_nobody_on_duty_no_box_is_there_and_nothing_is_taken(
    open_council: Database, phone: TestClient, policy: int
):
    hidden = hidden_fields(phone.get(f"/policy/{policy}").text)
    with Session(open_council.engine) as db:
        nobody_on_duty(db)
        db.commit()
    page = phone.get(f"/policy/{policy}").text
    assert "<textarea" not in page
    assert "0800 1111" in page
    answer = phone.post(
        f"/policy/{policy}", data={**hidden, "words": "my own words"}, headers=OWN_PAGE
    )  # fmt: skip
    assert answer.status_code == 503
    assert "my own words" in answer.text
    assert not rows(open_council, CardEntry)


def test_one_about_a_version_that_was_replaced_is_kept_and_says_so(
    open_council: Database, phone: TestClient, policy: int
):
    page = phone.get(f"/policy/{policy}").text
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        worker = somebody(db, Role.YOUTH_VOICE)
        second = start_version(db, worker, policy)
        write_part(db, worker, second, PartTyped(heading="New", text="A new part of it."))
        put_out_version(db, worker, second)
        db.commit()
    old = rows(open_council, PolicyPart)[0].id
    form = {**hidden_fields(page), "part": str(old), "words": "Say it shorter."}
    too_long = phone.post(
        f"/policy/{policy}", data={**form, "words": "word " * 2_000}, headers=OWN_PAGE
    )  # fmt: skip
    assert "There is a newer text. You can still send your words." in words_of(too_long.text)
    answer = phone.post(f"/policy/{policy}", data=form, headers=OWN_PAGE)
    assert "There is a newer text now." in words_of(answer.text)
    [comment] = rows(open_council, PolicyComment)
    assert comment.part_id == old


def test_a_draft_and_an_address_that_is_no_policy_are_not_there(
    open_council: Database, phone: TestClient
):
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        number, _ = a_policy(db, somebody(db, Role.YOUTH_VOICE))
        db.commit()
        assert db.scalar(sa.select(sa.func.count(PolicyPart.id))) == 0
    for path in (number, 999, "x", "1e3", "9" * 40):
        assert phone.get(f"/policy/{path}").status_code == 404


def test_a_form_of_another_site_is_refused_with_the_words_in_it(phone: TestClient, policy: int):
    hidden = hidden_fields(phone.get(f"/policy/{policy}").text)
    answer = phone.post(
        f"/policy/{policy}", data={**hidden, "words": "Hello there"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )  # fmt: skip
    assert answer.status_code == 403
