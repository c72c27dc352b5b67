"""The page after sending, on a small phone while nobody reads."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import PHONE, axe_violations, sideways
from tests.helpers.share_form import NO_SCRIPT, sent_code, write

SCREENS = {"script": PHONE, "no script": NO_SCRIPT}
WIDTH, HEIGHT = 360, 640


def shut_today(server: LiveServer) -> None:
    """Let nobody read until three days from now."""
    day = (datetime.now(UTC).weekday() + 3) % 7
    week = [[["09:00", "17:00"]] if number == day else [] for number in range(7)]
    with closing(sqlite3.connect(server.folder / "coprod.db")) as council, council:
        council.execute(
            "UPDATE setting SET value = ? WHERE key = ?",
            (json.dumps(week), SettingKey.DUTY_HOURS.value),
        )


@pytest.mark.parametrize("screen", SCREENS)
def test_whom_to_call_and_the_code_are_on_the_first_screen(
    own_server: LiveServer, browser: Browser, screen: str
):
    shut_today(own_server)
    page = browser.new_page(**{**SCREENS[screen], "viewport": {"width": WIDTH, "height": HEIGHT}})
    page.goto(own_server.url + "/share")
    write(page)
    sent_code(page)

    told = page.get_by_text("If you are not safe, call now.").first
    call, again = page.locator(".calls a"), page.locator(".help a", has_text="0800 1111")
    assert told.bounding_box()["y"] < call.first.bounding_box()["y"]
    places = [call.first, call.last, page.locator("[data-card-code]")]
    tops = [place.bounding_box()["y"] for place in places]
    assert tops == sorted(tops)
    last = places[-1].bounding_box()
    assert last["y"] + last["height"] <= HEIGHT
    assert [one.get_attribute("href") for one in call.all()] == ["tel:999", "tel:08001111"]
    assert again.bounding_box()["y"] > last["y"]
    expect(page.get_by_role("heading", level=1, name="We have your card")).to_be_in_viewport()
    if screen == "script":  # axe is a script
        assert axe_violations(page) == []
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        assert sideways(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
    page.context.close()
