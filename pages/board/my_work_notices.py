"""Where this person's notices go, and that one could not be sent."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from coprod_data.commands.notices import see_notices
from coprod_data.commands.people_details import change_work_email
from coprod_data.queries.notices import MyNotices
from pages.parts.boxes import text_line
from pages.parts.carried import carried_form
from pages.parts.forms import inert
from pages.parts.html import render
from pages.parts.sign_in import writing
from pages.parts.times import on_and_at


def note_opened(mine: MyNotices) -> None:
    """Keep that this person has opened their work, so that the same is not said again."""
    if mine.unseen:
        with writing() as (db, actor):
            see_notices(db, actor)


def could_not_send(failed_at: datetime) -> Markup:
    """Return that the last notice could not be sent."""
    return render(
        "notice.html", tone="soon", icon="warning", urgent=False,
        title="We could not send you a notice",
        words=f"It was of {on_and_at(failed_at)}. Check your work e-mail below. "
        "If it is right, tell an administrator.",
    )  # fmt: skip


def where_notices_go(mine: MyNotices) -> None:
    """Show where notices go, and let their reader change it."""
    goes = f"Notices go to {inert(mine.address)}" if mine.address else "You get no notices"
    with st.expander(goes if mine.on else "Your work e-mail"), st.form("work-email"):
        if not mine.on:
            st.text("Notices are off. An administrator chooses in Settings how they are sent.")
        st.text("A notice says only that something is waiting, with a link to this page.")
        label = "Work e-mail (leave empty for no notices)"
        form = carried_form(
            "my email", "mine", {"work_email": mine.address}, {"work_email": label}, key="my"
        )
        form.begin()
        typed = text_line(label, longest=254, **form.box("work_email"))
        if st.form_submit_button("Save my work e-mail", type="primary"):
            with form.saving("Your work e-mail is saved.") as (db, actor):
                change_work_email(db, actor, actor.id, typed, opened=form.opened)
