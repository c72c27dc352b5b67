"""The people of a new council: one name beside each role, saved with one press."""

import streamlit as st

from coprod_data.commands.people import add_person, make_reset_link
from coprod_data.permissions import Invalid, Role
from coprod_data.queries.people import accounts
from coprod_data.rules.texts import is_blank
from coprod_data.rules.usernames import free_username
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.forms import fresh, once
from pages.shared.same_person import asking, may_be_added


def name_people(missing: tuple[Role, ...]) -> None:
    """Show a box for each role that nobody holds, and add the people named in them."""
    if not missing:
        return
    key = fresh("first-people")
    with st.form(f"{key}-form"):
        st.text("Write a name beside each role. One name in two boxes is one person with both.")
        typed = {role: text_line(role.words, longest=120, key=f"{key}-{role}") for role in missing}
        pressed = st.form_submit_button("Add these people", type="primary")
    if pressed or st.session_state.get(asking(key)):
        roles: dict[str, set[Role]] = {}
        spelt: dict[str, str] = {}  # a name by its letters: other capitals are the same person
        for role, name in typed.items():
            if not is_blank(name or ""):
                said = " ".join(name.split())
                roles.setdefault(spelt.setdefault(said.casefold(), said), set()).add(role)
        with refusals():
            if not roles:
                raise Invalid("Write at least one name.", field="name")
            if may_be_added(key, dict.fromkeys(roles, "")):
                _add(key, roles)
                st.rerun()


def _add(key: str, roles: dict[str, set[Role]]) -> None:
    with once(key) as (db, actor):
        taken = {row.username for row in accounts(db, actor)}
        for name, held in roles.items():
            username = free_username(name, taken)
            taken.add(username)
            person_id = add_person(db, actor, username=username, name=name, roles=frozenset(held))
            make_reset_link(db, actor, person_id)
