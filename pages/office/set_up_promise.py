"""The Promise of a new council: pasted and looked at, or written part by part, then adopted."""

from dataclasses import replace

import streamlit as st

from coprod_data.commands.promise import (
    add_commitment,
    add_theme,
    adopt_promise,
    draft_promise,
)
from coprod_data.commands.promise_pasted import write_promise
from coprod_data.rules.pasted_promise import LONGEST_YOUNG, PastedTheme, read_promise
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, saving
from pages.parts.html import show

PICTURES = {
    "people": "People I love",
    "school": "School",
    "home": "Where I live",
    "money": "Money",
    "feel": "How I feel",
    "next": "What comes next",
    "else": "Something else",
}
LONGEST_PROMISE = 60_000
HOW = (
    "Paste your Promise: one commitment on each line, and a heading above each theme. Leave an "
    "empty line above a heading, or put # before it. You see how it reads before it is saved."
)
EXAMPLE = "The people who matter to you\nWe help you see your family.\n\nSchool\nWe ask how it is."


def paste_promise(name: str) -> None:
    """Show the box to paste a Promise into, then how it reads, with the press that saves it."""
    st.text(HOW)
    typed = st.text_area(  # outside a form: it is read as soon as the box is left
        "Your Promise",
        key="pasted-text",
        height=220,
        placeholder=EXAMPLE,
        max_chars=LONGEST_PROMISE,
    )
    if st.button("Show how it reads", key="read-promise-now") or (typed or "").strip():
        with refusals():
            _read(read_promise(typed or ""), name)


def begin_promise() -> None:
    """Show the form that starts a wording without themes, to write part by part."""
    with st.expander("Or write it part by part"), st.form("draft-promise"):
        title = st.text_input("Name of this version", max_chars=160, key="draft-title")
        if st.form_submit_button("Start a new version"):
            with saving("The new version has been started. Now add its themes.") as (db, actor):
                draft_promise(db, actor, title=title)


def _read(themes: list[PastedTheme], name: str) -> None:
    commitments = sum(len(theme.commitments) for theme in themes)
    with st.form("read-promise"):
        st.text(f"{len(themes)} themes, {commitments} commitments. Nothing is saved yet.")
        title = st.text_input("Name of this version", value=name, max_chars=160, key="read-title")
        chosen = []
        for place, theme in enumerate(themes, start=1):
            show("pasted_theme.html", theme=theme, picture=PICTURES[theme.icon])
            young, picture = st.columns(2)
            young_title = young.text_input(
                f"Theme {place} in young people’s words",
                value=theme.young_title,
                max_chars=LONGEST_YOUNG,
                key=f"read-young-{place}-{theme.title}",
            )
            icon = picture.selectbox(
                f"Picture of theme {place}",
                list(PICTURES),
                index=list(PICTURES).index(theme.icon),
                format_func=PICTURES.__getitem__,
                key=f"read-picture-{place}-{theme.title}",
            )
            chosen.append(replace(theme, young_title=young_title, icon=icon))
        if st.form_submit_button("Save this Promise", type="primary"):
            with saving("It is written down. The chair records its adoption.") as (db, actor):
                write_promise(db, actor, title=title, themes=chosen)


def change_draft(version_id: int, themes: dict[int, str]) -> None:
    """Show the forms that add a theme and a commitment to the wording being drafted."""
    theme, commitment = fresh("theme"), fresh("commitment")
    with st.form(f"{theme}-form"):
        title = st.text_input("Theme, in the Board's words", max_chars=120, key=f"{theme}-title")
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
    with st.form(f"{commitment}-form"):
        theme_id = st.radio(
            "Theme",
            list(themes),
            format_func=lambda key: inert(themes[key]),
            key=f"{commitment}-theme",
        )
        reference = st.text_input(
            "Number, for example 2.1", max_chars=12, key=f"{commitment}-number"
        )
        wording = st.text_area("What the council promises", key=f"{commitment}-wording")
        easy = st.text_area("The same in easy words", key=f"{commitment}-easy")
        if st.form_submit_button("Add this commitment"):
            with saving("The commitment is added.", commitment) as (db, actor):
                add_commitment(
                    db,
                    actor,
                    theme_id,
                    reference=reference,
                    wording=wording,
                    easy_wording=easy,
                )


def adopt(version_id: int) -> None:
    """Show the form with which the chair records the adoption."""
    with st.form("adopt"):
        adopted_by = st.text_input(
            "Adopted by (for example Full Council, with the Children in Care Council)",
            max_chars=160,
            key="adopted-by",
        )
        if st.form_submit_button("Record that the Board adopted it", type="primary"):
            with saving("Adopted. Each theme now has an open report card.") as (db, actor):
                adopt_promise(db, actor, version_id, adopted_by=adopted_by)
