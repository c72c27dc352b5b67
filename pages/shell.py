"""The Streamlit script: who is here, their menu, then the page they asked for."""

from contextlib import suppress
from pathlib import Path

import streamlit as st

from coprod_data.permissions import NotAllowed, Permission, Role, any_of
from coprod_data.queries.set_up import set_up_state
from pages.menu import (
    HOME,
    MENU,
    MY_WORK,
    SEARCH,
    SET_UP,
    MenuPage,
    in_sections,
    landing_of,
    menu_for,
    title_with,
)
from pages.parts.faults import patiently, refusals
from pages.parts.frame import SITE, ask_useful, close_page, open_page, show_help, show_person
from pages.parts.html import show
from pages.parts.sign_in import reading, session_token, signed_in
from pages.parts.staying import warn_before_the_end
from pages.shared.search_box import asked, search_box
from pages.shared.turns import number_waiting

ICON = str(Path(__file__).with_name("static") / "icon.png")


def not_open() -> None:
    """Say that this person may not open a page of the menu, with the way to their own."""
    open_page("You cannot open this page", lede="It is for other people here.")
    show("more.html", words="Go to my first page", href="/")
    show_help()


def note_refusal(page: MenuPage) -> None:
    """Note in the trail that somebody asked for a page that their roles do not open."""
    with suppress(NotAllowed), reading() as (_, actor):
        actor.must(*any_of(page.needs))


def go_home() -> None:
    """Go to the first page that this person may open.

    An administrator of a council that is not set up yet goes to its five steps.
    """
    with refusals(stop=True), reading() as (db, actor):
        first = landing_of(actor.roles)
        new = actor.may(Permission.SETTINGS_CHANGE) and not set_up_state(db, actor).complete
    if new:
        st.switch_page(SET_UP)
    elif first:
        st.switch_page(first.file)


def wait_for_a_role() -> None:
    """Tell somebody without a role, who may read nothing yet, what happens next and how to sign
    out.
    """
    show("who.html", name="Your account", job="", section="", token=session_token())
    show("head.html", title=SITE, lede="", back=None, way=())
    show(
        "empty.html",
        title="There is nothing here for you yet",
        words="Your account has no role yet, or a second person still has to confirm it. "
        "Ask the person who set it up for you.",
        icon="inbox",
    )


def waiting_for_me() -> int:
    """Return how many things the menu says wait for this person."""
    with refusals(stop=True), reading() as (db, actor):
        return number_waiting(db, actor)


def page_of(page: MenuPage, number: int) -> st.Page:
    """Return a page as Streamlit knows it; our CSS finds its icon by its address."""
    return st.Page(page.file, title=title_with(page, number), default=page.file == HOME)


st.set_page_config(page_title=SITE, page_icon=ICON)  # before the menu asks for icons

with refusals(stop=True):
    try:
        person = patiently(signed_in)
    except NotAllowed:
        wait_for_a_role()
        st.stop()
if person is None:
    show("signed_out.html")
    st.stop()

mine = menu_for(person.roles)
waits = waiting_for_me() if any(page.file == MY_WORK for page in mine) else 0
sections = {
    words: [page_of(page, waits) for page in pages] for words, pages in in_sections(mine).items()
}
hidden = [  # the address of a page that is not theirs shows our sentence, not Streamlit's
    st.Page(not_open, title=SITE, url_path=page.name, visibility="hidden")
    for page in MENU
    if page not in mine and page.file != HOME
]
hidden += [
    st.Page(page.file, title=page.title, visibility="hidden") for page in mine if page.framed
]
if HOME not in {page.file for page in mine}:
    hidden.append(st.Page(go_home, title=SITE, default=True, visibility="hidden"))
sections[""] += hidden

chosen = st.navigation(sections, position="top")
if asked():
    st.switch_page(SEARCH)
at = f"/{chosen.url_path}"
here = next((page for page in mine if page.address == at), None)
if at != "/":  # without an Overview this is the way to one's own first page, and no refusal
    there = next((page for page in MENU if page.address == at and page not in mine), None)
    if there:
        note_refusal(there)
show_person(
    person,
    page=here.title if here else "",
    section=here.section if here else "",
    raw_words=here is not None and here.raw_words,
)
if here is None or here.file != SEARCH:
    search_box()
warn_before_the_end(kept=Role.YOUNG_PERSON not in person.roles)
chosen.run()
if here and here.asks:
    ask_useful(here.name)
show("foot.html")
close_page()
