"""The Promise of a new council, written part by part, then adopted."""

from datetime import date

import streamlit as st

from coprod_data.commands.promise import (
    add_commitment,
    add_theme,
    draft_promise,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.promise_changes import what_changes
from coprod_data.vocabulary.labels import labelled
from pages.parts.boxes import text_line
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, saving
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.shared.adopt_promise import adopt_form
from pages.shared.pictures import PICTURES


def begin_promise() -> None:
    """Show the form that starts a wording without themes, to write part by part."""
    with st.expander("Or write it part by part"), st.form("draft-promise"):
        title = text_line("Name of this version", longest=160, key="draft-title")
        if st.form_submit_button("Start a new version"):
            with saving("The new version has been started. Now add its themes.") as (db, actor):
                draft_promise(db, actor, title=title)


def change_draft(version_id: int, themes: dict[int, str]) -> None:
    """Show the forms that add a theme and a commitment to the wording being drafted."""
    theme = fresh("theme")
    with st.form(f"{theme}-form"):
        title = text_line(
            labelled("Theme, in the Board's words"), longest=120, key=f"{theme}-title"
        )
        young_title = text_line("Theme, in young people's words", longest=60, key=f"{theme}-young")
        icon = st.radio(
            "Picture", list(PICTURES), format_func=PICTURES.__getitem__, key=f"{theme}-icon"
        )
        if st.form_submit_button("Add this theme"):
            with saving("The theme is added.", theme) as (db, actor):
                add_theme(
                    db,
                    actor,
                    version_id,
                    title=title,
                    young_title=young_title,
                    icon=icon,
                    catch_all=icon == "else",
                )
    if not themes:
        return
    form = carried_form("commitment", version_id, key="commitment")
    form.begin()
    theme_id = st.radio(
        "Theme",
        list(themes),
        index=None,
        format_func=lambda key: inert(themes[key]),
        **form.choice("theme", themes, next(iter(themes))),
    )
    reference = form.line("Number, for example 2.1", "number", place=None, longest=12)
    wording = form.area("What the council promises", "wording", place=None)
    easy = form.area("The same in easy words", "easy", place=None)
    if st.button("Add this commitment", key=f"{form.key}-save"):
        with form.saving("The commitment is added.") as (db, actor):
            if theme_id is None:
                raise Invalid("Choose the theme.", field="theme")
            add_commitment(
                db, actor, theme_id, reference=reference, wording=wording, easy_wording=easy
            )


def adopt(version_id: int, today: date, *, adopts: bool) -> None:
    """Show the form with which the chair records the adoption of the first Promise; of a later one,
    the way to what it changes.
    """
    with refusals(stop=True), reading() as (db, actor):
        change = what_changes(db, actor, version_id)
    if change.now:
        show(
            "link.html",
            words="See what changes",
            href=f"/wordings?version={version_id}&show=changes",
        )
        return
    adopt_form(change, today, adopts=adopts)
