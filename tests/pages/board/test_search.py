"""The search: from a box on every page, of what its reader may open."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Worry
from coprod_data.store.database import Database
from pages.menu import SEARCH, menu_for
from pages.shared.search_box import BOX as FRAME
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.opening import OpenAs, drawn, heading, words

BOX = "search-box"
FOOT = {"/account", "/privacy", "/accessibility", "/useful"}  # of every page


def linked(shown: str) -> set[str]:
    return set(re.findall(r'href="(/[a-z_]+)', shown.partition('class="found-groups"')[2]))


@pytest.mark.parametrize("username", ONE_EACH)
@pytest.mark.usefixtures("council")
def test_the_box_on_a_page_leads_to_what_is_found(open_as: OpenAs, username: str):
    at = open_as(username)
    at.text_input(key=FRAME).set_value("school").run()

    assert heading(at) == "Search"
    assert at.text_input(key=BOX).value == "school"
    assert dict(at.query_params) == {}
    assert " found." in words(at) or "Nothing found" in words(at)


@pytest.mark.parametrize("username", ["chair", "administrator", "young.person"])
@pytest.mark.usefixtures("council")
def test_each_row_opens_a_page_of_the_readers(open_as: OpenAs, username: str):
    at = open_as(username, SEARCH)
    at.text_input(key=BOX).set_value("school").run()

    opened = linked(drawn(at)) - FOOT
    assert opened
    assert opened <= {page.address for page in menu_for(DEMO[username])}


@pytest.mark.usefixtures("council")
def test_each_number_is_that_of_its_rows(open_as: OpenAs):
    at = open_as("chair", SEARCH)
    at.text_input(key=BOX).set_value("home").run()

    sections = drawn(at).split("<section")[1:]
    assert len(sections) > 3
    for section in sections:
        [count] = re.findall(r'class="found-count">(\d+)<', section)
        assert section.count("<li") == int(count)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a", "Type at least 2 letters or digits."),
        ("quixotry", "Nothing found"),
    ],
)
@pytest.mark.usefixtures("council")
def test_what_cannot_be_found_is_said(open_as: OpenAs, typed: str, said: str):
    at = open_as("chair", SEARCH)
    at.text_input(key=BOX).set_value(typed).run()

    assert heading(at) == "Search"
    assert said in words(at)
    assert not at.exception


@pytest.mark.usefixtures("council")
def test_an_empty_box_says_what_may_be_typed(open_as: OpenAs):
    at = open_as("chair", SEARCH)

    assert at.text_input(key=BOX).placeholder.startswith("Words, numbers or names.")


@pytest.mark.usefixtures("council")
def test_what_was_found_is_downloaded_by_a_form(open_as: OpenAs):
    at = open_as("chair", SEARCH)
    at.text_input(key=BOX).set_value("taxi").run()

    assert 'method="post" action="/export/search.csv"' in drawn(at)
    assert "taxi" not in " ".join(re.findall(r'(?:href|action)="([^"]*)"', drawn(at)))


def test_words_that_were_found_can_be_worried_about(council: Database, open_as: OpenAs):
    with Session(council.engine) as db:
        before = len(db.scalars(sa.select(Worry)).all())
    at = open_as("chair", SEARCH)
    at.text_input(key=BOX).set_value("school").run()

    shown = drawn(at).split('<h2 id="found-words"')[1].split("</section>")[0].count("<li")
    pressed = [one for one in at.button if one.label == "I am worried"]
    assert len(pressed) == shown > 0
    pressed[0].click().run()

    assert "The Youth Voice Team reads these words again." in words(at)
    with Session(council.engine) as db:
        assert len(db.scalars(sa.select(Worry)).all()) == before + 1
