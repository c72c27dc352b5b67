"""A meeting in four browsers, a killed server in its middle: projector, clerk, member, chair."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from coprod_data.commands.meetings import plan_meeting
from coprod_data.commands.meetings_agenda import draw_up_agenda
from coprod_data.commands.meetings_heard import start_meeting
from coprod_data.rules.clocks import london_day
from coprod_data.rules.meeting_plan import MeetingPlan
from coprod_data.store.actors import Played
from coprod_data.store.database import Database, connect
from tests.browser.test_live_conversation import WALL, signed_in
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import DESK, PHONE, axe_violations, sideways, wait_ready

DECIDED = "Every flat gets a heater before winter"
TOO_SMALL = """() => [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility()
  && [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim())
  && parseFloat(getComputedStyle(one).fontSize) < 34.9).map((one) => one.outerHTML)"""


@pytest.fixture
def council(own_server: LiveServer) -> Database:
    return connect(
        own_server.environment["COPROD_DATABASE_URL"],
        Path(own_server.environment["COPROD_KEY_FILE"]),
    )


@pytest.fixture
def meeting(council: Database) -> int:
    """A meeting that has begun today, with its agenda."""
    now = datetime.now(UTC)
    with council.writing(Played("clerk", now)) as (db, actor):
        number = plan_meeting(
            db, actor, meets_on=london_day(now), begins="17:30", ends="19:30",
            plan=MeetingPlan(place="Town Hall"),
        )  # fmt: skip
        draw_up_agenda(db, actor, number)
        start_meeting(db, actor, number)
    return number


def at(page: Page, kind: str) -> None:
    expect(page.locator(f"main.{kind}")).to_be_visible()


def go_to(page: Page, kind: str) -> None:
    """Press as a clicker does until it asks a question of this kind; look at each on the way."""
    for _ in range(20):
        assert page.evaluate(TOO_SMALL) == []
        assert sideways(page) == []
        assert len(page.locator("main").inner_text().split()) < 90
        before = page.locator("main").get_attribute("data-screen") or ""
        if before.startswith(kind):
            return
        page.keyboard.press("PageDown")
        page.keyboard.press("PageDown")  # pressed twice before it is shown, it is one step
        expect(page.locator("main")).not_to_have_attribute("data-screen", before)
    raise AssertionError(f"no question of the kind {kind}")


def choose(page: Page, label: str, words: str) -> None:
    """Choose the first option of a list that holds these words; a late run of the page may shut
    the list once.
    """
    box = page.get_by_role("combobox", name=label, exact=True)
    option = page.get_by_role("option").filter(has_text=words).first
    for _ in range(3):
        box.click()
        box.press_sequentially(words, delay=30)
        with suppress(Error):
            option.click(timeout=5_000)
            break
        page.keyboard.press("Escape")
    wait_ready(page)
    expect(box).not_to_have_value("")


def opened(page: Page, title: str) -> Locator:
    """Open a folded form of the clerk's page, unless it is open."""
    form = page.get_by_test_id("stExpander").filter(has_text=title)
    if not form.get_by_role("combobox").first.is_visible():
        page.get_by_text(title, exact=True).click()
        expect(form.get_by_role("combobox").first).to_be_visible()
    return form


def test_a_meeting_is_played_by_clerk_chair_and_member_before_one_projector(
    own_server: LiveServer, browser: Browser, council: Database, meeting: int
):
    here = f"{own_server.url}/room/meeting/{meeting}"
    projector = signed_in(browser, own_server, "clerk", **WALL)
    projector.goto(here)
    at(projector, "words")
    member = signed_in(browser, own_server, "board.member", **PHONE)
    member.goto(here)
    go_to(projector, "waiting")
    assert axe_violations(projector) == []
    at(member, "waiting")
    assert axe_violations(member) + sideways(member) == []
    member.get_by_role("button", name="I’ll do it").click()
    expect(projector.locator(".taker")).to_contain_text("will do it")
    clerk = signed_in(browser, own_server, "clerk", **DESK)
    clerk.goto(f"{own_server.url}/meetings?id={meeting}")
    wait_ready(clerk)
    form = opened(clerk, "Somebody said yes in the room")
    choose(clerk, "To what", member.locator(".asked h1").inner_text()[:12])
    choose(clerk, "Who", "Cllr Jean Bowden")
    assert axe_violations(clerk) == []
    form.get_by_role("button", name="Write down the yes").click()
    wait_ready(clerk)
    expect(projector.locator("main")).to_contain_text("Cllr Jean Bowden said yes in the meeting")

    projector.context.set_offline(True)
    expect(projector.locator("[data-away]")).to_be_visible()
    at(projector, "waiting")
    projector.context.set_offline(False)
    expect(projector.locator("[data-away]")).to_be_hidden()
    own_server.kill()
    expect(projector.locator("[data-away]")).to_be_visible()
    at(projector, "waiting")
    own_server.start()
    expect(projector.locator("[data-away]")).to_be_hidden()
    projector.reload()
    at(projector, "waiting")

    clerk.reload()
    wait_ready(clerk)
    form = opened(clerk, "Record a decision")
    choose(clerk, "About which item", "Opening words")
    form.get_by_text("Noted", exact=True).click()
    form.get_by_label("What was decided, in a line").fill(DECIDED)
    form.get_by_role("button", name="Write it down").click()
    expect(clerk.get_by_text("Written down. The chair confirms it.")).to_be_visible()
    go_to(projector, "record")
    expect(projector.locator("main")).to_contain_text(DECIDED)
    assert axe_violations(projector) == []
    chair = signed_in(browser, own_server, "chair", **DESK)
    chair.goto(f"{own_server.url}/")
    wait_ready(chair)
    chair.locator(f"a[href='/meetings?id={meeting}']").first.click()  # from the Overview
    wait_ready(chair)
    expect(chair.get_by_role("link", name="Show it on the screen")).to_be_visible()
    chair.get_by_role("button", name="Confirm").first.click()
    at(projector, "decided")
    expect(projector.locator(".decisions")).to_contain_text(DECIDED)
    assert axe_violations(projector) == []
    for page in (projector, clerk, member, chair):
        page.context.close()
    council.engine.dispose()
