"""How people were asked about a policy, what they said of it, which body saw and signed it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.policies import (
    ActivityKind,
    CommentWay,
    Disposition,
    Opinion,
    PolicyChannel,
    PresentKind,
    Worked,
)


class PolicyActivity(Row, kw_only=True):
    """An activity of a policy; one without `held_on` is planned.

    `reached` and `replies` are None where nobody counted. `source` says where a published figure is
    from.
    """

    __tablename__ = "policy_activity"
    __table_args__ = (
        sa.CheckConstraint(
            "replies IS NULL OR reached IS NULL OR replies <= reached", name="no_more_replies"
        ),
    )
    told = {"held_on": "day", "channel": "way", "worked": "whether it worked"}

    policy_id: Mapped[int] = mapped_column(sa.ForeignKey("policy.id"), index=True)
    kind: Mapped[ActivityKind] = mapped_column(choice(ActivityKind))
    channel: Mapped[PolicyChannel] = mapped_column(choice(PolicyChannel))
    title: Mapped[str] = mapped_column(sa.String(160))
    held_on: Mapped[date | None] = mapped_column(default=None)
    audience: Mapped[str] = mapped_column(sa.String(160), default="")
    question: Mapped[str] = mapped_column(sa.Text, default="")
    heard: Mapped[str] = mapped_column(sa.Text, default="")
    reached: Mapped[int | None] = mapped_column(default=None)
    replies: Mapped[int | None] = mapped_column(default=None)
    worked: Mapped[Worked] = mapped_column(choice(Worked), default=Worked.UNKNOWN)
    source: Mapped[str] = mapped_column(sa.String(240), default="")


class PolicyBoard(Row, kw_only=True):
    """A body that saw a version on a day, and who was there by kind: a column for each.

    With `signs`, it signed the version off. Where that was this Board (`ours`), the chair confirms
    it; until then the version waits.
    """

    __tablename__ = "policy_board"
    told = {
        "seen_on": "day",
        "signs": "signed it off",
        "confirmed_by_id": "confirmed by",
        **{one.value: f"there: {one.words.lower()}" for one in PresentKind},
    }

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("policy_version.id"), index=True)
    body: Mapped[str] = mapped_column(sa.String(160))
    seen_on: Mapped[date]
    said: Mapped[str] = mapped_column(sa.Text, default="")
    signs: Mapped[bool] = mapped_column(default=False)
    ours: Mapped[bool] = mapped_column(default=False)
    young: Mapped[bool] = mapped_column(default=False)
    parents: Mapped[bool] = mapped_column(default=False)
    education: Mapped[bool] = mapped_column(default=False)
    health: Mapped[bool] = mapped_column(default=False)
    social_care: Mapped[bool] = mapped_column(default=False)
    councillors: Mapped[bool] = mapped_column(default=False)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)


class PolicyCommitment(Row, kw_only=True):
    """What a policy commits to, under which commitment of The Promise it is to be kept, and the
    action that sign-off made of it.
    """

    __tablename__ = "policy_commitment"
    told = {"commitment_id": "commitment"}

    policy_id: Mapped[int] = mapped_column(sa.ForeignKey("policy.id"), index=True)
    wording: Mapped[str] = mapped_column(sa.String(240))
    will_see: Mapped[str] = mapped_column(sa.Text)
    commitment_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_commitment.id"))
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("action.id"), default=None)


class PolicyComment(Row, kw_only=True):
    """Which part of which version the words of an entry are about, and what became of them.

    Why is what their writer was told: a reply. `changed` is what changed because of it.
    """

    __tablename__ = "policy_comment"
    told = {"disposition": "what became of a comment"}

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), unique=True)
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("policy_part.id"), index=True)
    opinion: Mapped[Opinion | None] = mapped_column(choice(Opinion), default=None)
    way: Mapped[CommentWay] = mapped_column(choice(CommentWay), default=CommentWay.PAGE)
    disposition: Mapped[Disposition | None] = mapped_column(choice(Disposition), default=None)
    changed: Mapped[str] = mapped_column(sa.Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
