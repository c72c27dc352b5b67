"""What somebody has chosen to be a quote in a form that is not saved: kept with its drafts."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Draft
from coprod_data.permissions import Actor

MARK = "q."  # before the name of the box


def subject_of(about: str, name: str) -> str:
    """Return under which subject of a form's drafts the quotes of a box are kept."""
    return f"{about}:{MARK}{name}"


def chosen_entries(
    db: Session, actor: Actor, form: str, about: str, name: str = ""
) -> frozenset[int]:
    """Return the entries whose words this person has put as quotes into a form, or into one box."""
    kept = db.scalars(
        sa.select(Draft.text).where(
            Draft.person_id == actor.id,
            Draft.form == form,
            Draft.subject.startswith(subject_of(about, name), autoescape=True),
        )
    )
    return frozenset(int(number) for text in kept for number in text.split())
