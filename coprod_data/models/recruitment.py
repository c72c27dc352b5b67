"""Recruitment with young people and parents: who was on the panel, as numbers, and what changed."""

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row


class Recruitment(Row, kw_only=True):
    """The recruitment to a post. Its panel is counted, never named; nobody is counted twice.

    `key_post`: somebody in it works with children and young people with SEND. `with_send` are young
    people with SEND, `young_people` all others.
    """

    __tablename__ = "recruitment"
    told = {
        "owner_id": "who leads it",
        "service_id": "service",
        "meets_on": "day of the panel",
        "key_post": "key post",
    }
    unlogged: ClassVar[frozenset[str]] = frozenset({"with_send", "young_people", "parents"})

    post: Mapped[str] = mapped_column(sa.String(160))
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("service.id"), index=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    meets_on: Mapped[date]
    key_post: Mapped[bool] = mapped_column(default=False)
    with_send: Mapped[int] = mapped_column(default=0)
    young_people: Mapped[int] = mapped_column(default=0)
    parents: Mapped[int] = mapped_column(default=0)
    prepared: Mapped[str] = mapped_column(sa.Text, default="")
    asked: Mapped[str] = mapped_column(sa.Text, default="")
    what_changed: Mapped[str] = mapped_column(sa.Text, default="")
    thanked: Mapped[str] = mapped_column(sa.Text, default="")
