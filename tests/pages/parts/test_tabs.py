"""A tab's next sentence is shown once, by a run that finished."""

from collections.abc import Iterator

import pytest

from pages.parts.tabs import drawn_whole, forget_tab, note_tab, tell_next, told

TAB = "a tab of the tests"


def said() -> str:
    waiting = told(TAB)
    return waiting.words if waiting else ""


@pytest.fixture(autouse=True)
def an_open_tab() -> Iterator[None]:
    note_tab(TAB, "a session", raw_words=False)
    yield
    forget_tab(TAB)


def test_a_sentence_is_told_once_by_a_run_that_came_to_its_end():
    tell_next(TAB, "Saved.")

    assert said() == "Saved."
    drawn_whole(TAB)
    assert said() == ""


def test_a_run_that_a_second_press_ended_leaves_it_to_the_next():
    tell_next(TAB, "Saved.")

    assert [said(), said()] == ["Saved.", "Saved."]


def test_what_is_said_while_a_page_is_drawn_waits_for_the_next_run():
    tell_next(TAB, "Saved.")
    told(TAB)
    tell_next(TAB, "Saved.")  # the same words, of another press
    drawn_whole(TAB)

    assert said() == "Saved."


def test_nobody_is_told_anything_in_a_tab_that_is_closed():
    forget_tab(TAB)
    tell_next(TAB, "Saved.")

    assert said() == ""
