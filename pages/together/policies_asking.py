"""How people were asked about a policy, what came back, and what became of what they said."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from coprod_data.commands.policies_asking import ActivityTyped, add_activity, change_activity
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.policies import PolicyRow
from coprod_data.queries.policies_asked import ActivityRow, ChannelRow, Comments
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.policies import ActivityKind, PolicyChannel, Worked
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.address import number_in_address
from pages.parts.carried import Form, carried_form
from pages.parts.carried_values import shown
from pages.parts.forms import inert, words_of
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import Column, download, table
from pages.parts.times import A_DAY, on, typed_day

NEVER_ADDED = "The same families may be in several rows, so we never add them up."
CHOICES = {
    "kind": ("What was it for?", ActivityKind),
    "channel": ("Which way?", PolicyChannel),
    "worked": ("Did it work?", Worked),
}
TEXTS = {
    "question": ("What were people asked?", TextPlace.POLICY_QUESTION),
    "heard": ("What was heard?", TextPlace.POLICY_HEARD),
}
LINES = {
    "title": ("What was it?", TextPlace.POLICY_ASKED),
    "audience": ("Who was asked?", TextPlace.POLICY_ASKED_WHOM),
    "source": ("If the numbers were published: where?", TextPlace.POLICY_SOURCE),
}
NUMBERS = {
    "reached": "How many it reached (empty: not counted)",
    "replies": "How many replied (empty: not counted)",
}
LABELS = {
    **{name: label for name, (label, _) in {**LINES, **TEXTS, **CHOICES}.items()},
    "held_on": "On which day",
    **NUMBERS,
}


def asked_table(asked: Sequence[ActivityRow]) -> None:
    """Show each way in which people were asked, what it reached and what came back."""
    held = sorted(
        (one for one in asked if one.held_on), key=lambda one: list(Worked).index(one.worked)
    )
    show("section.html", title="What did asking bring back?", count=0)
    show("policy_asked.html", rows=[_told(one) for one in held], note=NEVER_ADDED, sources=[
        one.source for one in held if one.source
    ])  # fmt: skip


def show_worked(rows: Sequence[ChannelRow]) -> None:
    """Show across policies which ways of asking worked."""
    show("section.html", title="What worked, across policies", count=0)
    table(
        "Each way of asking",
        [Column("Way"), Column("Times", True), Column("Worked well", True),
         Column("Reached, and replies, each time")],
        [
            (row.channel.words, len(row.times), row.well, _times(row))
            for row in rows
        ],
        empty="", sheet="policy_activities",
    )  # fmt: skip


def ask_forms(row: PolicyRow, asked: Sequence[ActivityRow], said: Comments) -> None:
    """Show every activity with what was heard, its forms, and what changed because of comments."""
    opened = number_in_address("activity")
    chosen = next((one for one in asked if one.id == opened), None)
    if chosen and row.may_change:
        _change(row, chosen)
        return
    for kind in ActivityKind:
        if some := [one for one in asked if one.kind is kind]:
            show("section.html", title=kind.words, count=len(some))
            for one in some:
                show("policy_activity.html", change=row.may_change, **_told(one))
    if asked:
        show("lede.html", words=NEVER_ADDED)
        download("policy_activities", "these activities", policy=row.id)
    if row.may_change:
        form = carried_form("policy-asked", f"new-{row.id}", {}, LABELS)
        with st.expander("Write down an activity", expanded=form.restored or not asked):
            form.begin()
            boxes = _boxes(form, None)
            if st.button("Add this activity", type="primary", key=f"{form.key}-save"):
                with form.saving("Added.") as (db, actor):
                    add_activity(db, actor, row.id, _typed(boxes))
    with reading() as (_, actor):
        types = actor.may(Permission.ENTRIES_TYPE) and not row.signed
    show("policy_comments.html", said=said, id=row.id, types=types)


def _change(row: PolicyRow, one: ActivityRow) -> None:
    show("policy_activity.html", change=False, **_told(one))
    show("link.html", words="All activities", href=f"/policies?id={row.id}&part=asking")
    values: dict[str, Any] = {
        name: one.counted if name == "replies" else getattr(one, name) for name in LABELS
    }
    form = carried_form("policy-asked", one.id, values, LABELS, tell=lambda _n, v: shown(v))
    with st.expander(f"Change: {inert(one.title)}", expanded=True):
        form.begin()
        boxes = _boxes(form, one)
        if st.button("Save this activity", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_activity(db, actor, one.id, _typed(boxes), opened=form.opened)


def _told(one: ActivityRow) -> dict[str, Any]:
    """Return an activity as the templates show it."""
    replies = "fewer than 5 replied" if one.few else ""
    if one.replies is not None:
        rate = f", {one.rate} of 100" if one.rate is not None else ""
        replies = f"{one.replies:,} replied{rate}"
    back = " · ".join(words for words in (replies, one.heard) if words)
    return {
        "one": one, "when": on(one.held_on) if one.held_on else "Planned",
        "reached": f"{one.reached:,}" if one.reached is not None else "Not counted",
        "back": back or "Nothing written down", "replies": replies or "Replies not counted",
    }  # fmt: skip


def _times(row: ChannelRow) -> str:
    told = (_told(one) for one in row.times if one.reached is not None)
    return "; ".join(f"{one['reached']}: {one['replies'].lower()}" for one in told) or "Not counted"


def _boxes(form: Form, one: ActivityRow | None) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, (label, closed) in CHOICES.items():
        first = getattr(one, name) if one else Worked.UNKNOWN if name == "worked" else None
        said[name] = st.selectbox(
            label, list(closed), format_func=words_of, placeholder="Choose one",
            **form.choice(name, list(closed), first),
        )  # fmt: skip
    said |= {
        name: form.line(label, name, place=place, longest=240 if name == "source" else 160)
        for name, (label, place) in LINES.items()
    }
    first_day = on(one.held_on) if one and one.held_on else ""
    said["held_on"] = form.line(
        f"On which day, for example {A_DAY} (empty: planned)", "day", place=None, first=first_day
    )
    said |= {name: form.area(label, name, place=place) for name, (label, place) in TEXTS.items()}
    for name, label in NUMBERS.items():
        kept = None if one is None else one.counted if name == "replies" else one.reached
        said[name] = form.line(
            label, f"{name}_said", place=None, first="" if kept is None else str(kept)
        )
    return said


def _typed(said: dict[str, Any]) -> ActivityTyped:
    for name in ("kind", "channel"):
        if said[name] is None:
            raise Invalid(f"Choose an answer: {CHOICES[name][0]}", field=name)
    numbers = {}
    for name in NUMBERS:
        typed = said[name].replace(",", "").strip()
        if typed and not (typed.isdecimal() and len(typed) < 9):
            raise Invalid("Give a whole number, or leave it empty.", field=name)
        numbers[name] = int(typed) if typed else None
    day = typed_day(said["held_on"], "held_on", Meant.GONE)
    return ActivityTyped(**{**said, **numbers, "held_on": day})
