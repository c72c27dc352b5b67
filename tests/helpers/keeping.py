"""A young person with an account, and the card they keep there."""

from streamlit.testing.v1 import AppTest

from tests.helpers.opening import OpenAs
from tests.helpers.young import Author, marked

MINE = "voice/my_cards.py"


def press(at: AppTest, label: str) -> AppTest:
    [button] = [button for button in at.button if button.label == label]
    return button.click().run()


def adding(open_as: OpenAs, code: str, username: str = "jay") -> AppTest:
    at = open_as(username, MINE)
    at.text_input(key="card-code").set_value(code)
    return press(at, "Add a card")


def opened(open_as: OpenAs, author: Author, username: str = "jay") -> AppTest:
    return open_as(username, MINE, id=marked(author.database, author.entry_id))
