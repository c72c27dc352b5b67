"""Something in the library: for what and whom it is, its formats, what is done with it."""

import streamlit as st

from coprod_data.commands.library import back_to_draft, publish_item, withdraw_item
from coprod_data.permissions import Permission
from coprod_data.queries.events_of import history_of_library_item
from coprod_data.queries.library import FormatRow, LibraryRow, related_items
from coprod_data.vocabulary.library import LibraryState
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.happened import show_happened
from pages.together.library_forms import (
    HERE,
    LABELS,
    change_form,
    format_form,
    teller,
)
from pages.together.library_related import relate_form

OVERDUE = "It was to be looked at again by {day}"
WHAT_THEN = "{who} keeps it. Check that it is still right, then give the next day below."


def one(row: LibraryRow) -> None:
    """Show an item, and to those who keep it what they may do with it."""
    with refusals(stop=True), reading() as (db, actor):
        happened = history_of_library_item(db, actor, row.id)
        related = related_items(db, actor, row.id)
        writes = actor.may(Permission.LIBRARY_WRITE)
    plan = row.plan
    kind = plan.kind.words if plan.kind else ""
    show("list.html", rows=[{
        "title": kind, "detail": f"Kept by {row.keeper_named}", "state": row.state, "word": None,
        "href": None,
    }], empty="")  # fmt: skip
    if row.overdue and plan.review_on:
        show(
            "notice.html", tone="alert", icon="clock", urgent=False,
            title=OVERDUE.format(day=on(plan.review_on)),
            words=WHAT_THEN.format(who=row.keeper_named),
        )  # fmt: skip
    if row.state is LibraryState.WITHDRAWN:
        show(
            "notice.html", tone="plain", icon="cross", title="Withdrawn: do not use it",
            words=row.why_withdrawn, urgent=False,
        )  # fmt: skip
    show("library_formats.html", rows=[format_row(form) for form in row.formats])
    facts = [
        ("What it is for", plan.about, True),
        ("For", ", ".join(audience.words for audience in plan.audiences), False),
        ("Made with", plan.made_with, False),
        ("How complete", plan.complete_words, False),
        ("To be looked at again", on(plan.review_on) if plan.review_on else "", False),
    ]
    show("facts.html", title="About it", facts=[
        {"label": label, "words": words, "whole": whole} for label, words, whole in facts if words
    ])  # fmt: skip
    if related:
        show("section.html", title="Belongs together with", count=len(related))
        show("list.html", rows=[
            {"title": title, "detail": "", "state": None, "word": None, "href": f"{HERE}?id={key}"}
            for key, title in related.items()
        ], empty="")  # fmt: skip
    if row.may_change:
        change_form(row)
        format_form(row)
        relate_form(row, related)
    elif writes and row.state is LibraryState.PUBLISHED:
        st.text("Ask the Youth Voice Team to change what is published.")
    if row.may_publish:
        _let_out(row)
    show_happened(happened, here=f"{HERE}?id={row.id}")


def format_row(form: FormatRow) -> dict[str, object]:
    """Return a format as a row of `library_formats.html`."""
    detail = form.ending.upper() if form.ending else "on another site"
    href = form.link or f"/export/library-{form.id}"
    return {"words": form.format.words, "detail": detail, "href": href, "file": not form.link}


def _let_out(row: LibraryRow) -> None:
    if row.state is LibraryState.PUBLISHED:
        with st.expander("Withdraw it"):
            form = carried_form("library-off", row.id)
            form.begin()
            reason = form.line("Why is it withdrawn?", "reason", place=TextPlace.LIBRARY_WITHDRAWN)
            if st.button("Withdraw it", key=f"{form.key}-save"):
                with form.saving("It is withdrawn.") as (db, actor):
                    withdraw_item(db, actor, row.id, reason=reason)
        if sure(
            "Make it a draft again", f"library-back-{row.id}", yes="Yes, a draft again",
            question="For what was published by mistake.",
        ):  # fmt: skip
            with saving("It is a draft again.") as (db, actor):
                back_to_draft(db, actor, row.id)
        return
    form = carried_form("library-out", row.id, row.shown, LABELS, tell=teller(row))
    form.begin()
    words = "Put it back" if row.state is LibraryState.WITHDRAWN else "Publish it"
    if st.button(words, type="primary", key=form.key_of("publish")):
        with form.saving("It is published.") as (db, actor):
            publish_item(db, actor, row.id, opened=form.opened)
