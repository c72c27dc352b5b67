"""Reviews: at which of its meetings a group looked at an opportunity, and when it looks again."""

import streamlit as st

from coprod_data.commands.opportunities import review_opportunity
from coprod_data.permissions import Invalid
from coprod_data.queries.groups import group_meetings
from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, typed_day

STATES = (P.SPOTTED, P.REVIEWED, P.OPEN, P.OFFERED, P.MATCHED, P.WORKING)
LABELS = {"meeting_id": "Reviewed at", "review_on": f"Look again on, for example {A_DAY}"}


def reviewing(row: OpportunityRow) -> None:
    """Let whoever steers an opportunity record a review, and the day of the next."""
    if row.state not in STATES:
        return
    with refusals(stop=True), reading() as (db, actor):
        met = {one.id: f"{one.group}, {on(one.met_on)}" for one in group_meetings(db, actor)}
    now = {"meeting_id": row.reviewed_meeting_id, "review_on": row.review_on}
    form = carried_form("review", row.id, now, LABELS)
    title = "reviewed" if row.reviewed_on is None else "reviewed again"
    with st.expander(f"Say at which meeting it was {title}", expanded=form.restored):
        if not met:
            show("link.html", words="First record when a group met", href="/groups")
            return
        form.begin()
        meeting_id = st.selectbox(
            LABELS["meeting_id"], list(met), format_func=met.__getitem__, index=None,
            **form.choice("meeting_id", met, None),
        )  # fmt: skip
        typed = form.line(LABELS["review_on"], "day", place=None)
        if st.button("Save as reviewed", key=f"{form.key}-save"):
            with form.saving("Saved as reviewed.") as (db, actor):
                if meeting_id is None:
                    raise Invalid("Choose the meeting at which it was reviewed.", field="meeting")
                day = typed_day(typed, "review_on", Meant.COMING)
                if day is None:
                    raise Invalid(
                        f"Write the day on which you look again, for example {A_DAY}.",
                        field="review_on",
                    )
                review_opportunity(
                    db, actor, row.id, meeting_id=meeting_id, review_on=day, opened=form.opened
                )
