"""Policies written together: their life, versions, parts with easy words, and cut text."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.policies import CutState, PolicyStep


class Policy(Row, kw_only=True):
    """A policy. `next_with` and `next_by` say who has its next step, and by when.

    `definitions` is a line for each term: the term, a colon, what it means. `what_changed` is what
    changed because of it. `lap` counts how often it went through its life: a review begins another.
    """

    __tablename__ = "policy"
    told = {
        "owner_id": "who leads it",
        "next_by": "day of the next step",
        "valid_from": "valid from",
        "valid_to": "valid to",
        "review_on": "review",
        "target_pages": "pages at most",
    }

    title: Mapped[str] = mapped_column(sa.String(160))
    purpose: Mapped[str] = mapped_column(sa.Text, default="")
    audiences: Mapped[str] = mapped_column(sa.Text, default="")
    partners: Mapped[str] = mapped_column(sa.Text, default="")
    co_producers: Mapped[str] = mapped_column(sa.Text, default="")
    definitions: Mapped[str] = mapped_column(sa.Text, default="")
    defined_with: Mapped[str] = mapped_column(sa.String(160), default="")
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    target_pages: Mapped[int] = mapped_column(default=1)
    next_with: Mapped[str] = mapped_column(sa.String(160), default="")
    next_by: Mapped[date | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    review_on: Mapped[date | None] = mapped_column(default=None)
    what_changed: Mapped[str] = mapped_column(sa.Text, default="")
    lap: Mapped[int] = mapped_column(default=1)


class PolicyDone(Row, kw_only=True):
    """A step of a policy's life that was taken, or skipped for a reason."""

    __tablename__ = "policy_done"
    __table_args__ = (sa.UniqueConstraint("policy_id", "lap", "step"),)
    told = {"step": "step", "done_on": "day"}

    policy_id: Mapped[int] = mapped_column(sa.ForeignKey("policy.id"))
    lap: Mapped[int]
    step: Mapped[PolicyStep] = mapped_column(choice(PolicyStep))
    done_on: Mapped[date]
    why_skipped: Mapped[str] = mapped_column(sa.Text, default="")


class PolicyVersion(Row, kw_only=True):
    """A version of a policy's text. `revision` counts its changes.

    `put_out_at`: from then on the public reads it. `signed_at`: it is signed off and frozen.
    `easy_by` wrote the easy-read twin, by first name or group; `easy_read_by` are others who read
    it, and is empty again once a part of the twin says something else.
    """

    __tablename__ = "policy_version"
    __table_args__ = (
        sa.UniqueConstraint("policy_id", "number"),
        sa.CheckConstraint(
            "signed_at IS NULL OR (easy_by <> '' AND easy_read_by <> '')", name="signed_with_twin"
        ),
    )
    told = {"number": "version"}

    policy_id: Mapped[int] = mapped_column(sa.ForeignKey("policy.id"))
    number: Mapped[int]
    made_on: Mapped[date]
    written_by: Mapped[str] = mapped_column(sa.String(160), default="")
    revision: Mapped[int] = mapped_column(default=1)
    easy_by: Mapped[str] = mapped_column(sa.String(160), default="")
    easy_read_by: Mapped[str] = mapped_column(sa.String(160), default="")
    put_out_at: Mapped[datetime | None] = mapped_column(default=None)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)


class PolicyPart(Row, kw_only=True):
    """A part of a version with its easy words, a row for both, so that the twins cannot slip.

    `part` is the same in each version. `text_at` is the revision of the version at which its text
    was written, `easy_for` the one that the easy words were written for: they are out of date where
    the two differ.
    """

    __tablename__ = "policy_part"
    __table_args__ = (sa.UniqueConstraint("version_id", "part"),)

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("policy_version.id"))
    part: Mapped[int]
    place: Mapped[int]
    heading: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str] = mapped_column(sa.Text)
    easy: Mapped[str] = mapped_column(sa.Text, default="")
    text_at: Mapped[int] = mapped_column(default=1)
    easy_for: Mapped[int] = mapped_column(default=0)
    tested_with: Mapped[str] = mapped_column(sa.String(160), default="")
    tested_said: Mapped[str] = mapped_column(sa.Text, default="")


class PolicyCut(Row, kw_only=True):
    """Text that was cut from a version, and where it is now: never lost."""

    __tablename__ = "policy_cut"
    told = {"state": "place of a cut text"}

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("policy_version.id"), index=True)
    heading: Mapped[str] = mapped_column(sa.String(160))
    text: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[CutState] = mapped_column(choice(CutState), default=CutState.KEPT)
