"""The Streamlit script: who is here, their menu, then the page they asked for."""

from pathlib import Path

import streamlit as st

from coprod_data.permissions import NotAllowed
from pages.parts.faults import patiently
from pages.parts.frame import go_home, plainly, show_person, show_waiting_for_a_role
from pages.parts.html import show
from pages.parts.menu import HOME, menu_for
from pages.parts.sign_in import signed_in

ICON = str(Path(__file__).with_name("static") / "icon.png")

st.set_page_config(page_title="Together", page_icon=ICON)  # before the menu: its icons ask outside

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
    pages.append(st.Page(go_home, title="Together", default=True, visibility="hidden"))

chosen = st.navigation(pages, position="top")
st.set_page_config(page_title=f"{chosen.title} – Together", page_icon=ICON)
show_person(person, chosen.url_path)
chosen.run()
