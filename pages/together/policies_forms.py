"""The forms of a policy: what it is, and its next step, taken or skipped with a reason."""

from typing import Any

import streamlit as st

from coprod_data.commands.policies import (
    PolicyTyped,
    add_policy,
    begin_review,
    change_policy,
    take_step,
)
from coprod_data.permissions import KEEPERS, Invalid
from coprod_data.queries.people import persons_with_role
from coprod_data.queries.policies import PolicyRow
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.policies import NEVER_SKIPPED, PolicyStep
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, typed_day
from pages.shared.who_leads import telling

HERE = "/policies"
PAGES = range(1, 41)
AREAS = {
    "purpose": ("What is it for?", TextPlace.POLICY_PURPOSE),
    "audiences": ("For whom is it, and who must keep to it?", TextPlace.POLICY_AUDIENCES),
    "partners": ("Partners who write it with you", TextPlace.POLICY_PARTNERS),
    "co_producers": (
        "Who wrote it together: groups, or first names of those who want that. They stay on it",
        TextPlace.POLICY_CO_PRODUCERS,
    ),
    "definitions": (
        "Definitions: a line for each word, the word, a colon, what it means",
        TextPlace.POLICY_DEFINITIONS,
    ),
    "what_changed": ("What changed because of it?", TextPlace.POLICY_CHANGED),
}
LINES = {
    "defined_with": ("Who wrote the definitions with you", TextPlace.POLICY_DEFINED),
    "next_with": ("Who has the next step (empty: who leads it)", TextPlace.POLICY_NEXT),
}
DAYS = {
    "next_by": "The next step is due on",
    "valid_from": "Valid from",
    "valid_to": "Valid to",
    "review_on": "Review on",
}
LABELS = {
    "title": "Name of the policy", "owner_id": "Who leads it", "target_pages": "Pages at most",
    **{name: label for name, (label, _) in {**AREAS, **LINES}.items()}, **DAYS,
}  # fmt: skip


def add_form() -> None:
    """Offer to begin a policy."""
    form = carried_form("policy", "new", {"target_pages": 1}, LABELS)
    with st.expander("Begin a policy", expanded=form.restored):
        form.begin()
        said = _boxes(form, ("purpose", "audiences", "partners"), (), ())
        if st.button("Begin this policy", type="primary", key=f"{form.key}-save"):
            with form.saving("It is an idea now. Take its first step when you are ready.") as (
                db,
                actor,
            ):
                number = add_policy(db, actor, _typed(said))
                st.query_params.from_dict({"id": str(number)})


def change_form(row: PolicyRow) -> None:
    """Show what is said of a policy, to be changed."""
    values = {name: getattr(row, name) for name in LABELS}
    people = _people(row)
    form = carried_form("policy", row.id, values, LABELS, tell=telling(owner_id=people))
    with st.expander("Change what is said of it", expanded=form.restored):
        form.begin()
        said = _boxes(form, tuple(AREAS), tuple(LINES), tuple(DAYS), row)
        if st.button("Save this policy", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_policy(db, actor, row.id, _typed(said), opened=form.opened)


def next_form(row: PolicyRow) -> None:
    """Offer to take the next step, to skip it, or to begin a review."""
    if row.step is None:
        if sure(
            "Begin its review", f"review-{row.id}", yes="Yes, begin it",
            question="Its life begins again, for the next version. This one stays as it is.",
        ):  # fmt: skip
            with saving("Its review has begun.") as (db, actor):
                begin_review(db, actor, row.id)
        return
    if row.step is PolicyStep.SIGNED_OFF:
        show("link.html", words="Record the sign-off", href=f"{HERE}?id={row.id}&part=boards")
        return
    form = carried_form("policy-step", f"{row.id}-{row.step}")
    with st.expander(f"Take the next step: {row.step.words}", expanded=form.restored):
        form.begin()
        label = f"On which day was it done, for example {A_DAY} (empty: today)"
        day = form.line(label, "done_on", place=None)
        why = ""
        if row.step not in NEVER_SKIPPED:
            why = form.line(
                "To skip it, say why (empty: it is done)", "why", place=TextPlace.POLICY_SKIPPED
            )
        words = "Skip this step" if why else "This step is done"
        if st.button(words, type="primary", key=f"{form.key}-save"):
            with form.saving("Skipped." if why else "Done.") as (db, actor):
                done_on = typed_day(day, "done_on", Meant.GONE)
                take_step(db, actor, row.id, row.step, done_on=done_on, why_skipped=why)


def _boxes(
    form: Form,
    areas: tuple[str, ...],
    lines: tuple[str, ...],
    days: tuple[str, ...],
    row: PolicyRow | None = None,
) -> dict[str, Any]:
    people = _people(row)
    with reading() as (_, actor):
        mine = actor.id if actor.id in people else None
    said: dict[str, Any] = {
        "title": form.line(LABELS["title"], "title", place=TextPlace.POLICY_TITLE, longest=160)
    }
    said["owner_id"] = st.selectbox(
        LABELS["owner_id"], list(people), format_func=people.__getitem__,
        placeholder="Choose somebody",
        **form.choice("owner_id", list(people), row.owner_id if row else mine),
    )  # fmt: skip
    said["target_pages"] = st.selectbox(
        LABELS["target_pages"], PAGES,
        **form.choice("target_pages", PAGES, form.carried.start["target_pages"]),
    )  # fmt: skip
    said |= {name: form.area(AREAS[name][0], name, place=AREAS[name][1]) for name in areas}
    said |= {
        name: form.line(LINES[name][0], name, place=LINES[name][1], longest=160) for name in lines
    }
    for name in days:
        day = getattr(row, name)
        label = f"{DAYS[name]}, for example {A_DAY}"
        said[name] = form.line(label, f"{name}_said", place=None, first=on(day) if day else "")
    return said


def _typed(said: dict[str, Any]) -> PolicyTyped:
    if said["owner_id"] is None:
        raise Invalid("Choose who leads it.", field="owner_id")
    days = {name: typed_day(said[name], name, Meant.NEAREST) for name in DAYS if name in said}
    return PolicyTyped(**{**said, **days})


def _people(row: PolicyRow | None) -> dict[int, str]:
    with refusals(stop=True), reading() as (db, actor):
        people = {one.id: one.name for one in persons_with_role(db, actor, *KEEPERS)}
    if row:
        people.setdefault(row.owner_id, f"{row.owner} (has left)" if row.owner_gone else row.owner)
    return people
