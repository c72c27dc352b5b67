"""What is unlikely to be meant, above all a day that has passed, is asked about before a save."""

from datetime import date

import streamlit as st

from coprod_data.permissions import Invalid
from coprod_data.rules.clocks import london_day
from coprod_data.store.database import current


def sure_if_past(day: date | None, field: str, key: str) -> date | None:
    """Return the day; one that has passed only when the button is pressed again with it.

    `key` is the form's. Raises Invalid.
    """
    if day is not None and day < london_day(current().clock()):
        sure_of(day, "This date has passed.", field, key)
    return day


def sure_of(value: object, what: str, field: str, key: str) -> None:
    """Ask about a value once, in the sentence `what`: saved again with it, it is meant.

    Raises Invalid.
    """
    asked = f"{key}-sure-{field}"
    if st.session_state.get(asked) != value:
        st.session_state[asked] = value
        raise Invalid(f"{what} Is that right? If it is, press the button again.", field=field)
