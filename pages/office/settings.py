"""Settings: who is on duty, what the council calls things, and the times it has set itself."""

import streamlit as st

from coprod_data.commands.settings import BOUNDS
from coprod_data.permissions import Permission
from coprod_data.queries.settings import every_setting
from coprod_data.vocabulary import SettingKey
from pages.parts.duty import duty_form, save_settings
from pages.parts.frame import open_page, plainly
from pages.parts.sign_in import reading

WORDS = {
    SettingKey.COUNCIL_NAME: "Name of the council",
    SettingKey.BOARD_LABEL: "What the Board is called here",
    SettingKey.PROMISE_LABEL: "What The Promise is called here",
}
NUMBERS = {
    SettingKey.READ_WORKING_DAYS: "Working days to read an entry",
    SettingKey.READ_FLAGGED_HOURS: "Working hours to read a flagged entry",
    SettingKey.INVITATION_DAYS: "Days until an invitation lapses",
    SettingKey.DRIFT_AMBER_DAYS: "Days without movement until an action drifts",
    SettingKey.DRIFT_RED_DAYS: "Days without movement until an action is stuck",
    SettingKey.IDLE_MINUTES: "Idle minutes until staff are signed out",
    SettingKey.SHARE_LIMIT: "Most entries from one address in 15 minutes",
}

open_page("Settings", (Permission.SETTINGS_CHANGE, Permission.DUTY_CHANGE))
with plainly(stop=True), reading() as (db, actor):
    stored = every_setting(db, actor)
    may_change_all = actor.may(Permission.SETTINGS_CHANGE)

st.header("Who is on duty", anchor=False)
duty_form(stored)

if may_change_all:
    st.header("Words of this council", anchor=False)
    with st.form("words"):
        typed_words = {
            key: st.text_input(words, value=stored[key], max_chars=200, key=f"setting-{key}")
            for key, words in WORDS.items()
        }
        if st.form_submit_button("Save these words", type="primary"):
            save_settings(typed_words, "The words are saved.")
    st.header("Times and limits", anchor=False)
    with st.form("numbers"):
        typed_numbers = {
            key: st.number_input(
                words,
                min_value=BOUNDS[key][0],
                max_value=BOUNDS[key][1],
                value=stored[key],
                step=1,
                key=f"setting-{key}",
            )
            for key, words in NUMBERS.items()
        }
        if st.form_submit_button("Save these times", type="primary"):
            save_settings(typed_numbers, "The times and limits are saved.")
