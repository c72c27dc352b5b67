"""Opening a round of the audit, wording its standards while nobody has answered, publishing."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from coprod_data.commands.audits import add_standard, open_round, publish_round
from coprod_data.commands.audits_standards import (
    change_audit_round,
    change_standard,
    remove_standard,
)
from coprod_data.permissions import Invalid
from coprod_data.queries.audits import RoundRow, StandardRow
from coprod_data.queries.promise import themes
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.audits import StandardSet
from coprod_data.vocabulary.labels import labelled
from pages.parts.boxes import DAY, text_line
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, saving, words_of
from pages.parts.frame import announce
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, typed_day

NONE = "None: gaps do not become opportunities"
LABELS = {"short": "Its short name", "wording": "What good listening looks like", "source": "From"}


def show_office(known: Sequence[RoundRow], standards: Sequence[StandardRow]) -> None:
    """Let the administrator open a round, change the newest one, and publish what is reviewed."""
    _open(known)
    if not known:
        return
    newest = known[0]
    if st.button(f"Publish the reviewed returns (round no. {newest.id})", key="round-publish"):
        with saving() as (db, actor):
            count = publish_round(db, actor, newest.id)
            announce(f"{count} return{'s are' if count > 1 else ' is'} published.")
    _change(newest)
    if not newest.begun:
        _standards(newest, standards)


def _parts() -> dict[int | None, str]:
    with refusals(stop=True), reading() as (db, actor):
        return {None: NONE} | {theme.id: theme.names for theme in themes(db, actor)}


def _open(known: Sequence[RoundRow]) -> None:
    label = "For the administrator: open a round"
    with st.expander(label, expanded=not known):
        key, parts = fresh("round"), _parts()
        sets = [one for one in StandardSet if known or one is not StandardSet.LAST]
        title = text_line("Title, for example Audit 2026 to 2027", longest=60, key=f"{key}-title")
        typed = text_line(f"Returns are due on, for example {A_DAY}", longest=DAY, key=f"{key}-due")
        chosen = st.radio(
            "Its standards, which you can still change below", sets, format_func=words_of,
            index=sets.index(StandardSet.LAST) if known else 0, key=f"{key}-set",
        )  # fmt: skip
        theme_id = st.selectbox(
            labelled("Part of The Promise that gaps belong to"),
            list(parts),
            format_func=parts.__getitem__,
            key=f"{key}-theme",
        )
        if st.button("Open this round for every service", key=f"{key}-open"):
            with saving("The round is open. Every service has its return.", key) as (db, actor):
                due_on = typed_day(typed, "due_on", Meant.COMING)
                if due_on is None:
                    raise Invalid("Write the date by which returns are due.", field="due_on")
                open_round(
                    db, actor, title=title, due_on=due_on, standards=chosen or StandardSet.POLICY,
                    theme_id=theme_id,
                )  # fmt: skip


def _change(row: RoundRow) -> None:
    parts = _parts()
    values = {"due_on": row.due_on, "theme_id": row.theme_id}
    form = carried_form("round", row.id, values, {"due_on": "Day", "theme_id": "Part"})
    with st.expander(f"Change {inert(row.title)}"):
        form.begin()
        typed = form.line("Returns are due on", "due", place=None, first=on(row.due_on))
        theme_id = st.selectbox(
            labelled("Part of The Promise for its gaps"), list(parts),
            format_func=lambda one: parts.get(one, "An earlier one"),
            **form.choice("theme", [*parts, row.theme_id], row.theme_id),
        )  # fmt: skip
        if st.button("Save this round", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                due_on = typed_day(typed, "due_on", Meant.COMING)
                if due_on is None:
                    raise Invalid("Write the date by which returns are due.", field="due_on")
                change_audit_round(
                    db, actor, row.id, due_on=due_on, theme_id=theme_id, opened=form.opened
                )


def _standards(row: RoundRow, standards: Sequence[StandardRow]) -> None:
    with st.expander(f"Change its standards (version {row.version}, no service has answered)"):
        known = {one.id: one for one in standards}
        chosen = st.selectbox(
            "Which standard?", [None, *known], key=f"standard-of-{row.id}",
            format_func=lambda one: _called(known, one),
        )  # fmt: skip
        if chosen is None:
            _add(row)
        else:
            _reword(known[chosen])


def _called(known: dict[int, StandardRow], number: int | None) -> str:
    if number is None:
        return "A new one"
    return f"{known[number].reference} {known[number].short}"


def _boxes(form: Any) -> dict[str, str]:
    return {
        "short": form.line(
            LABELS["short"], "short", place=None, longest=60
        ),
        "wording": form.area(LABELS["wording"], "wording", place=None),
        "source": form.line(
            LABELS["source"], "source", place=None, longest=240
        ),
    }  # fmt: skip


def _add(row: RoundRow) -> None:
    form = carried_form("standard", f"new-{row.id}", {}, LABELS)
    form.begin()
    number = form.line("Its number, for example A12", "number", place=None, longest=12)
    said = _boxes(form)
    if st.button("Add this standard", key=f"{form.key}-save"):
        with form.saving("Added.") as (db, actor):
            add_standard(db, actor, row.id, reference=number, **said)


def _reword(one: StandardRow) -> None:
    values = {name: getattr(one, name) for name in LABELS}
    form = carried_form("standard", one.id, values, LABELS)
    form.begin()
    said = _boxes(form)
    if st.button("Save this standard", key=f"{form.key}-save"):
        with form.saving("Saved.") as (db, actor):
            change_standard(db, actor, one.id, **said, opened=form.opened)
    if st.button("Take it out of this round", key=f"{form.key}-remove"):
        with saving("It is out of this round.") as (db, actor):
            remove_standard(db, actor, one.id)
