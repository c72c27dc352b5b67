"""Who works on an action, what shows it, and who agreed what will be seen of it: said by its owner
or the Youth Voice Team.
"""

from collections.abc import Mapping

import streamlit as st

from coprod_data.commands.actions_authors import say_who_agreed, say_who_works
from coprod_data.queries.actions import ActionRow
from coprod_data.queries.actions_detail import ActionMore
from coprod_data.vocabulary.actions import WorkedOnBy
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.carried_values import shown
from pages.parts.forms import words_of
from pages.shared.propose_action import AGREED_WITH, NO_GROUP, NOBODY

SAYS = {
    "worked_on_by": "Who works on it",
    "together_with_id": "Group",
    "shown": "What shows it",
    "why_alone": "Why not together",
}
AGREED = {"group_id": "Agreed with", "will_see": "What you will see"}


def who_works_form(row: ActionRow, more: ActionMore, groups: Mapping[int, str]) -> None:
    """Show the form that says who works on an action."""
    named: dict[int | None, str] = {None: NOBODY}
    if more.together_with_id:
        named[more.together_with_id] = row.together_with
    named.update(groups.items())
    values = {
        "worked_on_by": row.worked_on_by, "together_with_id": more.together_with_id,
        "shown": more.shown, "why_alone": more.why_alone,
    }  # fmt: skip
    form = carried_form(
        "who-works", row.id, values, SAYS,
        tell=lambda name, value: named.get(value, NOBODY) if name == "together_with_id"
        else shown(value),
    )  # fmt: skip
    start = form.carried.start
    with st.expander("Say who works on it", expanded=form.restored):
        form.begin()
        by = st.radio(
            "Who works on it?", [*WorkedOnBy], index=None, horizontal=True, format_func=words_of,
            **form.choice("by", WorkedOnBy, start["worked_on_by"]),
        )  # fmt: skip
        by = by or row.worked_on_by
        group_id, evidence, why = None, "", ""
        if by is WorkedOnBy.STAFF:
            why = form.area(
                "Why not together with young people?", "why_alone", place=TextPlace.WHY_ALONE
            )
        else:
            group_id = st.selectbox(
                "Together with which group?", list(named), index=None,
                format_func=named.__getitem__,
                **form.choice("group", named, start["together_with_id"]),
            )  # fmt: skip
            evidence = form.area(
                "What shows it, and where can it be seen?", "shown", place=TextPlace.TOGETHER_SHOWN
            )
        if st.button("Save who works on it", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                say_who_works(
                    db, actor, row.id, worked_on_by=by, together_with_id=group_id,
                    shown=evidence, why_alone=why, opened=form.opened,
                )  # fmt: skip


def who_agreed_form(row: ActionRow, more: ActionMore, groups: Mapping[int, str]) -> None:
    """Show the form that says which young people agreed what will be seen of an action."""
    named: dict[int | None, str] = {None: NO_GROUP}
    if more.agreed_with_id:
        named[more.agreed_with_id] = more.agreed_with
    named.update(groups.items())
    values = {"group_id": more.agreed_with_id, "will_see": row.will_see}
    form = carried_form(
        "who-agreed", row.id, values, AGREED,
        tell=lambda name, value: named.get(value, NO_GROUP) if name == "group_id"
        else shown(value),
    )  # fmt: skip
    with st.expander("Say who agreed what you will see", expanded=form.restored):
        form.begin()
        st.text(f"When it is done: {row.will_see}")
        group_id = st.selectbox(
            AGREED_WITH, list(named), index=None,
            format_func=named.__getitem__,
            **form.choice("group", named, form.carried.start["group_id"]),
        )  # fmt: skip
        if st.button("Save who agreed it", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                say_who_agreed(db, actor, row.id, group_id=group_id, opened=form.opened)
