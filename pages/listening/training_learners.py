"""Who is to be trained and has no account: put down by their manager, and taken off again."""

import streamlit as st

from coprod_data.commands.training_places import add_learner, end_learner
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.training_people import learners, services_to_train
from coprod_data.vocabulary.training import BY_NAME, Audience
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving, words_of
from pages.parts.sign_in import reading


def learners_form() -> None:
    """Show the forms for people without an account, of one's own services or of all."""
    with refusals(stop=True), reading() as (db, actor):
        known = learners(db, actor)
        services = services_to_train(db, actor)
        kinds = BY_NAME if actor.may(Permission.TRAINING_KEEP) else (Audience.OFFICERS,)
    if not services and len(kinds) == 1:
        return
    key = fresh("learner")
    with (
        st.expander("Somebody in role who has no account"),
        st.form(f"{key}-form", border=False),
    ):
        st.text("Adults only. Young people are named here only by their own account.")
        name = text_line("Name", longest=120, key=f"{key}-name")
        audience = kinds[0]
        if len(kinds) > 1:
            audience = st.radio("They are", kinds, format_func=words_of, key=f"{key}-audience")
        service_id = st.selectbox(
            "Service, for an officer", list(services), format_func=services.__getitem__,
            index=0 if len(services) == 1 else None, placeholder="Choose a service",
            key=f"{key}-service",
        )  # fmt: skip
        if st.form_submit_button("Put them on the list", type="primary"):
            with saving("They are on the list.", key) as (db, actor):
                add_learner(db, actor, name=name, audience=audience, service_id=service_id)
    if not known:
        return
    names = {one.learner_id: f"{one.name}, {one.where}".rstrip(", ") for one in known}
    key = fresh("learner-left")
    with st.expander("Somebody without an account left"), st.form(f"{key}-form", border=False):
        number = st.selectbox(
            "Who left", list(names), index=None, format_func=names.__getitem__,
            placeholder="Choose somebody", key=f"{key}-who",
        )  # fmt: skip
        if st.form_submit_button("They have left"):
            with saving("Recorded. They are in no number any more.", key) as (db, actor):
                if number is None:
                    raise Invalid("Choose who left.", field="who")
                end_learner(db, actor, number)
