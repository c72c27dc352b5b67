"""Groups: who is in each, when it met, and what it lacks."""

import streamlit as st

from coprod_data.commands.groups import add_group
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.groups import GroupRow, group, groups
from coprod_data.queries.way_together import way_of_group
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.labels import labelled
from pages.office.groups_one import count_words, one
from pages.parts.address import row_in_address, say_if_lost
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving, words_of
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import on
from pages.shared.way import came_of, way_to

HERE = "/groups"


def row_values(row: GroupRow) -> dict[str, object]:
    """Return a group as a row of `list.html`."""
    met = f"Last met {on(row.met_on)}" if row.met_on else "No meeting recorded"
    parts = [row.kind.words, count_words(row), met]
    if row.owns_queue:
        parts.append("reviews the opportunities")
    return {
        "title": row.name,
        "detail": " · ".join(parts),
        "state": missing(row),
        "word": None,
        "href": f"{HERE}?id={row.id}",
    }


def missing(row: GroupRow) -> Look | None:
    """Return what a group lacks, if anything."""
    if row.closed:
        return Look("Closed", "plain", "check")
    if row.lacks_young_people:
        return Look("No young people in it", "alert", "warning")
    return Look("Fewer members than its quorum", "soon", "warning") if row.below_quorum else None


def every() -> None:
    """Show all groups, and the form that adds one to those who manage them."""
    with refusals(stop=True), reading() as (db, actor):
        rows = groups(db, actor)
        writes = actor.may(Permission.GROUPS_WRITE)
    if rows:
        show("list.html", rows=[row_values(row) for row in rows], empty="")
        download("groups", "this list")
    else:
        show(
            "empty.html",
            title="No groups yet",
            words=labelled("Add the Board first, then the group that reviews opportunities."),
            icon="people",
        )
    if writes:
        _add()


def _add() -> None:
    key = fresh("group")
    with st.expander("Add a group"), st.form(f"{key}-form", border=False):
        name = text_line("Name of the group", longest=120, key=f"{key}-title")
        kind = st.radio(
            "What it is for", [*GroupKind], format_func=words_of, index=None, key=f"{key}-kind"
        )
        if st.form_submit_button("Add this group", type="primary"):
            with saving("The group has been added. Now add its members.", key) as (db, actor):
                if kind is None:
                    raise Invalid("Choose what the group is for.", field="kind")
                group_id = add_group(db, actor, name=name, kind=kind)
                st.query_params.from_dict({"id": str(group_id)})


chosen = row_in_address(group)
open_page(
    chosen.name if chosen else "Groups",
    Permission.GROUPS_READ,
    lede="" if chosen else "The groups, who is in them, and which one reviews the opportunities.",
    back=("All groups", HERE) if chosen else None,
)
if chosen:
    one(chosen, missing(chosen))
    came_of(way_to(way_of_group, chosen.id), title="Sessions with this group")
else:
    say_if_lost("group")
    every()
