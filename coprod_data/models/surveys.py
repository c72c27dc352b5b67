"""Survey rounds, what each found, and the priorities that young people chose because of it."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice, exactly_one
from coprod_data.vocabulary.rewordings import NOT_WRITTEN
from coprod_data.vocabulary.surveys import ChosenHow, FindingSide, SurveyState

# Of the others a round may have several.
_WRITTEN = sa.column("indicator", sa.String).not_in(NOT_WRITTEN)


class SurveyRound(Row, kw_only=True):
    """One time a survey was held. Rounds of one `survey` are set side by side.

    `invited` and `replied` are counts of young people. `reached_by` says what was
    done so that more could answer.
    """

    __tablename__ = "survey_round"
    __table_args__ = (sa.UniqueConstraint("survey", "held_on"),)
    told = {"state": "state", "held_on": "day"}

    survey: Mapped[str] = mapped_column(sa.String(120))
    about: Mapped[str] = mapped_column(sa.String(120))
    held_on: Mapped[date]
    state: Mapped[SurveyState] = mapped_column(choice(SurveyState), default=SurveyState.OPEN)
    population: Mapped[int | None] = mapped_column(default=None)
    invited: Mapped[int | None] = mapped_column(default=None)
    replied: Mapped[int | None] = mapped_column(default=None)
    reached_by: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[str] = mapped_column(sa.String(240), default="")


class SurveyFinding(Row, kw_only=True):
    """What a round says about one thing. `permille` is null where it is private or was hidden.

    `said` is how the source wrote it, where that was words. `base` is how many answered.
    `comparator` is the share in other councils in per mille too, where published.
    """

    __tablename__ = "survey_finding"
    __table_args__ = (
        sa.Index(
            "uq_survey_finding_written",
            "round_id",
            "indicator",
            unique=True,
            sqlite_where=_WRITTEN,
            postgresql_where=_WRITTEN,
        ),
        sa.CheckConstraint("permille IS NULL OR permille BETWEEN 0 AND 1000", name="share_range"),
    )

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_round.id"))
    position: Mapped[int]
    indicator: Mapped[str] = mapped_column(sa.String(160))
    side: Mapped[FindingSide] = mapped_column(choice(FindingSide))
    permille: Mapped[int | None] = mapped_column(default=None)
    said: Mapped[str] = mapped_column(sa.String(80), default="")
    base: Mapped[int | None] = mapped_column(default=None)
    comparator: Mapped[int | None] = mapped_column(default=None)
    reworded: Mapped[bool] = mapped_column(default=False)


class Priority(Row, kw_only=True):
    """What young people chose to be worked on first, and how they chose it."""

    __tablename__ = "priority"
    told = {"chosen_how": "how it was chosen", "chosen_on": "day"}

    title: Mapped[str] = mapped_column(sa.String(160))
    why: Mapped[str] = mapped_column(sa.Text, default="")
    programme: Mapped[str] = mapped_column(sa.String(120), default="")
    chosen_how: Mapped[ChosenHow] = mapped_column(choice(ChosenHow))
    chosen_by: Mapped[str] = mapped_column(sa.String(160), default="")
    chosen_on: Mapped[date]
    finding_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("survey_finding.id"), index=True, default=None
    )


class PriorityTie(Row, kw_only=True):
    """What came of a priority: the meeting about it, an opportunity, or an action of the plan."""

    __tablename__ = "priority_tie"
    __table_args__ = (
        exactly_one("session_id", "opportunity_id", "action_id"),
        sa.UniqueConstraint("priority_id", "session_id"),
        sa.UniqueConstraint("priority_id", "opportunity_id"),
        sa.UniqueConstraint("priority_id", "action_id"),
    )

    priority_id: Mapped[int] = mapped_column(sa.ForeignKey("priority.id"))
    session_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("coproduction_session.id"), index=True, default=None
    )
    opportunity_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("opportunity.id"), index=True, default=None
    )
    action_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("action.id"), index=True, default=None
    )
