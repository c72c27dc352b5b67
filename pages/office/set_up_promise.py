"""The Promise of a new council, written part by part, then adopted."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.commands.promise import (
    add_commitment,
    add_theme,
    adopt_promise,
    draft_promise,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.promise_adopting import Adopting, Line, adopting
from coprod_data.vocabulary.labels import labelled
from pages.office.set_up_pasted import PICTURES, counted
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, saving
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on


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
        index=None,
        format_func=lambda key: inert(themes[key]),
        **form.choice("theme", themes, next(iter(themes))),
    )
    reference = form.line("Number, for example 2.1", "number", place=None, max_chars=12)
    wording = form.area("What the council promises", "wording", place=None)
    easy = form.area("The same in easy words", "easy", place=None)
    if st.button("Add this commitment", key=f"{form.key}-save"):
        with form.saving("The commitment is added.") as (db, actor):
            if theme_id is None:
                raise Invalid("Choose the theme.", field="theme")
            add_commitment(
                db, actor, theme_id, reference=reference, wording=wording, easy_wording=easy
            )


def adopt(version_id: int, title: str, today: date) -> None:
    """Show what changes once this version is adopted, and the form with which the chair records it.

    Where a Promise is in force, the press asks once more.
    """
    with refusals(stop=True), reading() as (db, actor):
        change = adopting(db, actor, version_id)
    form = carried_form(
        "adopt", version_id, {"lines": change.lines}, {"lines": title}, key="adopted",
        tell=lambda _name, lines: f"{_counted(lines)}. Read them above.",
    )  # fmt: skip
    show("facts.html", title="What will change", facts=_facts(change, title))
    form.begin()
    with st.form("adopt"):
        adopted_by = st.text_input(
            "Adopted by (for example Full Council, with the Children in Care Council)",
            max_chars=160,
            key=form.key_of("by"),
        )
        pressed = st.form_submit_button(
            labelled("Record that the Board adopted it"), type="primary"
        )
    if change.now:
        pressed = _agreed(f"adopting-{version_id}", today, asked=pressed)
    if pressed:
        with form.saving("Adopted. Each theme now has an open report card.") as (db, actor):
            adopt_promise(
                db, actor, version_id, adopted_by=adopted_by, lines=form.opened["lines"]
            )  # fmt: skip


def _agreed(asking: str, today: date, *, asked: bool) -> bool:
    """Ask once more whether a new version takes the place of the one in force."""
    if asked:
        st.session_state[asking] = True
    if not st.session_state.get(asking):
        return False
    st.text("Adopt from this day?")
    with st.container(horizontal=True):
        agreed = st.button(
            f"Yes, adopt it from {on(today)}", key=f"{asking}-yes", type="primary"
        )  # fmt: skip
        if st.button("Not now", key=f"{asking}-not-now"):
            del st.session_state[asking]
            st.rerun()
    return agreed


def _facts(change: Adopting, title: str) -> list[dict[str, object]]:
    now = "Nothing: this is the first one."
    if change.now and change.now_since:
        held = counted(change.now_themes, change.now_commitments)
        now = f"{change.now}, since {on(change.now_since)}: {held}. It stays readable."
    facts = [
        (labelled("It becomes The Promise"), f"{title}: {_counted(change.lines)}."),
        ("In force now", now),
    ]
    if change.actions:
        left = "The plan goes on showing them."
        if change.left:
            left = (
                f"{change.left} of them are under commitments that it does not carry on: the plan "
                "will not show them."
            )
        facts.append(("Actions", f"{change.actions} in the plan. {left}"))
    if change.cards:
        facts.append((
            "Open report cards",
            f"{change.cards} now. Each goes on in the theme of its name. Without one, it takes no "
            "new words and waits for a meeting.",
        ))  # fmt: skip
    return [{"label": label, "words": words, "whole": True} for label, words in facts]


def _counted(lines: Sequence[Line]) -> str:
    themes = {line[0] for line in lines}
    return counted(len(themes), sum(line[3] is not None for line in lines))
