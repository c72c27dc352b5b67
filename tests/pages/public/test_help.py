"""A child who might hurt themselves is spoken to, and no number is given at a time it is closed."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import SettingKey
from pages.door.front_page import read_front_page
from pages.parts.wording import hour_words
from tests.helpers.young import Author, a_phone, send, words_of


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


SATURDAY = utc(2026, 3, 7, 12)
LATER = "Nobody reads this before Monday. If you are not safe, call now."
HURT = "Do you feel so bad that you might hurt yourself? Talk to someone now."
WHOM = (
    "Call Childline on 0800 1111 or Samaritans on 116 123, day or night. Text SHOUT to 85258. "
    "If you have hurt yourself, call 999."
)


def test_a_child_who_might_hurt_themselves_is_spoken_to_beside_the_boxes_and_in_the_red_box(
    author: Author,
):
    for page in (a_phone().get("/share").text, author.do().text):
        said = words_of(page)

        assert f"{HURT} {WHOM}" in said
        assert said.count(HURT) == 2
        for href in ("tel:999", "tel:08001111", "tel:116123", "sms:85258?body=SHOUT"):
            assert page.count(f'href="{href}"') >= 2
    assert "Tell us too if you feel you might hurt yourself." in words_of(
        a_phone().get("/share").text
    )
    assert HURT in words_of(a_phone().get("/card").text)
    assert HURT in read_front_page().html.decode()


def test_who_might_hurt_themselves_is_told_to_call_before_somebody_reads(
    open_council: Database, phone: TestClient
):
    open_council.clock = lambda: SATURDAY

    for page in (phone.get("/share").text, send(phone, thinks="Hello").text):
        assert f"{LATER} Also call now if you feel you might hurt yourself." in words_of(page)


def test_one_number_for_all_times_is_never_called_closed(open_council: Database, phone: TestClient):
    with open_council.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE setting SET value = '\"01632 960001\"' WHERE key = :key"),
            {"key": SettingKey.DUTY_OUT_OF_HOURS.value},
        )

    said = words_of(phone.get("/share").text)

    assert said.count("01632 960001") == 1
    assert "closed now" not in said


@pytest.mark.parametrize(
    ("at", "moment", "told"),
    [
        (utc(2026, 3, 4, 12), utc(2026, 3, 4, 17), "5pm today"),
        (utc(2026, 6, 30, 23, 30), utc(2026, 7, 1, 8), "9am today"),  # past midnight in London
        (SATURDAY, utc(2026, 3, 9, 9, 30), "9.30am on Monday"),
        (utc(2026, 3, 8, 20), utc(2026, 3, 9, 9), "9am tomorrow"),
        (utc(2026, 12, 24, 18), utc(2027, 1, 4, 9), "9am on Monday 4 January"),
    ],
)
def test_the_hour_of_a_change_is_named_as_people_say_it(at: datetime, moment: datetime, told: str):
    assert hour_words(moment, at) == told
