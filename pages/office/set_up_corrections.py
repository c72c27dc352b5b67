"""Set-up put right: lines of a drafted Promise, names of services, who is responsible."""

from collections.abc import Mapping

import streamlit as st

from coprod_data.commands.promise_drafts import change_commitment, change_theme
from coprod_data.commands.services import remove_service_member, rename_service
from coprod_data.commands.services_merging import merge_services
from coprod_data.permissions import Invalid
from coprod_data.queries.people import service_members
from coprod_data.queries.promise import PromiseRow
from coprod_data.vocabulary.labels import labelled
from pages.parts.boxes import text_line
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving
from pages.parts.sign_in import reading


def correct_draft(draft: PromiseRow) -> None:
    """Show a line of the draft that the reader chooses, to correct it."""
    lines = {("theme", theme.id): f"Theme: {theme.title}" for theme in draft.themes} | {
        ("commitment", one.id): f"{one.reference} {one.wording}"
        for theme in draft.themes
        for one in theme.commitments
    }
    if not lines:
        return
    with st.expander("Correct a line"):
        chosen = st.selectbox(
            "Which line?", list(lines), index=None, format_func=lines.__getitem__,
            key="correct-line",
        )  # fmt: skip
        if chosen is None:
            return
        kind, id_ = chosen
        if kind == "theme":
            _theme(draft, id_)
        else:
            _commitment(draft, id_)


def _theme(draft: PromiseRow, theme_id: int) -> None:
    theme = next(one for one in draft.themes if one.id == theme_id)
    labels = {
        "title": labelled("Theme, in the Board's words"),
        "young_title": "Theme, in young people's words",
    }
    form = carried_form(
        "correct-theme", theme_id, {name: getattr(theme, name) for name in labels}, labels
    )
    form.begin()
    with st.form(f"{form.key}-form", border=False):
        title = text_line(labels["title"], longest=120, **form.box("title"))
        young_title = text_line(
            labels["young_title"], longest=60, **form.box("young_title")
        )  # fmt: skip
        if st.form_submit_button("Save this theme"):
            with form.saving("Saved.") as (db, actor):
                change_theme(
                    db, actor, theme_id,
                    title=title, young_title=young_title, opened=form.opened,
                )  # fmt: skip


def _commitment(draft: PromiseRow, commitment_id: int) -> None:
    one = next(
        row for theme in draft.themes for row in theme.commitments if row.id == commitment_id
    )
    labels = {
        "reference": "Number, for example 2.1",
        "wording": "What the council promises",
        "easy_wording": "The same in easy words",
    }
    form = carried_form(
        "correct-line", commitment_id, {name: getattr(one, name) for name in labels}, labels
    )
    form.begin()
    reference = form.line(labels["reference"], "reference", place=None, longest=12)
    wording = form.area(labels["wording"], "wording", place=None)
    easy = form.area(labels["easy_wording"], "easy_wording", place=None)
    if st.button("Save this commitment", key=f"{form.key}-save"):
        with form.saving("Saved.") as (db, actor):
            change_commitment(
                db, actor, commitment_id,
                reference=reference, wording=wording, easy_wording=easy, opened=form.opened,
            )  # fmt: skip


def correct_services(known: Mapping[int, str]) -> None:
    """Show the forms that rename a service and take somebody off it."""
    with refusals(stop=True), reading() as (db, actor):
        members = service_members(db, actor)
    with st.expander("Rename a service"):
        service_id = st.selectbox(
            "Which service?", list(known), index=None, format_func=known.__getitem__,
            key="rename-service",
        )  # fmt: skip
        if service_id is not None:
            _rename(service_id, known[service_id])
    if len(known) > 1:
        _merge(known)
    if not members:
        return
    leave = fresh("leave-service")
    named = {(one.service_id, one.person_id): f"{one.service}: {one.name}" for one in members}
    with st.expander("Take somebody off a service"), st.form(f"{leave}-form", border=False):
        who = st.selectbox(
            "Who is no longer responsible?", list(named), index=None,
            format_func=named.__getitem__, key=f"{leave}-who",
        )  # fmt: skip
        if st.form_submit_button("Take them off"):
            with saving("Saved.", leave) as (db, actor):
                if who is None:
                    raise Invalid("Choose who.", field="person")
                remove_service_member(db, actor, *who)


def _merge(known: Mapping[int, str]) -> None:
    key = fresh("merge-services")
    with st.expander("Two services became one"), st.form(f"{key}-form", border=False):
        st.text(
            "Its people, actions, projects and what it answered in the open audit go to the other. "
            "Nothing is lost, and it cannot be taken back."
        )
        gone = st.selectbox(
            "Which service is now part of another?", list(known), index=None,
            format_func=known.__getitem__, key=f"{key}-gone",
        )  # fmt: skip
        into = st.selectbox(
            "Of which?", list(known), index=None, format_func=known.__getitem__, key=f"{key}-into"
        )
        if st.form_submit_button("Make them one"):
            with saving("They are one service now.", key) as (db, actor):
                if gone is None or into is None:
                    raise Invalid("Choose both services.", field="into")
                merge_services(db, actor, gone, into)


def _rename(service_id: int, name: str) -> None:
    form = carried_form("rename-service", service_id, {"name": name}, {"name": "Its name"})
    form.begin()
    with st.form(f"{form.key}-form", border=False):
        typed = text_line("Its new name", longest=120, **form.box("name"))
        if st.form_submit_button("Rename it"):
            with form.saving("Renamed.") as (db, actor):
                rename_service(db, actor, service_id, name=typed, opened=form.opened)
