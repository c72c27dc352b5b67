"""What a service wrote it will do better becomes a proposed action."""

import streamlit as st

from coprod_data.permissions import KEEPERS, Actor, Permission
from coprod_data.queries.audits_answers import AnswerRow
from coprod_data.queries.groups import open_groups
from coprod_data.queries.people import my_services, persons_with_role, services
from coprod_data.queries.promise import promise
from pages.parts.faults import refusals
from pages.parts.forms import fresh
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.shared.propose_action import propose_form

PLANNING = "audit-planning"


def plan_on(one: AnswerRow, actor: Actor) -> None:
    """Show the action that came of a plan, or offer to propose one; its lists are read then."""
    if one.action_id:
        show(
            "link.html", words="This plan is an action now: open it",
            href=f"/actions?action={one.action_id}",
        )  # fmt: skip
        return
    if not one.plan or one.answer_id is None or not actor.may(Permission.ACTIONS_PROPOSE):
        return
    form = fresh(f"plan-{one.answer_id}")  # it changes once saved, so that the form closes
    if st.session_state.get(PLANNING) != form:
        st.button(
            "Propose this plan as an action",
            key=f"plan-{one.answer_id}",
            on_click=st.session_state.update,
            args=({PLANNING: form},),
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
        themes = worded.themes if worded else ()
        propose_form(
            [commitment for theme in themes for commitment in theme.commitments],
            people, named, partners, young, tuple(service.id for service in own), me,
            audit_answer_id=one.answer_id, title=one.plan[:240],
        )  # fmt: skip
