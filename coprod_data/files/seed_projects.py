"""Rows of the sheets about projects, recruitment and whether pages were useful, as commands."""

from typing import Any

from coprod_data.commands.page_feedback import say_useful, write_about_page
from coprod_data.commands.projects import (
    InvolvementPlan,
    ProjectTyped,
    add_project,
    finish_project,
    plan_involvement,
    start_project,
    stop_project,
)
from coprod_data.commands.recruitment import (
    AFTERWARDS,
    PEOPLE,
    RecruitmentTyped,
    add_recruitment,
    change_recruitment,
)
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, text, the
from coprod_data.files.seed_council import Council, Steps, form_id
from coprod_data.models import Recruitment
from coprod_data.permissions import Actor

PROJECT = the("project")


def _add(council: Council, actor: Actor, row: Row) -> None:
    typed = ProjectTyped(
        title=row["project"], about=row["about"] or "", **_led(council, row, "starts", "ends")
    )
    council.name("project", row["project"], add_project(council.db, actor, typed))


def _plan(council: Council, actor: Actor, row: Row) -> None:
    plan = InvolvementPlan(
        at_start=row["at_start"] or "",
        in_middle=row["in_middle"] or "",
        at_end=row["at_end"] or "",
        agreed_with=row["agreed_with"] or "",
        agreed_on=row["agreed"],
    )
    plan_involvement(council.db, actor, council.number(row, "project"), plan)


def _recruit(council: Council, actor: Actor, row: Row) -> None:
    said: dict[str, Any] = {name: row[name] or 0 for name in PEOPLE} | _led(council, row, "meets")
    typed = RecruitmentTyped(
        post=row["post"],
        key_post=bool(row["key_post"]),
        prepared=row["prepared"] or "",
        **said,
    )
    council.name("post", row["post"], add_recruitment(council.db, actor, typed))


def _came_of_it(council: Council, actor: Actor, row: Row) -> None:
    """Say what a panel asked and changed, and how it was thanked; the rest stays as it was."""
    kept = council.db.get_one(Recruitment, council.number(row, "post"))
    names = RecruitmentTyped.__dataclass_fields__
    said = {name: row[name] for name in AFTERWARDS if row[name]}
    typed = RecruitmentTyped(**{**{name: getattr(kept, name) for name in names}, **said})
    change_recruitment(council.db, actor, kept.id, typed)


def _useful(council: Council, actor: Actor, row: Row) -> None:
    page, key = row["page"], f"{form_id(row['page'])}-{row['on']:%Y%m%d%H%M}"
    presses = [True] * (row["yes"] or 0) + [False] * (row["no"] or 0)
    for number, useful in enumerate(presses):
        say_useful(council.db, actor, page=page, useful=useful, form_id=f"{key}-{number}")
    if row["words_as"]:
        words, key = row["words"] or "", form_id(row["words_as"])
        write_about_page(council.db, actor, page=page, text=words, form_id=key)
        council.name_words(row)


def _led(council: Council, row: Row, *days: str) -> dict[str, Any]:
    for name in days:
        if row[name] is None:
            raise row.refused(name, "give the day.")
    return {
        "service_id": council.number(row, "service"),
        "owner_id": council.number(row, "leads", "person"),
        **{f"{name}_on": row[name] for name in days},
    }


STEPS: Steps = {
    ("projects", "add"): _add,
    ("projects", "plan"): _plan,
    ("projects", "start"): call(start_project, PROJECT),
    ("projects", "finish"): call(finish_project, PROJECT, what_changed=text("words")),
    ("projects", "stop"): call(stop_project, PROJECT, reason=text("words")),
    ("recruitment", "add"): _recruit,
    ("recruitment", "change"): _came_of_it,
    ("page_feedback", None): _useful,
}
