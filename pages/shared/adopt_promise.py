"""Recording that a version of The Promise was adopted: in Set-up, and on the page What changes."""

from datetime import date
from hashlib import sha256

import streamlit as st

from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.queries.promise_changes import WhatChanges
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.labels import labelled
from pages.parts.boxes import text_line
from pages.parts.carried import carried_form
from pages.parts.html import show
from pages.parts.times import A_DAY, on, typed_day


def adopt_form(change: WhatChanges, today: date, *, adopts: bool) -> None:
    """Show the chair's form; others read who records it. Where a Promise is in force, the press
    asks once more.
    """
    left = len(change.left)
    if not adopts:
        st.text("When it is complete, the chair records its adoption here.")
        return
    # A press on what was shown before somebody changed it finds no button any more, and is
    # answered; what this person decided in the same tab is shown before they press.
    shown = sha256(repr((change.lines, change.homes)).encode()).hexdigest()[:12]
    form = carried_form(
        "adopt",
        change.version_id,
        {"lines": change.lines, "homes": change.homes},
        key=f"adopt-{shown}",
    )
    adopted_by = text_line(
        labelled("Adopted by (for example the Board, or Full Council)"),
        longest=160,
        key="adopted-by",
    )
    written_with = text_line(
        "Written with (for example the Children in Care Council)",
        longest=240,
        key="adopted-with",
    )
    adopted_on = text_line(
        f"On, for example {A_DAY}", value=on(today), longest=40, key="adopted-on"
    )
    words = labelled("Record that the Board adopted it")
    if left:
        words = f"Adopt: {left} {'actions have' if left > 1 else 'action has'} no home yet"
    pressed = st.button(words, type="primary", key=f"{form.key}-save", disabled=bool(left))
    if left:
        st.text("Decide about each action first.")
    if change.now:
        show(
            "lede.html",
            words="The version in force can still be read afterwards, and every record keeps the "
            "words of its day.",
        )
        pressed = _agreed(
            f"adopting-{shown}", f"Adopt it now? It is in force from {on(today)}.",
            "Yes, adopt it", asked=pressed,
        )  # fmt: skip
    if pressed:
        with form.saving("Adopted. Each theme now has an open report card.") as (db, actor):
            adopt_promise(
                db, actor, change.version_id,
                adopted_by=adopted_by, written_with=written_with,
                adopted_on=typed_day(adopted_on, "adopted_on", Meant.GONE),
                lines=form.opened["lines"], homes=form.opened["homes"],
            )  # fmt: skip


def _agreed(asking: str, question: str, yes: str, *, asked: bool) -> bool:
    """Ask once more whether a new version takes the place of the one in force."""
    if asked:
        st.session_state[asking] = True
    if not st.session_state.get(asking):
        return False
    st.text(question)
    with st.container(horizontal=True):
        agreed = st.button(yes, key=f"{asking}-yes", type="primary")
        if st.button("Not now", key=f"{asking}-not-now"):
            del st.session_state[asking]
            st.rerun()
    return agreed
