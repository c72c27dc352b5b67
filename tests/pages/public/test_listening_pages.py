"""Plain pages of Listening: young auditors on a phone, the pulse on a card, and printed sides."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.commands.audits import answer_standard
from coprod_data.commands.entries_replies import send_reply
from coprod_data.models import AuditAnswer, AuditReturn, AuditRound, PulseTally, Service
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.audits import Rater
from pages import public
from tests.helpers.builders import NOW
from tests.helpers.live_server import hidden_fields
from tests.helpers.opening import session_of
from tests.helpers.young import OWN_PAGE, Author, rows, words_of


def signed_in(username: str) -> TestClient:
    return TestClient(
        Starlette(routes=public.FOR_PEOPLE_SIGNED_IN),
        headers={"x-coprod-session": session_of(username), **OWN_PAGE},
    )


def newest(council: Database, service: str) -> int:
    with Session(council.engine) as db:
        found = db.scalar(
            sa.select(AuditReturn.id)
            .join(Service, Service.id == AuditReturn.service_id)
            .join(AuditRound, AuditRound.id == AuditReturn.round_id)
            .where(Service.name == service)
            .order_by(AuditRound.opened_on.desc())
            .limit(1)
        )
    return found or 0


def young_marks(council: Database, return_id: int) -> dict[int, int | None]:
    with Session(council.engine) as db:
        found = sa.select(AuditAnswer).filter_by(return_id=return_id, rater=Rater.YOUNG_AUDITORS)
        return {one.standard_id: one.level for one in db.scalars(found)}


def first_open(client: TestClient, return_id: int) -> tuple[str, int]:
    page = client.get(f"/auditor?return={return_id}").text
    return page, int(hidden_fields(page)["standard"])


def test_a_young_auditor_marks_a_standard_and_then_reads_what_the_service_said(council: Database):
    jay, number = signed_in("young.person"), newest(council, "Fostering")
    listed = words_of(jay.get("/auditor").text)
    assert "Fostering" in listed
    assert "Housing" not in listed
    page, standard = first_open(jay, number)
    assert "The service says" not in words_of(page)
    assert "You see what the service said after you save." in words_of(page)

    answer = jay.post("/auditor", data={**hidden_fields(page), "level": "1"})

    assert young_marks(council, number)[standard] == 1
    said = words_of(answer.text)
    assert "That is saved. Thank you." in said
    assert "The service says:" in said


def test_nothing_picked_is_said_and_another_service_is_not_there(council: Database):
    jay, number = signed_in("young.person"), newest(council, "Fostering")
    page, standard = first_open(jay, number)

    answer = jay.post("/auditor", data=hidden_fields(page))
    assert answer.status_code == 422
    assert "Pick one of these first." in words_of(answer.text)

    other = newest(council, "Housing and Benefits")
    assert "Housing" not in words_of(jay.get(f"/auditor?return={other}").text)
    sent = {**hidden_fields(page), "return": str(other), "level": "3"}
    assert jay.post("/auditor", data=sent).status_code == 404
    assert standard not in young_marks(council, other)
    kit = signed_in("manager")
    assert kit.get("/auditor").status_code == 403


def test_two_auditors_see_each_other_and_lose_nothing(council: Database):
    jay, number = signed_in("young.person"), newest(council, "Fostering")
    page, standard = first_open(jay, number)
    with council.writing(Played("youth.voice", NOW)) as (db, actor):
        answer_standard(db, actor, number, standard, rater=Rater.YOUNG_AUDITORS, level=2)

    answer = jay.post("/auditor", data={**hidden_fields(page), "level": "0"})
    assert answer.status_code == 409
    assert "Another young auditor picked this: Often." in words_of(answer.text)
    assert re.search(r'value="0" checked', answer.text)
    assert young_marks(council, number)[standard] == 2

    jay.post("/auditor", data={**hidden_fields(answer.text), "level": "0"})
    assert young_marks(council, number)[standard] == 0


@pytest.mark.parametrize("username", ["manager", "board.member"])
def test_a_return_is_printed_on_one_side_and_a_draft_stays_the_services(
    council: Database, username: str
):
    number = newest(council, "Leaving Care")
    said = words_of(signed_in(username).get(f"/print/audit/{number}").text)

    assert "Leaving Care: are we listening?" in said
    assert "A1 Agreed at the start" in said
    assert ("Six pages on file." in said) is (username == "manager")
    assert signed_in(username).get("/print/audit/99999").status_code == 404
    assert signed_in(username).get("/print/audit/x").status_code == 404
    assert signed_in("young.person").get(f"/print/audit/{number}").status_code == 403


def test_the_story_is_printed_whole_and_flags_what_nobody_met_about(council: Database):
    assert council
    said = words_of(signed_in("board.member").get("/print/priorities").text)

    for title in ("Money that lasts", "A worker who answers", "People to be with"):
        assert title in said
    assert "No meeting held. Managers have not heard this yet." in said
    assert signed_in("chair").get("/print/priorities?round=zzz").status_code == 404


def test_a_card_is_asked_once_it_has_a_reply(author: Author):
    assert "Were you listened to?" not in author.card
    author.let_out()
    with author.office() as (db, worker):
        send_reply(db, worker, author.entry_id, text="Thank you. We read it.")
    assert "Were you listened to?" in author.card
    empty = author.do("pulse")
    assert empty.status_code == 422
    assert "Pick a face first." in words_of(empty.text)

    answer = author.do("pulse", pulse_listened="yes", pulse_sure_before="no", pulse_counted="x")

    assert "We have counted your faces." in words_of(answer.text)
    assert "Were you listened to?" not in author.card
    assert [(one.asked.value, one.number) for one in rows(author.database, PulseTally)] == [
        ("listened", 1), ("sure_before", 1),
    ]  # fmt: skip
