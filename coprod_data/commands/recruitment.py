"""Recruitment with young people and parents: the panel as numbers, what they asked and changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rewordings import stop_rewording
from coprod_data.commands.rows import (
    kept,
    locked,
    must_be_as_opened,
    must_be_led,
    must_be_new,
    must_keep,
)
from coprod_data.models import Recruitment
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import TextPlace

MOST = 30  # of one kind on a panel
PEOPLE = ("with_send", "young_people", "parents")
TEXTS = {
    "prepared": TextPlace.RECRUITMENT_PREPARED,
    "asked": TextPlace.RECRUITMENT_ASKED,
    "what_changed": TextPlace.RECRUITMENT_CHANGED,
    "thanked": TextPlace.RECRUITMENT_THANKED,
}
AFTERWARDS = ("asked", "what_changed", "thanked")  # nobody knows these before the panel has met


@dataclass(frozen=True, kw_only=True)
class RecruitmentTyped:
    """What a form says of a recruitment. Each person on the panel is counted once."""

    post: str
    service_id: int
    owner_id: int
    meets_on: date
    key_post: bool = False
    with_send: int = 0
    young_people: int = 0
    parents: int = 0
    prepared: str = ""
    asked: str = ""
    what_changed: str = ""
    thanked: str = ""


def add_recruitment(db: Session, actor: Actor, typed: RecruitmentTyped) -> int:
    """Write down the recruitment to a post. Returns its id. Raises Invalid."""
    actor.must(Permission.RECRUITMENT_WRITE, Permission.RECRUITMENT_OWN)
    values = _checked(db, actor, typed)
    must_be_new(
        db, Recruitment, "recruitment", taken="The recruitment to that post is there already.",
        post=values["post"], meets_on=typed.meets_on, service_id=typed.service_id,
    )  # fmt: skip
    return kept(db, actor, EventKind.RECRUITMENT_ADDED, Recruitment(**values))


def change_recruitment(
    db: Session,
    actor: Actor,
    recruitment_id: int,
    typed: RecruitmentTyped,
    *,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what is said of a recruitment; `opened` is what the form showed.

    Raises NotFound, NotAllowed, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.RECRUITMENT_WRITE, Permission.RECRUITMENT_OWN)
    row = _to_change(db, actor, recruitment_id)
    values = _checked(db, actor, typed, row)
    must_be_as_opened({field: getattr(row, field) for field in values}, opened, values)
    for field, value in values.items():
        setattr(row, field, value)
    record_if_changed(db, actor, EventKind.RECRUITMENT_CHANGED, row)


def hand_over_recruitment(
    db: Session, actor: Actor, recruitment_id: int, *, from_id: int, to_id: int
) -> None:
    """Give a recruitment that somebody led to another to lead.

    Raises NotFound, NotAllowed, Invalid, and ChangedMeanwhile where it is not theirs.
    """
    actor.must(Permission.RECRUITMENT_WRITE, Permission.RECRUITMENT_OWN)
    row = _to_change(db, actor, recruitment_id)
    must_be_as_opened({"owner_id": row.owner_id}, {"owner_id": from_id}, {"owner_id": to_id})
    must_be_led(db, actor, Recruitment, service_id=row.service_id, owner_id=to_id, before=row)
    row.owner_id = to_id
    record_if_changed(db, actor, EventKind.RECRUITMENT_CHANGED, row)


def remove_recruitment(db: Session, actor: Actor, recruitment_id: int) -> None:
    """Delete a recruitment that was written down by mistake and whose panel has not met.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.RECRUITMENT_WRITE, Permission.RECRUITMENT_OWN)
    row = _to_change(db, actor, recruitment_id)
    if row.meets_on <= london_day(actor.at):
        raise Refused("This panel has met, so what it did stays. Correct what is wrong instead.")
    stop_rewording(db, actor, [(place, row.id) for place in TEXTS.values()])
    db.delete(row)
    record(db, actor, EventKind.RECRUITMENT_REMOVED, row)


def _to_change(db: Session, actor: Actor, recruitment_id: int) -> Recruitment:
    row = locked(db, Recruitment, recruitment_id, "recruitment")
    must_keep(db, actor, Recruitment, row.id)
    return row


def _checked(
    db: Session, actor: Actor, typed: RecruitmentTyped, before: Recruitment | None = None
) -> dict[str, Any]:
    must_be_led(
        db, actor, Recruitment, service_id=typed.service_id, owner_id=typed.owner_id, before=before
    )
    for name in PEOPLE:
        if not 0 <= getattr(typed, name) <= MOST:
            raise Invalid(f"Give a number from 0 to {MOST}.", field=name)
    texts = {name: optional_text(getattr(typed, name), name) for name in TEXTS}
    early = next((name for name in AFTERWARDS if texts[name]), None)
    if early is not None and typed.meets_on > london_day(actor.at):
        raise Invalid("Write this down once the panel has met.", field=early)
    post = required_line(typed.post, "post", "Say which post it is.")
    return {**vars(typed), **texts, "post": post}
