"""Notices to staff that something is waiting: whom, when, how often tried; never what."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row, choice
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind


class Notice(Row, kw_only=True):
    """One notice to one person, or to the LADO, who has no account. It names no entry and has no
    words.

    `due_at` is when it is tried next, and empty once it was sent or given up. `failed` is why the
    last try failed. `seen_at`: the person has opened their work since it was made.
    """

    __tablename__ = "notice"
    __table_args__ = (sa.Index("ix_notice_person", "person_id", "kind", "made_at"),)

    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    made_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    seen_at: Mapped[datetime | None] = mapped_column(default=None)
    tries: Mapped[int] = mapped_column(default=0)
    failed: Mapped[NoticeFault | None] = mapped_column(choice(NoticeFault), default=None)


class ToldToLado(Base, kw_only=True):
    """That the LADO was told of a card which nobody on duty may read, so that it is said once.

    It goes once nobody has to read or end anything of the card. `notice_id` is empty once the
    notice, which was sent, is forgotten.
    """

    __tablename__ = "told_to_lado"

    card_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), primary_key=True)
    notice_id: Mapped[int | None] = mapped_column(sa.ForeignKey("notice.id"), index=True)
