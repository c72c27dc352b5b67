"""What the README and docs/ say about rights, pages, nouns and commands is true of the code."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_data.files.docs import rights_page
from coprod_data.files.seed import STEPS
from coprod_data.files.sheets import SHEETS
from coprod_data.models import Base
from coprod_data.vocabulary.retention import Kept
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


def test_the_operators_page_is_two_sides_of_paper():
    assert len((ROOT / "docs" / "operating.md").read_text("utf-8").split()) <= 1_500


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
    "pages/listening/audits_plan.py",
    "pages/promise/wordings.py",
    "pages/promise/actions_one.py",
    "coprod_data/queries/way_together_steps.py",
    "coprod_data/queries/promise_plan.py",
    "coprod_data/commands/promise_plan.py",
    "coprod_data/commands/actions_authors.py",
    "coprod_data/commands/meetings.py",
    "coprod_data/commands/opportunities.py",
    "coprod_data/queries/actions.py",
    "coprod_data/queries/actions_detail.py",
    "coprod_data/queries/heard.py",
    "coprod_data/queries/opportunities.py",
    "coprod_data/queries/people_holding.py",
    "coprod_data/queries/sessions.py",
    "coprod_data/queries/sessions_audiences.py",
    "coprod_data/queries/sessions_joining.py",
    "coprod_data/queries/sessions_series.py",
    "coprod_data/scopes/staff_texts_chain.py",
    "coprod_data/commands/sessions_rules.py",
    "pages/office/people_closing.py",
    "pages/promise/actions_propose.py",
    "coprod_data/commands/actions_rules.py",
    "pages/board/overview_answer.py",
    "pages/promise/actions_since.py",
    "pages/together/opportunities_following.py",
    "pages/together/opportunities_reviewing.py",
    "pages/together/sessions_plan.py",
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


NAMED_TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")
DPIA = (ROOT / "docs" / "dpia.md").read_text("utf-8")


def not_there(text: str) -> list[str]:
    """Each test that a text names and that is not in `tests/`."""
    return [
        f"{file}::{name}"
        for file, name in NAMED_TEST.findall(text)
        if not (ROOT / "tests" / file).exists()
        or not re.search(
            rf"^(async )?def {name}\(", (ROOT / "tests" / file).read_text("utf-8"), re.M
        )
    ]


@pytest.mark.parametrize("page", ["security.md", "dpia.md", "accessibility.md"])
def test_each_test_that_a_paper_names_is_there(page: str):
    text = (ROOT / "docs" / page).read_text("utf-8")

    assert NAMED_TEST.search(text)
    assert not_there(text) == [], f"docs/{page} names these: say how it is tested now"
    assert not_there("`test_docs.py::test_that_is_not_there`") != []


def test_every_security_requirement_is_met_by_a_test_or_says_why_not():
    rows = re.findall(r"^\| SR-(\d+) \| ([^|]+) \| ([\w ]+) \| (.+) \|$", SECURITY, re.M)

    assert [int(number) for number, *_ in rows] == list(range(1, 101))
    assert {state for _, _, state, _ in rows} <= {"met", "not met", "not yet", "deferred"}
    for number, _, state, told in rows:
        said = NAMED_TEST.sub("", told).strip()
        if state == "met":
            assert NAMED_TEST.search(told), f"SR-{number} names no test"
        else:
            assert len(said) > 15, f"SR-{number} gives no reason"
    assert [n for n, _, state, _ in rows if state == "deferred"] == ["24", "25", "26"]


def test_the_data_map_names_every_table():
    named = re.findall(r"`(\w+)`", DPIA.partition("## Data map")[2].partition("\nNever asked")[0])

    assert sorted(named) == sorted(Base.metadata.tables), "name each table of the models once"


def test_the_data_map_says_how_long_as_the_code_does():
    for kept in Kept:
        assert kept.how_long(kept.setting.default) in DPIA.partition("Never asked")[0], kept


def test_the_childrens_code_has_its_fifteen_rows_each_with_a_test():
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", DPIA.partition("## The Children's Code")[2], re.M)

    assert [int(number) for number, _ in rows] == list(range(1, 16))
    assert all(NAMED_TEST.search(row) for _, row in rows)
