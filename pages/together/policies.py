"""Policies written together: all of them, and one from its first question on.

A policy has four parts, each with an address of its own.
"""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.events_of import history_of_policy
from coprod_data.queries.policies import PolicyRow, policies, policy
from coprod_data.queries.policies_asked import activities, comments, what_worked
from coprod_data.queries.policies_text import VersionRow, versions
from coprod_data.vocabulary.policies import ActivityKind, PolicyStanding
from pages.parts.address import row_in_address, say_if_lost
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import on
from pages.shared.happened import show_happened
from pages.together.policies_asking import ask_forms, asked_table, show_worked
from pages.together.policies_boards import show_boards
from pages.together.policies_forms import HERE, add_form, change_form, next_form
from pages.together.policies_text import show_text

PARTS = {
    "": "Where it is",
    "text": "Text and easy-read",
    "asking": "Asking",
    "boards": "Who saw it, sign-off",
}


def line(row: PolicyRow) -> dict[str, object]:
    """Return a policy as a row of `list.html`."""
    if row.step:
        detail = f"Next: {row.next_words} · {row.holder}"
        detail += f" · by {on(row.next_by)}" if row.next_by else ""
    else:
        detail = row.purpose
    late = Look("The next step is late", "alert", "clock")
    return {
        "title": row.title, "detail": detail, "word": None, "href": f"{HERE}?id={row.id}",
        "state": late if row.late else row.standing,
    }  # fmt: skip


def every() -> None:
    """Show every policy, and what worked across them."""
    with refusals(stop=True), reading() as (db, actor):
        rows, worked = policies(db, actor), what_worked(db, actor)
        writes = actor.may(Permission.POLICIES_OWN) or actor.may(Permission.POLICIES_WRITE)
    if not rows:
        show(
            "empty.html", title="No policies yet", icon="together",
            words="A policy that is written with the people it is for begins here, as an idea.",
        )  # fmt: skip
    for title, being in (("Being written", True), ("Signed off", False)):
        if some := [line(row) for row in rows if (not row.signed) is being]:
            show("section.html", title=title, count=len(some))
            show("list.html", rows=some, empty="")
    if rows:
        download("policies", "this list")
    if worked:
        show_worked(worked)
    if writes:
        add_form()


def one(row: PolicyRow) -> None:
    """Show a policy: what is next on top, its life, and the part that the address names."""
    part = st.query_params.get("part", "")
    part = part if part in PARTS else ""
    with refusals(stop=True), reading() as (db, actor):
        written = versions(db, actor, row.id)
        asked, said = activities(db, actor, row.id), comments(db, actor, row.id)
        happened = history_of_policy(db, actor, row.id) if not part else []
    show(
        "policy_head.html", row=row, steps=life(row), next=next_words(row),
        public=any(one.put_out for one in written),
        until=on(row.valid_to) if row.valid_to else "",
    )  # fmt: skip
    show("choices.html", label="Parts of this policy", choices=[
        {
            "words": words, "number": None, "tone": "", "icon": "", "chosen": name == part,
            "href": f"{HERE}?id={row.id}" + (f"&part={name}" if name else ""),
        }
        for name, words in PARTS.items()
    ])  # fmt: skip
    if part == "text":
        show_text(row, written)
    elif part == "asking":
        ask_forms(row, asked, said)
    elif part == "boards":
        show_boards(row, written)
    else:
        if row.may_change:
            next_form(row)
        asking = [one for one in asked if one.kind is ActivityKind.ASKING]
        wide, beside = st.columns([7, 4], gap="medium")
        with wide:
            asked_table(asking)
        with beside:
            if written:
                show("policy_length.html", bars=bars(written), comments=said, id=row.id)
        facts(row)
        if row.may_change:
            change_form(row)
        show_happened(happened, here=f"{HERE}?id={row.id}")


def next_words(row: PolicyRow) -> str:
    """Return what comes next, who has it and by when; "" where every step was taken."""
    if row.standing is PolicyStanding.REVIEW_DUE:
        return f"its review was due on {on(row.review_on)}." if row.review_on else ""
    if not row.step:
        return ""
    by = f", by {on(row.next_by)}" if row.next_by else ""
    return f"{row.next_words}. {row.holder}{by}."


def life(row: PolicyRow) -> list[dict[str, str]]:
    """Return the life of a policy as a line of steps."""
    said = {"done": "done", "skipped": "skipped", "now": "now", "later": "still to come"}
    return [
        {
            "words": one.step.words, "state": one.state, "said": said[one.state],
            "more": "Now" if one.state == "now" else "Skipped" if one.state == "skipped"
            else on(one.done_on) if one.done_on else "",
            "why": one.why_skipped,
        }
        for one in row.life
    ]  # fmt: skip


def bars(written: list[VersionRow]) -> dict[str, object]:
    """Return the words of each version against the target, as `policy_length.html` shows them."""
    most = max((one.length.words for one in written), default=0)
    target = written[0].length.target_words if written else 0
    top = max(most, target, 1)
    return {
        "target": target, "pages": written[0].length.target_pages if written else 0,
        "line": round(100 * target / top, 1),
        "grew": bool(written) and written[0].grew,
        "over": written[0].length.over if written else 0,
        "rows": [
            {
                "number": one.number, "words": one.length.words, "over": bool(one.length.over),
                "high": round(100 * one.length.words / top, 1), "on": on(one.made_on),
            }
            for one in reversed(written)
        ],
    }  # fmt: skip


def facts(row: PolicyRow) -> None:
    """Show what is known of a policy, and the definitions that were written together."""
    dates = [f"from {on(row.valid_from)}"] if row.valid_from else []
    dates += [f"to {on(row.valid_to)}"] if row.valid_to else []
    dates += [f"review on {on(row.review_on)}"] if row.review_on else []
    told = {
        "What it is for": row.purpose, "For whom": row.audiences, "Partners": row.partners,
        "Who leads it": f"{row.owner} (has left)" if row.owner_gone else row.owner,
        "When it is valid": ", ".join(dates),
        **{f"What “{term}” means": meaning for term, meaning in row.terms},
        "Who wrote the definitions": row.defined_with,
    }  # fmt: skip
    said = [{"label": one, "words": words, "whole": True} for one, words in told.items() if words]
    show("facts.html", title="About this policy", facts=said)


chosen = row_in_address(policy)
open_page(
    chosen.title if chosen else "Policies written together",
    Permission.POLICIES_READ,
    back=("All policies", HERE) if chosen else None,
)
if chosen:
    one(chosen)
else:
    say_if_lost("policy")
    every()
