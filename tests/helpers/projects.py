"""A project and a recruitment through their commands, as whoever keeps them writes them down."""

from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.projects import InvolvementPlan, ProjectTyped, add_project
from coprod_data.commands.recruitment import RecruitmentTyped, add_recruitment
from coprod_data.permissions import Actor
from tests.helpers.builders import TODAY, a_service

AGREED = InvolvementPlan(
    at_start="They say what is missing.", in_middle="They read the drafts.",
    at_end="They hear what came of it.", agreed_with="Westmarch Voices", agreed_on=TODAY,
)  # fmt: skip


def a_project(db: Session, keeper: Actor, **fields: Any) -> tuple[int, ProjectTyped]:
    """Return its number, and what was typed."""
    said = {"title": "First flats", "starts_on": TODAY, "ends_on": TODAY, "owner_id": keeper.id}
    service_id = fields.pop("service_id", None) or a_service(db).id
    typed = ProjectTyped(**{**said, "service_id": service_id, **fields})
    return add_project(db, keeper, typed), typed


def a_recruitment(db: Session, keeper: Actor, **fields: Any) -> tuple[int, RecruitmentTyped]:
    """Return its number, and what was typed."""
    said = {"post": "Nurse", "meets_on": TODAY, "owner_id": keeper.id, "young_people": 2}
    service_id = fields.pop("service_id", None) or a_service(db).id
    typed = RecruitmentTyped(**{**said, "service_id": service_id, **fields})
    return add_recruitment(db, keeper, typed), typed
