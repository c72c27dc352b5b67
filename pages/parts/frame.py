"""What stands round every page: its heading and lock, who is signed in, what was just done."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from coprod_data.permissions import Permission, Role
from coprod_data.queries.auth_sessions import SignedInPerson
from coprod_data.queries.set_up import set_up_state
from coprod_data.queries.settings import duty, labels
from coprod_data.vocabulary import Mode
from pages.parts.faults import notice
from pages.parts.faults import plainly as plainly
from pages.parts.html import show
from pages.parts.menu import any_of, landing_of, menu_for
from pages.parts.plain_form import sign_out_token
from pages.parts.sign_in import reading, session_id
from pages.parts.tabs import drawn_whole, note_page, tell_next, told

SET_UP = "office/set_up.py"
OF_YOUNG_PEOPLE = ("my_cards", "report_cards")  # their pages end with the numbers to call


def open_page(
    title: str,
    needs: Permission | tuple[Permission, ...] | None = None,
    *,
    lede: str = "",
    back: tuple[str, str] | None = None,
) -> None:
    """Begin a page: say no before anything is drawn, then banner, heading and waiting notice.

    One of `needs` is enough. This is courtesy: what counts is asked again in every read and write.
    """
    with plainly(stop=True), reading() as (db, actor):
        if needs is not None:
            actor.must(*any_of(needs))
        words = labels(db, actor)
    if words.mode is Mode.DEMO:
        show("demo.html", council=words.council)
    show("head.html", title=title, lede=lede, back=back, theme=None)
    place = st.empty()  # always there: were all below to move up, the folds of the page would shut
    if (context := get_script_run_ctx()) and (sentence := told(context.session_id)):
        with place:
            notice("good", "check", sentence)


def say(sentence: str) -> None:
    """Show one sentence of ours at the top of the next run: what was just done.

    A second press ends this run at its next touch of the session state; the sentence outlives it.
    """
    if context := get_script_run_ctx():
        tell_next(context.session_id, sentence)


def close_page() -> None:
    """End a page that was drawn whole: what it said at its top need not be said again."""
    if context := get_script_run_ctx():
        drawn_whole(context.session_id)


def show_person(person: SignedInPerson, address: str) -> None:
    """Show who is signed in, with the way out; tell the door which page this tab shows.

    Help stays on screen on every page that is a young person's own.
    """
    if context := get_script_run_ctx():
        note_page(context.session_id, session_id(), address)
    show("who.html", person=person, token=sign_out_token(session_id()))
    if Role.YOUNG_PERSON in person.roles and address in OF_YOUNG_PEOPLE:
        show("help_bar.html")


def show_help() -> None:
    """Show a young person whom they may call, and the way to leave quickly."""
    with plainly(), reading() as (db, actor):
        if actor.may(Permission.ENTRIES_OWN):
            show("help.html", council=labels(db, actor).council, duty=duty(db, actor))


def not_open() -> None:
    """Say that a page of the menu is not this person's, with the way to their own."""
    open_page("You cannot open this page", lede="It is for other people here.")
    show("more.html", words="Go to my first page", href="/")
    show_help()


def go_home() -> None:
    """Go to the first page that this person may open.

    An administrator of a council that is not set up yet goes to its four steps.
    """
    with plainly(stop=True), reading() as (db, actor):
        first = landing_of(menu_for(actor.roles))
        if actor.may(Permission.SETTINGS_CHANGE) and not set_up_state(db, actor).complete:
            first = SET_UP
    if first:
        st.switch_page(first)


def show_waiting_for_a_role() -> None:
    """Tell somebody without a role, who may read nothing, that all is well, with the way out."""
    nameless = {"name": "Your account", "job": ""}
    show("who.html", person=nameless, token=sign_out_token(session_id()))
    show("head.html", title="Together", lede="", back=None, theme=None)
    show(
        "empty.html",
        title="There is nothing here for you yet",
        words="Your account has no role so far, or a second person has yet to agree to it. "
        "Ask whoever made it for you.",
        icon="inbox",
    )
