"""The Promise: versions, their themes and commitments, and which commitment replaced which."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row, choice
from coprod_data.vocabulary.actions import WorkedOnBy
from coprod_data.vocabulary.promise import HomeKind


class PromiseVersion(Row, kw_only=True):
    """One wording of The Promise. The one in force is the newest adopted.

    `adopted_by` is the body, `adopted_on` the day of its decision, and `written_with` who wrote it
    together; `adopted_at` is when that was recorded.
    The plan of its actions begins on `plan_starts_on` and runs for `plan_months`. `written_by` says
    who wrote it, with the groups of `PromiseAuthor`, and `written_shown` what shows that.
    """

    __tablename__ = "promise_version"
    __table_args__ = (
        sa.CheckConstraint(
            "(plan_starts_on IS NULL) = (plan_months IS NULL)", name="plan_starts_and_runs"
        ),
    )
    told = {
        "plan_starts_on": "start of the plan",
        "plan_months": "length of the plan in months",
        "written_by": "who wrote it",
    }

    title: Mapped[str] = mapped_column(sa.String(160))
    drafted_at: Mapped[datetime]
    adopted_at: Mapped[datetime | None] = mapped_column(default=None)
    adopted_by: Mapped[str] = mapped_column(sa.String(160), default="")
    adopted_on: Mapped[date | None] = mapped_column(default=None)
    written_with: Mapped[str] = mapped_column(sa.String(240), default="")
    plan_starts_on: Mapped[date | None] = mapped_column(default=None)
    plan_months: Mapped[int | None] = mapped_column(default=None)
    written_by: Mapped[WorkedOnBy | None] = mapped_column(choice(WorkedOnBy), default=None)
    written_shown: Mapped[str] = mapped_column(sa.Text, default="")


class PromiseAuthor(Base, kw_only=True):
    """A group that wrote a version of The Promise with staff, or led it."""

    __tablename__ = "promise_author"

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_version.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("group.id"), primary_key=True)


class PromiseTheme(Row, kw_only=True):
    """A theme in two wordings. Each version has one `catch_all` theme, "Something else"."""

    __tablename__ = "promise_theme"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "position"),
        sa.Index(
            "uq_promise_theme_catch_all",
            "version_id",
            unique=True,
            sqlite_where=sa.text("catch_all = 1"),
            postgresql_where=sa.text("catch_all"),
        ),
    )

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_version.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    young_title: Mapped[str] = mapped_column(sa.String(60))
    icon: Mapped[str] = mapped_column(sa.String(20))
    catch_all: Mapped[bool] = mapped_column(default=False)


class PromiseCommitment(Row, kw_only=True):
    """One sentence of The Promise, as worded in its version."""

    __tablename__ = "promise_commitment"
    __table_args__ = (sa.UniqueConstraint("theme_id", "position"),)

    theme_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_theme.id"))
    position: Mapped[int]
    reference: Mapped[str] = mapped_column(sa.String(12))
    wording: Mapped[str] = mapped_column(sa.Text)
    easy_wording: Mapped[str] = mapped_column(sa.Text, default="")


class CommitmentTag(Base, kw_only=True):
    """An item of a framework that a commitment belongs to, by its code in `rules/frameworks`."""

    __tablename__ = "commitment_tag"

    commitment_id: Mapped[int] = mapped_column(
        sa.ForeignKey("promise_commitment.id"), primary_key=True
    )
    code: Mapped[str] = mapped_column(sa.String(20), primary_key=True)


class CommitmentSuccessor(Base, kw_only=True):
    """Which commitment of a later version carries on an earlier one; many to many."""

    __tablename__ = "commitment_successor"

    earlier_id: Mapped[int] = mapped_column(
        sa.ForeignKey("promise_commitment.id"), primary_key=True
    )
    later_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_commitment.id"), primary_key=True)


class PromiseHome(Row, kw_only=True):
    """What was decided about an action for the day a draft is adopted: it moves to a commitment of
    the draft, or it ends, with a reason where it is dropped.

    An action whose commitment has one successor in the draft moves there without a row. Rows stay
    when the draft is adopted.
    """

    __tablename__ = "promise_home"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "action_id"),
        sa.CheckConstraint("(kind = 'move') = (commitment_id IS NOT NULL)", name="moves_somewhere"),
        sa.CheckConstraint("kind <> 'drop' OR reason <> ''", name="dropped_with_reason"),
    )

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_version.id"))
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id"), index=True)
    kind: Mapped[HomeKind] = mapped_column(choice(HomeKind))
    commitment_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("promise_commitment.id"), default=None
    )
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
