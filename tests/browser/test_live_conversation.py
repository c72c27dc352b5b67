"""A live conversation in three browsers, a killed server in its middle: wall, worker, phone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from coprod_data.commands.entries import send_entry
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_room import show_in_room
from coprod_data.commands.sessions import plan_session
from coprod_data.commands.sessions_joining import make_join_code
from coprod_data.commands.sessions_screens import open_screen
from coprod_data.store.actors import Played
from coprod_data.store.card_codes import new_code
from coprod_data.store.database import connect
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import PHONE, axe_violations, sideways, wait_ready
from tests.helpers.sessions import a_plan

SMALL = {"viewport": {"width": 360, "height": 740}}
STICKS_OUT_LEFT = """() => [...document.querySelectorAll('main *')].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.left < -2;
}).slice(0, 5).map((element) => element.className || element.tagName)"""
WALL = {"viewport": {"width": 1920, "height": 1080}}
PLANTED = "Planted words of a new phone"
VOICE = "youth.voice"


@pytest.fixture
def conversation(own_server: LiveServer) -> tuple[int, str]:
    """A session that is on now, with a wall on which five entries are let out."""
    database = connect(
        own_server.environment["COPROD_DATABASE_URL"],
        Path(own_server.environment["COPROD_KEY_FILE"]),
    )
    now, hour = datetime.now(UTC), timedelta(hours=1)
    with database.writing(Played(VOICE, now)) as (db, actor):
        plan = a_plan(actor, title="What makes a good school morning?")
        number = plan_session(db, actor, plan=plan, starts_at=now, ends_at=now + hour)
        code = make_join_code(db, actor, number)
        open_screen(db, actor, number)
    for one in range(5):
        form = f"invented-wall-{one}"
        made = new_code(form, database.keys)
        with database.writing(Played(None, now)) as (db, actor):
            entry_id = send_entry(
                db, actor, form_id=form, code=made, theme_id=None, thinks=f"Sent by phone {one}",
                wants="", feeling=None, uses=frozenset(), join_code=code, room=True,
            ).entry_id  # fmt: skip
        with database.writing(Played(VOICE, now)) as (db, actor):
            open_to_read(db, actor, entry_id, to_check=False)
            show_in_room(db, actor, entry_id, shown=f"Sent by phone {one}")
    database.engine.dispose()
    return number, code


def signed_in(browser: Browser, server: LiveServer, username: str, **screen: object) -> Page:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", **screen)
    pairs = [pair.partition("=") for pair in server.sign_in(username).split("; ")]
    context.add_cookies([{"name": n, "value": v, "url": server.url} for n, _, v in pairs])
    return context.new_page()


def kept(frames: list[str]) -> Callable[[Route], None]:
    """Keep every answer that a page gets; one that the server cannot give is none."""

    def handle(route: Route) -> None:
        try:
            answer = route.fetch()
            frames.append(answer.text())
            route.fulfill(response=answer)
        except Exception:
            route.abort()

    return handle


def test_a_wall_a_worker_and_a_phone_hold_a_conversation(
    own_server: LiveServer, browser: Browser, conversation: tuple[int, str]
):
    number, code = conversation
    wall, frames = signed_in(browser, own_server, VOICE, **WALL), []
    wall.route("**/room/**", kept(frames))
    wall.goto(f"{own_server.url}/room/{number}")
    said = wall.locator("[data-said]")
    expect(said).to_contain_text("Sent by phone")
    expect(wall.locator("[data-join-words]")).to_have_text(code)
    assert sideways(wall) == []
    first = said.text_content()

    phone = browser.new_page(**PHONE)
    phone.goto(f"{own_server.url}/join#{code.replace(' ', '-')}")
    phone.get_by_role("button", name="Go in").click()
    phone.get_by_role("button", name="Say what you think").click()
    phone.wait_for_url("**/share**")
    phone.evaluate("location.hash = 'words'")
    phone.locator("#thinks").fill(PLANTED)
    phone.evaluate("location.hash = 'who'")
    phone.get_by_label("Yes, on this screen today").check()
    phone.evaluate("location.hash = 'check'")
    phone.get_by_role("button", name="Send my card").click()
    expect(phone.locator("[data-wipe] [data-card-code]")).to_be_visible()
    expect(wall.locator("[data-waits]")).to_have_text("We are reading.")

    own_server.kill()
    expect(wall.locator("[data-away]")).to_be_visible()
    assert said.text_content() == first
    own_server.start()
    expect(wall.locator("[data-away]")).to_be_hidden(timeout=20_000)
    wall.reload()
    assert said.text_content() == first
    assert not any(PLANTED in frame for frame in frames)

    worker = signed_in(browser, own_server, "youth.voice.two", **PHONE)
    worker.goto(f"{own_server.url}/sessions?id={number}&tab=room")
    wait_ready(worker)
    worker.get_by_role("button", name="Read the next one").click()
    expect(worker.get_by_label("What goes on the wall")).to_have_value(PLANTED)
    worker.get_by_role("button", name="Show it on the wall").click()
    expect(worker.get_by_role("button", name="Look again")).to_be_visible()

    shown = set()
    for _ in range(6):
        shown.add(said.text_content())
        seen = said.get_attribute("data-number")
        wall.keyboard.press("ArrowRight")
        expect(said).not_to_have_attribute("data-number", seen or "")
    assert PLANTED in shown
    on_wall = wall.locator("[data-join-words]")
    worker.get_by_role("button", name="Stop this code").click()
    worker.get_by_role("button", name="Yes, stop it").click()
    expect(on_wall).to_have_count(0)
    worker.get_by_role("button", name="Make the code").click()
    expect(on_wall).to_have_count(1)
    assert on_wall.text_content() != code
    worker.get_by_role("button", name="Close the wall").click()
    expect(said).to_be_hidden(timeout=20_000)
    for page in (wall, phone, worker):
        page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_a_code_opens_fits_a_small_phone_in_both_directions(
    own_server: LiveServer, browser: Browser, conversation: tuple[int, str], script: bool
):
    _, code = conversation
    context = browser.new_context(java_script_enabled=script, **SMALL)
    phone = context.new_page()
    answers: list[Response] = []
    phone.on("response", lambda answer: answers.append(answer))

    phone.goto(f"{own_server.url}/join", wait_until="networkidle")
    if not script:  # all that a phone fetches to join, the letters included
        sizes = [answer.request.sizes()["responseBodySize"] for answer in answers]
        assert len(sizes) > 1
        assert sum(sizes) < 60_000
    problems = fits(phone, script)
    phone.get_by_label("Type the two words").fill("amber kite")
    phone.get_by_role("button", name="Go in").click()
    expect(phone.get_by_text("We do not know that code.")).to_be_visible()
    problems += fits(phone, script)
    phone.get_by_label("Type the two words").fill(code)
    phone.get_by_role("button", name="Go in").click()
    expect(phone.get_by_role("button", name="How was today?")).to_be_visible()
    problems += fits(phone, script)
    phone.get_by_role("button", name="How was today?").click()
    phone.get_by_label("Good", exact=True).first.check()
    phone.get_by_label("What should we change?").fill("\u0643\u0631\u0627\u0633\u064a " * 60)
    problems += fits(phone, script)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("We have it.")).to_be_visible()
    problems += fits(phone, script)
    assert problems == []
    context.close()


def fits(page: Page, script: bool) -> list[str]:
    """What sticks out as it is and read from right to left; with script, what axe finds too."""
    found = sideways(page) + (axe_violations(page) if script else [])
    page.evaluate("document.documentElement.dir = 'rtl'")
    found += sideways(page)
    left = page.evaluate(STICKS_OUT_LEFT)
    page.evaluate("document.documentElement.dir = ''")
    return found + left
