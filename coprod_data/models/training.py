"""Training: courses, the dates on which they are held, who is booked, and who has no account."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.vocabulary.training import Audience, BookingState, TrainingLevel


class Course(Row, kw_only=True):
    """A course, and for which audiences it is; each is a column of its own.

    `aims` is what young people expect of it. `required`: managers, officers and members of its
    audiences have to do it. `refresh_months` is after how many months it has to be done again, None
    for never. `with_young`: young people deliver it with us; `accessible`: for those with SEND too.
    """

    __tablename__ = "course"
    told = {
        "level": "level",
        "required": "has to be done",
        "refresh_months": "months until it is refreshed",
        "with_young": "delivered with young people",
        "accessible": "accessible",
        **{one.value: f"for {one.words.lower()}" for one in Audience},
    }

    title: Mapped[str] = mapped_column(sa.String(120), unique=True)
    level: Mapped[TrainingLevel] = mapped_column(choice(TrainingLevel))
    aims: Mapped[str] = mapped_column(sa.Text, default="")
    managers: Mapped[bool] = mapped_column(default=False)
    officers: Mapped[bool] = mapped_column(default=False)
    members: Mapped[bool] = mapped_column(default=False)
    young: Mapped[bool] = mapped_column(default=False)
    parents: Mapped[bool] = mapped_column(default=False)
    partners: Mapped[bool] = mapped_column(default=False)
    required: Mapped[bool] = mapped_column(default=False)
    refresh_months: Mapped[int | None] = mapped_column(default=None)
    with_young: Mapped[bool] = mapped_column(default=False)
    accessible: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class CourseDate(Row, kw_only=True):
    """A day on which a course is held, with its places. `begins` and `ends` as of a meeting.

    `place` says where else than at a venue. `send_came` is how many of the young people who came
    have SEND: a number, never who.
    """

    __tablename__ = "course_date"
    told = {"held_on": "day", "places": "places", "venue_id": "venue"}

    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"), index=True)
    held_on: Mapped[date]
    begins: Mapped[str] = mapped_column(sa.String(5), default="")
    ends: Mapped[str] = mapped_column(sa.String(5), default="")
    places: Mapped[int]
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venue.id"), default=None)
    place: Mapped[str] = mapped_column(sa.String(160), default="")
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)
    recorded_at: Mapped[datetime | None] = mapped_column(default=None)
    send_came: Mapped[int | None] = mapped_column(default=None)


class Learner(Row, kw_only=True):
    """Somebody in role who has no account: an officer of a service, a parent, a partner.

    Never a young person: without an account they have no name here.
    """

    __tablename__ = "learner"
    __table_args__ = (sa.CheckConstraint("audience <> 'young'", name="not_young"),)
    told = {"left_on": "day of leaving", "service_id": "service"}

    name: Mapped[str] = mapped_column(sa.String(120))
    audience: Mapped[Audience] = mapped_column(choice(Audience))
    service_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("service.id"), index=True, default=None
    )
    left_on: Mapped[date | None] = mapped_column(default=None)


class Booking(Row, kw_only=True):
    """A booking of an account, of a learner, or of a young person who has no account.

    Who has a place follows from `turn`, the order of booking: the first so many as there are
    places have one, the others wait. So what becomes free is the place of the first who waits.
    `waited`: they had to, and nobody has said since that they know of the place they got.
    """

    __tablename__ = "booking"
    __table_args__ = (
        sa.UniqueConstraint("date_id", "person_id"),
        sa.UniqueConstraint("date_id", "learner_id"),
        sa.UniqueConstraint("date_id", "turn"),
        sa.CheckConstraint("person_id IS NULL OR learner_id IS NULL", name="one_of_both"),
    )

    date_id: Mapped[int] = mapped_column(sa.ForeignKey("course_date.id"))
    person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id"), index=True, default=None
    )
    learner_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("learner.id"), index=True, default=None
    )
    turn: Mapped[int]
    state: Mapped[BookingState] = mapped_column(choice(BookingState), default=BookingState.BOOKED)
    waited: Mapped[bool] = mapped_column(default=False)
