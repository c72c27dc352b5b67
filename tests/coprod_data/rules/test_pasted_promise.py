"""A pasted Promise: headings are themes, each other line is a commitment."""

import pytest

from coprod_data.permissions import Invalid
from coprod_data.rules.pasted_promise import ELSE, PastedTheme, read_promise
from coprod_data.rules.usernames import username_of

PEOPLE = ("1.1", "We help you see your family.")
SCHOOL = ("2.1", "We ask how school is.")


@pytest.mark.parametrize(
    "text",
    [
        "The people I love\nWe help you see your family.\n\nSchool\nWe ask how school is.\n",
        "# The people I love\n\n- We help you see your family.\n\n"
        "# School\n\n• We ask how school is.",
        "The people I love:\nWe help you see your family.\nSchool:\nWe ask how school is.",
        "1. The people I love\n1.1 We help you see your family.\n"
        "2. School\n2.1  We ask how school is.",
        "\r\n Theme 1: The people I love\r\n1.1) We help you see your family.\r\n"
        "Theme 2: School\r\n2.1) We ask how school is.\r\n",
    ],
    ids=["empty lines", "marks", "colons", "numbers", "numbers in brackets"],
)
def test_each_usual_way_to_write_it_reads_the_same(text: str):
    assert [(theme.title, theme.commitments) for theme in read_promise(text)] == [
        ("The people I love", (PEOPLE,)),
        ("School", (SCHOOL,)),
        (ELSE, ()),
    ]


def test_there_is_one_theme_for_something_else():
    themes = read_promise("# Homes\nWe ask before you move.\n# Something else\nWe listen.")

    assert [theme.title for theme in themes if theme.catch_all] == ["Something else"]


def test_the_theme_for_something_else_needs_no_commitment():
    [_, rest] = read_promise("# Homes\nWe ask before you move.\n# Something else")

    assert (rest.catch_all, rest.commitments) == (True, ())


def test_numbers_that_were_typed_are_kept():
    [homes, _] = read_promise("Homes\n3.1 We ask before you move.\n3.2 We show you a photo.")

    assert homes.commitments == (
        ("3.1", "We ask before you move."),
        ("3.2", "We show you a photo."),
    )


@pytest.mark.parametrize(
    ("heading", "icon"),
    [("Learning, school and college", "school"), ("Leaving care well", "next"),
     ("Health and how you feel", "feel"), ("A home that feels like home", "home"),
     ("Money that is fair and clear", "money")],
)  # fmt: skip
def test_a_picture_is_guessed_from_the_heading(heading: str, icon: str):
    assert read_promise(f"# {heading}\nWe do it.")[0].icon == icon


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "at least one heading"),
        ("Only a heading", "at least one heading"),
        ("We do it.\n# Homes\nWe ask.", "Begin with a heading"),
        ("# Homes\nWe ask.\n# homes\nWe show.", "Two headings have the same name"),
        ("#\nWe ask.", "A heading has no words"),
        (f"# {'long ' * 30}\nWe ask.", "This heading is too long"),
        (
            "Our Promise\n\nSchool\nWe ask.",
            "We read “Our Promise” as a theme.*Name of this",
        ),
        ("# Our Promise\n## School\nWe ask.", "We read “Our Promise” as a theme.*take it out"),
        ("Our Promise\n1. School\n1.1 We ask.", "We read “Our Promise” as a theme"),
        ("# School\nWe ask.\n# Homes", "We read “Homes” as a theme.*on the line below"),
        (
            "School\nWe ask.\n\nWe show you.\n\nHomes\n\nHealth\nWe do.",
            "We read “We show you.”, “Homes” as themes.*put # before each real heading",
        ),
        (
            "School\n\nWe ask.\n\nHomes\n\nWe show.",
            "We read only headings: “School”, “We ask.”, “Homes” and 1 more.*Put # before",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(text: str, sentence: str):
    with pytest.raises(Invalid, match=sentence):
        read_promise(text)


def test_a_theme_in_young_peoples_words_begins_as_its_heading_cut_to_what_fits():
    [theme, _] = read_promise(f"# {'a' * 80}\nWe ask.")

    assert theme == PastedTheme("a" * 80, "a" * 60, "people", (("1.1", "We ask."),))


@pytest.mark.parametrize(
    ("name", "username"),
    [("Cllr Dawn Pryce", "dawn.pryce"), ("Zoë O’Brien-Łuk", "zoe.obrien-uk"), ("Dr Ann", "ann")],
)
def test_a_username_is_made_of_a_name_without_its_title(name: str, username: str):
    assert username_of(name) == username
