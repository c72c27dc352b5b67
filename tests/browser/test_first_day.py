"""The first day of a council: from nothing to a card on the Board's screen, every press counted.

A press is a click on a button, a link or a choice, or a form sent with Enter. Typing is none, nor
is going from one box to the next with Tab. `docs/first_day.md` lists the presses and is held equal.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from os import environ
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pages.voice.checking_opening import A_MOMENT
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import DESK, wait_ready
from tests.helpers.source import ROOT

Role = Literal["button", "link", "radio"]

MOST_PRESSES = 25
LISTED = ROOT / "docs" / "first_day.md"
A_PRESS = re.compile(r"^\d+\. \*\*(.+?)\*\*", re.M)
PROMISE = "# Where you live\nWe ask before you move.\n\n# School\nWe ask how school is."
WORDS = "I want my bike back. It is still at my old house."
PEOPLE = {
    "Youth Voice Team": "Amara Oduya", "Safeguarding": "Helen Moss", "Chair": "Dawn Pryce",
    "Board member": "Dawn Pryce", "Manager": "Priya Nair",
}  # fmt: skip
ADOPTED_BY = "Adopted by (for example the Board, or Full Council)"

OWN = "four quiet words of mine"  # a password


@pytest.fixture
def new_council(tmp_path: Path) -> Iterator[LiveServer]:
    """A server whose database nobody has used."""
    with LiveServer(tmp_path, COPROD_SEED="none") as server:
        yield server


class Hand:
    """Presses one after another, by what is written on each, and waits for what comes of it."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def press(self, page: Page, role: Role, name: str, *, then: str) -> None:
        page.get_by_role(role, name=re.compile(f"^{re.escape(name)} ?(:|$)")).click()
        self.made.append(name)
        expect(page.get_by_text(then).locator("visible=true").first).to_be_visible()

    def arrive(self, page: Page, address: str) -> None:
        page.goto(address)
        page.get_by_label("New password").fill(OWN)
        page.get_by_label("Type it again").fill(OWN)
        self.press(page, "button", "Set this password", then="Your new password is set.")

    def sign_in(self, page: Page, address: str, username: str, *, then: str) -> None:
        self.arrive(page, address)
        self.sign_in_again(page, username, then=then)

    def sign_in_again(self, page: Page, username: str, *, then: str) -> None:
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(OWN)
        self.press(page, "button", "Sign in", then=then)
        wait_ready(page)


@pytest.fixture
def screens(browser: Browser) -> Iterator[Iterator[Page]]:
    contexts = [browser.new_context(locale="en-GB", **DESK) for _ in range(5)]
    yield iter([context.new_page() for context in contexts])
    for context in contexts:
        context.close()


def link_of_the_first_administrator(server: LiveServer) -> str:
    made = subprocess.run(
        [
            sys.executable, "-m", "coprod_data",
            "add-person", "ada", "Ada", "--role", "administrator",
        ],
        cwd=ROOT, env={**environ, **server.environment}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return server.url + re.findall(r"/sign-in/new-password\?link=\S+", made.stdout)[0]


def links_on(page: Page) -> dict[str, str]:
    """The one-time links to hand over, each by the name of whose it is."""
    found = re.findall(
        r"Hand over this link to ([^\n]+)\n.*?(http\S+link=\S+)",
        page.locator("body").inner_text(),
        re.S,
    )
    return dict(found)


def is_seen(button: Locator) -> bool:
    opaque = """button => {
        for (let part = button; part; part = part.parentElement)
            if (getComputedStyle(part).opacity === "0") return false;
        return true;
    }"""
    return bool(button.evaluate(opaque))


def typed(page: Page, label: str, text: str) -> None:
    wait_ready(page)  # while the page is made again, a box may be there twice
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Tab")


def test_from_nothing_to_the_first_card_on_the_boards_screen(
    new_council: LiveServer, screens: Iterator[Page]
):
    hand, office = Hand(), next(screens)
    address = link_of_the_first_administrator(new_council)

    hand.sign_in(office, address, "ada", then="Five steps, then young people can write to you.")
    typed(office, "Name of the council", "Sallowmere")
    hand.press(office, "button", "Save the council’s name", then="The council’s name is saved.")
    for role, name in PEOPLE.items():
        typed(office, role, name)
    hand.press(office, "button", "Add these people", then="Hand over this link to")
    wait_ready(office)
    links = links_on(office)
    copying = office.get_by_role("button", name="Copy to clipboard")
    assert copying.count() == len(links)
    assert all(is_seen(one) for one in copying.all())  # also before anybody points at it
    typed(office, "Your Promise", PROMISE)
    expect(office.get_by_text("3 themes, 2 commitments. Nothing is saved yet.")).to_be_visible()
    hand.press(
        office, "button", "Save this Promise", then="It is written down: 3 themes, 2 commitments."
    )
    typed(office, "Safeguarding lead: phone number", "01632 960011")
    typed(office, "Phone number in these hours", "01632 960001")
    typed(office, "Phone number at all other times", "01632 960002")
    hand.press(office, "button", "Save the duty rota", then="The duty rota is saved.")
    typed(office, "Name of the service", "Leaving Care")
    hand.press(office, "button", "Add this service", then="The service is added.")

    worker = next(screens)
    hand.arrive(next(screens), links["Helen Moss"])
    hand.arrive(worker, links["Amara Oduya"])

    chair = next(screens)
    hand.sign_in(chair, links["Dawn Pryce"], "dawn.pryce", then="Record that the Board adopted it")
    typed(chair, ADOPTED_BY, "The Board, with the Children in Care Council")
    hand.press(chair, "button", "Record that the Board adopted it", then="All five steps are done.")

    young = next(screens)
    young.goto(f"{new_council.url}/share")
    hand.press(young, "radio", "School", then="Next")
    hand.press(young, "link", "Next", then="How do you feel about it today?")
    hand.press(young, "link", "Next", then="What do you want to say?")
    young.get_by_label("What do you want to say?").fill(WORDS)
    hand.press(young, "link", "Next", then="Can the Board read your words?")
    hand.press(young, "radio", "Yes, my words", then="Can we show them to everyone?")
    hand.press(young, "link", "Next", then="Do you want someone to talk to you?")
    hand.press(young, "link", "Look at my card", then="This is what we will send.")
    hand.press(young, "button", "Send my card", then="Your card code")

    hand.sign_in_again(worker, "amara.oduya", then="Go to the queue")
    hand.press(worker, "link", "Go to the queue", then="Read no. 1")
    wait_ready(worker)
    hand.press(worker, "button", "Read no. 1", then="Who may read it")
    wait_ready(worker)
    worker.wait_for_timeout(A_MOMENT * 1_000)
    hand.press(worker, "button", "Release it", then="Released.")

    hand.press(chair, "link", "Go to Report cards", then=WORDS)
    assert len(hand.made) <= MOST_PRESSES, hand.made
    assert hand.made == A_PRESS.findall(LISTED.read_text("utf-8"))
