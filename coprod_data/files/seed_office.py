"""Rows of the sheets about people, services, groups, settings and The Promise, as commands."""

import sqlalchemy as sa

from coprod_data.commands.groups import add_group, add_member, change_group, record_group_meeting
from coprod_data.commands.heard import set_totals
from coprod_data.commands.people import add_person, disable_person
from coprod_data.commands.people_requests import confirm_role
from coprod_data.commands.people_steps import grant_role
from coprod_data.commands.services import add_service, add_service_member
from coprod_data.commands.settings import Rota, change_duty, change_setting
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, text, the, the_if_any, value
from coprod_data.files.seed_council import Council, Steps
from coprod_data.models import Group, RoleGrant
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import WEEKDAYS, Hours, london_day
from coprod_data.scopes.duty import Contact
from coprod_data.vocabulary.heard import HeardGroup
from coprod_data.vocabulary.settings import DutyPost


def _add_person(council: Council, actor: Actor, row: Row) -> None:
    person_id = add_person(
        council.db,
        actor,
        username=row["username"],
        name=row["name"] or "",
        job=row["job_title"] or "",
        roles=frozenset({row["role"]} if row["role"] else ()),
        password_hash=council.password_hash,
    )
    council.name("person", row["username"], person_id)
    for service in row["services"] or ():
        service_id = council.number_of(row, "services", "service", service)
        add_service_member(council.db, actor, service_id, person_id)


def _confirm_role(council: Council, actor: Actor, row: Row) -> None:
    grant_id = council.db.scalar(
        sa.select(RoleGrant.id).where(
            RoleGrant.person_id == council.number(row, "username", "person"),
            RoleGrant.role == row["role"],
            RoleGrant.confirmed_at.is_(None),
        )
    )
    if grant_id is None:
        raise row.refused("role", "nobody asked for this role, or it was given already.")
    confirm_role(council.db, actor, grant_id)


def _open_group(council: Council, actor: Actor, row: Row) -> None:
    group_id = add_group(council.db, actor, name=row["group"], kind=row["kind"])
    council.name("group", row["group"], group_id)
    change_group(
        council.db,
        actor,
        group_id,
        name=row["group"],
        kind=row["kind"],
        terms=row["terms"] or "",
        quorum=row["quorum"],
        young_people=row["young_people"] or 0,
        owns_queue=bool(row["owns_queue"]),
    )


def _heard_there(council: Council, actor: Actor, row: Row) -> None:
    """Say who is heard in a group, which stands in `name`, and in `terms` when it meets."""
    group = council.db.get_one(Group, council.number(row, "group"))
    same = ("name", "kind", "quorum", "owns_queue")
    change_group(
        council.db,
        actor,
        group.id,
        terms=group.terms,
        hears=HeardGroup(row["name"]) if row["name"] else None,
        meets=row["terms"] or "",
        **{field: getattr(group, field) for field in same},
    )


def _totals(council: Council, actor: Actor, row: Row) -> None:
    set_totals(
        council.db, actor, numbers={row["group"]: row["number"]}, as_of=london_day(row["on"])
    )


def _group_met(council: Council, actor: Actor, row: Row) -> None:
    met_on = row["on"].date()
    meeting_id = record_group_meeting(
        council.db, actor, council.number(row, "group"), met_on=met_on
    )
    council.name("meeting", f"{row['group']} {met_on}", meeting_id)


def _change_duty(council: Council, actor: Actor, row: Row) -> None:
    people = {
        post: Contact(council.number(row, post, "person"), row[f"{post}_phone"] or "")
        for post in DutyPost
        if row[post]
    }
    rota = Rota(
        people=people,
        hours=Hours(tuple(row[name.lower()] or () for name in WEEKDAYS)),
        phone=row["phone"] or "",
        out_of_hours=row["out_of_hours"],
        social_work=row["social_work"] or "",
        lado_name=row["lado_name"] or "",
        lado_phone=row["lado_phone"] or "",
        lado_email=row["lado_email"] or "",
        lado_rings=row["lado_rings"] or "",
    )
    change_duty(council.db, actor, rota)


STEPS: Steps = {
    ("services", None): call(add_service, names="service", name=value("service")),
    ("people", "add"): _add_person,
    ("people", "ask for role"): call(grant_role, the("username", "person"), value("role")),
    ("people", "confirm role"): _confirm_role,
    ("people", "close account"): call(disable_person, the("username", "person")),
    ("groups", "open"): _open_group,
    ("groups", "join"): call(
        add_member,
        the("group"),
        kind=value("part"),
        sector=value("sector"),
        person_id=the_if_any("member", "person"),
        name=text("name"),
        term_ends_on=value("term_ends"),
    ),
    ("groups", "meet"): _group_met,
    ("groups", "heard"): _heard_there,
    ("heard_totals", None): _totals,
    ("settings", None): call(change_setting, value("setting"), value("value")),
    ("duty", None): _change_duty,
}
