"""Rows of the sheets about people, services, groups, settings and The Promise, as commands."""

import sqlalchemy as sa

from coprod_data.commands.groups import add_group, add_member, change_group, record_group_meeting
from coprod_data.commands.people import add_person, confirm_role, disable_person, grant_role
from coprod_data.commands.promise import add_commitment, add_theme, adopt_promise, draft_promise
from coprod_data.commands.services import add_service, add_service_member
from coprod_data.commands.settings import change_setting
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_council import Council, Steps
from coprod_data.models import RoleGrant
from coprod_data.permissions import Actor
from coprod_data.vocabulary.settings import SettingKey


def _add_service(council: Council, actor: Actor, row: Row) -> None:
    council.name("service", row["service"], add_service(council.db, actor, name=row["service"]))


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


def _ask_for_role(council: Council, actor: Actor, row: Row) -> None:
    grant_role(council.db, actor, council.number(row, "username", "person"), row["role"])


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


def _close_account(council: Council, actor: Actor, row: Row) -> None:
    disable_person(council.db, actor, council.number(row, "username", "person"))


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


def _join_group(council: Council, actor: Actor, row: Row) -> None:
    add_member(
        council.db,
        actor,
        council.number(row, "group"),
        kind=row["part"],
        sector=row["sector"],
        person_id=council.number(row, "member", "person") if row["member"] else None,
        name=row["name"] or "",
        term_ends_on=row["term_ends"],
    )


def _group_met(council: Council, actor: Actor, row: Row) -> None:
    met_on = row["on"].date()
    meeting_id = record_group_meeting(
        council.db, actor, council.number(row, "group"), met_on=met_on
    )
    council.name("meeting", f"{row['group']} {met_on}", meeting_id)


def _change_setting(council: Council, actor: Actor, row: Row) -> None:
    value = row["value"]
    if row["setting"] is SettingKey.NEXT_MEETING_THEME:
        value = council.number(row, "value", "theme")
    change_setting(council.db, actor, row["setting"], value)


def _draft_promise(council: Council, actor: Actor, row: Row) -> None:
    version_id = draft_promise(council.db, actor, title=row["promise"])
    council.name("promise", row["promise"], version_id)


def _add_theme(council: Council, actor: Actor, row: Row) -> None:
    theme_id = add_theme(
        council.db,
        actor,
        council.number(row, "promise"),
        title=row["wording"] or "",
        young_title=row["theme"] or "",
        icon=row["icon"] or "",
        catch_all=bool(row["catch_all"]),
    )
    council.name("theme", row["theme"], theme_id)


def _add_commitment(council: Council, actor: Actor, row: Row) -> None:
    commitment_id = add_commitment(
        council.db,
        actor,
        council.number(row, "theme"),
        reference=row["number"] or "",
        wording=row["wording"] or "",
        easy_wording=row["easy_wording"] or "",
    )
    council.name("commitment", row["number"], commitment_id)


def _adopt_promise(council: Council, actor: Actor, row: Row) -> None:
    adopt_promise(
        council.db, actor, council.number(row, "promise"), adopted_by=row["adopted_by"] or ""
    )


STEPS: Steps = {
    ("services", None): _add_service,
    ("people", "add"): _add_person,
    ("people", "ask for role"): _ask_for_role,
    ("people", "confirm role"): _confirm_role,
    ("people", "close account"): _close_account,
    ("groups", "open"): _open_group,
    ("groups", "join"): _join_group,
    ("groups", "meet"): _group_met,
    ("settings", None): _change_setting,
    ("promise", "draft"): _draft_promise,
    ("promise", "theme"): _add_theme,
    ("promise", "commitment"): _add_commitment,
    ("promise", "adopt"): _adopt_promise,
}
