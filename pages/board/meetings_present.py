"""The form that says how many were at a meeting, by part."""

import streamlit as st

from coprod_data.commands.meetings_decisions import record_present
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.meetings_agenda import Agenda
from coprod_data.queries.meetings_decisions import who_was_there
from coprod_data.rules.meeting_plan import MOST_PEOPLE
from coprod_data.vocabulary.meetings import MeetingPart
from pages.parts.boxes import number_box
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.sign_in import reading


def counting(one: MeetingDetail, seen: Agenda) -> None:
    """Show the form that says how many were there, by part."""
    if not (seen.started_at or seen.ended_at):
        return
    with refusals(stop=True), reading() as (db, actor):
        found = {row.part: row.number or 0 for row in who_was_there(db, actor, one.row.id)}
    start = {part: found.get(part, 0) for part in MeetingPart}
    form = carried_form("meeting-there", one.row.id, {part.value: start[part] for part in start})
    with st.expander("Who was there"):
        form.begin()
        present = {
            part: int(
                number_box(part.words, least=0, most=MOST_PEOPLE, step=1, **form.box(part.value))
            )
            for part in MeetingPart
        }
        if st.button("Save who was there", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                record_present(
                    db, actor, one.row.id, present=present,
                    opened={part: form.opened[part.value] for part in MeetingPart},
                )  # fmt: skip
