"""The action plan: what the council does to keep a commitment, with milestones and evidence."""

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice, exactly_one
from coprod_data.vocabulary.actions import DueKind, Face, Rag, Stage, WorkedOnBy


class Action(Row, kw_only=True):
    """A job under one commitment. Stage and RAG are two fields; percent is never stored.

    `why_alone` says why young people do not work on it, where staff only do; empty on one that was
    proposed before that was asked. `together_shown` is what shows that they do. `will_see`, written
    at the start, is what people will see once it is done; `see_agreed_with_id` is the group of
    young people that agreed it, and is empty again once it says something else. `first_due_on` is
    the date it was agreed with, once another one has taken its place.
    `moved_at` is when its stage last changed, a milestone was met or an outcome was signed, and
    until then when it was proposed; neither an approval nor an update text is movement.
    `held_at` is when it was put on hold by a decision, and `held_from` the stage it had then; both
    are empty otherwise.
    `ended_with_id` is the version of The Promise whose adoption ended it, done; it stays under the
    wording of its day and counts no more. One that the sign-off of a policy proposed has no owner
    and no service until somebody names both; nobody can agree to it before.
    """

    __tablename__ = "action"
    __table_args__ = (
        sa.Index("ix_action_commitment", "commitment_id", "stage"),
        sa.CheckConstraint("rag IS NULL OR stage = 'in_progress'", name="rag_in_progress"),
        sa.CheckConstraint(
            "(owner_id IS NOT NULL AND service_id IS NOT NULL) OR stage IN ('proposed', 'dropped')",
            name="owned_once_agreed",
        ),
    )
    told = {
        "commitment_id": "commitment",
        "owner_id": "owner",
        "service_id": "service",
        "together_with_id": "group",
        "see_agreed_with_id": "group that agreed what will be seen",
        "worked_on_by": "who works on it",
        "starts_on": "start",
        "due_on": "due date",
        "due_kind": "kind of date",
        "stage": "stage",
        "rag": "rating",
    }

    commitment_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_commitment.id"))
    title: Mapped[str] = mapped_column(sa.String(240))
    will_see: Mapped[str] = mapped_column(sa.Text)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("service.id"), index=True)
    together_with_id: Mapped[int | None] = mapped_column(sa.ForeignKey("group.id"), default=None)
    worked_on_by: Mapped[WorkedOnBy] = mapped_column(choice(WorkedOnBy))
    together_shown: Mapped[str] = mapped_column(sa.Text, default="")
    why_alone: Mapped[str] = mapped_column(sa.Text, default="")
    partners: Mapped[str] = mapped_column(sa.String(240), default="")
    opportunity_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("opportunity.id"), index=True, default=None
    )
    starts_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    due_wording: Mapped[str] = mapped_column(sa.String(120), default="")
    due_kind: Mapped[DueKind] = mapped_column(choice(DueKind), default=DueKind.DAY)
    first_due_on: Mapped[date | None] = mapped_column(default=None)
    first_due_wording: Mapped[str] = mapped_column(sa.String(120), default="")
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.PROPOSED)
    rag: Mapped[Rag | None] = mapped_column(choice(Rag), default=None)
    rag_reason: Mapped[str] = mapped_column(sa.Text, default="")
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    moved_at: Mapped[datetime]
    held_at: Mapped[datetime | None] = mapped_column(default=None)
    held_from: Mapped[Stage | None] = mapped_column(choice(Stage), default=None)
    ended_with_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("promise_version.id"), default=None
    )
    see_agreed_with_id: Mapped[int | None] = mapped_column(sa.ForeignKey("group.id"), default=None)


class ActionChange(Row, kw_only=True):
    """A change of an action's date, wording or commitment: as proposed, with its reason, and what
    was decided. The chair's own changes are decided at once. One that its proposer took back is
    decided without `agreed`. With a `stage` it asks only for that: to be put on hold, dropped or
    taken up again. With an `owner_id` it asks only for that owner.
    """

    __tablename__ = "action_change"

    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id"), index=True)
    commitment_id: Mapped[int] = mapped_column(sa.ForeignKey("promise_commitment.id"))
    title: Mapped[str] = mapped_column(sa.String(240))
    will_see: Mapped[str] = mapped_column(sa.Text)
    due_on: Mapped[date | None]
    due_wording: Mapped[str] = mapped_column(sa.String(120), default="")
    due_kind: Mapped[DueKind] = mapped_column(choice(DueKind))
    stage: Mapped[Stage | None] = mapped_column(choice(Stage), default=None)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    reason: Mapped[str] = mapped_column(sa.Text)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    agreed: Mapped[bool | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    answer: Mapped[str] = mapped_column(sa.Text, default="")


class Milestone(Row, kw_only=True):
    """A step that counts as met only with evidence. `corrected` is why it was corrected last."""

    __tablename__ = "milestone"
    __table_args__ = (
        sa.CheckConstraint("met_on IS NULL OR evidence <> ''", name="met_with_evidence"),
    )

    told = {
        "due_on": "date of the milestone",
        "met_on": "day it was met",
    }
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(240))
    due_on: Mapped[date | None] = mapped_column(default=None)
    met_on: Mapped[date | None] = mapped_column(default=None)
    evidence: Mapped[str] = mapped_column(sa.Text, default="")
    corrected: Mapped[str] = mapped_column(sa.Text, default="")
    met_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)


class ActionUpdate(Row, kw_only=True):
    """What a manager wrote about an action on a day. `corrected` is why it was corrected last."""

    __tablename__ = "action_update"
    __table_args__ = (sa.Index("ix_action_update_action", "action_id", "at"),)

    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    corrected: Mapped[str] = mapped_column(sa.Text, default="")


class YoungView(Row, kw_only=True):
    """How an action feels to a young person. It is taken out when it is taken back.

    Its face is shown only through `ViewFace`, and its words wait to be checked. The log keeps no
    face, so that nothing is left of one that was taken back.
    """

    __tablename__ = "young_view"
    unlogged = frozenset({"face"})
    __table_args__ = (
        exactly_one("person_id", "entry_id"),
        sa.Index("ix_young_view_action", "action_id", "at"),
    )

    action_id: Mapped[int] = mapped_column(sa.ForeignKey("action.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("card_entry.id"), default=None)
    face: Mapped[Face] = mapped_column(choice(Face))
    words_entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("card_entry.id"), default=None)
    at: Mapped[datetime]


class ViewMonth(Row, kw_only=True):
    """A month whose end has come: its faces were counted once and are never counted again."""

    __tablename__ = "view_month"

    month: Mapped[date] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class ViewFace(Row, kw_only=True):
    """The face that an action, a commitment or a theme shows after a month, said by enough people.

    Views given before `counted_to` are in it. One that too few people have spoken about has no row.
    The log keeps only its digest.
    """

    __tablename__ = "view_face"
    unlogged: ClassVar[frozenset[str]] = frozenset(
        {"action_id", "commitment_id", "theme_id", "face", "counted_to"}
    )
    __table_args__ = (
        exactly_one("action_id", "commitment_id", "theme_id"),
        sa.UniqueConstraint("view_month_id", "action_id"),
        sa.UniqueConstraint("view_month_id", "commitment_id"),
        sa.UniqueConstraint("view_month_id", "theme_id"),
    )

    view_month_id: Mapped[int] = mapped_column(sa.ForeignKey("view_month.id"))
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("action.id"), default=None)
    commitment_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("promise_commitment.id"), default=None
    )
    theme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("promise_theme.id"), default=None)
    face: Mapped[Face] = mapped_column(choice(Face))
    counted_to: Mapped[date]


class ViewVoice(Row, kw_only=True):
    """Who is in a face that is shown now, and what they said: hashes under the server's key.

    Only those of the newest month are kept, to see how many have changed at the next turn.
    """

    __tablename__ = "view_voice"

    view_face_id: Mapped[int] = mapped_column(sa.ForeignKey("view_face.id"), index=True)
    who: Mapped[str] = mapped_column(sa.String(64))
    said: Mapped[str] = mapped_column(sa.String(64))
