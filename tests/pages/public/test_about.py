"""The privacy notice and the accessibility statement: whom they name, and who may read them."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.settings import change_setting
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.vocabulary.retention import Kept
from coprod_data.vocabulary.settings import CONTACTS, SettingKey
from tests.helpers.builders import somebody
from tests.helpers.faults import gone
from tests.helpers.payloads import PAYLOADS
from tests.helpers.reading_age import HARDEST_PAGE, score, too_hard
from tests.helpers.young import a_phone, blocks_of, open_for_words, tags_of, words_of

ADDRESSES = ("/privacy", "/accessibility")
LARGEST = 60_000  # bytes


def set_to(database: Database, *values: str) -> None:
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        administrator = somebody(db, Role.ADMINISTRATOR)
        change_setting(db, administrator, SettingKey.COUNCIL_NAME, "Westmarch")
        change_setting(db, administrator, SettingKey.BOARD_LABEL, "Corporate Parenting Panel")
        for key, value in zip(CONTACTS, values, strict=True):
            change_setting(db, administrator, key, value)
        db.commit()


def test_they_name_the_council_its_words_and_whom_to_ask_without_script(empty_council: Database):
    set_to(empty_council, "Grace Lowe, 01632 960170", "The Voice Team, 01632 960100")
    privacy, access = (a_phone().get(path) for path in ADDRESSES)

    for answer, named in ((privacy, "Grace Lowe, 01632 960170"), (access, "The Voice Team")):
        assert answer.status_code == 200
        assert len(answer.content) < LARGEST
        assert named in words_of(answer.text)
        assert "Westmarch Corporate Parenting Panel" in words_of(answer.text)
        assert "0800 1111" in words_of(answer.text)
        assert not {"script", "iframe"} & {tag for tag, _ in tags_of(answer.text)}
        assert [tag for tag, _ in tags_of(answer.text)].count("form") == 1  # was it useful?


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_first_part_is_easy_to_read(empty_council: Database, path: str):
    set_to(empty_council, "Grace Lowe", "The Voice Team")
    page = a_phone().get(path).text
    first = page.partition("<section")[2].partition("</section>")[0]
    said = blocks_of(f"<section{first}</section>", skip=("data-staff-words",))

    assert [fault for block in said for fault in too_hard(block)] == []
    assert score("\n".join(said)).hardest <= HARDEST_PAGE


def test_whom_to_ask_is_shown_as_it_was_typed(empty_council: Database):
    set_to(empty_council, "Grace", "Grace")
    plain = [tags_of(a_phone().get(path).text) for path in ADDRESSES]
    for payload in PAYLOADS[::4]:
        set_to(empty_council, payload[:200], payload[:200])

        assert [tags_of(a_phone().get(path).text) for path in ADDRESSES] == plain, payload


def test_the_privacy_page_says_the_times_of_settings(empty_council: Database):
    with Session(empty_council.engine) as db:
        db.info["keys"] = empty_council.keys
        change_setting(db, somebody(db, Role.ADMINISTRATOR), SettingKey.ENDED_MONTHS, 9)
        db.commit()
    page = words_of(a_phone().get("/privacy").text)

    for kept in Kept:
        number = 9 if kept is Kept.ENDED else kept.setting.default
        assert f"{kept.words} {kept.how_long(number)}" in page, kept


@pytest.mark.parametrize("path", ADDRESSES)
def test_they_are_read_while_the_database_is_away(empty_council: Database, path: str):
    with gone(empty_council):
        answer = a_phone().get(path)

    assert answer.status_code == 200
    assert "ask" in words_of(answer.text) or "tell" in words_of(answer.text)


def test_pages_for_young_people_lead_there(empty_council: Database):
    open_for_words(empty_council)

    for path in ("/share", "/card", *ADDRESSES):
        page = a_phone().get(path).text
        assert all(f'href="{address}"' in page for address in ADDRESSES), path


def test_whoever_types_help_is_led_to_whom_to_call():
    answer = a_phone().get("/help", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/share#help")
