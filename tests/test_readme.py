"""What the README says of rights, pages and commands is what the code does."""

import pytest

from coprod_data.permissions import GRANTS, ActorKind, Role
from tests.source import ROOT

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


def test_the_rights_table_is_the_grants(readme: str):
    expected = rights_table()

    if expected not in readme:
        pytest.fail(f"The README's rights table should be:\n\n{expected}", pytrace=False)


@pytest.mark.parametrize("command", [START, TEST])
def test_each_command_stands_on_a_line_of_its_own(readme: str, command: str):
    assert readme.splitlines().count(command) == 1
