"""The form that says who is invited to a meeting."""

import streamlit as st

from coprod_data.commands.meetings import set_invited
from coprod_data.permissions import Role
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.people import persons_with_role
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.sign_in import reading

ADULTS = tuple(role for role in Role if role is not Role.YOUNG_PERSON)


def inviting(one: MeetingDetail) -> None:
    """Show the form to whoever keeps meetings."""
    with refusals(stop=True), reading() as (db, actor):
        people = persons_with_role(db, actor, *ADULTS)
    names = {person.id: person.name for person in people}
    invited = tuple(seat.person_id for seat in one.invited)
    names = {seat.person_id: seat.name for seat in one.invited} | names
    form = carried_form("meeting-invited", one.row.id, {"person_ids": invited})
    with st.expander("Who is invited"):
        form.begin()
        st.text("Members and officers. Young people are a number above, and are never named.")
        chosen = st.multiselect(
            "Invited", list(names), default=list(form.carried.start["person_ids"]),
            format_func=names.__getitem__, key=form.key_of("person_ids"),
        )  # fmt: skip
        if st.button("Save who is invited", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                set_invited(
                    db, actor, one.row.id, person_ids=chosen,
                    opened=form.opened["person_ids"],
                )  # fmt: skip
