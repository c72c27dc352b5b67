"""The duty rota as a form, for the settings page and the first set-up."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from coprod_data.commands.settings import change_setting
from coprod_data.vocabulary.settings import DUTY, SettingKey
from pages.parts.forms import saving
from pages.parts.html import show


def duty_form(stored: Mapping[SettingKey, Any]) -> None:
    """Show the rota and save all of it together."""
    if not all(stored[key] for key in DUTY):
        show(
            "notice.html",
            tone="alert",
            icon="shield",
            title="The form for young people is closed",
            words="It opens when a lead, a deputy, hours and both numbers are named.",
            urgent=False,
        )
    with st.form("duty"):
        typed = {
            key: st.text_input(key.words, value=stored[key], max_chars=200, key=f"setting-{key}")
            for key in DUTY
        }
        if st.form_submit_button("Save the duty rota", type="primary"):
            save_settings(typed, "The duty rota is saved.")


def save_settings(typed: Mapping[SettingKey, Any], saved: str) -> None:
    """Save settings together, all or none, and say so at the top of the page."""
    with saving(saved) as (db, actor):
        for key, value in typed.items():
            change_setting(db, actor, key, value)
