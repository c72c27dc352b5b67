"""Outcomes: what changed, signed by both sides or sent back."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row, choice, exactly_one
from coprod_data.vocabulary.outcomes import Capacity, Side


class Outcome(Row, kw_only=True):
    """What changed because of one opportunity; "staff say done" until both sides have signed.

    `you_said` is what young people asked for and `worked_with` who worked on it with them; both are
    empty on an outcome that was proposed before they were asked for.
    `reworded_at`: a young person took words of it back, and it says the same in other words since.
    """

    __tablename__ = "outcome"

    opportunity_id: Mapped[int] = mapped_column(sa.ForeignKey("opportunity.id"), index=True)
    what_changed: Mapped[str] = mapped_column(sa.Text)
    you_said: Mapped[str] = mapped_column(sa.Text, default="")
    worked_with: Mapped[str] = mapped_column(sa.Text, default="")
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    co_signed_at: Mapped[datetime | None] = mapped_column(index=True, default=None)
    reworded_at: Mapped[datetime | None] = mapped_column(default=None)


class OutcomeAction(Base, kw_only=True):
    """An action that an outcome names."""

    __tablename__ = "outcome_action"

    outcome_id: Mapped[int] = mapped_column(sa.ForeignKey("outcome.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id"), primary_key=True, index=True)


class CoSignature(Row, kw_only=True):
    """One side's signature. A paper signature always names the two workers who recorded it.

    One given with a card code may be anybody's until a worker who is not the staff signatory says
    that whoever gave it is known to the team: `known_at`.
    """

    __tablename__ = "co_signature"
    __table_args__ = (
        sa.UniqueConstraint("outcome_id", "side"),
        exactly_one("person_id", "entry_id"),
    )

    outcome_id: Mapped[int] = mapped_column(sa.ForeignKey("outcome.id"))
    side: Mapped[Side] = mapped_column(choice(Side))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    entry_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("card_entry.id"), index=True, default=None
    )
    capacity: Mapped[Capacity] = mapped_column(choice(Capacity))
    at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    witnessed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    known_at: Mapped[datetime | None] = mapped_column(default=None)
    known_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)


class NotYet(Row, kw_only=True):
    """A young person's "not yet": it sends the outcome back. Their reason is an entry."""

    __tablename__ = "not_yet"
    __table_args__ = (exactly_one("person_id", "entry_id"),)

    outcome_id: Mapped[int] = mapped_column(sa.ForeignKey("outcome.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    entry_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("card_entry.id"), index=True, default=None
    )
    at: Mapped[datetime]
    reason_entry_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("card_entry.id"), default=None
    )
