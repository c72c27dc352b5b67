"""Actions as a list, a row each: those that a number counted, or one owner's or service's."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.actions import PAGE, action_plan
from coprod_data.queries.actions_listed import action_owners, actions_counted
from coprod_data.queries.people import services
from coprod_data.queries.settings import targets
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.actions import Listed
from pages.parts.address import address_now, choose, number_in_address, page_in
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import sheet_of
from pages.parts.times import on
from pages.promise.actions_plan_rows import action_row
from pages.promise.actions_rows import HERE
from pages.shared.lists import address, choice, choices, meanings

WORDS = {  # for one, for many
    Listed.ALL: ("action is in the plan", "actions are in the plan"),
    Listed.LATE: ("action is late", "actions are late"),
    Listed.STUCK: ("action is stuck", "actions are stuck"),
    Listed.UNSIGNED: (
        "action that staff say is done is not signed",
        "actions that staff say are done are not signed",
    ),
    Listed.MINE: ("action is yours", "actions are yours"),
    Listed.SERVICES: ("action is your services’", "actions are your services’"),
    Listed.PROPOSED: ("action is waiting for the chair", "actions are waiting for the chair"),
    Listed.TOGETHER: (
        "action is worked on together with young people",
        "actions are worked on together with young people",
    ),
    Listed.YOUNG_LED: ("action is led by young people", "actions are led by young people"),
    Listed.STAFF_ONLY: ("action is done by staff only", "actions are done by staff only"),
    Listed.ON_HOLD: ("action is on hold", "actions are on hold"),
    Listed.ENDED: (
        "action was finished with an earlier wording",
        "actions were finished with an earlier wording",
    ),
    Listed.DROPPED: (
        "action was dropped or turned down",
        "actions were dropped or turned down",
    ),
    Listed.NOT_YOUNG: (
        "action does not come from a young person’s words or a report card",
        "actions do not come from young people’s words or a report card",
    ),
}

OWN = (Listed.MINE, Listed.SERVICES)  # for those who own actions
MEANS = {
    Listed.LATE: " The date has passed, and nobody has said it is done.",
    Listed.STUCK: " Nothing has moved for {days} days or more.",
    Listed.UNSIGNED: " Nothing has moved for {days} days or more: young people have not signed.",
    Listed.ON_HOLD: " The chair decided so, with a reason. No clock runs.",
    Listed.ENDED: " This work ended when the next wording was adopted: the plan counts it no more.",
    Listed.PROPOSED: " The chair opens one to approve it or turn it down.",
}


def in_address() -> Listed | None:
    """Return the list that the address names, if any."""
    named = st.query_params.get("list", "")
    return Listed(named) if named in list(Listed) else None


def show_list(which: Listed) -> None:
    """Show one list of actions, with the others and their numbers above it."""
    owner_id, service_id = number_in_address("owner"), number_in_address("service")
    with refusals(stop=True), reading() as (db, actor):
        named = {row.id: row.name for row in services(db, actor)}
        owners = action_owners(db, actor)
        service_id = service_id if service_id in named else None
        owner_id = owner_id if owner_id in owners else None
        numbers = actions_counted(db, actor, owner_id=owner_id, service_id=service_id)
        page = page_in(address_now(), numbers[which], PAGE)
        rows = action_plan(
            db, actor, which=which, owner_id=owner_id, service_id=service_id, page=page
        )
        limits = targets(db, actor)
        today = london_day(actor.at)
        manages = actor.may(Permission.ACTIONS_UPDATE_OWN)

    def href(one: Listed, at: int = 1) -> str:
        return address(
            HERE, list=one, owner=owner_id, service=service_id, page=at if at > 1 else None
        )

    choices(
        "Which actions",
        [
            choice(one.words, href(one), number=numbers[one], chosen=one is which)
            for one in Listed
            if one not in OWN or manages
        ],
    )
    with st.container(key="plan-filters", horizontal=True):
        choose("owner", owners, owner_id, label="Owner", every="All owners")
        choose("service", named, service_id, label="Service", every="All services")
    show("lede.html", words=counted_words(which, numbers[which], limits.drift[-1]))
    only = [words for words in (owners.get(owner_id or 0), named.get(service_id or 0)) if words]
    said = f"As on {on(today)}. {which.words}" + (f": {', '.join(only)}." if only else ".")
    show("printed.html", words=said)
    if rows:
        waited = "Proposed" if which is Listed.PROPOSED else "Without movement"
        show("action_list.html", rows=[action_row(row) for row in rows], waited=waited)
    if page > 1:
        show("more.html", words="The rows before these", href=href(which, page - 1))
    if page * PAGE < numbers[which]:
        show("more.html", words="The rows after these", href=href(which, page + 1))
    with refusals(stop=True), reading() as (_, actor):
        get = sheet_of(
            actor, "actions", "this list", list=which, owner=owner_id, service=service_id
        )
    show("leads_on.html", links=[], get=get if rows else None, meanings=meanings(limits))


def counted_words(which: Listed, number: int, stuck_after: int) -> str:
    """Return how many actions a list holds, and what its word means."""
    if which is Listed.NO_OWNER:
        if not number:
            return "Every action has an owner."
        have = "1 action has" if number == 1 else f"{number} actions have"
        return f"{have} no owner because the owner has left."
    one, many = WORDS[which]
    means = MEANS.get(which, "").format(days=stuck_after) if number else ""
    return f"{number or 'No'} {one if number == 1 else many}.{means}"
