"""The forms that give a draft another place or another author, and that delete one."""

import streamlit as st

from coprod_data.commands.papers import MOST_ITEMS, move_paper, remove_paper
from coprod_data.permissions import Role
from coprod_data.queries.meetings import meetings
from coprod_data.queries.papers import PaperDetail
from coprod_data.queries.people import persons_with_role
from pages.parts.boxes import number_box
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure
from pages.parts.sign_in import reading
from pages.parts.times import on

WRITERS = (Role.YOUTH_VOICE, Role.MANAGER, Role.CLERK)
LABELS = {
    "meeting_id": "Meeting that it is for",
    "item": "Number of its item on the agenda",
    "author_id": "Who writes it",
}


def placing(found: PaperDetail) -> None:
    """Show the forms that move a draft, hand it to another author, or delete it."""
    row = found.row
    with refusals(stop=True), reading() as (db, actor):
        days = {one.id: on(one.on) for one in meetings(db, actor)}
        people = {one.id: one.name for one in persons_with_role(db, actor, *WRITERS)}
    days = {row.meeting_id: on(row.meets_on), **days}
    people = {row.author_id: row.author, **people}
    opened = {"meeting_id": row.meeting_id, "item": row.item, "author_id": row.author_id}
    form = carried_form("paper-place", row.id, opened, LABELS)
    with st.expander("Another item, meeting or author", expanded=form.restored):
        form.begin()
        meeting_id = st.selectbox(
            LABELS["meeting_id"], list(days), format_func=days.__getitem__,
            **form.choice("meeting_id", days, row.meeting_id),
        )  # fmt: skip
        item = number_box(
            LABELS["item"], least=1, most=MOST_ITEMS, value=None, step=1,
            **form.choice("item", range(1, MOST_ITEMS + 1), row.item),
        )  # fmt: skip
        author_id = st.selectbox(
            LABELS["author_id"], list(people), format_func=people.__getitem__,
            **form.choice("author_id", people, row.author_id),
        )  # fmt: skip
        if st.button("Save its place", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                move_paper(
                    db, actor, row.id, meeting_id=meeting_id, item=item, author_id=author_id,
                    opened=form.opened,
                )  # fmt: skip
    if sure(
        "Delete this draft", f"paper-remove-{row.id}",
        question="All that is written in it goes, and cannot be brought back.",
        yes="Yes, delete it",
    ):  # fmt: skip
        with saving("It is deleted.") as (db, actor):
            remove_paper(db, actor, row.id)
            st.query_params.clear()
