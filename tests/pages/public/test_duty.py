"""Whom a child can call, when their words are read, and boxes shut while nobody is there."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from coprod_data.commands.absences import add_absence
from coprod_data.commands.entries_checks import ask_back
from coprod_data.models import Absence, CardEntry, EntryQuestion, NotYet, Person, RoleGrant
from coprod_data.permissions import Role
from coprod_data.rules.clocks import london_day
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import SettingKey
from pages.door.front_page import read_front_page
from pages.parts.wording import opening_words
from tests.helpers.builders import NOW, acting, add, nobody_on_duty
from tests.helpers.young import (
    Author,
    a_phone,
    an_outcome_proposed,
    carried,
    rows,
    send,
    tags_of,
    told_in_order,
    words_of,
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


SATURDAY = utc(2026, 3, 7, 12)
LATER = "Nobody reads this before Monday. If you are not safe, call now."
SHUT = "You cannot write here right now. Nobody is here to read it."
WHO = "The Youth Voice Team will read this by"
EVERYWHERE = [
    "Danger, hurt, overdose 999",
    "Childline, free, all day and night 0800 1111",
    "Childline, type to someone 1-2-1 chat",
    "Shout. Text the word SHOUT to 85258",
    "Samaritans, any age 116 123",
]


def everybody_is_away(database: Database) -> None:
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        for person in db.scalars(sa.select(Person).where(Person.username.like("%on.duty"))):
            me, today = acting(person, Role.SAFEGUARDING), london_day(database.clock())
            add_absence(db, me, person_id=person.id, from_day=today, to_day=None)
        db.commit()


# ---- whom to call ----
def test_the_number_that_is_open_now_comes_before_the_councils_other(
    open_council: Database, phone: TestClient
):
    by_day = words_of(phone.get("/share").text)
    open_council.clock = lambda: SATURDAY
    at_weekends = words_of(phone.get("/share").text)

    assert told_in_order(
        by_day, *EVERYWHERE, "Our council: open now, until 5pm today 01632 960001",
        "Our council: closed now, opens 5pm today 01632 960002",
        "Dial 18001 first. That is Relay UK.",
    )  # fmt: skip
    assert told_in_order(
        at_weekends, *EVERYWHERE, "Our council: open now, until 9am on Monday 01632 960002",
        "Our council: closed now, opens 9am on Monday 01632 960001",
    )  # fmt: skip


def test_numbers_are_dialled_texted_and_opened(phone: TestClient):
    page = phone.get("/card").text

    for href in ("tel:999", "tel:08001111", "tel:116123", "tel:01632960001", "sms:85258?body=SHOUT",
                 "https://www.childline.org.uk/get-support/1-2-1-counsellor-chat/"):  # fmt: skip
        assert f'href="{href}" rel="noreferrer"' in page


def test_a_browser_without_script_is_told_whom_to_call_at_the_door():
    page = read_front_page().html.decode()
    said = words_of(page[page.index("<noscript>") : page.index("</noscript>")])

    assert told_in_order(said.replace(":", ""), *EVERYWHERE, "Dial 18001 first.")
    assert 'href="/share#help"' in page


# ---- when it is read ----


def test_at_weekends_the_last_page_begins_with_whom_to_call_and_the_code_for_everybody(
    open_council: Database, phone: TestClient
):
    open_council.clock = lambda: SATURDAY
    pages = [
        send(phone, thinks=thinks, wants="").text
        for thinks in ("I like my new room.", "i want to die", "he hits me")
    ]

    assert [entry.flag_list != [] for entry in rows(open_council, CardEntry)] != [False] * 3
    for page in pages:
        said = words_of(page)
        assert told_in_order(
            said, "We have your card", LATER, "999", "Childline 0800 1111", "Your card code",
            "Write these five words down.", *EVERYWHERE,
        )  # fmt: skip
        assert page.index('class="calls"><a class="pill" href="tel:999"') < page.index("<code")
        assert "on Monday 9 March. Today is Saturday 7 March." in said
        assert tags_of(page) == tags_of(pages[0])


def test_no_day_is_promised_on_which_nobody_who_is_named_is_there(
    open_council: Database, phone: TestClient
):
    open_council.clock = lambda: SATURDAY
    assert "before Monday" in words_of(phone.get("/share").text)
    with Session(open_council.engine) as db:
        for person_id in db.scalars(sa.select(RoleGrant.person_id)):
            add(db, Absence(
                person_id=person_id, from_day=date(2026, 3, 9), to_day=date(2026, 3, 11),
                added_at=SATURDAY, added_by_id=person_id,
            ))  # fmt: skip
        db.commit()

    for page in (phone.get("/share").text, send(phone, thinks="It is cold.").text):
        said = words_of(page)
        assert "before Thursday" in said
        assert "opens 9am on Thursday" in said
        assert "Monday 9 March" not in said


def test_in_hours_the_last_page_begins_with_the_code(phone: TestClient):
    said = words_of(send(phone, thinks="My room is cold.").text)

    assert "Nobody reads" not in said
    assert told_in_order(said, "We have your card", "Your card code", "Write these", *EVERYWHERE)


@pytest.mark.parametrize(
    ("at", "opens_at", "told"),
    [
        (utc(2026, 3, 4, 7), utc(2026, 3, 4, 16, 30), "4.30pm today"),
        (utc(2026, 3, 4, 20), utc(2026, 3, 5, 9), "tomorrow"),
        (utc(2026, 6, 30, 23, 30), utc(2026, 7, 1, 8), "9am today"),  # past midnight in London
        (SATURDAY, utc(2026, 3, 9, 9), "Monday"),
        (utc(2026, 4, 2, 18), utc(2026, 4, 7, 9), "Tuesday 7 April"),  # over Easter
        (utc(2026, 12, 24, 18), utc(2027, 1, 4, 9), "Monday 4 January"),
    ],
)
def test_the_next_hours_are_named_as_people_say_them(at: datetime, opens_at: datetime, told: str):
    assert opening_words(opens_at, at) == told


def test_a_council_of_two_evenings_promises_its_own_days(open_council: Database, phone: TestClient):
    evening = '[["16:00", "20:00"]]'
    with open_council.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE setting SET value = :week WHERE key = :key"),
            {"week": f"[[], {evening}, [], {evening}, [], [], []]",
             "key": SettingKey.DUTY_HOURS.value},
        )  # fmt: skip

    page = words_of(phone.get("/share").text)  # a Wednesday morning
    sent = words_of(send(phone, thinks="My room is cold.").text)

    assert "Nobody reads this before tomorrow. If you are not safe, call now." in page
    assert "We read these at set times: Tuesday and Thursday, 4pm to 8pm." in page
    assert "The Youth Voice Team will read this tomorrow." in page
    assert "will read your card tomorrow." in sent
    assert "Today is Wednesday 4 March." in sent


# ---- while nobody is on duty ----


def test_the_form_shuts_when_the_last_one_is_away_and_opens_when_somebody_is_back(
    open_council: Database, phone: TestClient
):
    hidden = carried(phone)
    everybody_is_away(open_council)

    shut, refused = phone.get("/share").text, send(phone, hidden, thinks="Can you hear me?")
    assert "<form" not in shut
    assert "These people can help you today." in words_of(shut)
    assert refused.status_code == 503
    assert "Can you hear me?" in refused.text
    assert rows(open_council, CardEntry) == []

    open_council.clock = lambda: utc(2026, 3, 5, 10)  # they were away for a day
    assert send(a_phone(), thinks="Can you hear me?").status_code == 200


def asked(author: Author, **said: str) -> int:
    author.read_by_a_worker(
        lambda db, worker: ask_back(db, worker, author.entry_id, text="Is it right?", **said)
    )
    return rows(author.database, EntryQuestion)[0].id


def leave(author: Author) -> None:
    with Session(author.database.engine) as db:
        nobody_on_duty(db)
        db.commit()


def test_a_yes_is_taken_without_words_beside_a_box_that_says_why_it_is_shut(author: Author):
    question = asked(author, shown_thinks="[my place] is cold.", shown_wants="A heater.")
    assert WHO in author.card
    leave(author)

    page = author.do().text
    assert SHUT in words_of(page)
    assert "<textarea" not in page
    words_too = author.do("answer", question=question, agreed="yes", words="Please hurry", key="k1")
    assert words_too.status_code == 422
    assert "0800 1111" in words_too.text
    assert rows(author.database, EntryQuestion)[0].answered_at is None

    assert author.do("answer", question=question, agreed="yes", key="k2").status_code == 200
    assert rows(author.database, EntryQuestion)[0].agreed is True
    assert len(rows(author.database, CardEntry)) == 1


def test_a_question_that_only_words_answer_waits(author: Author):
    question = asked(author)
    leave(author)

    page = author.do().text
    assert SHUT in words_of(page)
    assert "Send my answer" not in words_of(page)
    assert (
        author.do("answer", question=question, words="The blue one.", key="k1").status_code == 422
    )
    assert len(rows(author.database, CardEntry)) == 1


def test_not_yet_counts_without_its_words(author: Author):
    outcome = an_outcome_proposed(author)
    leave(author)

    page = author.do().text
    assert SHUT in words_of(page)
    assert "<textarea" not in page
    refused = author.do("not_yet", outcome=outcome, words="It is still cold.", key="k1")
    assert refused.status_code == 422
    assert rows(author.database, NotYet) == []
    assert author.do("not_yet", outcome=outcome, key="k2").status_code == 200
    [said] = rows(author.database, NotYet)
    assert said.reason_entry_id is None


def test_a_card_still_opens_and_is_taken_back(author: Author):
    leave(author)

    assert "My room is cold." in author.card
    assert author.do("take_back").status_code == 200
    assert rows(author.database, CardEntry)[0].withdrawn_at == NOW


def test_a_card_says_at_weekends_when_it_is_read(author: Author):
    assert "Nobody reads" not in author.card
    author.database.clock = lambda: SATURDAY
    assert told_in_order(author.card, LATER, "You said")


def test_a_card_taken_back_says_when_a_new_one_would_be_read(author: Author):
    author.database.clock = lambda: SATURDAY

    taken_back = words_of(author.do("take_back").text)

    assert "You took this card back." in taken_back
    for page in (taken_back, author.card):
        assert told_in_order(page, LATER, "Send a new card")
        # The same for all, and true before and after safeguarding has read it.
        assert "safety lead may read it, or may have read it." in words_of(page)
    assert "Do you feel so bad that you might hurt yourself?" in author.card
