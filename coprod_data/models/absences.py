"""When members of the two teams and the chair are away."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row


class Absence(Row, kw_only=True):
    """Days on which a person is away, the first and the last included, in London."""

    __tablename__ = "absence"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    from_day: Mapped[date]
    to_day: Mapped[date]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
