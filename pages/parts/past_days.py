"""A day that lies ahead as a rule: one that has passed is asked about once before it is saved."""

from datetime import date

import streamlit as st

from coprod_data.permissions import Invalid
from coprod_data.rules.clocks import london_day
from coprod_data.store.database import current


def sure_if_past(day: date | None, field: str, key: str) -> date | None:
    """Return the day; one that has passed only when the button is pressed again with it.

    `key` is the form's. Raises Invalid.
    """
    asked = f"{key}-past"
    if day is None or day >= london_day(current().clock()) or st.session_state.get(asked) == day:
        return day
    st.session_state[asked] = day
    raise Invalid(
        "This date has passed. Is that right? If it is, press the button again.", field=field
    )
