"""What a meeting decided, who does it by when, and who was there."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.meetings import TO_BE_DONE, DecisionResult, MeetingPart


class Decision(Row, kw_only=True):
    """A decision about an item, to be confirmed until the chair confirms it.

    `recommendation` is what the Board was asked, `wording` what it decided: after an amendment both
    are kept. With a commitment it becomes an action of the plan once confirmed, `action_id`; else
    it is a line of the actions log until `done_at`.
    """

    __tablename__ = "decision"
    told = {
        "result": "result",
        "owner_id": "owner",
        "due_on": "due date",
        "commitment_id": "commitment",
    }

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    recommendation: Mapped[str] = mapped_column(sa.Text, default="")
    result: Mapped[DecisionResult] = mapped_column(choice(DecisionResult))
    wording: Mapped[str] = mapped_column(sa.String(240))
    owner_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id"), index=True, default=None
    )
    together_with: Mapped[str] = mapped_column(sa.String(160), default="")
    due_on: Mapped[date | None] = mapped_column(default=None)
    commitment_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("promise_commitment.id"), default=None
    )
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("service.id"), default=None)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    action_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("action.id"), index=True, default=None
    )
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_words: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def becomes_action(self) -> bool:
        """Say whether it is an action of the plan once it is confirmed."""
        return self.commitment_id is not None and self.result in TO_BE_DONE


class MeetingPresent(Row, kw_only=True):
    """How many of one part were at a meeting."""

    __tablename__ = "meeting_present"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "part"),)
    told = {"part": "who was there"}

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    part: Mapped[MeetingPart] = mapped_column(choice(MeetingPart))
    number: Mapped[int]
