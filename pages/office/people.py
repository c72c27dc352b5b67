"""People: who has an account, what each may do, and what waits for a second person."""

from collections.abc import Callable

import streamlit as st

from coprod_data.commands.people import (
    add_person,
    change_roles,
    enable_person,
    make_reset_link,
)
from coprod_data.commands.people_details import change_person, change_work_email
from coprod_data.commands.people_unlocking import unlock_sign_in
from coprod_data.permissions import Invalid, Permission, Role
from coprod_data.queries.events_of import history_of_person
from coprod_data.queries.people import AccountRow, accounts
from coprod_data.queries.people_requests import asked_about_accounts
from coprod_data.queries.people_sign_in import is_sign_in_locked
from coprod_data.rules.texts import is_blank
from pages.office.people_answers import answer_requests
from pages.office.people_closing import close_account, hand_over
from pages.parts.address import number_in_address, say_if_lost
from pages.parts.boxes import text_line
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving
from pages.parts.frame import announce, name_tab, open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.shared.happened import show_happened
from pages.shared.one_time_links import hand_over_links
from pages.shared.same_person import asking, may_be_added

ASKED = (
    "A second person has been asked: it is on their My work. If nobody is there, it takes "
    "effect after a working day, unless somebody stops it. The second person hands over the link, "
    "or the server prints it: you do not see it."
)
EMAIL = "Work e-mail, to which notices go"


def add_account() -> None:
    """Show the form that adds an account; what was typed is kept until it is saved.

    Somebody who seems to be here already is asked about first.
    """
    key = fresh("person")
    with st.expander("Add somebody"):
        with st.form(f"{key}-form"):
            username = text_line(
                "Username, for example jo.smith", longest=60, key=f"{key}-username"
            )
            name = text_line("Name to show on screen", longest=120, key=f"{key}-shown")
            job = text_line("Job title to show on screen", longest=160, key=f"{key}-job")
            email = text_line(f"{EMAIL} (can be left empty)", longest=254, key=f"{key}-mail")
            roles = role_boxes(frozenset(), lambda role: f"{key}-{role}")
            pressed = st.form_submit_button("Add this account", type="primary")
        if pressed or st.session_state.get(asking(key)):
            with refusals():
                if not roles:
                    raise Invalid("Tick at least one role.", field="roles")
                if may_be_added(key, {name: email}):
                    _add(key, username=username, name=name, job=job, email=email, roles=roles)
    hand_over_links()


def _add(
    key: str, *, username: str, name: str, job: str, email: str, roles: frozenset[Role]
) -> None:
    with saving("", key) as (db, actor):
        person_id = add_person(db, actor, username=username, name=name, job=job, roles=roles)
        if not is_blank(email):
            change_work_email(db, actor, person_id, email, opened={"work_email": ""})
        make_reset_link(db, actor, person_id)


def change_account(row: AccountRow) -> None:
    """Show one account and everything an administrator may change."""
    name_tab(row.name)
    show("account.html", account=row, roles=[role.words for role in sorted(row.roles)])
    change_name(row)
    change_their_roles(row)
    if not row.young:
        change_email(row)
    if st.button("Make a one-time password link", key="make-link"):
        with saving() as (db, actor):
            if make_reset_link(db, actor, row.id) is None:
                announce(ASKED)
    hand_over_links(row.id)
    with refusals(stop=True), reading() as (db, actor):
        happened = history_of_person(db, actor, row.id)
        locked = is_sign_in_locked(db, actor, row.id)
        answer = asked_about_accounts(db, actor, row.id)
    answer_requests(answer)
    if locked:
        st.text(
            "Too many wrong passwords were typed for this username. It is locked for 15 minutes."
        )
        if st.button("Unlock sign-in", key="unlock"):
            with saving("They can try again now.") as (db, actor):
                unlock_sign_in(db, actor, row.id)
    if row.disabled:
        hand_over(row)
        if st.button("Open this account again", key="close"):
            with saving() as (db, actor):
                is_open = enable_person(db, actor, row.id)
                announce("The account is open again." if is_open else ASKED)
    else:
        close_account(row)
    show_happened(happened, here=f"/people?id={row.id}")


def change_name(row: AccountRow) -> None:
    """Show the name and job by which others know somebody."""
    labels = {"name": "Name to show on screen", "job": "Job title to show on screen"}
    form = carried_form("person", row.id, {"name": row.name, "job": row.job}, labels)
    form.begin()
    with st.form("change-person"):
        name = text_line(labels["name"], longest=120, **form.box("name"))
        job = text_line(labels["job"], longest=160, **form.box("job"))
        if st.form_submit_button("Save name and job"):
            with form.saving("Saved.") as (db, actor):
                change_person(db, actor, row.id, name=name, job=job, opened=form.opened)


def change_their_roles(row: AccountRow) -> None:
    """Show the roles; what another administrator changed since stays as it is."""
    form = carried_form("role", row.id, {"roles": row.roles | row.waiting})
    held: frozenset[Role] = form.opened["roles"]
    with st.form("change-roles"):
        wanted = role_boxes(held, form.key_of)
        if st.form_submit_button("Save roles", type="primary"):
            with form.saving("Saved. If roles changed, they were signed out.") as (db, actor):
                change_roles(db, actor, row.id, roles=wanted, opened=held)


def change_email(row: AccountRow) -> None:
    """Show where notices to this person go."""
    label = f"{EMAIL} (leave empty for none)"
    form = carried_form("email", row.id, {"work_email": row.work_email}, {"work_email": label})
    form.begin()
    with st.form("work-email"):
        typed = text_line(label, longest=254, **form.box("work_email"))
        if st.form_submit_button("Save this work e-mail"):
            with form.saving("Saved.") as (db, actor):
                change_work_email(db, actor, row.id, typed, opened=form.opened)


def role_boxes(held: frozenset[Role], key_of: Callable[[str], str]) -> frozenset[Role]:
    """Show a tick box for each role. Returns those that are ticked."""
    st.markdown("**Roles**")
    return frozenset(
        role for role in Role if st.checkbox(role.words, value=role in held, key=key_of(role))
    )


chosen = number_in_address("id")
open_page(
    "People",
    (Permission.PEOPLE_READ, Permission.PEOPLE_CONFIRM),
    back=("All people", "/people") if chosen else None,
)
with refusals(stop=True), reading() as (db, actor):
    confirms = actor.may(Permission.PEOPLE_CONFIRM)
    waiting = asked_about_accounts(db, actor) if confirms else []
    may_set_up = actor.may(Permission.SETTINGS_CHANGE)
    rows = accounts(db, actor) if actor.may(Permission.PEOPLE_READ) else None

answer_requests(waiting)
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
        title="Nobody is waiting for your answer",
        words="When somebody joins your team, or needs a new password link for an account in it, "
        "a second person agrees here.",
        icon="check",
    )
if rows is None:
    hand_over_links()
