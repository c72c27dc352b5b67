"""What commands do with rows: lock one, look for one, compare it with a form, check, add one.

Any command may call these. `kept` records an event; the others only read.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.event_log import record
from coprod_data.models import (
    Person,
    Project,
    PromiseCommitment,
    PromiseTheme,
    Recruitment,
    RoleGrant,
    Service,
    ServiceMember,
)
from coprod_data.models.base import Base, Row
from coprod_data.permissions import (
    KEEPERS,
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotFound,
    Refused,
    Role,
)
from coprod_data.scopes.owned_rows import RIGHTS, Led, may_be_changed_by
from coprod_data.scopes.people import holds
from coprod_data.scopes.promise import theme_in_force
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled

Noun = TypeVar("Noun", bound=Base)
Member = TypeVar("Member", bound=Hashable)


def locked(db: Session, noun: type[Noun], row_id: int, word: str, *, closed: str = "") -> Noun:
    """Return a row as it is now; nobody else can change it until this transaction ends.

    `word` is what people call it. With `closed`, a row that has `closed_at` is refused by that
    sentence. Raises NotFound, Refused.
    """
    row = db.get(noun, row_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(f"We could not find that {word}. Reload the page.")
    if closed and getattr(row, "closed_at", None) is not None:  # only some nouns close
        raise Refused(closed)
    return row


def plan_in_turn(db: Session) -> None:
    """Let nobody adopt a wording of The Promise while somebody chooses one of its commitments."""
    in_turn(db, "the plan")


def known(db: Session, noun: type[Noun], **by: Any) -> Noun | None:
    """Return the first row that has these values, or None."""
    return db.scalars(sa.select(noun).filter_by(**by).limit(1)).first()


def must_be_as_opened(
    now: Mapping[str, Any], opened: Mapping[str, Any] | None, typed: Mapping[str, Any]
) -> None:
    """Check that no value which the form was opened with has become another since.

    `now` is what the rows say, `typed` what is about to be saved in their place; who typed the same
    as the other person may save it. Without `opened` there was no form, so nothing is checked.
    Raises ChangedMeanwhile.
    """
    changed = {name: now[name] for name, seen in (opened or {}).items() if now[name] != seen}
    if any(name not in typed or typed[name] != value for name, value in changed.items()):
        raise ChangedMeanwhile(changed)


def changed_set(
    now: Collection[Member], opened: Collection[Member] | None, typed: Collection[Member]
) -> frozenset[Member]:
    """Return what a set becomes when only the changes of the person who typed are made to it.

    What somebody else added or took away since the form was opened stays so. Without `opened` there
    was no form, and the set becomes what was typed.
    """
    if opened is None:
        return frozenset(typed)
    added, removed = set(typed) - set(opened), set(opened) - set(typed)
    return frozenset((set(now) | added) - removed)


def must_be_new(
    db: Session,
    noun: type[Row],
    word: str,
    *,
    beside: Row | None = None,
    taken: str = "There is already a {word} with that name.",
    **by: Any,
) -> None:
    """Check that no other row has these values; `beside` is the row that is about to get them.

    Whoever asks for the same at the same moment waits for this transaction, and then finds its row.
    Raises Invalid with the sentence `taken`, and the first name of `by` as its field.
    """
    in_turn(db, f"new {noun.__tablename__}")
    other = known(db, noun, **by)
    if other is not None and other is not beside:
        raise Invalid(taken.format(word=word), field=next(iter(by)))


def must_be_promised(db: Session, commitment_id: int | None) -> None:
    """Check that a commitment, if one is named, is in The Promise in force. Raises NotFound."""
    if commitment_id is None:
        return
    in_force = sa.exists().where(
        PromiseCommitment.id == commitment_id,
        PromiseTheme.id == PromiseCommitment.theme_id,
        theme_in_force(),
    )
    if not db.scalar(sa.select(in_force)):
        raise NotFound(labelled("This commitment is no longer in The Promise. Choose another."))


def must_be_promised_theme(db: Session, theme_id: int | None) -> None:
    """Check that a theme, if one is named, is in The Promise in force. Raises NotFound."""
    if theme_id is None:
        return
    if not db.scalar(
        sa.select(PromiseTheme.id).where(PromiseTheme.id == theme_id, theme_in_force())
    ):
        raise NotFound(labelled("This part is no longer in The Promise. Choose another."))


def must_be_an_adult(db: Session, person_id: int, why: str) -> None:
    """Check that an open account is not a young person's; `why` says why it must not be.

    Raises NotFound, Invalid.
    """
    person = db.get(Person, person_id)
    if person is None or person.disabled_at is not None:
        raise NotFound("We could not find that account.")
    if known(db, RoleGrant, person_id=person_id, role=Role.YOUNG_PERSON, ended_at=None):
        raise Invalid(why, field="person")


def must_keep(db: Session, actor: Actor, noun: Led, row_id: int) -> None:
    """Check that this actor may change a project or a recruitment. Raises NotAllowed."""
    if not db.scalar(sa.select(noun.id).where(noun.id == row_id, may_be_changed_by(actor, noun))):
        raise actor.refusal(
            RIGHTS[noun][0],
            "This belongs to another service. Ask who leads it, or the Youth Voice Team.",
        )


def must_be_led(
    db: Session,
    actor: Actor,
    noun: Led,
    *,
    service_id: int,
    owner_id: int,
    before: Project | Recruitment | None = None,
) -> None:
    """Check that a service is in use and that who leads a row of it is a manager or of the Youth
    Voice Team; what was chosen `before` may stay. Who keeps only their own leads it, or it is of a
    service of theirs. Raises Invalid.
    """
    service = known(db, Service, id=service_id)
    stays = before is not None and before.service_id == service_id
    if service is None or (service.retired_at is not None and not stays):
        raise Invalid("Choose a service of this council.", field="service_id")
    if before is None or before.owner_id != owner_id:
        keeps = sa.and_(Person.id == owner_id, holds(*KEEPERS))
        if not db.scalar(sa.select(sa.exists().where(keeps))):
            raise Invalid("Choose a manager or somebody in the Youth Voice Team.", field="owner_id")
    if actor.may(RIGHTS[noun][0]) or owner_id == actor.id:
        return
    if known(db, ServiceMember, service_id=service_id, person_id=actor.id) is None:
        raise Invalid("Choose one of your own services.", field="service_id")


def kept(db: Session, actor: Actor, kind: EventKind, row: Row, **facts: Any) -> int:
    """Add a new row and record an event. Returns its id."""
    db.add(row)
    record(db, actor, kind, row, **facts)
    return row.id
