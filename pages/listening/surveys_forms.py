"""The forms of a survey round: a new one, its numbers of people, and how far it is."""

from datetime import date
from typing import Any

import streamlit as st

from coprod_data.commands.surveys import (
    MOST_PEOPLE,
    add_survey_round,
    change_survey_round,
    close_survey_round,
    remove_survey_round,
    share_survey_round,
    take_survey_back,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.surveys import SurveyRow
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.surveys import SurveyState
from pages.parts.boxes import number_box
from pages.parts.carried import carried_form
from pages.parts.forms import saving, sure
from pages.parts.times import A_DAY, on, typed_day

LABELS = {
    "survey": "Name of the survey",
    "about": "Who was asked",
    "held_on": "Day on which it closes",
    "population": "How many of them there are",
    "invited": "How many were invited",
    "replied": "How many replied",
    "reached_by": "What was done so that more could answer",
    "source": "Where the results are published",
}


BACK = {
    SurveyState.CLOSED: "People can still answer",
    SurveyState.SHARED: "We have not told young people yet",
}


def add_round() -> None:
    """Show the form of a new round."""
    form = carried_form("survey", "new", {}, {})
    with st.expander("Add a survey round", expanded=form.restored):
        form.begin()
        survey = form.line(
            LABELS["survey"], "survey", place=None, longest=120,
            help="Write it as before, so that two rounds can be set side by side.",
        )  # fmt: skip
        about = form.line(LABELS["about"], "about", place=TextPlace.SURVEY_ABOUT, longest=120)
        held = form.line(LABELS["held_on"], "held_on", place=None, placeholder=A_DAY)
        if st.button("Add this round", type="primary", key=f"{form.key}-save"):
            with form.saving("Added. Now bring its results in.") as (db, actor):
                round_id = add_survey_round(
                    db, actor, survey=survey, about=about, held_on=_day(held)
                )
                st.query_params.from_dict({"round": str(round_id)})


def change_round(row: SurveyRow) -> None:
    """Show the form of what is said of a round."""
    values: dict[str, Any] = {name: getattr(row, name) for name in LABELS}
    form = carried_form("survey", row.id, values, LABELS)
    with st.expander("Say which it is, who was asked and how many replied", expanded=form.restored):
        form.begin()
        survey = form.line(LABELS["survey"], "survey", place=None, longest=120)
        about = form.line(LABELS["about"], "about", place=TextPlace.SURVEY_ABOUT, longest=120)
        held = form.line(
            LABELS["held_on"], "held", place=None, first=on(row.held_on)
        )  # fmt: skip
        numbers = {
            name: number_box(
                LABELS[name], least=0, most=MOST_PEOPLE, step=1, value=None,
                placeholder="Not known",
                **form.choice(name, range(MOST_PEOPLE + 1), values[name]),
            )
            for name in ("population", "invited", "replied")
        }  # fmt: skip
        reached_by = form.area(LABELS["reached_by"], "reached_by", place=TextPlace.SURVEY_REACHED)
        source = form.line(LABELS["source"], "source", place=TextPlace.SURVEY_SOURCE, longest=240)
        if st.button("Save this", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_survey_round(
                    db, actor, row.id, survey=survey, about=about, held_on=_day(held),
                    reached_by=reached_by, source=source, opened=form.opened, **numbers,
                )  # fmt: skip


def move_on(row: SurveyRow) -> None:
    """Show the button of the next step of a round, if one is left, and what takes back the last."""
    if row.state is SurveyState.OPEN:
        if st.button("Nobody can answer any more", key=f"close-{row.id}"):
            with saving("Closed. Bring the results in when they come.") as (db, actor):
                close_survey_round(db, actor, row.id)
    elif row.state is SurveyState.RESULTS_IN and st.button(
        "We have told young people what they said", key=f"share-{row.id}"
    ):
        with saving("Thank you. It says so here now.") as (db, actor):
            share_survey_round(db, actor, row.id)


def take_back(row: SurveyRow) -> None:
    """Show what takes back the last step of a round, or a round that was added by mistake."""
    if row.state in BACK and st.button(BACK[row.state], key=f"back-{row.id}"):
        with saving("It is taken back.") as (db, actor):
            take_survey_back(db, actor, row.id)
    if not row.findings and sure(
        "Delete this round", f"remove-{row.id}", question="It has no results, so nothing is lost.",
        yes="Yes, delete it",
    ):  # fmt: skip
        with saving("It is deleted.") as (db, actor):
            remove_survey_round(db, actor, row.id)
            st.query_params.clear()


def _day(typed: str) -> date:
    day = typed_day(typed, "held_on", Meant.NEAREST)
    if day is None:
        raise Invalid(f"Give the day on which it closes, for example {A_DAY}.", field="held_on")
    return day
