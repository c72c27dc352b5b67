"""A nine-year-old can read young people's pages: every sentence and every page."""

from itertools import chain

import pytest

from pages.parts.wording import catalogue
from tests.helpers.reading_age import HARDEST_PAGE, score, syllables, too_hard
from tests.helpers.source import ROOT

GAPS = {
    "council": "Westmarch", "minutes": "12", "day": "Thursday 5 March", "by": "by Thursday 5 March",
    "month": "March 2026", "count": "4,951", "all": "4", "time": "5pm",
    "marked": "3", "whole": "11", "level": "Often",
    "number": "2", "reference": "ab12", "hours": "Monday to Friday", "face": "good",
    "names": "Amara or Ben", "person": "Amara", "when": "9am on Monday",
    "police": "999", "childline": "0800 1111", "samaritans": "116 123", "shout": "85258",
}  # fmt: skip


@pytest.mark.parametrize(("name", "sentence"), catalogue().items(), ids=catalogue())
def test_a_sentence_of_the_catalogue_is_easy(name: str, sentence: str):
    assert too_hard(sentence.format(**GAPS)) == [], name


@pytest.mark.parametrize("section", sorted({name.split(".")[0] for name in catalogue()}))
def test_a_section_of_the_catalogue_is_easy_as_a_whole(section: str):
    said = [s.format(**GAPS) for name, s in catalogue().items() if name.startswith(section + ".")]

    assert score("\n".join(said)).hardest <= HARDEST_PAGE


@pytest.mark.parametrize(
    "hard",
    [
        "Your session has expired due to inactivity; please re-authenticate.",
        "Co-production opportunities awaiting allocation to board members",
        "We want to tell you that we have read all of the words that you wrote to us.",
        "Your placement is safe.",
    ],
)
def test_what_is_too_hard_is_found(hard: str):
    assert too_hard(hard)


@pytest.mark.parametrize(
    ("word", "count"),
    [("words", 1), ("write", 1), ("Board", 1), ("happy", 2), ("Childline", 2), ("little", 2)],
)
def test_syllables_are_counted_as_people_say_them(word: str, count: int):
    assert syllables(word) == count


ENDS = ("_lead", "_nobody", "_read", "_some")


def test_no_sentence_of_the_catalogue_stands_unused():
    put_together = (
        "feeling.",
        "card.",
        "outcome.",
        "job.",
        "meet.",
        "feedback.",
        "heard.",
        "who.",
        "talk.",
        "reads.",
        "privacy.",
        "access.",
        "join.reached_",
        "easy.",
        "auditor.",
        "pulse.",
        "policy.",
    )  # with a number or a state at their end
    pages = (ROOT / "pages").rglob
    source = "".join(path.read_text("utf-8") for path in chain(pages("*.py"), pages("*.html")))

    unused = [
        name
        for name in catalogue()
        # With `_lead` at its end it is said where only safeguarding reads, with `_nobody` where
        # nobody here may, with `_read` once the team has read it.
        if not any(
            f"{quote}{said}{quote}" in source
            for said in (name, *(name.removesuffix(end) for end in ENDS))
            for quote in "'\""
        )
        and not name.startswith(put_together)
    ]

    assert unused == []
