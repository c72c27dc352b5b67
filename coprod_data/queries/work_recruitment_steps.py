"""Waits about recruitment: a panel that met is to be thanked, and told what changed."""

import sqlalchemy as sa

from coprod_data.models import Recruitment, Service
from coprod_data.queries.work_steps import ME, NEVER, TODAY, Statement, wait
from coprod_data.scopes.owned_rows import panel_owed
from coprod_data.vocabulary.work import WorkKind


def panels_to_thank() -> Statement:
    """Select recruitment that this person leads, whose panel is owed thanks or what changed."""
    return (
        wait(
            WorkKind.PANEL_OWED, Recruitment.id, Recruitment.post, NEVER,
            due_on=Recruitment.meets_on, source=Service.name,
            note=sa.case((Recruitment.thanked == "", "thanks"), else_=""),
        )
        .select_from(Recruitment)
        .join(Service, Service.id == Recruitment.service_id)
        .where(Recruitment.owner_id == ME, panel_owed(TODAY))
    )  # fmt: skip
