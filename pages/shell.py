"""The Streamlit script: who is here, their menu, then the page they asked for."""

from pathlib import Path

import streamlit as st

from coprod_data.permissions import NotAllowed
from pages.parts.faults import patiently
from pages.parts.frame import (
    close_page,
    go_home,
    not_open,
    plainly,
    show_person,
    show_waiting_for_a_role,
)
from pages.parts.html import show
from pages.parts.menu import HOME, MENU, menu_for
from pages.parts.sign_in import signed_in

TITLE = "Together"
ICON = str(Path(__file__).with_name("static") / "icon.png")

st.set_page_config(page_title=TITLE, page_icon=ICON)  # before the menu: its icons ask outside

with plainly(stop=True):
    try:
        person = patiently(signed_in)
    except NotAllowed:
        show_waiting_for_a_role()
        st.stop()
if person is None:
    show("signed_out.html")
    st.stop()

mine = menu_for(person.roles)
pages = [
    st.Page(page.file, title=page.title, icon=page.icon, default=page.file == HOME) for page in mine
]
if HOME not in {page.file for page in mine}:
    pages.append(st.Page(go_home, title=TITLE, default=True, visibility="hidden"))
pages += [  # at the address of a page that is not theirs stands our sentence, not Streamlit's
    st.Page(not_open, title=TITLE, url_path=Path(page.file).stem, visibility="hidden")
    for page in MENU
    if page not in mine and page.file != HOME
]

chosen = st.navigation(pages, position="top")
named = TITLE if chosen.title == TITLE else f"{chosen.title} – {TITLE}"
st.set_page_config(page_title=named, page_icon=ICON)
show_person(person, chosen.url_path)
chosen.run()
close_page()
