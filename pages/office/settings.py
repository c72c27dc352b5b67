"""Settings: who is on duty, notices, the council's own words, and its time limits."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.notices import notices_state
from coprod_data.queries.promise import themes
from coprod_data.queries.settings import every_setting
from coprod_data.queries.settings_duty import rota_state
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.settings import CONTACTS, LABELS, NUMBERS
from pages.office.settings_notices import notices_form
from pages.office.settings_papers import paper_layout
from pages.parts.boxes import number_box, text_line
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.saved_settings import save_settings
from pages.parts.sign_in import reading
from pages.shared.absences import who_is_away
from pages.shared.duty import duty_form, form_state

HELP = {
    CONTACTS[0]: "A name or a job, an e-mail address, a phone number. Shown on the privacy page.",
    CONTACTS[1]: "The same. Shown on the page about how well this site can be used.",
}

open_page("Settings", (Permission.SETTINGS_CHANGE, Permission.DUTY_CHANGE))
with refusals(stop=True), reading() as (db, actor):
    stored = every_setting(db, actor)
    rota, promised = rota_state(db, actor), bool(themes(db, actor))
    may_change_all = actor.may(Permission.SETTINGS_CHANGE)
    notices = notices_state(db, actor) if actor.may(Permission.NOTICES_READ) else None

form_state(rota, promised=promised)
st.header("Who is on duty", anchor=False)
duty_form(rota)
st.header("Who is away", anchor=False)
who_is_away()

if notices is not None:
    st.header("Notices to staff", anchor=False)
    notices_form(notices)
if may_change_all:
    st.header("Words of this council", anchor=False)
    asked = (*LABELS, *CONTACTS)
    words = carried_form(
        "words", "all", {key: stored[key] for key in asked}, {key: key.words for key in asked},
        key="setting",
    )  # fmt: skip
    words.begin()
    with st.form("words"):
        typed_words = {
            key: text_line(key.words, longest=200, help=HELP.get(key), **words.box(key))
            for key in asked
        }
        if st.form_submit_button("Save these words", type="primary"):
            save_settings(words, typed_words, "The words are saved.")
    st.header(labelled("Papers for the Board"), anchor=False)
    paper_layout()
    st.header("Times and limits", anchor=False)
    numbers = carried_form(
        "numbers", "all", {key: stored[key] for key in NUMBERS},
        {key: key.words for key in NUMBERS},
        key="number",
    )  # fmt: skip
    numbers.begin()
    with st.form("numbers"):
        typed_numbers = {
            key: number_box(
                key.words,
                least=least,
                most=most,
                step=1,
                **numbers.box(key),
            )
            for key, (least, most) in NUMBERS.items()
        }
        if st.form_submit_button("Save these times", type="primary"):
            save_settings(numbers, typed_numbers, "The times and limits are saved.")
