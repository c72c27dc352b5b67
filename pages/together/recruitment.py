"""Recruitment with young people and parents: which posts, who was on the panel, what changed."""

from typing import Any

import streamlit as st

from coprod_data.commands.recruitment import (
    MOST,
    PEOPLE,
    TEXTS,
    RecruitmentTyped,
    add_recruitment,
    change_recruitment,
    remove_recruitment,
)
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.events_of import history_of_recruitment
from coprod_data.queries.recruitment import (
    RecruitmentRow,
    key_posts,
    recruitment,
    recruitments,
    services_recruiting,
)
from coprod_data.rules.personal_details import possible_details
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.address import choose, number_in_address, row_in_address, say_if_lost
from pages.parts.boxes import number_box
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.past_days import sure_of
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import A_DAY, on, typed_day
from pages.shared.happened import show_happened
from pages.shared.who_leads import must_be_chosen, service_and_owner, telling, to_choose
from pages.shared.work_projects import posts_said

HERE = "/recruitment"
LABELS = {
    "post": "Which post is it?",
    "service_id": "Service",
    "owner_id": "Who leads it",
    "meets_on": "Day on which the panel meets",
    "key_post": "A key post: whoever gets it works with children and young people with SEND",
    "with_send": "How many young people with SEND are on the panel?",
    "young_people": "How many other young people?",
    "parents": "How many parents and carers?",
    "prepared": "How were they prepared?",
    "asked": "What did they ask, in your words?",
    "what_changed": "What changed because of them?",
    "thanked": "How were they thanked?",
}
PLANNED = Look("To come", "plain", "calendar")
OWED = Look("Thanks or answer owed", "soon", "clock")
ALONE = Look("Without young people", "soon", "minus")
TOGETHER = Look("With young people", "good", "together")
PARENTS = Look("With parents", "good", "together")


def line(row: RecruitmentRow) -> dict[str, object]:
    """Return a recruitment as a row of `list.html`."""
    state = TOGETHER if row.with_young else PARENTS if row.with_parents else ALONE
    if row.owed or not row.met:
        state = OWED if row.met else PLANNED
    parts = [row.service, row.owner_named, on(row.meets_on), "Key post" if row.key_post else ""]
    return {
        "title": row.post, "detail": " · ".join(part for part in parts if part), "state": state,
        "word": None, "href": f"{HERE}?id={row.id}",
    }  # fmt: skip


def every() -> None:
    """Show the recruitment that the address chooses, and how key posts were filled."""
    service_id, key = number_in_address("service"), st.query_params.get("key") == "yes"
    with refusals(stop=True), reading() as (db, actor):
        rows = recruitments(db, actor, service_id=service_id, key=key)
        names = services_recruiting(db, actor)
        found = key_posts(db, actor)
        owns = actor.may(Permission.RECRUITMENT_OWN) or actor.may(Permission.RECRUITMENT_WRITE)
    counted = [one for one in found if service_id in (None, one.service_id)]
    if counted:
        show("lede.html", words=posts_said(counted))
    if names:
        choose("service", names, service_id, label="Service", every="Every service")
    if key:
        show("link.html", words="Every post", href=HERE)
    elif counted:
        at = f"&service={service_id}" if service_id else ""
        show("link.html", words="Only key posts", href=f"{HERE}?key=yes{at}")
    if rows:
        show("list.html", rows=[line(row) for row in rows], empty="")
        download("recruitment", "this list", service=service_id, key="yes" if key else None)
    else:
        show(
            "empty.html", icon="people",
            title="No recruitment here" if names else "No recruitment yet",
            words="When you fill a post, ask young people or parents onto the panel, and write "
            "here what came of it.",
        )  # fmt: skip
    if found and service_id is None:
        show("section.html", title="Key posts by service", count=0)
        show("list.html", rows=[
            {
                "title": one.service, "detail": posts_said([one]), "state": None, "word": None,
                "href": f"{HERE}?key=yes&service={one.service_id}",
            }
            for one in found
        ], empty="")  # fmt: skip
    if owns:
        _add()


def one(row: RecruitmentRow) -> None:
    """Show a recruitment, and its forms to those who keep it."""
    with refusals(stop=True), reading() as (db, actor):
        happened = history_of_recruitment(db, actor, row.id)
    parts = [row.owner_named, on(row.meets_on), "Key post" if row.key_post else ""]
    detail = " · ".join(part for part in parts if part)
    here = {**line(row), "title": row.service, "detail": detail, "href": None}
    show("list.html", rows=[here], empty="")
    panel = [part.as_said for part in row.panel]
    facts = {
        "On the panel": " · ".join(panel) or "Staff only",
        **{LABELS[name]: getattr(row, name) for name in TEXTS},
    }
    show(
        "facts.html", title="The panel",
        facts=[{"label": label, "words": words, "whole": True}
               for label, words in facts.items() if words],
    )  # fmt: skip
    if row.may_change:
        _change(row)
        if not row.met and sure(
            "Delete it", f"remove-{row.id}", yes="Yes, delete it",
            question="For what was written down by mistake.",
        ):  # fmt: skip
            with saving("It is deleted.") as (db, actor):
                remove_recruitment(db, actor, row.id)
                st.query_params.clear()
    show_happened(happened, here=f"{HERE}?id={row.id}")


def _add() -> None:
    first = {"key_post": False, **dict.fromkeys(PEOPLE, 0)}
    form = carried_form("recruitment", "new", first, LABELS)
    with st.expander("Add a recruitment", expanded=form.restored):
        form.begin()
        said = _boxes(form)
        if st.button("Add this recruitment", type="primary", key=f"{form.key}-save"):
            with form.saving("Added.") as (db, actor):
                number = add_recruitment(db, actor, _typed(said, form))
                st.query_params.from_dict({"id": str(number)})


def _change(row: RecruitmentRow) -> None:
    values = {name: getattr(row, name) for name in LABELS if name not in PEOPLE}
    values |= row.counts or {}
    known, people, _ = to_choose(Permission.RECRUITMENT_WRITE, row)
    tell = telling(owner_id=people, service_id=known)
    form = carried_form("recruitment", row.id, values, LABELS, tell=tell)
    words = "Say what came of it" if row.owed else "Change this recruitment"
    with st.expander(words, expanded=form.restored or row.owed):
        form.begin()
        said = _boxes(form, row)
        if st.button("Save this recruitment", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_recruitment(db, actor, row.id, _typed(said, form), opened=form.opened)


def _boxes(form: Form, row: RecruitmentRow | None = None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "post": form.line(LABELS["post"], "post", place=None, longest=160),
        **service_and_owner(form, Permission.RECRUITMENT_WRITE, LABELS, row),
        "meets_on": form.line(
            f"{LABELS['meets_on']}, for example {A_DAY}", "meets", place=None,
            first=on(row.meets_on) if row else "",
        ),
        "key_post": st.checkbox(
            LABELS["key_post"],
            **form.choice("key_post", [False, True], form.carried.start["key_post"]),
        ),
    }  # fmt: skip
    st.text("Count each person once. A number under 5 is shown only to those who keep this.")
    for name in PEOPLE:
        numbers = range(MOST + 1)
        said[name] = number_box(
            LABELS[name], least=0, most=MOST, step=1,
            **form.choice(name, numbers, form.carried.start[name]),
        )  # fmt: skip
    said["prepared"] = form.area(
        LABELS["prepared"], "prepared", place=TextPlace.RECRUITMENT_PREPARED
    )
    if row is None or not row.met:
        return said
    said["asked"] = form.area(LABELS["asked"], "asked", place=TextPlace.RECRUITMENT_ASKED)
    said["what_changed"] = form.area(
        LABELS["what_changed"], "what_changed", place=TextPlace.RECRUITMENT_CHANGED
    )
    said["thanked"] = form.area(LABELS["thanked"], "thanked", place=TextPlace.RECRUITMENT_THANKED)
    return said


def _typed(said: dict[str, Any], form: Form) -> RecruitmentTyped:
    """Return what was typed, once a text that may say who somebody is was looked at again."""
    must_be_chosen(said)
    day = typed_day(said["meets_on"], "meets_on", Meant.NEAREST)
    if day is None:
        raise Invalid(f"Give the day on which the panel meets, like {A_DAY}.", field="meets_on")
    for name in TEXTS:
        text = said.get(name) or ""
        if text != form.carried.start.get(name) and (found := possible_details(text)):
            sure_of(text, f"This may say who somebody is: {', '.join(found)}.", name, form.key)
    return RecruitmentTyped(**{**said, "meets_on": day})


chosen = row_in_address(recruitment)
open_page(
    chosen.post if chosen else "Recruitment with young people and parents",
    Permission.RECRUITMENT_READ,
    back=("All recruitment", HERE) if chosen else None,
)
if chosen:
    one(chosen)
else:
    say_if_lost("recruitment")
    every()
