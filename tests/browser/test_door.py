"""The door as people meet it: signing in, being signed out, coming back, leaving nothing behind."""

import re
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from coprod_data.commands.auth_sessions import end_sessions
from coprod_data.models import AuthSession, Person
from coprod_data.store.actors import System
from pages.door import sign_in as said
from tests.helpers.databases import opened
from tests.helpers.live_server import PASSWORD, LiveServer
from tests.helpers.looking import Visit, wait_ready

COLD_PAGE = 750_000  # bytes


def type_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def sign_out_elsewhere(page: Page, server: LiveServer) -> None:
    """Sign the same browser out in another tab."""
    other = page.context.new_page()
    other.goto(server.url + "/sign-out")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("status")).to_have_text(said.OUT)


def end_every_session_of(username: str, server: LiveServer) -> None:
    """As a changed role or a new password does."""
    files = server.environment
    with (
        opened(files["COPROD_DATABASE_URL"], Path(files["COPROD_KEY_FILE"])) as database,
        database.writing(System()) as (db, system),
    ):
        mine = sa.select(AuthSession.public_id).join(Person).where(Person.username == username)
        end_sessions(db, system, list(db.scalars(mine)))


def test_a_stranger_signs_in_and_comes_to_where_they_wanted(visit: Visit, server: LiveServer):
    page = visit("/report_cards?state=shared")
    assert page.url == server.url + "/sign-in?next=%2Freport_cards%3Fstate%3Dshared"

    type_in(page, "chair", "not-the-right-one")
    expect(page.get_by_role("alert")).to_have_text(said.REFUSED)
    expect(page.get_by_label("Username")).to_have_value("chair")
    type_in(page, "chair")

    page.wait_for_url("**/report_cards?state=shared")
    wait_ready(page)
    expect(page.get_by_text("Cllr Martin Ashby")).to_be_visible()


def test_signing_in_and_out_needs_no_mouse(visit: Visit):
    page = visit("/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.get_by_label("Username").focus()
    page.keyboard.type("manager")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    wait_ready(page)

    page.get_by_role("button", name="Sign out").press("Enter")

    page.wait_for_url("**/sign-in?note=out")


def test_the_password_manager_knows_the_fields(visit: Visit):
    page = visit("/sign-in")

    expect(page.get_by_label("Username")).to_have_attribute("autocomplete", "username")
    expect(page.get_by_label("Password")).to_have_attribute("autocomplete", "current-password")


def test_signing_in_works_without_script(visit: Visit):
    page = visit("/sign-in", java_script_enabled=False)

    type_in(page, "chair")

    page.wait_for_url(lambda url: "/sign-in" not in url)
    read = page.get_by_text("This page is to read.")  # on a busy machine it comes without
    other = page.get_by_role("link", name=re.compile("Young people can tell us"))
    expect(read.or_(other)).to_be_visible()


def test_every_tab_of_a_session_is_on_the_sign_in_page_soon_after_its_end(
    visit: Visit, server: LiveServer
):
    page = visit("/opportunities", "chair", fresh=True)
    second = page.context.new_page()
    second.goto(server.url + "/report_cards?state=shared")
    wait_ready(second)

    sign_out_elsewhere(page, server)
    began = time.monotonic()

    for tab, wanted in ((page, "%2Fopportunities"), (second, "%2Freport_cards%3Fstate%3Dshared")):
        tab.wait_for_url(f"**/sign-in?next={wanted}", timeout=10_000)
    assert time.monotonic() - began < 5  # two seconds, and time for two busy cores to draw it


def test_who_was_led_away_comes_back_to_the_same_page(visit: Visit, server: LiveServer):
    page = visit("/report_cards?state=shared", "board.member", fresh=True)
    end_every_session_of("board.member", server)

    page.wait_for_url("**/sign-in?next=*", timeout=10_000)
    expect(page.get_by_role("status")).to_have_text(said.ENDED)
    type_in(page, "board.member")

    page.wait_for_url("**/report_cards?state=shared")
    wait_ready(page)


def test_what_was_searched_for_leaves_the_tab_with_its_person_however_the_session_ends(
    visit: Visit, server: LiveServer
):
    page = visit("/search", "board.member", fresh=True)
    page.locator(".st-key-search-box input").fill("lonely")
    assert "lonely" in page.evaluate("sessionStorage.getItem('last-search')")
    end_every_session_of("board.member", server)
    page.wait_for_url("**/sign-in?next=*", timeout=10_000)
    assert page.evaluate("sessionStorage.getItem('last-search')") is None

    type_in(page, "manager")

    page.wait_for_url(lambda address: "/sign-in" not in address)
    assert "/search" not in page.url
    wait_ready(page)
    page.goto(server.url + "/search")
    wait_ready(page)
    expect(page.locator(".st-key-search-box input")).to_have_value("")


def test_after_signing_out_neither_back_nor_the_old_cookie_shows_anything(
    visit: Visit, server: LiveServer
):
    page = visit("/people", "administrator", fresh=True)
    cookies = page.context.cookies()
    expect(page.get_by_text("Amara Oduya")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in?note=out")
    assert "Amara Oduya" not in page.locator("main").inner_text().split("Try it as")[0]
    page.go_back()
    page.wait_for_url("**/sign-in?next=%2Fpeople")
    page.context.add_cookies(cookies)
    page.goto(server.url + "/people")

    assert "/sign-in?next=%2Fpeople" in page.url


@pytest.mark.parametrize("username", ["chair", "young.person", "administrator"])
def test_no_page_holds_a_frame_of_a_cookie_manager(visit: Visit, username: str):
    page = visit("/", username)

    assert page.locator("iframe").count() == 0


def test_scripts_find_nothing_of_the_session(visit: Visit):
    page = visit("/sign-in")
    type_in(page, "chair")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    wait_ready(page)

    kept = page.evaluate(
        "document.cookie + JSON.stringify([{...localStorage}, {...sessionStorage}])"
    )

    token = next(c["value"] for c in page.context.cookies() if c["name"] == "coprod")
    assert "coprod" not in kept
    assert token not in kept + page.content()


def test_a_cold_page_is_light_enough_for_a_phone_line(visit: Visit):
    page = visit("/sign-in")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    arrived: list[int] = []
    network.on("Network.loadingFinished", lambda event: arrived.append(event["encodedDataLength"]))

    type_in(page, "board.member")  # their first page has no form that another test could fill
    page.wait_for_url(lambda url: "/sign-in" not in url)
    wait_ready(page)

    assert 300_000 < sum(arrived) < COLD_PAGE


def test_a_tab_survives_a_restart_of_the_server(visit: Visit, server: LiveServer):
    page = visit("/opportunities", "manager", fresh=True)

    server.kill()
    server.start()

    page.get_by_role("link", name="My work").click()
    page.wait_for_url("**/my_work", timeout=20_000)
    wait_ready(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("waiting for you")


def test_a_link_that_does_not_work_shows_no_form(visit: Visit):
    page = visit("/sign-in/new-password?link=made-up")

    expect(page.get_by_role("heading", name="This link cannot be used")).to_be_visible()
    expect(page.get_by_label("New password")).to_have_count(0)
