"""The library on screen: lists, forms with faults, a file that is brought and sent, states."""

import pytest

from tests.helpers.library import PDF
from tests.helpers.opening import OpenAs, drawn, words

LIBRARY = "together/library.py"


def press(at, label: str) -> None:
    next(one for one in at.button if one.label == label).click().run()
    assert not at.exception


@pytest.mark.usefixtures("council")
def test_the_list_says_who_made_each_and_how_complete_it_is(open_as: OpenAs):
    at = open_as("board.member", LIBRARY)
    said = words(at)
    assert "Made with Westmarch Voices, and four parents · Agreed with who made it" in said
    assert "To be looked at again" in said
    assert "Withdrawn" in said
    assert not at.expander
    shown = words(open_as("board.member", LIBRARY, kind="toolkit", state="published"))
    assert "Young people on interview panels" in shown
    assert "Forum leaflet" not in shown
    none = open_as("chair", LIBRARY, kind="school", state="withdrawn")
    assert "Nothing of that here" in words(none)


def number_of(open_as: OpenAs, title: str) -> str:
    before = drawn(open_as("chair", LIBRARY)).split(f">{title}<")[0]
    return before.rpartition("/library?id=")[2].partition('"')[0]


@pytest.mark.usefixtures("council")
def test_a_manager_writes_a_draft_and_brings_a_file(open_as: OpenAs):
    at = open_as("manager", LIBRARY)
    next(one for one in at.text_input if one.label == "Title").set_value("Our welcome pack")
    press(at, "Add this draft")
    assert "Say what kind it is." in words(at)
    assert next(one for one in at.text_input if one.label == "Title").value == "Our welcome pack"
    next(one for one in at.selectbox if one.label == "What kind is it?").select("Toolkit")
    next(one for one in at.radio if "complete" in one.label).set_value("Begun")
    next(one for one in at.text_input if "made it" in one.label).set_value("Jordan Smith")
    keeper = next(one for one in at.selectbox if one.label == "Who keeps it")
    keeper.select("Priya Nair")
    press(at, "Add this draft")
    assert "looks like a first name and a surname" in words(at)
    next(one for one in at.text_input if "made it" in one.label).set_value("Jordan")
    press(at, "Add this draft")
    assert "Added as a draft." in words(at)
    assert "There is no file and no link yet." in words(at)

    press(at, "Put this into the library")
    assert "Choose a file or write a link" in words(at)
    link = next(one for one in at.text_input if "https://" in one.label)
    link.set_value("javascript:alert(1)")
    press(at, "Put this into the library")
    assert "Write one whole link" in words(at)
    at.file_uploader[0].set_value(("picture.pdf", b"<svg/>", "application/pdf"))
    next(one for one in at.text_input if "https://" in one.label).set_value("")
    press(at, "Put this into the library")
    assert "This is not a file that the library takes." in words(at)
    at.file_uploader[0].set_value(("pack.docx", PDF, "application/pdf"))
    press(at, "Put this into the library")
    assert "It is in the library." in words(at)
    assert "Standard (PDF)" in words(at)
    assert not [one for one in at.button if one.label == "Publish it"]


@pytest.mark.usefixtures("council")
def test_the_team_lets_it_out_withdraws_it_and_puts_it_back(open_as: OpenAs):
    number = number_of(open_as, "What a service that listens does")
    at = open_as("youth.voice", LIBRARY, id=number)
    press(at, "Withdraw it")
    assert "Say why it is withdrawn." in words(at)
    next(one for one in at.text_input if "Why is it" in one.label).set_value("It is old.")
    press(at, "Withdraw it")
    assert "Withdrawn: do not use it" in words(at)
    press(at, "Put it back")
    assert "It is published." in words(at)
    press(at, "Make it a draft again")
    press(at, "Yes, a draft again")
    assert "It is a draft again." in words(at)
    press(at, "Publish it")
    assert "It is published." in words(at)


@pytest.mark.usefixtures("small_council")
def test_a_council_without_any_is_told_what_belongs_here(open_as: OpenAs):
    assert "Nothing in the library yet" in words(open_as("chair", LIBRARY))
