"""What Back and Reload carry in place of a card code: sealed, for ten minutes, in one tab.

It is in a page's body and in that tab's own storage, which a script reads: in no address and in no
cookie. It opens nothing that the page of before has not shown.
"""

from datetime import timedelta

from coprod_data.store import database
from coprod_data.store.sealed_texts import open_text, seal_text

LASTS = timedelta(minutes=10)
PURPOSE = "card pass"


def pass_of(code: str) -> str:
    """Return the pass of a card that is shown now."""
    here = database.current()
    return seal_text(here.keys, PURPOSE, f"{here.clock().timestamp()} {code}")


def code_of(card_pass: str) -> str:
    """Return the code that a pass stands for; "" once it has ended, and for what is none."""
    here = database.current()
    at, _, code = (open_text(here.keys, PURPOSE, card_pass) or "").partition(" ")
    if not code or here.clock().timestamp() - float(at) > LASTS.total_seconds():
        return ""
    return code
