"""What every page has: its permission check, its heading, who is signed in, what was just done."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from coprod_data.permissions import Permission, Role, any_of
from coprod_data.queries.auth_sessions import SignedInPerson
from coprod_data.queries.settings import Labels, duty, labels
from coprod_data.rules.clocks import london_day
from coprod_data.store.database import current
from coprod_data.vocabulary.settings import Mode
from pages.parts.faults import notice, refusals
from pages.parts.help_lines import help_lines
from pages.parts.html import show
from pages.parts.presses import begin_answers, press_was_lost, pressed_again
from pages.parts.sign_in import reading, session_id, session_token
from pages.parts.tabs import drawn_whole, note_tab, page_shown, tell_again, tell_next, told
from pages.parts.times import on

SITE = "Together"
GONE = "Somebody changed this first, so what you pressed was not saved. This is how it is now."


def open_page(
    title: str,
    needs: Permission | tuple[Permission, ...] | None = None,
    *,
    lede: str = "",
    back: tuple[str, str] | None = None,
    way: Sequence[Sequence[Mapping[str, object]]] = (),
) -> None:
    """Begin a page: refuse before anything is drawn, then show banner, heading and any notice.

    One of `needs` is enough. This check is a courtesy: every read and write checks its own rights.
    A page with a link `back` is about one thing, and the browser's tab is named after it; `way` is
    where that thing comes from, for `way.html`.
    """
    name_tab(title if back or not _page() else "")
    with refusals(stop=True), reading() as (db, actor):
        if needs is not None:
            actor.must(*any_of(needs))
        words, today = labels(db, actor), london_day(actor.at)
    if words.mode is Mode.DEMO:
        show("demo.html", council=words.council)
    show("print_head.html", words=_on_paper(words, today))
    show("head.html", title=title, lede=lede, back=back, way=way)
    # Kept even when empty: without it, all below would move up and open sections would close.
    place = st.empty()
    if (context := get_script_run_ctx()) and (sentence := told(context.session_id)):
        with place:
            if sentence.good:
                notice("good", "check", sentence.words)
            else:
                notice("soon", "warning", sentence.words)


def name_tab(thing: str = "") -> None:
    """Name the browser's tab: the thing shown, the page of the menu, the site.

    If the page's heading is not that name, call this once the name is known.
    """
    words = dict.fromkeys(word for word in (thing, _page(), SITE) if word)
    st.set_page_config(page_title=" – ".join(words))


def announce(sentence: str) -> None:
    """Show one sentence at the top of the next run: what was just done.

    A second press ends this run when it next uses the session state; the sentence is kept.
    """
    if context := get_script_run_ctx():
        tell_next(context.session_id, sentence)


def close_page() -> None:
    """End a page that was drawn to the end: the sentence at its top need not be shown again.

    A press on a button that is not there any more is answered by a sentence; the second of two
    clicks, by the answer to the first.
    """
    if context := get_script_run_ctx():
        drawn_whole(context.session_id)
        if press_was_lost(context):
            if not (pressed_again() and tell_again(context.session_id)):
                tell_next(context.session_id, GONE, good=False)
            st.rerun()


def show_person(person: SignedInPerson, *, page: str, section: str, raw_words: bool) -> None:
    """Show who is signed in, with the way out and the `page` and `section` of the menu they are in.

    Also note whether this tab shows words that nobody has released. A young person has help on
    screen on every page.
    """
    if context := get_script_run_ctx():
        begin_answers(context)
        note_tab(context.session_id, session_id(), raw_words=raw_words, page=page)
    show("who.html", name=person.name, job=person.job, section=section, token=session_token())
    if Role.YOUNG_PERSON in person.roles:
        show("help_bar.html")


def ask_useful(page: str) -> None:
    """Ask at the foot of a page whether it was useful. Pressed again in this tab, it counts once,
    and nothing that is sent tells whose tab it was.
    """
    if context := get_script_run_ctx():
        key = current().keys.keyed_hash("useful", f"{context.session_id} {page}")
        show("useful.html", page=page, key=key)


def show_help() -> None:
    """Show a young person whom they can call, and a button to leave quickly."""
    with refusals(), reading() as (db, actor):
        if actor.may(Permission.ENTRIES_OWN):
            lines = help_lines(duty(db, actor), labels(db, actor).council)
            show("help.html", lines=lines)


def _on_paper(words: Labels, today: date) -> str:
    """Return what is at the top of each printed page, safe inside a string of CSS."""
    demo = " · Demonstration, everybody is invented" if words.mode is Mode.DEMO else ""
    text = f"{words.council} · {on(today)}{demo}"
    return "".join(one if one.isascii() and one.isalnum() else f"\\{ord(one):06x}" for one in text)


def _page() -> str:
    """Return the menu title of the page that this tab shows; none if it is not theirs to open."""
    context = get_script_run_ctx()
    return page_shown(context.session_id) if context else ""
