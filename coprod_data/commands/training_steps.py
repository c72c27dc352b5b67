"""A date of a course that is about to change: a step of the commands of training."""

from sqlalchemy.orm import Session

from coprod_data.commands.rows import locked
from coprod_data.models import Course, CourseDate
from coprod_data.permissions import NotFound, Refused

ENDED = "This course is not offered any more."


def date_in_turn(db: Session, date_id: int) -> CourseDate:
    """Return a date as it is now; nobody else books a place of its course meanwhile.

    Raises NotFound, Refused for one that was cancelled.
    """
    row = db.get(CourseDate, date_id)
    if row is None:
        raise NotFound("We could not find that date. Reload the page.")
    locked(db, Course, row.course_id, "course")
    db.refresh(row)
    if row.cancelled_at is not None:
        raise Refused("This date was cancelled.")
    return row
