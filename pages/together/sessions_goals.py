"""What a session should lead to, whether it got there, and the ground rules of its people."""

import streamlit as st

from coprod_data.commands.sessions_goals import agree_rules, say_reached, set_goals, take_rules
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_series import GoalRow, goals, rules_agreed
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.sessions import AHEAD, GoalReached, SessionState
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, words_of
from pages.parts.html import show
from pages.parts.looks import look
from pages.parts.sign_in import reading
from pages.parts.times import on

READ_ALOUD = (
    "What is said here stays here. If somebody may be hurt, we must tell someone. We tell you "
    "first if we can."
)
GOALS = "What it should lead to, one a line, for example: Everybody can say what it is about"


def aims_to_reach(one: SessionDetail) -> None:
    """Show what a session should lead to, and the box for it to those who may change it."""
    with refusals(stop=True), reading() as (db, actor):
        rows = goals(db, actor, one.row.id)
    _shown(rows)
    if not one.may_change or one.row.state in (SessionState.CLOSED, SessionState.CANCELLED):
        return
    now = "\n".join(row.text for row in rows)
    form = carried_form("session-goals", one.row.id, {"goals": now}, {"goals": GOALS})
    with st.expander("Write what it should lead to", expanded=form.restored):
        form.begin()
        text = form.area(GOALS, "goals", place=TextPlace.SESSION_GOAL)
        if st.button("Save this", key=f"{form.key}-save"):
            with form.saving("Saved. After the session it asks: did we get there?") as (db, actor):
                set_goals(
                    db, actor, one.row.id, goals=_lines(text), opened=_lines(form.opened["goals"])
                )  # fmt: skip


def did_we_get_there(one: SessionDetail) -> None:
    """Show whether a session got where it should, with a choice beside each to those who may."""
    with refusals(stop=True), reading() as (db, actor):
        rows = goals(db, actor, one.row.id)
    if not rows:
        return
    if not one.may_change or one.row.state is SessionState.CLOSED:
        _shown(rows, title="Did we get there?")
        return
    opened = {str(row.id): row.reached for row in rows}
    labels = {str(row.id): row.text for row in rows}
    form = carried_form("session-reached", one.row.id, opened, labels)
    with st.container(border=True, key="session-reached"):
        show("sub_heading.html", title="Did we get there?", level=2)
        form.begin()
        said = {
            row.id: st.selectbox(
                row.text, [*GoalReached], format_func=words_of, index=None,
                placeholder="Not said yet", **form.choice(str(row.id), GoalReached, row.reached),
            )
            for row in rows
        }  # fmt: skip
        if st.button("Save", key=f"{form.key}-save"):
            with form.saving("Saved. Who came can read it with their code.") as (db, actor):
                seen = {row.id: form.opened[str(row.id)] for row in rows}
                say_reached(db, actor, one.row.id, reached=said, opened=seen)


def ground_rules(one: SessionDetail) -> None:
    """Show the ground rules, what is read aloud, and the buttons that keep and reuse them."""
    rules, row = one.plan.ground_rules, one.row
    agreed = ""
    if one.rules_agreed_on:
        agreed = f"Agreed by {row.group or 'those who came'} on {on(one.rules_agreed_on)}"
    show("session_rules.html", rules=rules.splitlines(), aloud=READ_ALOUD, agreed=agreed)
    if not one.may_change or row.state in (SessionState.CLOSED, SessionState.CANCELLED):
        return
    group_id = one.plan.group_id
    kept = None
    if group_id is not None and row.state in AHEAD:
        with refusals(stop=True), reading() as (db, actor):
            kept = rules_agreed(db, actor, group_id)
    with st.container(horizontal=True):
        if rules and one.rules_agreed_on is None and st.button(
            "The group agreed these rules", key="session-rules-agree"
        ):  # fmt: skip
            with saving("Kept. The next session with this group begins with them.") as (db, actor):
                agree_rules(db, actor, row.id, seen=rules)
        if kept and kept.rules != rules and st.button(
            f"Use those that {kept.group} agreed on {on(kept.on)}", key="session-rules-take"
        ):  # fmt: skip
            with saving("These are the ground rules now.") as (db, actor):
                take_rules(db, actor, row.id, seen=rules)


def _shown(rows: list[GoalRow], title: str = "What it should lead to") -> None:
    if rows:
        said = [(row.text, look(row.reached) if row.reached else None) for row in rows]
        show("session_goals.html", title=title, rows=said)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
