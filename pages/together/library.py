"""The library: guidance, toolkits, standards and tools, who made them with us, how complete."""

from typing import TypeVar

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.library import LibraryRow, library_item, library_items
from coprod_data.vocabulary.library import LibraryKind, LibraryState
from pages.parts.address import row_in_address, say_if_lost
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import on
from pages.together.library_forms import HERE, add_form
from pages.together.library_one import one

Of = TypeVar("Of", LibraryKind, LibraryState)


def line(row: LibraryRow) -> dict[str, object]:
    """Return an item as a row of `list.html`."""
    plan = row.plan
    parts = [
        f"Made with {plan.made_with}" if plan.made_with else "",
        plan.complete_words,
        ", ".join(form.format.words for form in row.formats),
        f"Review {on(plan.review_on)}" if plan.review_on else "",
    ]
    return {
        "title": row.title,
        "detail": " · ".join(part for part in parts if part),
        "state": Look("To be looked at again", "alert", "clock") if row.overdue else row.state,
        "word": None,
        "href": f"{HERE}?id={row.id}",
    }


def every() -> None:
    """Show what the address chooses, by kind."""
    kind = _named(st.query_params.get("kind"), LibraryKind)
    state = _named(st.query_params.get("state"), LibraryState)
    with refusals(stop=True), reading() as (db, actor):
        rows = library_items(db, actor, kind=kind, state=state)
        writes = actor.may(Permission.LIBRARY_WRITE)
    left, right = st.columns(2)
    with left:
        _choose("kind", LibraryKind, kind, "Kind", "Every kind")
    with right:
        _choose("state", LibraryState, state, "State", "Every state")
    if kind is not None or state is not None:
        show("link.html", words="Everything in the library", href=HERE)
    if not rows:
        chosen = kind is not None or state is not None
        show(
            "empty.html", icon="paper",
            title="Nothing of that here" if chosen else "Nothing in the library yet",
            words="Guidance, toolkits and tools are kept here, with who made them and how complete "
            "they are.",
        )  # fmt: skip
    for of in LibraryKind:
        found = [line(row) for row in rows if row.plan.kind is of]
        if found:
            show("section.html", title=of.words, count=len(found))
            show("list.html", rows=found, empty="")
    if rows:
        download("library", "this list", kind=kind, state=state)
    if writes:
        add_form()


def _named(named: str | None, of: type[Of]) -> Of | None:
    return next((one for one in of if one == named), None)


def _choose(
    name: str, of: type[LibraryKind | LibraryState], chosen: object, label: str, every_one: str
) -> None:
    words = {"": every_one, **{member.value: member.words for member in of}}
    key = f"choose-{name}"
    st.session_state[key] = chosen.value if isinstance(chosen, of) else ""

    def put() -> None:
        if picked := st.session_state.get(key):
            st.query_params[name] = picked
        else:
            st.query_params.pop(name, None)

    st.selectbox(label, list(words), format_func=words.__getitem__, key=key, on_change=put)


chosen = row_in_address(library_item)
open_page(
    chosen.title if chosen else "Library",
    Permission.LIBRARY_READ,
    back=("Everything in the library", HERE) if chosen else None,
)
if chosen:
    one(chosen)
else:
    say_if_lost("item")
    every()
