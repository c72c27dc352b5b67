"""The way: each page about a thing leads up to its theme and down to what came of it."""

import re

import pytest

from tests.helpers.opening import OpenAs, drawn, heading

CARDS, CHANCES, PLAN = (
    "voice/report_cards.py", "together/opportunities.py", "promise/actions.py",
)  # fmt: skip


def links(shown: str, name: str) -> list[str]:
    """The addresses in a navigation of this name."""
    found = re.search(rf'<nav[^>]*aria-label="{name}">(.*?)</nav>', shown, re.S)
    return re.findall(r'href="([^"]+)"', found[1]) if found else []


def page_of(href: str) -> tuple[str, dict[str, str]]:
    path, _, query = href.partition("?")
    file = {"/report_cards": CARDS, "/opportunities": CHANCES, "/actions": PLAN}[path]
    return file, dict(part.split("=") for part in query.split("&"))


@pytest.mark.parametrize("username", ["chair", "youth.voice"])
@pytest.mark.usefixtures("council")
def test_from_what_changed_up_to_the_theme_and_down_again(open_as: OpenAs, username: str):
    at = open_as(username, CHANCES, outcome="1")
    up = links(drawn(at), "Where this comes from")

    assert [href.split("=")[0] for href in dict.fromkeys(href.split("=")[0] for href in up)] == [
        "/actions?theme", "/actions?commitment", "/report_cards?id", "/opportunities?id",
        "/actions?action",
    ]  # fmt: skip
    for href in up:
        file, query = page_of(href)
        page = open_as(username, file, **query)
        assert not page.exception
        assert "could not find" not in heading(page)
        came = links(drawn(page), "What came of it")
        assert came or "opportunities" in href, href


@pytest.mark.usefixtures("council")
def test_a_young_person_is_led_to_no_page_of_adults(open_as: OpenAs):
    at = open_as("young.person", CARDS, id="1")

    assert {href.split("?")[0] for href in links(drawn(at), "Where this comes from")} == {
        "/report_cards"
    }
    assert links(drawn(at), "What came of it") == []


@pytest.mark.parametrize("typed", ["999999", "0", "x"])
@pytest.mark.usefixtures("council")
def test_an_outcome_that_is_not_there_leads_to_the_list(open_as: OpenAs, typed: str):
    at = open_as("chair", CHANCES, outcome=typed)

    assert not at.exception
    assert heading(at) == "Opportunities"
