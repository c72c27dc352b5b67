"""Forms of the library: what is said of an item, its formats, and what belongs together."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from coprod_data.commands.library import (
    add_library_item,
    change_library_item,
    keep_file,
    keep_link,
    remove_format,
)
from coprod_data.files.library_file import checked_file
from coprod_data.permissions import KEEPERS, Invalid
from coprod_data.queries.library import LibraryRow
from coprod_data.queries.people import persons_with_role
from coprod_data.rules.library import LibraryPlan
from coprod_data.rules.typed_days import Meant
from coprod_data.scopes.library import FORMATS
from coprod_data.vocabulary.library import Completeness, LibraryFormat, LibraryKind
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.training import Audience
from pages.parts.carried import Form, carried_form
from pages.parts.carried_values import shown
from pages.parts.faults import refusals
from pages.parts.forms import saving, words_of
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, on_and_at, typed_day
from pages.shared.who_leads import telling

HERE = "/library"
LABELS = {
    "title": "Title",
    "kind": "What kind is it?",
    "about": "What is it for?",
    "made_with": "Who made it with you? (first name or group only)",
    "complete": "How complete is it?",
    **{one.value: f"For {one.words.lower()}" for one in Audience},
    "keeper_id": "Who keeps it",
    "review_on": "When it is looked at again",
    FORMATS: "Its files and links",
}
Names = dict[int, str]


def teller(row: LibraryRow | None) -> Callable[[str, Any], str]:
    """Return how a changed value is told: who keeps it by name, its formats by when they came."""
    names = telling(keeper_id=_keepers(row))

    def told(name: str, value: Any) -> str:
        if name != FORMATS:
            return names(name, value)
        kept = [f"{LibraryFormat(one).words}, {on_and_at(at)}" for one, at in value]
        return "; ".join(kept) or shown(None)

    return told


def add_form() -> None:
    """Show the form that adds a draft."""
    form = carried_form("library", "new", LibraryPlan(title="").values, LABELS)
    with st.expander("Add something to the library", expanded=form.restored):
        form.begin()
        said = _boxes(form, None)
        if st.button("Add this draft", type="primary", key=f"{form.key}-save"):
            with form.saving("Added as a draft. Now add a file or a link.") as (db, actor):
                number = add_library_item(db, actor, plan=_plan(said))
                st.query_params.from_dict({"id": str(number)})


def change_form(row: LibraryRow) -> None:
    """Show the form that changes what is said of an item."""
    form = carried_form("library", row.id, row.plan.values, LABELS, tell=teller(row))
    with st.expander("Change what is said of it", expanded=form.restored or row.overdue):
        form.begin()
        said = _boxes(form, row)
        if st.button("Save this", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_library_item(db, actor, row.id, plan=_plan(said), opened=form.opened)


def format_form(row: LibraryRow) -> None:
    """Show the form that gives an item a file or a link, and takes one away."""
    values = {FORMATS: row.shown[FORMATS]}
    form = carried_form("library-format", row.id, values, LABELS, tell=teller(row))
    with st.expander("Its files and links", expanded=not row.formats):
        form.begin()
        chosen = st.radio(
            "Which format?", [*LibraryFormat], format_func=words_of, horizontal=True,
            **form.choice("format", LibraryFormat, LibraryFormat.STANDARD),
        )  # fmt: skip
        file = st.file_uploader(
            "A file: PDF, Word (.docx), PNG, JPEG, MP3, M4A or OGG, at most 5 MB (Word 2 MB)",
            type=["pdf", "docx", "png", "jpg", "jpeg", "mp3", "m4a", "ogg"], max_upload_size=5,
            key=form.key_of("file"),
        )  # fmt: skip
        link = form.line("Or a link that begins with https://", "link", place=None, longest=500)
        if st.button("Put this into the library", key=f"{form.key}-save"):
            with form.saving("It is in the library.") as (db, actor):
                if chosen is None:
                    raise Invalid("Choose the format.", field="format")
                if (file is None) == (not link.strip()):
                    raise Invalid("Choose a file or write a link: one of the two.", field="link")
                if file is None:
                    keep_link(db, actor, row.id, form=chosen, link=link, opened=form.opened)
                else:
                    kept = checked_file(file.getvalue())
                    keep_file(
                        db, actor, row.id, form=chosen, file=kept.written, ending=kept.ending,
                        opened=form.opened,
                    )  # fmt: skip
        for one in row.formats:
            if st.button(f"Take away: {one.format.words}", key=f"library-gone-{one.id}"):
                with saving("It is taken away.") as (db, actor):
                    remove_format(db, actor, one.id)


def _boxes(form: Form, row: LibraryRow | None) -> dict[str, Any]:
    start = form.carried.start
    said: dict[str, Any] = {
        "title": form.line(
            LABELS["title"], "title", place=TextPlace.LIBRARY_TITLE, longest=160
        ),
        "kind": st.selectbox(
            LABELS["kind"], [*LibraryKind], format_func=words_of, placeholder="Choose a kind",
            **form.choice("kind", LibraryKind, start["kind"]),
        ),
        "about": form.area(LABELS["about"], "about", place=TextPlace.LIBRARY_ABOUT),
        "made_with": form.line(
            LABELS["made_with"], "made_with", place=TextPlace.LIBRARY_WITH, longest=300
        ),
    }  # fmt: skip
    st.text("For whom it is")
    for place, column in enumerate(st.columns(3)):
        with column:
            for one in [*Audience][place::3]:
                said[one.value] = st.checkbox(
                    one.words, **form.choice(one.value, (False, True), start[one.value])
                )
    said["complete"] = st.radio(
        LABELS["complete"], [*Completeness], index=None, format_func=words_of,
        **form.choice("complete", Completeness, start["complete"]),
    )  # fmt: skip
    people = _keepers(row)
    said["keeper_id"] = st.selectbox(
        LABELS["keeper_id"], list(people), format_func=people.__getitem__,
        placeholder="Choose somebody",
        **form.choice("keeper_id", list(people), start["keeper_id"]),
    )  # fmt: skip
    day = row.plan.review_on if row else None
    said["review_on"] = form.line(
        f"{LABELS['review_on']}, for example {A_DAY}", "review", place=None,
        first=on(day) if day else "",
    )  # fmt: skip
    return said


def _plan(said: dict[str, Any]) -> LibraryPlan:
    day = typed_day(said["review_on"], "review_on", Meant.COMING)
    return LibraryPlan(**{**said, "review_on": day})


def _keepers(row: LibraryRow | None) -> Names:
    with refusals(stop=True), reading() as (db, actor):
        people = {one.id: one.name for one in persons_with_role(db, actor, *KEEPERS)}
    if row and row.plan.keeper_id:
        people.setdefault(row.plan.keeper_id, row.keeper_named)
    return people
