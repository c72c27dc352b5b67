"""The duty rota as a form: the settings page and the first set-up both show it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from coprod_data.commands.settings import change_setting
from coprod_data.vocabulary import SettingKey
from pages.parts.frame import plainly, say
from pages.parts.html import show
from pages.parts.sign_in import writing

FIELDS = {
    SettingKey.DUTY_LEAD: "Safeguarding lead: name and role",
    SettingKey.DUTY_DEPUTY: "Deputy: name and role",
    SettingKey.DUTY_HOURS: "Hours somebody reads entries, as Monday to Friday, 9am to 5pm",
    SettingKey.DUTY_PHONE: "Phone number in these hours",
    SettingKey.DUTY_OUT_OF_HOURS: "Phone number at all other times",
}


def duty_form(stored: Mapping[SettingKey, Any]) -> None:
    """Show the rota and save it whole."""
    missing = [words for key, words in FIELDS.items() if not stored[key]]
    if missing:
        show(
            "notice.html",
            tone="alert",
            icon="shield",
            title="The form for young people is shut",
            words="It opens when a lead, a deputy, hours and both numbers are named.",
            urgent=False,
        )
    with st.form("duty"):
        typed = {
            key: st.text_input(words, value=stored[key], max_chars=200, key=f"setting-{key}")
            for key, words in FIELDS.items()
        }
        if st.form_submit_button("Save the duty rota", type="primary"):
            save_settings(typed, "The duty rota is saved.")


def save_settings(typed: Mapping[SettingKey, Any], saved: str) -> None:
    """Save settings together, all or none, and say so at the top of the page."""
    with plainly():
        with writing() as (db, actor):
            for key, value in typed.items():
                change_setting(db, actor, key, value)
        say(saved)
        st.rerun()
