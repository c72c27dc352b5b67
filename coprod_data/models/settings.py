"""Settings the administrator edits, drafts of long staff texts, jobs and rate counters."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row, choice
from coprod_data.vocabulary.settings import SettingKey


class Setting(Base, kw_only=True):
    """One setting. `value` is JSON: a text, a number, a list or null."""

    __tablename__ = "setting"

    key: Mapped[SettingKey] = mapped_column(choice(SettingKey), primary_key=True)
    value: Mapped[Any] = mapped_column(sa.JSON)
    changed_at: Mapped[datetime]


class Draft(Row, kw_only=True):
    """What a member of staff has typed and not yet saved; only that person can read it.

    `opened` is a digest of what the form showed when it was typed, so that a change since is seen.
    Two tabs with the same form may each have a draft of it.
    """

    __tablename__ = "draft"
    __table_args__ = (sa.Index("ix_draft_person_id_form_subject", "person_id", "form", "subject"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    form: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.Text)
    saved_at: Mapped[datetime]
    opened: Mapped[str] = mapped_column(sa.String(64), default="")


class Job(Base, kw_only=True):
    """A recurring job; a run holds the lock on its row."""

    __tablename__ = "job"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    ran_at: Mapped[datetime | None] = mapped_column(default=None)


class RateCount(Row, kw_only=True):
    """How often one address did one thing. The address is a hash, with a new key each day."""

    __tablename__ = "rate_count"
    __table_args__ = (sa.Index("ix_rate_count_what", "what", "address_hash", "at"),)

    what: Mapped[str] = mapped_column(sa.String(20))
    address_hash: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]
