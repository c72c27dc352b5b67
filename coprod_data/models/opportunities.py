"""Co-production opportunities: what to work on together, where it came from, and with whom."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice, exactly_one
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState


class Opportunity(Row, kw_only=True):
    """Something to work on together. Titles are staff words, never unreleased ones.

    Without `spotted_by_id` the server made it, of gaps in an audit return.
    """

    __tablename__ = "opportunity"
    __table_args__ = (sa.Index("ix_opportunity_state", "state", "opened_at"),)

    title: Mapped[str] = mapped_column(sa.String(160))
    theme_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_theme.id"), index=True)
    help_wanted: Mapped[str] = mapped_column(sa.Text)
    time_needed: Mapped[str] = mapped_column(sa.String(160), default="")
    when_and_how: Mapped[str] = mapped_column(sa.String(240), default="")
    power_shared: Mapped[str] = mapped_column(sa.Text, default="")
    support: Mapped[str] = mapped_column(sa.String(240), default="")
    expenses: Mapped[str] = mapped_column(sa.String(240), default="")
    state: Mapped[OpportunityState] = mapped_column(choice(OpportunityState))
    spotted_at: Mapped[datetime]
    spotted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    reviewed_meeting_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("group_meeting.id"), index=True, default=None
    )
    told = {
        "state": "state",
        "review_on": "day to look again",
    }
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    working_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    review_on: Mapped[date | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class OpportunitySource(Row, kw_only=True):
    """Where an opportunity comes from: one source in each row, one or more rows each."""

    __tablename__ = "opportunity_source"
    __table_args__ = (
        exactly_one("entry_id", "report_card_id", "audit_answer_id", "idea_person_id"),
    )

    opportunity_id: Mapped[int] = mapped_column(sa.ForeignKey("opportunity.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("card_entry.id"), index=True, default=None
    )
    report_card_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("report_card.id"), index=True, default=None
    )
    audit_answer_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("audit_answer.id"), index=True, default=None
    )
    idea_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)


class OpportunityYoung(Row, kw_only=True):
    """A young person in an opportunity, who may confirm the match and sign for young people."""

    __tablename__ = "opportunity_young"
    __table_args__ = (
        exactly_one("person_id", "entry_id"),
        sa.UniqueConstraint("opportunity_id", "person_id"),
        sa.UniqueConstraint("opportunity_id", "entry_id"),
    )

    opportunity_id: Mapped[int] = mapped_column(sa.ForeignKey("opportunity.id"))
    person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id"), index=True, default=None
    )
    entry_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("card_entry.id"), index=True, default=None
    )
    invited_at: Mapped[datetime | None] = mapped_column(default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)


class Invitation(Row, kw_only=True):
    """A question and its answer in one row. An offer is an invitation nobody asked (`asked_by_id`
    null).

    `confirmed_at` is the young person's yes to this member, `refused_at` their "somebody else";
    whose card or account that was is told to them only. `said_at` is when it was written down that
    they said yes aloud, in a meeting; it is no yes until they give it themselves.
    """

    __tablename__ = "invitation"
    __table_args__ = (sa.UniqueConstraint("opportunity_id", "person_id"),)

    opportunity_id: Mapped[int] = mapped_column(sa.ForeignKey("opportunity.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    reply: Mapped[InvitationReply | None] = mapped_column(choice(InvitationReply), default=None)
    told = {
        "reply": "answer",
    }
    replied_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    passed_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    refused_at: Mapped[datetime | None] = mapped_column(default=None)
    refused_entry_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("card_entry.id"), default=None
    )
    refused_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    said_meeting_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("meeting.id"), index=True, default=None
    )
    said_at: Mapped[datetime | None] = mapped_column(default=None)
