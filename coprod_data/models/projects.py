"""Projects of services: how people are involved in each, who agreed it, and what that changed."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row


class Project(Row, kw_only=True):
    """A project of a service, with its involvement plan.

    The table itself keeps the gate: no project has started without a plan for its start, its middle
    and its end that somebody agreed with people on a day, and none has finished without what their
    involvement changed.
    """

    __tablename__ = "project"
    __table_args__ = (
        sa.CheckConstraint(
            "agreed_on IS NULL OR (agreed_by_id IS NOT NULL AND agreed_with <> '' AND "
            "at_start <> '' AND in_middle <> '' AND at_end <> '')",
            name="agreed_whole",
        ),
        sa.CheckConstraint("started_on IS NULL OR agreed_on IS NOT NULL", name="agreed_first"),
        sa.CheckConstraint(
            "finished_on IS NULL OR (started_on IS NOT NULL AND what_changed <> '')",
            name="reviewed_first",
        ),
    )
    told = {
        "owner_id": "owner",
        "service_id": "service",
        "starts_on": "planned start",
        "ends_on": "planned end",
        "agreed_on": "day of the agreement",
        "started_on": "start",
        "finished_on": "end",
    }

    title: Mapped[str] = mapped_column(sa.String(160))
    about: Mapped[str] = mapped_column(sa.Text, default="")
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("service.id"), index=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    at_start: Mapped[str] = mapped_column(sa.Text, default="")
    in_middle: Mapped[str] = mapped_column(sa.Text, default="")
    at_end: Mapped[str] = mapped_column(sa.Text, default="")
    agreed_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id"), index=True, default=None
    )
    agreed_with: Mapped[str] = mapped_column(sa.String(160), default="")
    agreed_on: Mapped[date | None] = mapped_column(default=None)
    started_on: Mapped[date | None] = mapped_column(default=None)
    finished_on: Mapped[date | None] = mapped_column(default=None)
    what_changed: Mapped[str] = mapped_column(sa.Text, default="")
    stopped_on: Mapped[date | None] = mapped_column(default=None)
    why_stopped: Mapped[str] = mapped_column(sa.Text, default="")
