"""What an account says of its owner: name, job, and where notices go."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import known, locked, must_be_as_opened
from coprod_data.models import Person, RoleGrant
from coprod_data.permissions import Actor, NotAllowed, Permission, Role
from coprod_data.rules.addresses import email_address
from coprod_data.rules.texts import is_blank, optional_text
from coprod_data.rules.usernames import checked_name
from coprod_data.vocabulary.events import EventKind


def change_person(
    db: Session,
    actor: Actor,
    person_id: int,
    *,
    name: str,
    job: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Correct the name and job of an account. `opened` holds both as the form showed them.

    Raises NotFound, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    actor.must_have_proved()
    person = locked(db, Person, person_id, "account")
    name = checked_name(name)
    job = optional_text(job, "job", 160)
    now = {"name": person.name, "job": person.job}
    must_be_as_opened(now, opened, {"name": name, "job": job})
    person.name, person.job = name, job
    record_if_changed(db, actor, EventKind.PERSON_CHANGED, person)


def change_work_email(
    db: Session,
    actor: Actor,
    person_id: int,
    address: str,
    *,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Set where notices go for an account; an empty address takes it off.

    People do it for themselves, the administrator for anybody; never for a young person's account.
    `opened` is the `work_email` that the form showed. Raises NotAllowed, NotFound, Invalid,
    ChangedMeanwhile.
    """
    actor.must(Permission.ACCOUNT_OWN, Permission.PEOPLE_MANAGE)
    if person_id != actor.person_id and not actor.may(Permission.PEOPLE_MANAGE):
        raise NotAllowed("You can change only your own work e-mail.")
    if person_id != actor.person_id:
        actor.must_have_proved()
    person = locked(db, Person, person_id, "account")
    if known(db, RoleGrant, person_id=person_id, role=Role.YOUNG_PERSON, ended_at=None):
        raise NotAllowed("A young person’s account never has a work e-mail.")
    kept = email_address(address, "work_email") if not is_blank(address) else None
    now = {"work_email": person.work_email or ""}
    must_be_as_opened(now, opened, {"work_email": kept or ""})
    if kept != person.work_email:
        person.work_email = kept
        record(db, actor, EventKind.PERSON_EMAIL_CHANGED, person)
