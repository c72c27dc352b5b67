"""The Promise of a new council, written part by part, then adopted."""

import streamlit as st

from coprod_data.commands.promise import (
    add_commitment,
    add_theme,
    adopt_promise,
    draft_promise,
)
from coprod_data.vocabulary.labels import labelled
from pages.office.set_up_pasted import PICTURES
from pages.parts.carried import carried_form
from pages.parts.forms import fresh, inert, saving


def begin_promise() -> None:
    """Show the form that starts a wording without themes, to write part by part."""
    with st.expander("Or write it part by part"), st.form("draft-promise"):
        title = st.text_input("Name of this version", max_chars=160, key="draft-title")
        if st.form_submit_button("Start a new version"):
            with saving("The new version has been started. Now add its themes.") as (db, actor):
                draft_promise(db, actor, title=title)


def change_draft(version_id: int, themes: dict[int, str]) -> None:
    """Show the forms that add a theme and a commitment to the wording being drafted."""
    theme = fresh("theme")
    with st.form(f"{theme}-form"):
        title = st.text_input(
            labelled("Theme, in the Board's words"), max_chars=120, key=f"{theme}-title"
        )
        young_title = st.text_input(
            "Theme, in young people's words", max_chars=60, key=f"{theme}-young"
        )
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
        format_func=lambda key: inert(themes[key]),
        key=form.key_of("theme"),
    )
    reference = st.text_input("Number, for example 2.1", max_chars=12, key=form.key_of("number"))
    wording = form.area("What the council promises", "wording")
    easy = form.area("The same in easy words", "easy")
    if st.button("Add this commitment", key=f"{form.key}-save"):
        with form.saving("The commitment is added.") as (db, actor):
            add_commitment(
                db, actor, theme_id, reference=reference, wording=wording, easy_wording=easy
            )


def adopt(version_id: int) -> None:
    """Show the form with which the chair records the adoption."""
    with st.form("adopt"):
        adopted_by = st.text_input(
            "Adopted by (for example Full Council, with the Children in Care Council)",
            max_chars=160,
            key="adopted-by",
        )
        if st.form_submit_button(labelled("Record that the Board adopted it"), type="primary"):
            with saving("Adopted. Each theme now has an open report card.") as (db, actor):
                adopt_promise(db, actor, version_id, adopted_by=adopted_by)
