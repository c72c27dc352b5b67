"""What the README and docs/ say of rights, pages, nouns and commands is what the code does."""

from collections.abc import Callable

import pytest

from coprod_data.files.docs import rights_page
from pages.menu import pages_page
from tests.helpers.source import ROOT

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
