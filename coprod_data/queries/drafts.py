"""What this person had typed into a form and not yet saved."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Draft
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.draft_marks import DraftMark


@dataclass(frozen=True)
class TypedText:
    """What was typed into one box; `opened` is a digest of what its form showed then."""

    text: str
    opened: str
    mark: DraftMark


def draft(db: Session, actor: Actor, form: str, subject: str) -> str | None:
    """Return what this person had typed into a box. An emptied box is a draft; None is none."""
    actor.must(Permission.DRAFTS_OWN)
    return db.scalar(
        sa.select(Draft.text)
        .where(Draft.person_id == actor.id, Draft.form == form, Draft.subject == subject)
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
        .limit(1)
    )


def typed_before(db: Session, actor: Actor, form: str, about: str) -> dict[str, TypedText] | None:
    """Return what this person had typed into a form about one thing, by the names of its boxes:
    of several tabs what was typed last.

    None says that nothing is kept: a young person's unsent words stay on their own device.
    """
    actor.must(Permission.ACCOUNT_OWN)
    if not actor.may(Permission.DRAFTS_OWN) or Role.YOUNG_PERSON in actor.roles:
        return None
    rows = db.execute(
        sa.select(Draft.subject, Draft.text, Draft.opened, Draft.id, Draft.saved_at)
        .where(
            Draft.person_id == actor.id,
            Draft.form == form,
            Draft.subject.startswith(f"{about}:", autoescape=True),
        )
        .order_by(Draft.saved_at, Draft.id)
    )
    return {
        row.subject.removeprefix(f"{about}:"): TypedText(
            row.text, row.opened, DraftMark(row.id, row.saved_at)
        )
        for row in rows
    }
