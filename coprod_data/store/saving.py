"""Whether anything can be saved: by saving something."""

from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Job

SAVING = "save a line"
SAVED_EVERY = timedelta(minutes=1)


def save_a_line(db: Session, at: datetime) -> None:
    """Save a line once a minute; in between only ask for the lock, because anybody may ask."""
    saved = db.get(Job, SAVING)
    if saved is None:
        with suppress(sa.exc.IntegrityError), db.begin_nested():  # of two servers one is first
            db.add(Job(name=SAVING, ran_at=at))
    elif saved.ran_at is None or abs(at - saved.ran_at) >= SAVED_EVERY:
        saved.ran_at = at
    else:
        db.execute(sa.delete(Job).where(sa.false()))
