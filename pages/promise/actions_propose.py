"""The form that proposes an action, in a view of its own: the plan is light without its boxes."""

import streamlit as st

from coprod_data.permissions import KEEPERS, Permission
from coprod_data.queries.groups import open_groups
from coprod_data.queries.people import my_services, persons_with_role, services
from coprod_data.queries.promise import promise
from coprod_data.vocabulary.actions import Listed
from pages.parts.faults import refusals
from pages.parts.html import draw, show
from pages.parts.sign_in import reading
from pages.promise.actions_rows import HERE
from pages.shared.lists import address
from pages.shared.promise_missing import no_promise_yet
from pages.shared.propose_action import propose_form

SHOW, WORDS = "propose", "Propose an action"


def show_propose() -> None:
    """Show the form to those who may propose an action."""
    with refusals(stop=True), reading() as (db, actor):
        actor.must(Permission.ACTIONS_PROPOSE)
        worded = promise(db, actor)
        named = services(db, actor)
        manages = actor.may(Permission.ACTIONS_UPDATE_OWN)
        own = tuple(row.id for row in my_services(db, actor)) if manages else ()
        people = persons_with_role(db, actor, *KEEPERS)
        partners, young = open_groups(db, actor), open_groups(db, actor, of_young=True)
        me = actor.id
        missing = no_promise_yet(actor, "Each action belongs to one of its commitments.")
    lines = [line for theme in (worded.themes if worded else ()) for line in theme.commitments]
    if not lines:
        draw(missing)
    elif not named:
        st.text("An action belongs to a service. The administrator names the services in Set-up.")
    else:
        propose_form(lines, people, named, partners, young, own, me)
        where = address(HERE, list=Listed.PROPOSED)
        show("more.html", words="What is waiting for the chair", href=where)
