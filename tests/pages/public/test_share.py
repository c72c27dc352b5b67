"""The form for young people: nothing typed is lost, nothing is taken when nobody is on duty."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from coprod_data.models import CardEntry, Consent, EntryVersion, PromiseTheme
from coprod_data.store.card_codes import NEW_CODE
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from tests.helpers.young import OWN_PAGE, a_phone, carried, code_on, rows, send, words_of


def test_one_page_holds_five_steps_in_one_form(phone: TestClient):
    page = phone.get("/share").text

    assert page.count('<form id="card"') == page.count('action="/share"') == 1
    assert [step for step in ("theme", "feeling", "words", "who", "talk", "check")
            if f'id="{step}"' not in page] == []  # fmt: skip


def test_every_theme_stands_there_and_nothing_is_chosen_beforehand(phone: TestClient):
    page = phone.get("/share").text

    assert [title for title in ("Homes", "Health", "Something else", "I don't know")
            if title not in words_of(page)] == []  # fmt: skip
    assert " checked" not in page


def test_the_page_says_whom_to_call_and_who_reads_by_when(phone: TestClient):
    said = words_of(phone.get("/share").text)

    for number in ("999", "0800 1111", "116 123", "01632 960001", "01632 960002"):
        assert number in said
    assert "The Youth Voice Team will read this by tomorrow." in said
    assert "If you or someone else may be hurt, we tell people who can help." in said
    assert "We read these at set times: Monday to Friday, 9am to 5pm." in said
    assert "Leave quickly" in said


def test_in_the_night_it_says_so_before_writing(open_council: Database, phone: TestClient):
    by_day = words_of(phone.get("/share").text)
    open_council.clock = lambda: datetime(2026, 3, 7, 23, tzinfo=UTC)  # a Saturday night

    by_night = words_of(phone.get("/share").text)

    later = "Nobody reads this before Monday. If you are not safe, call now."
    assert later not in by_day
    assert by_night.index(later) < by_night.index("What is it about?")
    assert "on Monday 9 March." in by_night
    assert "by Monday" not in by_night


def test_words_sent_are_kept_and_the_code_is_shown(open_council: Database, phone: TestClient):
    answer = send(phone, thinks="My room is cold.", feeling="2", board="yes")

    assert answer.status_code == 200
    assert str(answer.url).endswith("/share")
    code = code_on(answer.text)
    assert len(code.split()) == NEW_CODE
    assert code not in str(answer.request.url)
    [entry], [version] = rows(open_council, CardEntry), rows(open_council, EntryVersion)
    assert (version.thinks, version.wants, entry.feeling) == ("My room is cold.", None, 2)
    assert [consent.use for consent in rows(open_council, Consent)] == [ConsentUse.BOARD]
    assert "The Youth Voice Team will read your card by tomorrow." in words_of(answer.text)
    assert "0800 1111" in answer.text


def test_one_box_is_enough_and_no_answer_allows_nothing(open_council: Database, phone: TestClient):
    answer = send(phone, wants="A lock on my door.")

    assert "The Board will not see your words." in words_of(answer.text)
    assert len(rows(open_council, CardEntry)) == 1
    assert rows(open_council, Consent) == []


@pytest.mark.parametrize("theme", ["", "unknown", "Homes"])
def test_words_land_on_the_theme_chosen(open_council: Database, phone: TestClient, theme: str):
    ids = {row.title: row.id for row in rows(open_council, PromiseTheme)}

    send(phone, thinks="Hello", theme=str(ids.get(theme, theme)))

    with open_council.engine.connect() as connection:
        landed = connection.scalar(
            sa.text(
                "SELECT theme_id FROM report_card JOIN card_entry"
                " ON card_entry.report_card_id = report_card.id"
            )
        )
    assert landed == ids[theme if theme in ids else "Something else"]


def test_a_theme_that_is_gone_is_asked_again(open_council: Database, phone: TestClient):
    answer = send(phone, thinks="Hello there", theme="987654")

    assert answer.status_code == 422
    assert "Pick one of these again." in answer.text
    assert "Hello there" in answer.text
    assert rows(open_council, CardEntry) == []


def test_empty_boxes_are_a_sentence_beside_the_field(open_council: Database, phone: TestClient):
    answer = send(phone, thinks="  \n ", feeling="4", board="no")

    assert answer.status_code == 422
    assert 'id="thinks-fault"' in answer.text
    assert re.search(r'<textarea[^>]* id="thinks"[^>]* autofocus>', answer.text)
    assert answer.text.count(" autofocus") == 1
    assert re.findall(r'class="step first" id="(\w+)"', answer.text) == ["words"]
    assert 'aria-describedby="thinks-hint thinks-names thinks-fault"' in answer.text
    assert re.search(r'name="feeling" value="4" checked', answer.text)
    assert re.search(r'name="board" value="no" checked', answer.text)
    dots = send(phone, wants="...")
    assert dots.status_code == 422
    assert "Dots or one letter are not enough." in dots.text
    assert re.search(r'<textarea[^>]* id="wants"[^>]* autofocus>\s*\.\.\.<', dots.text)
    assert rows(open_council, CardEntry) == []


def test_5000_letters_of_any_language_are_taken(open_council: Database, phone: TestClient):
    hidden = carried(phone)
    fields = {**hidden, "thinks": "ڕ" * 5000, "wants": "👩" * 5000}

    answer = phone.post("/share", files={name: (None, text) for name, text in fields.items()},
                        headers=OWN_PAGE)  # fmt: skip

    assert answer.status_code == 200
    [version] = rows(open_council, EntryVersion)
    assert (len(version.thinks), len(version.wants)) == (5000, 5000)


def test_5001_letters_are_refused_with_the_count_and_kept_in_the_box(
    open_council: Database, phone: TestClient
):
    long = "a" * 5001

    answer = send(phone, thinks=long, wants="b" * 5002)

    assert answer.status_code == 422
    assert "5,001 letters" in answer.text
    assert "5,002 letters" in answer.text
    assert long in answer.text
    assert rows(open_council, CardEntry) == []


def test_a_double_press_is_one_entry_and_the_same_code(open_council: Database, phone: TestClient):
    hidden = carried(phone)

    first, second = send(phone, hidden, thinks="Hi"), send(phone, hidden, thinks="Hi")

    assert code_on(first.text) == code_on(second.text)
    assert len(rows(open_council, CardEntry)) == 1


def test_thirty_presses_at_once_are_one_entry_and_one_code(
    open_council: Database, phone: TestClient
):
    hidden, cookies = carried(phone), dict(phone.cookies)

    def press(_: int) -> str:
        finger = a_phone()
        finger.cookies.update(cookies)
        return code_on(send(finger, hidden, thinks="Once").text)

    with ThreadPoolExecutor(30) as fingers:
        codes = set(fingers.map(press, range(30)))

    assert len(codes) == 1
    assert len(rows(open_council, CardEntry)) == 1


def test_enter_in_a_choice_sends_nothing_yet(open_council: Database, phone: TestClient):
    answer = send(phone, thinks="Not finished", enter="yes")

    assert "We did not send it yet." in words_of(answer.text)
    assert "Not finished" in answer.text
    assert rows(open_council, CardEntry) == []


def test_words_changed_after_a_lost_answer_are_not_lost(open_council: Database, phone: TestClient):
    hidden = carried(phone)

    first, second = send(phone, hidden, thinks="Hi"), send(phone, hidden, thinks="Hi. Help me.")

    assert code_on(first.text) != code_on(second.text)
    assert {v.thinks for v in rows(open_council, EntryVersion)} == {"Hi", "Hi. Help me."}
