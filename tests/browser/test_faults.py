"""The database goes away under an open page: what was typed stays, and is saved afterwards."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from tests.helpers.door_server import AWAY, DoorServer
from tests.helpers.looking import axe_violations, wait_ready


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DoorServer]:
    with DoorServer(tmp_path_factory.mktemp("door")) as door:
        yield door


def test_a_form_keeps_its_words_and_is_saved_once_the_database_is_back(
    door: DoorServer, browser: Browser
):
    cookie, _, value = door.sign_in("ada").partition("=")
    context = browser.new_context()
    context.add_cookies([{"name": cookie, "value": value, "url": door.url}])
    page = context.new_page()
    page.goto(f"{door.url}/people")
    wait_ready(page)
    page.get_by_text("Add somebody").click()
    username, name = page.get_by_label("Username"), page.get_by_label("Name to show")
    username.fill("dawn.pryce")
    name.fill("Dawn Pryce")
    page.locator("label").filter(has_text="Manager").first.click()

    with door.without_database():
        name.press("Enter")  # a click may be lost while the box is redrawn
        expect(page.get_by_text(AWAY)).to_be_visible()
        expect(username).to_have_value("dawn.pryce")
        expect(name).to_have_value("Dawn Pryce")

    expect(page.get_by_text(AWAY)).to_be_hidden()
    expect(page.get_by_text("Dawn Pryce").first).to_be_visible()
    context.close()


def test_a_page_whose_live_connection_is_refused_says_so_until_it_comes(
    door: DoorServer, browser: Browser
):
    cookie, _, value = door.sign_in("ada").partition("=")
    context = browser.new_context()
    context.add_cookies([{"name": cookie, "value": value, "url": door.url}])
    page, refused = context.new_page(), True

    def ask(socket: WebSocketRoute) -> None:
        if refused:
            socket.close(code=1008)
        else:
            socket.connect_to_server()

    page.route_web_socket("**/_stcore/stream", ask)
    page.goto(f"{door.url}/people")
    sentence = page.get_by_text("This page has no live connection yet.")
    expect(sentence).to_be_visible()
    assert axe_violations(page, outside="[data-testid=stApp]") == []

    refused = False
    wait_ready(page)
    expect(sentence).to_be_hidden()
    context.close()
