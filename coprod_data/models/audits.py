"""The yearly participation audit: rounds, standards, a return per service, answers per rater."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row, choice
from coprod_data.vocabulary.audits import Rater, ReturnState


class AuditRound(Row, kw_only=True):
    """One year's audit with its own set of standards, which `standards_version` counts.

    `theme_id` is the part of The Promise that opportunities out of its gaps belong to.
    """

    __tablename__ = "audit_round"
    told = {"due_on": "day", "theme_id": "part"}

    title: Mapped[str] = mapped_column(sa.String(60), unique=True)
    opened_on: Mapped[date] = mapped_column(unique=True)
    due_on: Mapped[date]
    theme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("promise_theme.id"), default=None)
    standards_version: Mapped[int] = mapped_column(default=1)


class AuditStandard(Row, kw_only=True):
    """One statement being rated. The same `reference` in two rounds is the same standard."""

    __tablename__ = "audit_standard"
    __table_args__ = (sa.UniqueConstraint("round_id", "reference"),)

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_round.id"))
    reference: Mapped[str] = mapped_column(sa.String(12))
    short: Mapped[str] = mapped_column(sa.String(60))
    wording: Mapped[str] = mapped_column(sa.Text)
    position: Mapped[int]
    source: Mapped[str] = mapped_column(sa.String(240), default="")


class AuditReturn(Row, kw_only=True):
    """What one service owes for a round."""

    __tablename__ = "audit_return"
    __table_args__ = (sa.UniqueConstraint("round_id", "service_id"),)

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_round.id"))
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("service.id"))
    state: Mapped[ReturnState] = mapped_column(choice(ReturnState), default=ReturnState.OPENED)
    returned_at: Mapped[datetime | None] = mapped_column(default=None)
    returned_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)


class AuditAuditor(Row, kw_only=True):
    """A young person with an account who looks at one service in a round."""

    __tablename__ = "audit_auditor"
    __table_args__ = (sa.UniqueConstraint("return_id", "person_id"),)

    return_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_return.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)


class AuditAnswer(Row, kw_only=True):
    """A rater's level for a standard. A null `level` means not looked at."""

    __tablename__ = "audit_answer"
    __table_args__ = (
        sa.UniqueConstraint("return_id", "standard_id", "rater"),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 0 AND 3", name="level_range"),
    )
    told = {
        "level": "level",
    }

    return_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_return.id"))
    standard_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_standard.id"), index=True)
    rater: Mapped[Rater] = mapped_column(choice(Rater))
    level: Mapped[int | None] = mapped_column(default=None)
    evidence: Mapped[str] = mapped_column(sa.Text, default="")
    plan: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class AuditPlanAction(Base, kw_only=True):
    """The action of the plan that was proposed because of what a service wrote it will do."""

    __tablename__ = "audit_plan_action"

    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_answer.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id"), index=True)
