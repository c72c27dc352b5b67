"""Set-up put right: lines of a drafted Promise, names of services, who is responsible."""

from collections.abc import Mapping

import streamlit as st

from coprod_data.commands.promise_drafts import change_commitment, change_theme
from coprod_data.commands.services import remove_service_member, rename_service
from coprod_data.permissions import Invalid
from coprod_data.queries.people import service_members
from coprod_data.queries.promise import PromiseRow
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
    key = fresh(f"correct-theme-{theme_id}")
    with st.form(f"{key}-form", border=False):
        title = st.text_input(
            "Theme, in the Board's words", value=theme.title, max_chars=120, key=f"{key}-title"
        )
        young_title = st.text_input(
            "Theme, in young people's words", value=theme.young_title, max_chars=60,
            key=f"{key}-young",
        )  # fmt: skip
        if st.form_submit_button("Save this theme"):
            with saving("Saved.", key) as (db, actor):
                change_theme(db, actor, theme_id, title=title, young_title=young_title)


def _commitment(draft: PromiseRow, commitment_id: int) -> None:
    one = next(
        row for theme in draft.themes for row in theme.commitments if row.id == commitment_id
    )
    key = fresh(f"correct-commitment-{commitment_id}")
    with st.form(f"{key}-form", border=False):
        reference = st.text_input(
            "Number, for example 2.1", value=one.reference, max_chars=12, key=f"{key}-number"
        )
        wording = st.text_area("What the council promises", value=one.wording, key=f"{key}-words")
        easy = st.text_area("The same in easy words", value=one.easy_wording, key=f"{key}-easy")
        if st.form_submit_button("Save this commitment"):
            with saving("Saved.", key) as (db, actor):
                change_commitment(
                    db, actor, commitment_id,
                    reference=reference, wording=wording, easy_wording=easy,
                )  # fmt: skip


def correct_services(known: Mapping[int, str]) -> None:
    """Show the forms that rename a service and take somebody off it."""
    with refusals(stop=True), reading() as (db, actor):
        members = service_members(db, actor)
    rename, leave = fresh("rename-service"), fresh("leave-service")
    with st.expander("Rename a service"), st.form(f"{rename}-form", border=False):
        service_id = st.selectbox(
            "Which service?", list(known), index=None, format_func=known.__getitem__,
            key=f"{rename}-which",
        )  # fmt: skip
        name = st.text_input("Its new name", max_chars=120, key=f"{rename}-name")
        if st.form_submit_button("Rename it"):
            with saving("Renamed.", rename) as (db, actor):
                if service_id is None:
                    raise Invalid("Choose the service.", field="service")
                rename_service(db, actor, service_id, name=name)
    if not members:
        return
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
