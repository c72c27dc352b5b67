"""A form is saved once however often its button is pressed, and keeps its words until then."""

import pytest
from streamlit.testing.v1 import AppTest

from coprod_data.models import Service
from coprod_data.store.database import Database
from tests.helpers.opening import session_of
from tests.helpers.young import rows


def pressed_three_times() -> None:
    import streamlit as st

    from coprod_data.commands.services import add_service
    from coprod_data.permissions import Refused
    from pages.parts.forms import fresh, once

    key = fresh("service")
    for name in ("", "Housing", "Schools"):
        try:
            with once(key) as (db, actor):
                add_service(db, actor, name=name)
        except Refused as refused:
            st.text(refused.sentence)
    st.text(key)


@pytest.mark.usefixtures("office")
def test_what_is_refused_may_be_pressed_again_and_what_is_saved_may_not(office: Database):
    at = AppTest.from_function(pressed_three_times)
    at.user = {"session": session_of("sam"), "screen": "narrow"}

    empty, saved, key = (text.value for text in at.run().text)
    assert [service.name for service in rows(office, Service)] == ["Housing"]
    assert saved == "This has already been saved."
    assert empty != saved
    assert at.run().text[-1].value != key
