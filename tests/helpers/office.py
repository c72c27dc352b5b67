"""The office in tests: the accounts that there are, and a button that is pressed."""

from streamlit.testing.v1 import AppTest

from coprod_data.queries.people import AccountRow, accounts
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from tests.helpers.builders import NOW


def listed(council: Database) -> dict[str, AccountRow]:
    with council.reading(Played("ada", NOW)) as (db, actor):
        return {row.username: row for row in accounts(db, actor)}


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()
