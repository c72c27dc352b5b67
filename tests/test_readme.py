"""What the README says of rights, pages and commands is what the code does."""

from collections.abc import Callable

import pytest

from coprod_data.permissions import GRANTS, ActorKind, Role
from pages.menu import HOME, MENU, menu_for
from tests.helpers.source import ROOT

START = (
    "python -m venv .venv && .venv/bin/pip install -r requirements.txt"
    " && .venv/bin/streamlit run dashboard.py"
)
TEST = "python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/pytest"


@pytest.fixture
def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def table(*rows: list[str]) -> str:
    """A Markdown table, its first row the heading."""
    heading, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([heading, "|" + "---|" * len(rows[0]), *body])


def rights_table() -> str:
    columns = [*Role, ActorKind.CARD_CODE, ActorKind.PUBLIC, ActorKind.SYSTEM]
    heading = ["Right", *(column.value.replace("_", " ").capitalize() for column in columns)]
    rows = [
        [f"`{right}`", *("yes" if column in granted else "" for column in columns)]
        for right, granted in GRANTS.items()
    ]
    return table(heading, *rows)


def menu_table() -> str:
    heading = ["Page", "Address", *(role.value.replace("_", " ").capitalize() for role in Role)]
    rows = [
        [
            page.title,
            "`/`" if page.file == HOME else f"`/{page.file.rpartition('/')[2][:-3]}`",
            *("yes" if page in menu_for([role]) else "" for role in Role),
        ]
        for page in MENU
    ]
    return table(heading, *rows)


@pytest.mark.parametrize("expected", [rights_table, menu_table], ids=["rights", "menu"])
def test_a_table_says_what_the_code_does(readme: str, expected: Callable[[], str]):
    if expected() not in readme:
        pytest.fail(f"The README should hold this table:\n\n{expected()}", pytrace=False)


@pytest.mark.parametrize("command", [START, TEST])
def test_each_command_stands_on_a_line_of_its_own(readme: str, command: str):
    assert readme.splitlines().count(command) == 1
