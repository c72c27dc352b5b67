"""Proposing the action that follows from an opportunity, on the opportunity's page."""

import streamlit as st

from coprod_data.permissions import KEEPERS, Permission
from coprod_data.queries.groups import open_groups
from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.queries.people import my_services, persons_with_role, services
from coprod_data.queries.promise import promise
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from pages.parts.faults import refusals
from pages.parts.forms import fresh
from pages.parts.sign_in import reading
from pages.shared.propose_action import propose_form, propose_key

FOLLOWING = "opportunity-following"
STATES = (P.OPEN, P.OFFERED, P.MATCHED, P.WORKING, P.OUTCOME_PROPOSED, P.CO_SIGNED)


def follow_up(row: OpportunityRow, can: frozenset[Permission]) -> None:
    """Offer to propose an action; the form and its lists are read only when it is opened."""
    if Permission.ACTIONS_PROPOSE not in can or row.state not in STATES:
        return
    form = fresh(propose_key(row.id))  # it changes once saved, so that the form closes
    if st.session_state.get(FOLLOWING) != form:
        st.button(
            "Propose the action that follows",
            key=f"follow-{row.id}",
            on_click=st.session_state.update,
            args=({FOLLOWING: form},),
        )
        return
    with refusals():
        with reading() as (db, actor):
            worded = promise(db, actor)
            people = persons_with_role(db, actor, *KEEPERS)
            named, partners = services(db, actor), open_groups(db, actor)
            young = open_groups(db, actor, of_young=True)
            own = my_services(db, actor) if actor.may(Permission.ACTIONS_UPDATE_OWN) else []
            me = actor.id
        themes = sorted(worded.themes if worded else (), key=lambda one: one.id != row.theme_id)
        propose_form(
            [commitment for theme in themes for commitment in theme.commitments],
            people,
            named,
            partners,
            young,
            tuple(service.id for service in own),
            me,
            opportunity_id=row.id,
        )
