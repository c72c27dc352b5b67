"""The Promise of a new council, pasted: how it reads is shown before it is saved."""

from dataclasses import replace

import streamlit as st

from coprod_data.commands.promise_pasted import write_promise
from coprod_data.rules.pasted_promise import (
    LONGEST_PASTED,
    LONGEST_YOUNG,
    PastedTheme,
    read_promise,
)
from coprod_data.rules.texts import is_blank
from coprod_data.vocabulary.labels import labelled
from pages.parts.boxes import text_line
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.shared.pictures import PICTURES

HOW = (
    "Paste your Promise: one commitment on each line, and a heading above each theme. Leave an "
    "empty line above a heading, or put # before it. You see how it reads before it is saved."
)
EXAMPLE = "The people who matter to you\nWe help you see your family.\n\nSchool\nWe ask how it is."


def counted(themes: int, commitments: int) -> str:
    """Return how much a wording holds, in the same words before and after it is saved."""
    return (
        f"{themes} {'theme' if themes == 1 else 'themes'}, "
        f"{commitments} {'commitment' if commitments == 1 else 'commitments'}"
    )


def paste_promise(name: str) -> None:
    """Show the box to paste a Promise into, then how it reads, with the press that saves it."""
    form = carried_form("pasted promise", "new", key="pasted")
    st.text(labelled(HOW))
    form.begin()
    typed = form.area(
        labelled("Your Promise"),
        "text",
        place=None,
        height=220,
        placeholder=EXAMPLE,
        longest=LONGEST_PASTED,
    )
    if st.button("Show how it reads", key="read-promise-now") or not is_blank(typed):
        with refusals():
            _read(form, read_promise(typed), name)


def _read(form: Form, themes: list[PastedTheme], name: str) -> None:
    commitments = sum(len(theme.commitments) for theme in themes)
    with st.form("read-promise"):
        holds = counted(len(themes), commitments)
        st.text(f"{holds}. Nothing is saved yet.")
        title = text_line("Name of this version", value=name, longest=160, key="read-title")
        chosen = []
        for place, theme in enumerate(themes, start=1):
            show("pasted_theme.html", theme=theme, picture=PICTURES[theme.icon])
            young, picture = st.columns(2)
            with young:
                young_title = text_line(
                    f"Theme {place} in young people’s words",
                    longest=LONGEST_YOUNG,
                    value=theme.young_title,
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
        if st.form_submit_button(labelled("Save this Promise"), type="primary"):
            with form.saving(
                f"It is written down: {holds}. It is not in force until the chair records its "
                "adoption."
            ) as (db, actor):
                write_promise(db, actor, title=title, themes=chosen)
