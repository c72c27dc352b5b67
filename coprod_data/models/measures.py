"""Published figures of the council, year by year."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.measures import Better, MeasureArea, MeasureUnit


class Measure(Row, kw_only=True):
    """What is measured. Numbers are kept in tenths: 61.5 percent is 615."""

    __tablename__ = "measure"
    told = {"area": "area", "unit": "unit", "better": "direction", "target": "target, in tenths"}

    title: Mapped[str] = mapped_column(sa.String(160), unique=True)
    area: Mapped[MeasureArea] = mapped_column(choice(MeasureArea))
    unit: Mapped[MeasureUnit] = mapped_column(choice(MeasureUnit))
    better: Mapped[Better] = mapped_column(choice(Better))
    target: Mapped[int | None] = mapped_column(default=None)


class MeasureFigure(Row, kw_only=True):
    """A measure as it was on a day. `value` is null where it would tell of fewer than five people.

    `base` is of how many it is a share. `comparator` is the figure of others, who are named in
    `compared_with`.
    """

    __tablename__ = "measure_figure"
    __table_args__ = (sa.UniqueConstraint("measure_id", "as_at"),)

    measure_id: Mapped[int] = mapped_column(sa.ForeignKey("measure.id"))
    as_at: Mapped[date] = mapped_column(index=True)
    value: Mapped[int | None] = mapped_column(default=None)
    base: Mapped[int | None] = mapped_column(default=None)
    comparator: Mapped[int | None] = mapped_column(default=None)
    compared_with: Mapped[str] = mapped_column(sa.String(80), default="")
    source: Mapped[str] = mapped_column(sa.String(240), default="")
