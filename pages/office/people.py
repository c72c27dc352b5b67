"""People: who has an account, what each may do, and who needs a second person to confirm."""

import streamlit as st

from coprod_data.commands.people import (
    add_person,
    change_work_email,
    confirm_role,
    disable_person,
    enable_person,
    end_role,
    grant_role,
    make_reset_link,
)
from coprod_data.permissions import Permission, Role
from coprod_data.queries.people import AccountRow, GrantRow, accounts, grants_to_confirm
from pages.parts.address import number_in_address, say_if_lost, whole_address
from pages.parts.faults import refusals
from pages.parts.forms import fresh, once, saving
from pages.parts.frame import name_tab, open_page
from pages.parts.html import show
from pages.parts.sign_in import reading, writing


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
    if row.disabled:
        if st.button("Open this account again", key="close"):
            with saving("The account is open again.") as (db, actor):
                enable_person(db, actor, row.id)
        return
    close_account(row)


def close_account(row: AccountRow) -> None:
    """Close an account, after asking once; what its owner answers for stays in their name."""
    asked = f"close-{row.id}"
    if not st.session_state.get(asked):
        st.button(
            "Close this account", key="close", on_click=st.session_state.update,
            args=({asked: True},),
        )  # fmt: skip
        return
    st.text(
        f"Close the account of {row.name}? They are signed out at once. Actions and services stay "
        "in their name until you or the chair give them to somebody else."
    )
    if st.button("Yes, close it", key="close-yes", type="primary"):
        with saving("The account is closed.") as (db, actor):
            disable_person(db, actor, row.id)
            st.session_state.pop(asked)
    st.button(
        "No, leave it open", key="close-no", on_click=st.session_state.update,
        args=({asked: False},),
    )  # fmt: skip


def role_boxes(held: frozenset[Role], key: str) -> frozenset[Role]:
    """Show a tick box for each role. Returns those that are ticked."""
    st.markdown("**Roles**")
    return frozenset(
        role for role in Role if st.checkbox(role.words, value=role in held, key=f"{key}-{role}")
    )


def give_link(token: str, name: str, username: str) -> None:
    """Show a one-time link once, at the top of the next run, with whose it is."""
    path = f"/sign-in/new-password?link={token}"
    st.session_state["people-link"] = {
        "link": whole_address(path),
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
    may_set_up = actor.may(Permission.SETTINGS_CHANGE)
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
    if may_set_up:
        show("link.html", words="Services, and who is responsible for each", href="/set_up")
elif not waiting:
    show(
        "empty.html",
        title="Nobody is waiting for you to confirm them",
        words="When somebody joins your team, a second person in the team confirms them here.",
        icon="check",
    )
