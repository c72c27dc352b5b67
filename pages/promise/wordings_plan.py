"""When the plan of a version of The Promise runs, and who wrote it: shown, and said in a form."""

from collections.abc import Mapping

import streamlit as st

from coprod_data.commands.promise_plan import plan_promise
from coprod_data.permissions import Invalid
from coprod_data.queries.promise_plan import PlanRuns
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.actions import WorkedOnBy
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.carried_values import shown
from pages.parts.forms import inert, words_of
from pages.parts.times import A_DAY, on, typed_day
from pages.shared.plan_runs import length

SAYS = {
    "starts_on": "Start of the plan",
    "months": "Months",
    "written_by": "Who wrote it",
    "group_ids": "Groups",
    "shown": "What shows it",
}


def plan_form(runs: PlanRuns, authors: Mapping[int, str], groups: Mapping[int, str]) -> None:
    """Show the form that says when the plan of a version runs, and who wrote it."""
    named = dict(authors) | dict(groups)
    values = {
        "starts_on": runs.starts_on, "months": runs.months, "written_by": runs.written_by,
        "group_ids": frozenset(authors), "shown": runs.shown,
    }  # fmt: skip
    form = carried_form(
        "plan", runs.version_id, values, SAYS,
        tell=lambda name, value: ", ".join(named[one] for one in value) if name == "group_ids"
        else on(value) if name == "starts_on" and value else shown(value),
    )  # fmt: skip
    start = form.carried.start
    with st.expander("When the plan runs, and who wrote it", expanded=form.restored):
        form.begin()
        day = form.line(
            f"From when does the plan run, for example {A_DAY}?", "day", place=None,
            first=on(start["starts_on"]) if start["starts_on"] else "",
        )  # fmt: skip
        months = form.line(
            "For how many months?", "length", place=None, first=str(start["months"] or "")
        )
        by = st.radio(
            labelled("Who wrote The Promise?"), [*WorkedOnBy], index=None, horizontal=True,
            format_func=words_of, **form.choice("by", WorkedOnBy, start["written_by"]),
        )  # fmt: skip
        chosen: list[int] = []
        evidence = ""
        if by not in (None, WorkedOnBy.STAFF):
            st.text("Which groups?")
            chosen = [
                id_
                for id_, name in named.items()
                if st.checkbox(
                    inert(name),
                    **form.choice(f"group-{id_}", (True, False), id_ in start["group_ids"]),
                )
            ]
            evidence = form.area(
                "What shows it, and where can it be seen?", "shown", place=TextPlace.WRITTEN_SHOWN
            )
        if st.button("Save the plan", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                plan_promise(
                    db, actor, runs.version_id,
                    starts_on=typed_day(day, "starts_on", Meant.NEAREST), months=_number(months),
                    written_by=by, group_ids=frozenset(chosen), shown=evidence, opened=form.opened,
                )  # fmt: skip


def _number(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isascii() or not typed.strip().isdecimal():
        raise Invalid("Write the number of months, for example 18.", field="months")
    return int(typed.strip()[:4])


def written_words(runs: PlanRuns, authors: Mapping[int, str]) -> str:
    """Return who wrote a version, as a sentence; nothing where nobody has said so."""
    if runs.written_by is None:
        return ""
    if runs.written_by is WorkedOnBy.STAFF:
        return "Written by staff only."
    how = "Led" if runs.written_by is WorkedOnBy.YOUNG_LED else "Written together"
    who = f"{how} by young people" if how == "Led" else f"{how} with young people"
    return f"{who}: {', '.join(authors.values())}."


def runs_words(runs: PlanRuns) -> str:
    """Return from when until when the plan of a version runs; nothing where nobody has said so."""
    if runs.starts_on is None or runs.ends_on is None or runs.months is None:
        return ""
    return f"Its plan runs from {on(runs.starts_on)} to {on(runs.ends_on)}: {length(runs.months)}."
