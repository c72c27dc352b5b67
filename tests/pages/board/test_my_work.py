"""My work: the heading is the answer, and each row leads to its place."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import EntryMeant, Notice, RoleGrant, Setting, ToldToLado
from coprod_data.permissions import Role
from coprod_data.queries.work import number_of_turns
from coprod_data.scopes.duty import people_on_duty
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.notices import NoticeKind
from coprod_data.vocabulary.settings import SettingKey
from pages.menu import MY_WORK, landing_of
from tests.helpers.builders import NOW, add, add_all
from tests.helpers.demo import DEMO
from tests.helpers.opening import OpenAs, drawn, heading, menu, words
from tests.helpers.sitting import CHECKING, sent

FIRST = re.compile(r'class="for-you">.*?</ul>', re.S)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("username", ["amara", "dawn", "dee", "sam"])
def test_nothing_is_waiting(open_as: OpenAs, username: str):
    at = open_as(username, MY_WORK)

    assert heading(at) == "Nothing is waiting for you."
    assert "My work" in menu(at)


def test_what_waits_is_a_row_that_leads_to_its_place(office: Database, open_as: OpenAs):
    urgent = sent(office, "Zanzibar", flags=["hurt"])
    sent(office)

    at = open_as("amara", MY_WORK)

    assert heading(at) == "Two things are waiting for you."
    assert f"Urgent: to be read first: no. {urgent}" in words(at)
    assert f'href="/checking?entry={urgent}"' in drawn(at)
    assert "Zanzibar" not in words(at)
    assert "My work" in menu(at), "the menu does not count what only the two teams may know of"


def test_each_urgent_entry_is_a_row_on_my_work_and_on_checking(office: Database, open_as: OpenAs):
    for _ in range(26):
        sent(office, flags=["hurt"])

    at = open_as("amara", MY_WORK)

    assert heading(at) == "26 things are waiting for you."
    assert "The menu counts none of these: it never counts what is urgent" in words(at)
    assert drawn(at).count('class="work-go"') == 26
    all_of_them = open_as("amara", CHECKING)
    assert sum(button.label.startswith("Read no.") for button in all_of_them.button) == 26


def test_what_nobody_may_read_tells_an_administrator_whom_to_ring(
    office: Database, open_as: OpenAs
):
    number = sent(office, "Zanzibar", flags=["about_us"])
    with Session(office.engine) as db:
        teams = sa.select(RoleGrant.person_id).where(
            RoleGrant.role.in_([Role.YOUTH_VOICE, Role.SAFEGUARDING])
        )
        add_all(db, [
            *(EntryMeant(entry_id=number, person_id=one) for one in set(db.scalars(teams))),
            Setting(key=SettingKey.DUTY_LADO_NAME, value="Nora Castell", changed_at=NOW),
            Setting(key=SettingKey.DUTY_LADO_PHONE, value="01632 960120", changed_at=NOW),
        ])  # fmt: skip
        db.commit()

    shown = words(open_as("sam", MY_WORK))

    assert "1 entry that nobody here may read" in shown
    assert "Call the LADO, Nora Castell: 01632 960120." in shown
    assert "Zanzibar" not in shown
    assert "A notice went" not in shown


def test_what_those_on_duty_may_not_read_says_when_the_lado_was_told(
    office: Database, open_as: OpenAs
):
    number = sent(office, "Zanzibar", flags=["about_us"])
    with Session(office.engine) as db:
        on_duty = [one.person_id for one in people_on_duty(db, NOW)]
        notice = add(db, Notice(kind=NoticeKind.LADO, made_at=NOW, due_at=None, sent_at=NOW))
        add_all(db, [
            *(EntryMeant(entry_id=number, person_id=one) for one in on_duty),
            ToldToLado(card_id=number, notice_id=notice.id),
        ])  # fmt: skip
        db.commit()

    shown = words(open_as("sam", MY_WORK))

    assert "1 entry that nobody on duty may read" in shown
    assert "It may be about everybody on duty. Call the LADO. " in shown
    assert "A notice went to the LADO on 4 March 2026, 10:00." in shown
    assert "Zanzibar" not in shown


@pytest.mark.parametrize("username", ["manager", "board.member", "chair"])
def test_the_menu_the_page_and_the_overview_tell_the_same(
    council: Database, open_as: OpenAs, username: str
):
    with council.reading(Played(username, NOW)) as (db, actor):
        number = number_of_turns(db, actor)
    assert number

    page, first = open_as(username, MY_WORK, closed="1"), open_as(username, "board/overview.py")

    assert f"My work ({number})" in menu(page)
    buttons = re.findall(r'class="work-go" href="([^"]+)"', drawn(page))
    assert len(buttons) == number
    [shown] = FIRST.findall(drawn(first))
    assert re.findall(r'href="([^"]+)"', shown) == buttons[:3]


def test_an_approval_shows_its_proposer_its_words_and_its_number(
    council: Database, open_as: OpenAs
):
    assert council
    seen = words(open_as("chair", MY_WORK))

    assert "Approve: Carers decide about sleepovers" in seen
    assert "Proposed by Lorna Pike for 3.2. People will see: You ask your carer" in seen


def test_a_member_sees_what_came_of_what_they_took_up(council: Database, open_as: OpenAs):
    assert council
    seen = words(open_as("board.member", MY_WORK))

    assert "What you took up, and what came of it" in seen
    assert "Choose the day: Saturdays with brothers and sisters Since" in seen


def test_each_link_of_my_work_opens_for_its_reader(council: Database, open_as: OpenAs):
    assert council
    pages = {"/opportunities": "together/opportunities.py", "/actions": "promise/actions.py",
             "/audits": "listening/audits.py", "/my_work": MY_WORK,
             "/report_cards": "voice/report_cards.py",
             "/sessions": "together/sessions.py", "/meetings": "board/meetings.py",
             "/projects": "together/projects.py", "/training": "listening/training.py",
             "/recruitment": "together/recruitment.py",
             "/library": "together/library.py"}  # fmt: skip
    for username in ("manager", "board.member", "chair"):
        for address, name, number in re.findall(
            r'href="(/\w+)\?(\w+)=(\d+)"', drawn(open_as(username, MY_WORK))
        ):
            at = open_as(username, pages[address], **{name: number})
            assert "We could not find" not in words(at), (username, address, number)
            assert not at.exception


def test_managers_and_workers_land_there():
    landed = {
        name for name, roles in DEMO.items() if (page := landing_of(roles)) and page.file == MY_WORK
    }

    assert {"manager", "youth.voice", "safeguarding.lead"} <= landed
    assert not {"chair", "board.member", "young.person"} & landed
