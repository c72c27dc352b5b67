"""Sessions, where co-production happens: the plan, the venue, who came, and what came out of it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.sessions import (
    AttendeeKind,
    GoalReached,
    NeedsMet,
    SeriesTemplate,
    SessionKind,
    SessionState,
    SessionWay,
    VenueOffer,
)


class Venue(Row, kw_only=True):
    """A place where sessions are held, with what young people need to know of it."""

    __tablename__ = "venue"
    told = {offer.value: offer.words.lower() for offer in VenueOffer}

    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    address: Mapped[str] = mapped_column(sa.String(240), default="")
    getting_there: Mapped[str] = mapped_column(sa.Text, default="")
    friendly: Mapped[bool] = mapped_column(default=False)
    step_free: Mapped[bool] = mapped_column(default=False)
    quiet_room: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class CoproductionSession(Row, kw_only=True):
    """One session. Its texts are staff words, never unreleased ones; nobody young is named in it.

    `since_last` is what happened after the last one with this group. `moved_from` is when it was to
    begin before it was moved last. `review_by` and `write_up_by` are set when it has been held.
    `sequence` grows with each change that a calendar shows. `rules_agreed_at` is when its people
    agreed its ground rules as they stand. `cancelled_at` is when it was cancelled.
    """

    __tablename__ = "coproduction_session"
    __table_args__ = (
        sa.Index("ix_coproduction_session_state", "state", "starts_at"),
        sa.Index("ix_coproduction_session_starts_at", "starts_at"),
        sa.Index("ix_coproduction_session_theme_id", "theme_id", "starts_at"),
    )
    told = {
        "kind": "kind",
        "theme_id": "theme",
        "group_id": "group",
        "venue_id": "venue",
        "facilitator_id": "who leads it",
        "way": "how people take part",
        "state": "state",
        "needs_met": "needs met",
    }

    title: Mapped[str] = mapped_column(sa.String(160))
    kind: Mapped[SessionKind] = mapped_column(choice(SessionKind))
    aims: Mapped[str] = mapped_column(sa.Text, default="")
    theme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("promise_theme.id"), default=None)
    group_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("group.id"), index=True, default=None
    )
    opportunity_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("opportunity.id"), index=True, default=None
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    way: Mapped[SessionWay] = mapped_column(choice(SessionWay))
    venue_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("venue.id"), index=True, default=None
    )
    joining: Mapped[str] = mapped_column(sa.String(240), default="")
    access: Mapped[str] = mapped_column(sa.Text, default="")
    food: Mapped[str] = mapped_column(sa.String(240), default="")
    travel: Mapped[str] = mapped_column(sa.String(240), default="")
    warm_up: Mapped[str] = mapped_column(sa.String(240), default="")
    pace: Mapped[str] = mapped_column(sa.String(240), default="")
    other_ways: Mapped[str] = mapped_column(sa.Text, default="")
    facilitator_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    young_leaders: Mapped[str] = mapped_column(sa.String(160), default="")
    led_with: Mapped[str] = mapped_column(sa.String(160), default="")
    independent: Mapped[str] = mapped_column(sa.String(240), default="")
    largest: Mapped[int | None] = mapped_column(default=None)
    helpers: Mapped[int | None] = mapped_column(default=None)
    ground_rules: Mapped[str] = mapped_column(sa.Text, default="")
    since_last: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[SessionState] = mapped_column(choice(SessionState))
    planned_at: Mapped[datetime]
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    moved_from: Mapped[datetime | None] = mapped_column(default=None)
    why_moved: Mapped[str] = mapped_column(sa.Text, default="")
    why_cancelled: Mapped[str] = mapped_column(sa.Text, default="")
    held_at: Mapped[datetime | None] = mapped_column(default=None)
    review_by: Mapped[date | None] = mapped_column(default=None)
    write_up_by: Mapped[date | None] = mapped_column(default=None)
    nothing_because: Mapped[str] = mapped_column(sa.Text, default="")
    done: Mapped[str] = mapped_column(sa.Text, default="")
    heard: Mapped[str] = mapped_column(sa.Text, default="")
    sequence: Mapped[int] = mapped_column(default=0, init=False)
    rules_agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    series_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("session_series.id"), index=True, default=None
    )
    series_place: Mapped[int | None] = mapped_column(default=None)
    needs_met: Mapped[NeedsMet | None] = mapped_column(choice(NeedsMet), default=None)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)
    cancelled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)

    @validates("title", "starts_at", "ends_at", "state")
    def _shown_anew(self, name: str, value: object) -> object:
        """Let `sequence` grow: a calendar takes over only what has a higher one than it holds."""
        if sa.inspect(self).persistent and value != getattr(self, name):
            self.sequence += 1
        return value


class SessionSeries(Row, kw_only=True):
    """Workshops that were planned in one act; each is a session with its place in the series."""

    __tablename__ = "session_series"
    told = {"template": "series"}

    template: Mapped[SeriesTemplate] = mapped_column(choice(SeriesTemplate))
    planned_at: Mapped[datetime]
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class SessionGoal(Row, kw_only=True):
    """What a session should lead to, and afterwards whether it did."""

    __tablename__ = "session_goal"
    told = {"reached": "did we get there?"}

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(240))
    reached: Mapped[GoalReached | None] = mapped_column(choice(GoalReached), default=None)


class SessionCame(Row, kw_only=True):
    """How many of one part came to a session; a service is counted by itself."""

    __tablename__ = "session_came"
    __table_args__ = (sa.UniqueConstraint("session_id", "kind", "service_id"),)
    told = {"kind": "who came"}

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"))
    kind: Mapped[AttendeeKind] = mapped_column(choice(AttendeeKind))
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("service.id"), default=None)
    number: Mapped[int]


class SessionFound(Row, kw_only=True):
    """An opportunity that was found at a session."""

    __tablename__ = "session_found"
    __table_args__ = (sa.UniqueConstraint("session_id", "opportunity_id"),)

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"))
    opportunity_id: Mapped[int] = mapped_column(sa.ForeignKey("opportunity.id"), index=True)


class SessionStep(Row, kw_only=True):
    """A step of the run sheet; `begins` is its time of day as written, "16:30"."""

    __tablename__ = "session_step"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    begins: Mapped[str] = mapped_column(sa.String(5))
    title: Mapped[str] = mapped_column(sa.String(160))
    detail: Mapped[str] = mapped_column(sa.String(240), default="")
    done_at: Mapped[datetime | None] = mapped_column(default=None)


class SessionTask(Row, kw_only=True):
    """Something to do before a session; `asked_at_id` is the session at which it was asked for."""

    __tablename__ = "session_task"
    told = {"due_on": "due date", "person_id": "who does it"}

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("coproduction_session.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(240))
    person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id"), index=True, default=None
    )
    due_on: Mapped[date | None] = mapped_column(default=None)
    asked_at_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("coproduction_session.id"), default=None
    )
    done_at: Mapped[datetime | None] = mapped_column(default=None)
