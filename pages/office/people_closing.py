"""Closing an account: at once, with a list of all it holds, and a successor asked for each."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.commands.actions_changes import hand_over_action
from coprod_data.commands.groups import hand_over_seat
from coprod_data.commands.people import disable_person
from coprod_data.commands.projects import hand_over_project
from coprod_data.commands.recruitment import hand_over_recruitment
from coprod_data.commands.services import hand_over_service
from coprod_data.permissions import KEEPERS, Invalid, Role
from coprod_data.queries.people import AccountRow, PersonRow, persons_with_role
from coprod_data.queries.people_holding import HeldRow, Holdings, held_by
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving
from pages.parts.html import show
from pages.parts.sign_in import reading

ADULTS = tuple(role for role in Role if role is not Role.YOUNG_PERSON)


def close_account(row: AccountRow) -> None:
    """Close an account, after asking once and showing all it holds; nothing waits for answers."""
    asked = f"close-{row.id}"
    if not st.session_state.get(asked):
        st.button(
            "Close this account", key="close", on_click=st.session_state.update,
            args=({asked: True},),
        )  # fmt: skip
        return
    with refusals(stop=True), reading() as (db, actor):
        held = held_by(db, actor, row.id)
    st.text(f"Close the account of {row.name}? They are signed out at once.")
    if held:
        st.text(
            f"{row.name} is responsible for these. The account closes now. Then choose who takes "
            "over each of these."
        )
        show("list.html", rows=lines(held), empty="")
    if st.button("Yes, close it", key="close-yes", type="primary"):
        with saving("The account is closed.") as (db, actor):
            disable_person(db, actor, row.id)
            st.session_state.pop(asked)
    st.button(
        "No, leave it open", key="close-no", on_click=st.session_state.update,
        args=({asked: False},),
    )  # fmt: skip


def hand_over(row: AccountRow) -> None:
    """Ask who takes over each thing that a closed account still holds."""
    with refusals(stop=True), reading() as (db, actor):
        held = held_by(db, actor, row.id)
        keepers = persons_with_role(db, actor, *KEEPERS)
        managers = persons_with_role(db, actor, Role.MANAGER)
        adults = persons_with_role(db, actor, *ADULTS)
    if not held:
        return
    st.header("Needs a new owner", anchor=False)
    elsewhere = Holdings((), (), held.opportunities, (), held.posts)
    if elsewhere:
        show("list.html", rows=lines(elsewhere), empty="")
    if not any((held.actions, held.services, held.groups, held.projects, held.recruitments)):
        return
    key = fresh(f"hand-over-{row.id}")
    with st.form(f"{key}-form"):
        actions = successors("Action", held.actions, keepers, f"{key}-action")
        services = successors("Service", held.services, managers, f"{key}-service")
        seats = successors("Group", held.groups, adults, f"{key}-group")
        projects = successors("Project", held.projects, keepers, f"{key}-project")
        panels = successors("Recruitment", held.recruitments, keepers, f"{key}-recruitment")
        if st.form_submit_button("Hand over", type="primary"):
            with saving("Handed over.", key) as (db, actor):
                if not (actions or services or seats or projects or panels):
                    raise Invalid("Choose somebody for at least one of them.")
                for action_id, person_id in actions.items():
                    hand_over_action(
                        db, actor, action_id, owner_id=person_id, opened={"owner_id": row.id}
                    )
                for service_id, person_id in services.items():
                    hand_over_service(db, actor, service_id, from_id=row.id, to_id=person_id)
                for seat_id, person_id in seats.items():
                    hand_over_seat(db, actor, seat_id, person_id)
                for number, to_id in projects.items():
                    hand_over_project(db, actor, number, from_id=row.id, to_id=to_id)
                for number, to_id in panels.items():
                    hand_over_recruitment(db, actor, number, from_id=row.id, to_id=to_id)


def successors(
    kind: str, held: Sequence[HeldRow], people: Sequence[PersonRow], key: str
) -> dict[int, int]:
    """Show a choice of people for each thing. Returns those chosen, by the thing's id."""
    names = {one.id: one.name for one in people}
    chosen = {
        one.id: st.selectbox(
            f"{kind}: {one.name}", list(names), index=None, format_func=names.__getitem__,
            placeholder="Not yet", key=f"{key}-{one.id}",
        )
        for one in held
    }  # fmt: skip
    return {id_: person_id for id_, person_id in chosen.items() if person_id is not None}


def lines(held: Holdings) -> list[dict[str, object]]:
    """Return all that somebody holds for list.html."""
    parts = [
        *((one.name, "Action", f"/actions?action={one.id}") for one in held.actions),
        *((one.name, "Service", None) for one in held.services),
        *((one.name, "Project", f"/projects?id={one.id}") for one in held.projects),
        *((one.name, "Recruitment", f"/recruitment?id={one.id}") for one in held.recruitments),
        *(
            (one.name, "Opportunity they said yes to. Youth Voice asks somebody else.", None)
            for one in held.opportunities
        ),
        *((one.name, "Group", None) for one in held.groups),
        *((post.words, "Duty rota. Name somebody else in Settings.", None) for post in held.posts),
    ]
    return [
        {"title": title, "detail": detail, "state": None, "word": None, "href": href}
        for title, detail, href in parts
    ]
