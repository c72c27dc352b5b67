"""People: who has an account, what each may do, and who needs a second person to confirm."""

from urllib.parse import urlsplit

import streamlit as st

from coprod_data.commands.people import (
    add_person,
    change_person,
    change_work_email,
    confirm_role,
    enable_person,
    end_role,
    grant_role,
    make_reset_link,
)
from coprod_data.permissions import Permission, Role
from coprod_data.queries.events_of import history_of_person
from coprod_data.queries.people import AccountRow, GrantRow, accounts, grants_to_confirm
from pages.office.people_closing import close_account, hand_over
from pages.parts.address import number_in_address, say_if_lost
from pages.parts.faults import refusals
from pages.parts.forms import fresh, once, saving
from pages.parts.frame import name_tab, open_page
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.shared.happened import show_happened


def confirm_requests(waiting: list[GrantRow]) -> None:
    """Show grants of the two guarded teams that are waiting for somebody in that team."""
    if waiting:
        st.header("Waiting for a second person", anchor=False)
    for row in waiting:
        show("request.html", request=row, role=row.role.words)
        if st.button(f"Confirm request no. {row.id}", key=f"confirm-{row.id}"):
            with saving("Confirmed. The role counts from now on.") as (db, actor):
                confirm_role(db, actor, row.id)


def add_account() -> None:
    """Show the form that adds an account; what was typed is kept until it is saved."""
    key = fresh("person")
    with st.expander("Add somebody"), st.form(f"{key}-form"):
        typed_username = st.text_input("Username, for example jo.smith", key=f"{key}-username")
        typed_name = st.text_input("Name to show on screen", key=f"{key}-shown")
        job = st.text_input("Job title to show on screen", key=f"{key}-job")
        roles = role_boxes(frozenset(), key)
        if st.form_submit_button("Add this account", type="primary"):
            with refusals():
                with once(key) as (db, actor):
                    person_id = add_person(
                        db, actor, username=typed_username, name=typed_name, job=job, roles=roles
                    )
                    token = make_reset_link(db, actor, person_id)
                give_link(token, typed_name, typed_username)


def change_account(row: AccountRow) -> None:
    """Show one account and everything an administrator may change."""
    name_tab(row.name)
    show("account.html", account=row, roles=[role.words for role in sorted(row.roles)])
    with st.form("change-person"):
        name = st.text_input("Name to show on screen", value=row.name, key=f"name-{row.id}")
        job = st.text_input("Job title to show on screen", value=row.job, key=f"job-{row.id}")
        if st.form_submit_button("Save name and job"):
            with saving("Saved.") as (db, actor):
                change_person(db, actor, row.id, name=name, job=job)
    held = row.roles | row.waiting
    with st.form("change-roles"):
        wanted = role_boxes(held, f"role-{row.id}")
        if st.form_submit_button("Save roles", type="primary"):
            with saving("Saved. Their open pages have been signed out.") as (db, actor):
                for role in sorted(wanted - held):
                    grant_role(db, actor, row.id, role)
                for role in sorted(held - wanted):
                    end_role(db, actor, row.id, role)
    if not row.young:
        with st.form("work-email"):
            typed = st.text_input(
                "Work e-mail, to which notices go (leave empty for none)",
                value=row.work_email,
                max_chars=254,
                key=f"email-{row.id}",
            )
            if st.form_submit_button("Save this work e-mail"):
                with saving("Saved.") as (db, actor):
                    change_work_email(db, actor, row.id, typed)
    if st.button("Make a one-time password link", key="make-link"):
        with refusals():
            with writing() as (db, actor):
                token = make_reset_link(db, actor, row.id)
            give_link(token, row.name, row.username)
    with refusals(stop=True), reading() as (db, actor):
        happened = history_of_person(db, actor, row.id)
    if row.disabled:
        hand_over(row)
        if st.button("Open this account again", key="close"):
            with saving("The account is open again.") as (db, actor):
                enable_person(db, actor, row.id)
    else:
        close_account(row)
    show_happened(happened)


def role_boxes(held: frozenset[Role], key: str) -> frozenset[Role]:
    """Show a tick box for each role. Returns those that are ticked."""
    st.markdown("**Roles**")
    return frozenset(
        role for role in Role if st.checkbox(role.words, value=role in held, key=f"{key}-{role}")
    )


def give_link(token: str, name: str, username: str) -> None:
    """Show a one-time link once, at the top of the next run, with whose it is."""
    site = "{0.scheme}://{0.netloc}".format(urlsplit(st.context.url or ""))
    path = f"/sign-in/new-password?link={token}"
    st.session_state["people-link"] = {
        "link": f"{site}{path}" if site != "://" else path,
        "name": name,
        "username": username,
    }
    st.rerun()


chosen = number_in_address("id")
open_page(
    "People",
    (Permission.PEOPLE_READ, Permission.PEOPLE_CONFIRM),
    back=("All people", "/people") if chosen else None,
)
with refusals(stop=True), reading() as (db, actor):
    waiting = grants_to_confirm(db, actor) if actor.may(Permission.PEOPLE_CONFIRM) else []
    rows = accounts(db, actor) if actor.may(Permission.PEOPLE_READ) else None

with st.container(key="one-time-link"):  # always there, so that what follows keeps its place
    if link := st.session_state.pop("people-link", None):
        show("one_time_link.html", **link)
confirm_requests(waiting)
account = next((row for row in rows or [] if row.id == chosen), None)
if account is not None:
    change_account(account)
elif rows is not None:
    say_if_lost("account")
    add_account()
    show("accounts.html", accounts=rows)
elif not waiting:
    show(
        "empty.html",
        title="Nobody is waiting for you to confirm them",
        words="When somebody joins your team, a second person in the team confirms them here.",
        icon="check",
    )
