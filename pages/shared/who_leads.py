"""Which service something belongs to and who leads it: for forms of projects and recruitment."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

import streamlit as st

from coprod_data.permissions import KEEPERS, Invalid, Permission
from coprod_data.queries.people import my_services, persons_with_role, services
from pages.parts.carried import Form
from pages.parts.carried_values import shown
from pages.parts.faults import refusals
from pages.parts.sign_in import reading
from pages.parts.times import on

Names = dict[int, str]


class Led(Protocol):
    """A row that has a service and somebody who leads it."""

    @property
    def service_id(self) -> int: ...
    @property
    def service(self) -> str: ...
    @property
    def owner_id(self) -> int: ...
    @property
    def owner_named(self) -> str: ...


def to_choose(anybodys: Permission, row: Led | None) -> tuple[Names, Names, int | None]:
    """Return which services and people may be chosen, and oneself if that is one of them.

    Who has not the right `anybodys` chooses among their own services. What `row` says may stay.
    """
    with refusals(stop=True), reading() as (db, actor):
        people = {one.id: one.name for one in persons_with_role(db, actor, *KEEPERS)}
        found = (services if actor.may(anybodys) else my_services)(db, actor)
        mine = actor.id if actor.id in people else None
    known = {one.id: one.name for one in found}
    if row:
        people.setdefault(row.owner_id, row.owner_named)
        known.setdefault(row.service_id, row.service)
    return known, people, mine


def service_and_owner(
    form: Form, anybodys: Permission, labels: Mapping[str, str], row: Led | None
) -> dict[str, int | None]:
    """Show the two lists; where there is one service, or oneself, it is chosen at first."""
    known, people, mine = to_choose(anybodys, row)
    first = row.service_id if row else next(iter(known)) if len(known) == 1 else None
    service_id = st.selectbox(
        labels["service_id"], list(known), format_func=known.__getitem__,
        placeholder="Choose a service", **form.choice("service_id", list(known), first),
    )  # fmt: skip
    owner_id = st.selectbox(
        labels["owner_id"], list(people), format_func=people.__getitem__,
        placeholder="Choose somebody",
        **form.choice("owner_id", list(people), row.owner_id if row else mine),
    )  # fmt: skip
    return {"service_id": service_id, "owner_id": owner_id}


def must_be_chosen(said: Mapping[str, Any]) -> None:
    """Check that both were chosen. Raises Invalid."""
    if said["service_id"] is None:
        raise Invalid("Choose the service.", field="service_id")
    if said["owner_id"] is None:
        raise Invalid("Choose who leads it.", field="owner_id")


def telling(**names: Names) -> Callable[[str, Any], str]:
    """Return how a changed value is told: people and services by name, days as people read them."""

    def told(name: str, value: Any) -> str:
        if name in names:
            return names[name].get(value, "Nobody")
        return on(value) if isinstance(value, date) else shown(value)

    return told
