"""A draft of The Promise, changed line by line: moved by buttons, reworded, added, removed."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.commands.promise import add_commitment, add_theme
from coprod_data.commands.promise_drafts import change_commitment, change_theme
from coprod_data.commands.promise_order import (
    move_commitment,
    move_theme,
    remove_commitment,
    remove_theme,
)
from coprod_data.commands.promise_tags import tag_commitment
from coprod_data.queries.promise import CommitmentRow, PromiseRow, ThemeRow
from coprod_data.rules.frameworks import framework_items
from coprod_data.vocabulary.labels import labelled
from pages.parts.address import number_in_address
from pages.parts.boxes import text_line
from pages.parts.carried import carried_form
from pages.parts.forms import fresh, inert, saving, sure
from pages.parts.html import show
from pages.shared.pictures import PICTURES

OF_LINE = {
    "reference": "Number, for example 2.1",
    "wording": "What the council promises",
    "easy_wording": "The same in easy words",
}


def change_line(draft: PromiseRow) -> bool:
    """Show the line that the address names, to change it; returns whether there is one. Of an
    adopted version only the frameworks of a line can be changed.
    """
    theme_id, line_id = number_in_address("theme"), number_in_address("line")
    for theme in draft.themes:
        if theme.id == theme_id and draft.adopted_on is None:
            _theme(theme, draft.themes)
            return True
        for line in theme.commitments:
            if line.id == line_id:
                if draft.adopted_on is None:
                    _commitment(theme, line)
                else:
                    show("lede.html", words=f"{line.reference} {line.wording} ({theme.title})")
                _frameworks(line)
                return True
    return False


def _of_theme() -> dict[str, str]:
    return {
        "title": labelled("Theme, in the Board's words"),
        "young_title": "Theme, in young people's words",
    }


def _theme(theme: ThemeRow, beside: Sequence[ThemeRow]) -> None:
    show("lede.html", words=f"Theme: {theme.title}")
    _moving("theme", theme.id, f"Theme {beside.index(theme) + 1} of {len(beside)}.")
    labels = _of_theme()
    form = carried_form(
        "draft-theme", theme.id, {name: getattr(theme, name) for name in labels}, labels
    )
    form.begin()
    title = form.line(labels["title"], "title", place=None, longest=120)
    young_title = form.line(labels["young_title"], "young_title", place=None, longest=60)
    if st.button("Save this theme", key=f"{form.key}-save", type="primary"):
        with form.saving("Saved.") as (db, actor):
            change_theme(
                db, actor, theme.id, title=title, young_title=young_title, opened=form.opened
            )
    if sure(
        "Remove this theme", f"remove-theme-{theme.id}",
        question="Remove this theme from the draft?", yes="Yes, remove it",
    ):  # fmt: skip
        with saving("The theme is removed from the draft.") as (db, actor):
            remove_theme(db, actor, theme.id)


def _commitment(theme: ThemeRow, line: CommitmentRow) -> None:
    show("lede.html", words=f"{line.reference} {line.wording} ({theme.title})")
    place = f"{theme.commitments.index(line) + 1} of {len(theme.commitments)}"
    _moving("line", line.id, f"Commitment {place} in this theme.")
    form = carried_form(
        "draft-line", line.id, {name: getattr(line, name) for name in OF_LINE}, OF_LINE
    )
    form.begin()
    reference = form.line(OF_LINE["reference"], "reference", place=None, longest=12)
    wording = form.area(OF_LINE["wording"], "wording", place=None)
    easy = form.area(OF_LINE["easy_wording"], "easy_wording", place=None)
    if st.button("Save this commitment", key=f"{form.key}-save", type="primary"):
        with form.saving("Saved.") as (db, actor):
            change_commitment(
                db, actor, line.id,
                reference=reference, wording=wording, easy_wording=easy, opened=form.opened,
            )  # fmt: skip
    if sure(
        "Remove this commitment", f"remove-line-{line.id}",
        question="Remove it from the draft? An action that was to move there has no home then.",
        yes="Yes, remove it",
    ):  # fmt: skip
        with saving("The commitment is removed from the draft.") as (db, actor):
            remove_commitment(db, actor, line.id)


def _frameworks(line: CommitmentRow) -> None:
    """Show the form that says to which items of frameworks a commitment belongs."""
    items = framework_items()
    form = carried_form(
        "draft-tags", line.id, {"tags": line.tags}, {"tags": "Frameworks"},
        tell=lambda _name, codes: ", ".join(items[code].words for code in codes) or "(none)",
    )  # fmt: skip
    show("section.html", title="Frameworks", count=None)
    form.begin()
    with st.form(f"{form.key}-form", border=False):
        codes = st.multiselect(
            "Which principles or outcomes does it belong to?", list(items),
            default=list(line.tags), format_func=lambda code: items[code].words,
            key=form.key_of("tags"),
        )  # fmt: skip
        if st.form_submit_button("Save its frameworks"):
            with form.saving("Saved.") as (db, actor):
                tag_commitment(db, actor, line.id, codes, opened=form.opened["tags"])


def _moving(what: str, row_id: int, place: str) -> None:
    """Show where a line stands and the buttons that move it; past the end of its theme, a
    commitment goes to the next.
    """
    st.text(place)
    move = move_theme if what == "theme" else move_commitment
    with st.container(horizontal=True):
        for by, words in ((-1, "Move up"), (1, "Move down")):
            if st.button(words, key=f"{what}-{row_id}-{by}"):
                with saving("Moved.") as (db, actor):
                    move(db, actor, row_id, by=by)


def extend_draft(draft: PromiseRow) -> None:
    """Show the forms that add a theme and a commitment to a draft."""
    if draft.themes:
        with st.expander("Add a commitment"):
            _add_commitment(draft)
    with st.expander("Add a theme"):
        _add_theme(draft.id)


def _add_commitment(draft: PromiseRow) -> None:
    themes = {theme.id: theme.title for theme in draft.themes}
    form = carried_form("draft-new-line", draft.id)
    form.begin()
    theme_id = st.selectbox(
        "Theme", list(themes), format_func=themes.__getitem__,
        **form.choice("theme", themes, next(iter(themes), None)),
    )  # fmt: skip
    reference = form.line(OF_LINE["reference"], "reference", place=None, longest=12)
    wording = form.area(OF_LINE["wording"], "wording", place=None)
    easy = form.area(OF_LINE["easy_wording"], "easy_wording", place=None)
    if st.button("Add this commitment", key=f"{form.key}-save"):
        with form.saving("The commitment is added.") as (db, actor):
            add_commitment(
                db, actor, theme_id, reference=reference, wording=wording, easy_wording=easy
            )


def _add_theme(version_id: int) -> None:
    key = fresh("draft-new-theme")
    labels = _of_theme()
    title = text_line(labels["title"], longest=120, key=f"{key}-title")
    young_title = text_line(labels["young_title"], longest=60, key=f"{key}-young")
    icon = st.radio(
        "Picture", list(PICTURES), format_func=lambda one: inert(PICTURES[one]), key=f"{key}-icon"
    )
    if st.button("Add this theme", key=f"{key}-save"):
        with saving("The theme is added.", key) as (db, actor):
            add_theme(
                db, actor, version_id,
                title=title, young_title=young_title, icon=icon, catch_all=icon == "else",
            )  # fmt: skip
