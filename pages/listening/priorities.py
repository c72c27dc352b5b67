"""Priorities: what young people chose, and what came of each from finding to outcome."""

from typing import Any

import streamlit as st

from coprod_data.commands.priorities import (
    PriorityTyped,
    add_priority,
    change_priority,
    remove_priority,
    tie_priority,
    untie_priority,
)
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.events_of import history_of_priority
from coprod_data.queries.priorities import PriorityRow, Tied, priorities, priority
from coprod_data.queries.priorities_choices import what_may_be_tied
from coprod_data.queries.surveys import indicators, survey_round
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.sessions import SessionKind
from coprod_data.vocabulary.surveys import CameOf, ChosenHow
from pages.parts.address import number_in_address, row_in_address, say_if_lost
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving, sure, words_of
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import A_DAY, in_month, on, typed_day
from pages.shared.happened import show_happened
from pages.shared.lists import address

HERE = "/priorities"
LABELS = {
    "title": "What young people chose",
    "why": "Why they chose it",
    "chosen_how": "How it was chosen",
    "chosen_by": "Who chose it",
    "chosen_on": "Day on which it was chosen",
    "finding_id": "The finding it came from",
    "programme": "Programme",
}
PAGES = {"sessions": "/sessions?id=", "opportunities": "/opportunities?id=",
         "actions": "/actions?action="}  # fmt: skip


def story_values(row: PriorityRow, *, sees: bool, plans: bool = False) -> dict[str, object]:
    """Return a priority as a row of story.html; `plans`: its reader may plan the meeting."""
    said = row.finding
    return {
        "finding": said
        and {
            "percent": said.percent,
            "words": said.indicator,
            "href": f"/surveys?round={said.round_id}",
        },
        "title": row.title,
        "chosen": f"{row.chosen_how.words}, {in_month(row.chosen_on)}",
        "href": f"{HERE}?id={row.id}",
        "met": row.met,
        "plan": "/sessions?new=1" if plans else None,
        "meetings": _linked("sessions", row.sessions),
        "opportunities": _linked("opportunities", row.opportunities),
        "actions": _linked("actions", row.actions),
        "outcomes": [
            {"title": one.title, "words": one.words, "href": None} for one in row.outcomes
        ],
        "done": any(one.words == "Signed by both" for one in row.outcomes),
        "sees": sees,
    }


def in_short(rows: list[PriorityRow]) -> str:
    """Return how many were chosen, and how many of them nobody has met about."""
    unheard = sum(not row.met for row in rows)
    chose = "1 priority" if len(rows) == 1 else f"{len(rows)} priorities"
    done = sum(any(one.words == "Signed by both" for one in row.outcomes) for row in rows)
    is_done = "1 led to something that both signed" if done == 1 else (
        f"{done} led to something that both signed"
    )  # fmt: skip
    said = f"Young people chose {chose}. {is_done}."
    if unheard:
        said += f" On {unheard} no meeting was held, so managers have not heard them."
    return said


def every() -> None:
    """Show the story of all priorities, or of those of one survey round."""
    of_round = number_in_address("round")
    with refusals(stop=True), reading() as (db, actor):
        rows = priorities(db, actor, survey_id=of_round)
        writes, sees = actor.may(Permission.SURVEYS_WRITE), actor.may(Permission.ACTIONS_READ)
        plans = actor.may(Permission.SESSIONS_OWN)
        about = survey_round(db, actor, of_round) if of_round else None
    if about:
        show("lede.html", words=f"What came of {about.survey}, {about.held_on.year}.")
    if rows:
        show("lede.html", words=in_short(rows))
        show("story.html", rows=[story_values(row, sees=sees, plans=plans) for row in rows])
        download("priorities", "this table", round=of_round)
        show(
            "file_link.html", words="Print it on one side",
            href=address("/print/priorities", round=of_round),
        )  # fmt: skip
    else:
        show(
            "empty.html", title="No priorities yet", icon="star",
            words="Ask young people first: a vote, a workshop, or a meeting of their group.",
        )  # fmt: skip
    if writes:
        _add()


def one(row: PriorityRow) -> None:
    """Show a priority, what came of it, and its forms to those who keep it."""
    with refusals(stop=True), reading() as (db, actor):
        writes, sees = actor.may(Permission.SURVEYS_WRITE), actor.may(Permission.ACTIONS_READ)
        plans = actor.may(Permission.SESSIONS_OWN)
    show("story.html", rows=[story_values(row, sees=sees)])
    facts = [
        (LABELS["chosen_by"], row.chosen_by),
        (LABELS["programme"], row.programme),
        (LABELS["why"], row.why),
    ]
    show(
        "facts.html", title="About this priority",
        facts=[{"label": label, "words": words, "whole": label == LABELS["why"]}
               for label, words in facts if words],
    )  # fmt: skip
    if writes:
        if plans and not row.met:
            href = f"/sessions?new=1&kind={SessionKind.PRIORITY_MEETING}&priority={row.id}"
            show("link.html", words="Plan a meeting about it", href=href)
        _tie(row)
        _change(row)
        _remove(row)
        with refusals(stop=True), reading() as (db, actor):
            happened = history_of_priority(db, actor, row.id)
        show_happened(happened, here=f"{HERE}?id={row.id}")


def _linked(kind: str, things: tuple[Tied, ...]) -> list[dict[str, object]]:
    return [
        {"title": one.title, "words": one.words, "href": f"{PAGES[kind]}{one.id}"} for one in things
    ]


def _add() -> None:
    form = carried_form("priority", "new", {}, LABELS)
    with st.expander("Add a priority", expanded=form.restored):
        form.begin()
        said = _boxes(form)
        if st.button("Add this priority", type="primary", key=f"{form.key}-save"):
            with form.saving("Added. Now plan the meeting about it.") as (db, actor):
                number = add_priority(db, actor, _typed(said))
                st.query_params.from_dict({"id": str(number)})


def _change(row: PriorityRow) -> None:
    values = {name: getattr(row, name) for name in LABELS}
    form = carried_form("priority", row.id, values, LABELS)
    with st.expander("Change this priority", expanded=form.restored):
        form.begin()
        said = _boxes(form, row)
        if st.button("Save this priority", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_priority(db, actor, row.id, _typed(said), opened=form.opened)


def _boxes(form: Form, row: PriorityRow | None = None) -> dict[str, Any]:
    with refusals(stop=True), reading() as (db, actor):
        known = indicators(db, actor)
    how, finding = (row.chosen_how, row.finding_id) if row else (None, None)
    return {
        "title": form.line(
            LABELS["title"], "title", place=TextPlace.PRIORITY_TITLE, longest=160
        ),
        "why": form.area(LABELS["why"], "why", place=TextPlace.PRIORITY_WHY),
        "chosen_how": st.radio(
            LABELS["chosen_how"], [*ChosenHow], format_func=words_of,
            **form.choice("chosen_how", [*ChosenHow], how),
        ),
        "chosen_by": form.line(
            LABELS["chosen_by"], "chosen_by", place=TextPlace.PRIORITY_BY, longest=160
        ),
        "chosen_on": form.line(
            LABELS["chosen_on"], "chosen", place=None, placeholder=A_DAY,
            first=on(row.chosen_on) if row else "",
        ),
        "finding_id": st.selectbox(
            LABELS["finding_id"], [None, *known],
            format_func=lambda one: known.get(one, "Not from a survey"),
            **form.choice("finding_id", [None, *known], finding),
        ),
        "programme": form.line(
            LABELS["programme"], "programme", place=TextPlace.PRIORITY_PROGRAMME, longest=120
        ),
    }  # fmt: skip


def _typed(said: dict[str, Any]) -> PriorityTyped:
    if said["chosen_how"] is None:
        raise Invalid("Say how young people chose it.", field="chosen_how")
    day = typed_day(said["chosen_on"], "chosen_on", Meant.GONE)
    if day is None:
        raise Invalid(f"Give the day on which it was chosen, like {A_DAY}.", field="chosen_on")
    return PriorityTyped(**{**said, "chosen_on": day})


def _tie(row: PriorityRow) -> None:
    key = fresh(f"came-{row.id}")
    with refusals(stop=True), reading() as (db, actor):
        known = what_may_be_tied(db, actor)
    if known:
        with st.expander("Say what came of it"):
            kind = st.radio("What is it?", list(known), format_func=words_of, key=f"{key}-what")
            number = st.selectbox(
                "Which one?", list(known[kind]), index=None,
                format_func=known[kind].__getitem__, key=f"{key}-{kind}-which",
            )  # fmt: skip
            if st.button("It came of this priority", key=f"{key}-save"):
                with saving("It is here now.", key) as (db, actor):
                    if number is None:
                        raise Invalid("Choose which one.", field="what")
                    tie_priority(db, actor, row.id, kind, number)
    _untie(row)


def _untie(row: PriorityRow) -> None:
    tied = {
        **{(CameOf.SESSION, one.id): one.title for one in row.sessions},
        **{(CameOf.OPPORTUNITY, one.id): one.title for one in row.opportunities},
        **{(CameOf.ACTION, one.id): one.title for one in row.actions},
    }
    if not tied:
        return
    key = fresh(f"gone-{row.id}")
    with st.expander("Something here did not come of it"):
        which = st.selectbox(
            "Which one did not come of it?",
            list(tied),
            index=None,
            format_func=tied.__getitem__,
            key=f"{key}-which",
        )
        if st.button("Take it out", key=f"{key}-save"):
            with saving("It is out. It is still where it was.", key) as (db, actor):
                if which is None:
                    raise Invalid("Choose which one.", field="what")
                untie_priority(db, actor, row.id, *which)


def _remove(row: PriorityRow) -> None:
    if not row.tied and sure(
        "Delete this priority", f"remove-{row.id}", question="Nothing came of it, and it goes.",
        yes="Yes, delete it",
    ):  # fmt: skip
        with saving("It is deleted.") as (db, actor):
            remove_priority(db, actor, row.id)
            st.query_params.clear()


chosen = row_in_address(priority)
open_page(
    chosen.title if chosen else "What came of what young people chose?",
    Permission.SURVEYS_READ,
    back=("All priorities", HERE) if chosen else None,
)
if chosen:
    one(chosen)
else:
    say_if_lost("priority")
    every()
