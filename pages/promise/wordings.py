"""The Promise in its wordings: the one in force, drafts, and all earlier ones."""

from contextlib import suppress
from datetime import date

import streamlit as st

from coprod_data.commands.promise_changes import copy_promise
from coprod_data.permissions import NotAllowed, NotFound, Permission
from coprod_data.queries.groups import open_groups
from coprod_data.queries.promise import PromiseRow, promise, wording, wordings
from coprod_data.queries.promise_plan import plan_authors, plan_runs
from coprod_data.rules.clocks import london_day
from coprod_data.rules.frameworks import framework_items
from coprod_data.vocabulary.labels import labelled
from pages.parts.address import number_in_address
from pages.parts.boxes import text_line
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import on
from pages.promise.wordings_changes import show_changes
from pages.promise.wordings_draft import change_line, extend_draft
from pages.promise.wordings_plan import plan_form, runs_words, written_words
from pages.shared.evidence import with_links
from pages.shared.lists import address

HERE = "/wordings"
IN_FORCE = Look("In force", "good", "check")
DRAFT = Look("Draft", "soon", "pen")
EARLIER = Look("Earlier", "plain", "history")


def show_wording(row: PromiseRow, *, writes: bool) -> None:
    """Show a version with every theme and commitment, in adult and in easy words."""
    draft = row.adopted_on is None
    with refusals(stop=True), reading() as (db, actor):
        runs, authors = plan_runs(db, actor, row.id), plan_authors(db, actor, row.id)
        groups = open_groups(db, actor) if writes else {}
    show(
        "wording.html",
        row=row,
        adopted=adopted_words(row),
        written=f"Written with {row.written_with}." if row.written_with else "",
        plan=[runs_words(runs), written_words(runs, authors)] if runs else [],
        shown=with_links(runs.shown) if runs else [],
        state=DRAFT if draft else IN_FORCE if row.in_force else EARLIER,
        line=f"{HERE}?version={row.id}&" if draft and writes else "",
        items=framework_items(),
        tag=f"{HERE}?version={row.id}&" if not draft and writes else "",
        changes=f"{HERE}?version={row.id}&show=changes" if draft and writes else "",
    )
    download("promise", "this version", version=row.id)
    if runs and writes and (draft or row.in_force):
        plan_form(runs, authors, groups)
    if draft and writes:
        extend_draft(row)


def adopted_words(row: PromiseRow) -> str:
    """Return who adopted a version, and when; for a draft, when it was begun."""
    if row.adopted_on is None:
        return f"Begun on {on(row.drafted_on)}. It is not in force."
    return f"Adopted on {on(row.adopted_on)} by {row.adopted_by}.".replace("..", ".")


def list_versions(title: str, others: list[PromiseRow]) -> None:
    """Show versions as links."""
    if not others:
        return
    show("section.html", title=title, count=None)
    show(
        "list.html",
        rows=[
            {
                "title": row.title,
                "detail": adopted_words(row),
                "state": DRAFT if row.adopted_on is None else IN_FORCE if row.in_force else EARLIER,
                "word": None,
                "href": address(HERE, version=row.id),
            }
            for row in others
        ],
        empty="",
    )


def show_all(*, asked: bool, writes: bool, sets_up: bool, today: date) -> None:
    """Show the version in force and every other; `asked` for one that is not there."""
    if asked:
        show("lede.html", words="We could not find that version. These are all of them.")
    with refusals(stop=True), reading() as (db, actor):
        current = promise(db, actor)
        every = wordings(db, actor)
    drafts = [row for row in every if row.adopted_on is None]
    list_versions("Being written", drafts)
    if current:
        show_wording(current, writes=writes)
    else:
        show("empty.html", title=labelled("There is no Promise yet"), icon="promise",
             words="The chair and the administrator write it down in Set-up.",
             more=("Go to Set-up", "/set_up") if sets_up else None)  # fmt: skip
    beside = {row.id for row in drafts} | ({current.id} if current else set())
    list_versions("Earlier versions", [row for row in every if row.id not in beside])
    if current and writes:
        begin_copy(today, sets_up=sets_up)


def begin_copy(today: date, *, sets_up: bool) -> None:
    """Show the form that starts the next version as a copy of the one in force."""
    show("section.html", title="Start the next version", count=None)
    st.text(
        labelled(
            "It begins as a copy of The Promise in force. Change it line by line. Nothing changes "
            "in the plan until the chair records its adoption."
        )
    )
    named = f"{labelled('The Promise')} {today.year + 1}"
    form = carried_form("copy promise", "new", {"title": named})
    form.begin()
    title = text_line("Name of this version", longest=160, **form.box("title"))
    if st.button("Start the next version", key=f"{form.key}-save"):
        with form.saving("The next version has been started, as a copy.") as (db, actor):
            copy_promise(db, actor, title=title)
    if sets_up:
        show("link.html", words="Or paste a version in Set-up", href="/set_up")


def found(version_id: int | None) -> PromiseRow | None:
    """Return the version that the address names; None if this reader finds none."""
    if version_id is None:
        return None
    with suppress(NotFound, NotAllowed), reading() as (db, actor):
        return wording(db, actor, version_id)
    return None


one = number_in_address("version")
row = found(one)
draft = row is not None and row.adopted_on is None
changes = draft and st.query_params.get("show") == "changes"
one_line = bool(number_in_address("line") or number_in_address("theme"))
to_version = (
    (f"{row.title}, draft" if draft else row.title, address(HERE, version=row.id)) if row else None
)
open_page(
    "What changes" if changes else row.title if row else labelled("The Promise in its wordings"),
    Permission.ACTIONS_READ,
    back=to_version if changes or one_line else ("All versions", HERE) if row else None,
)
with refusals(stop=True), reading() as (db, actor):
    writes = actor.may(Permission.PROMISE_DRAFT)
    sets_up = actor.may(Permission.SETTINGS_CHANGE) or actor.may(Permission.PROMISE_ADOPT)
    today = london_day(actor.at)
if row and changes:
    show_changes(row.id, today)
elif row and not (writes and change_line(row)):
    show_wording(row, writes=writes)
elif not row:
    show_all(asked=one is not None, writes=writes, sets_up=sets_up, today=today)
