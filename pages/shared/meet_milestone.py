"""Recording a milestone as met, with evidence: on an action's page, and in place on My work."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.commands.actions import meet_milestone
from coprod_data.permissions import Invalid
from coprod_data.queries.actions_detail import MilestoneRow
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.forms import inert
from pages.parts.times import A_DAY, on, typed_day


def meet_form(
    action_id: int, milestones: Sequence[MilestoneRow], today: date, *, first: bool = False
) -> None:
    """Show the form that records one of an action's milestones as met, if one is left.

    With `first` the next one is chosen already.
    """
    to_meet = {one.id: one.title for one in milestones if one.met_on is None}
    if not to_meet:
        return
    form, one = carried_form("meet", action_id), first or len(to_meet) == 1
    with st.expander("Record a milestone as met", expanded=form.restored):
        form.begin()
        chosen = st.radio(
            "Which milestone?", list(to_meet), index=None,
            format_func=lambda number: inert(to_meet[number]),
            **form.choice("which", to_meet, next(iter(to_meet)) if one else None),
        )  # fmt: skip
        evidence = form.area(
            "Evidence: what shows this, and where can it be seen?",
            "evidence",
            place=TextPlace.EVIDENCE,
        )
        typed = form.line(
            f"Date it was met, for example {A_DAY}", "day", place=None, first=on(today)
        )
        if st.button("Record as met", type="primary", key=f"{form.key}-save"):
            with form.saving("The milestone has been recorded as met.") as (db, actor):
                met_on = typed_day(typed, "met_on", Meant.GONE)
                if chosen is None or met_on is None:
                    raise Invalid("Choose the milestone, and write the date.")
                meet_milestone(db, actor, chosen, evidence=evidence, met_on=met_on)
