"""Who holds which office, from when to when."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice, exactly_one
from coprod_data.vocabulary.posts import Office


class Post(Row, kw_only=True):
    """Somebody in an office: an account, or a name. `title` is what the council calls the post."""

    __tablename__ = "post"
    __table_args__ = (exactly_one("person_id", "name"),)
    told = {"began_on": "start", "ended_on": "end"}

    office: Mapped[Office] = mapped_column(choice(Office))
    title: Mapped[str] = mapped_column(sa.String(160), default="")
    person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id"), index=True, default=None
    )
    name: Mapped[str | None] = mapped_column(sa.String(120), default=None)
    began_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(default=None)
