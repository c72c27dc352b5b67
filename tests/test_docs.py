"""What the README and docs/ say about rights, pages, nouns and commands is true of the code."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_data.files.docs import rights_page
from coprod_data.files.seed import STEPS
from coprod_data.files.sheets import SHEETS
from pages.menu import pages_page
from tests.helpers.pictures import BIGGEST
from tests.helpers.source import ROOT, all_source

START = (
    "python -m venv .venv && .venv/bin/pip install -r requirements.txt"
    " && .venv/bin/streamlit run dashboard.py"
)
TEST = "python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/pytest"
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(("name", "made"), [("rights.md", rights_page), ("pages.md", pages_page)])
def test_a_page_made_from_the_code_says_what_the_code_does(name: str, made: Callable[[], str]):
    assert (ROOT / "docs" / name).read_text("utf-8") == made(), "run python -m coprod_data docs"


@pytest.mark.parametrize("command", [START, TEST])
def test_each_command_is_on_a_line_of_its_own(command: str):
    assert README.splitlines().count(command) == 1


def test_the_readme_is_read_in_one_sitting():
    assert len(README.splitlines()) <= 170


def test_the_readme_shows_two_small_pictures():
    pictures = re.findall(r"!\[[^]]{20,}\]\((docs/pictures/\w+\.png)\)", README)

    assert len(pictures) == 2
    assert all((ROOT / picture).stat().st_size < BIGGEST for picture in pictures)


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
def test_what_a_page_links_to_is_there(page: Path):
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_page_of_the_seed_names_every_sheet_in_order_and_its_steps():
    page = (ROOT / "seed" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)\.csv` \|.*\|([^|]*)\|$", page, re.M)

    told = {name: set(re.findall(r"`([^`]+)`", steps)) for name, steps in rows}

    assert told == {
        sheet.name: {step for of, step in STEPS if of == sheet.name and step} for sheet in SHEETS
    }
    assert list(told) == [sheet.name for sheet in SHEETS]


ADDING = (ROOT / "docs" / "adding_a_noun.md").read_text("utf-8")
PLACES = set(re.findall(r"^\| `([^`]+)` \|", ADDING, re.M))
THE_EXAMPLE = re.compile(r"\b(vocabulary|models|queries|commands)\.groups\b|\bmodels\.Group")
NAMED_AFTER_IT = re.compile(r"(^|_)groups($|_)")
USES_IT = {  # other nouns, which name a group or one of its meetings
    "coprod_data/commands/actions.py",
    "coprod_data/commands/opportunities.py",
    "coprod_data/queries/actions.py",
    "coprod_data/queries/opportunities.py",
    "coprod_data/queries/people_holding.py",
    "pages/office/people_closing.py",
    "pages/promise/actions_plan.py",
    "pages/together/opportunities_following.py",
    "pages/together/opportunities_steps.py",
}


@pytest.mark.parametrize("place", sorted(PLACES))
def test_every_place_of_adding_a_noun_knows_the_example(place: str):
    path = ROOT / place

    assert path.is_dir() or "group" in (path.name + path.read_text("utf-8")).lower()


def test_a_noun_has_no_other_place():
    knowing = {
        str(source.path)
        for source in all_source("coprod_data", "pages")
        if any(THE_EXAMPLE.search(name) for _, name in source.imports)
    }

    assert knowing - PLACES == USES_IT


def test_every_file_named_after_the_example_is_a_place():
    named = {
        path.relative_to(ROOT).as_posix()
        for folder in ("coprod_data", "pages", "seed", "tests")
        for path in (ROOT / folder).rglob("*.*")
        if NAMED_AFTER_IT.search(path.stem) and path.suffix != ".pyc"
    }

    assert named - PLACES == set()


@pytest.mark.parametrize("path", re.findall(r"`(tests/[^`]+)`", ADDING))
def test_the_tests_to_run_are_there(path: str):
    assert (ROOT / path).exists()
