"""Recruitment as shown: small numbers of a panel only to those who keep it, and how often it was
done with young people.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Person, Recruitment, Service
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.scopes.owned_rows import may_be_changed_by

AS_KEPT = (
    "id", "post", "service_id", "owner_id", "meets_on", "key_post", "prepared", "asked",
    "what_changed", "thanked",
)  # fmt: skip
PEOPLE = {
    "with_send": "Young people with SEND",
    "young_people": "Other young people",
    "parents": "Parents and carers",
}


@dataclass(frozen=True)
class PanelPart:
    """One kind of people on a panel; `number` is None where it is under five and the reader does
    not keep this recruitment, nobody there is no part.
    """

    words: str
    number: int | None

    @property
    def as_said(self) -> str:
        """The words and the number, for example "Parents and carers: 6"."""
        return f"{self.words}: {self.number or 'fewer than 5'}"


@dataclass(frozen=True)
class RecruitmentRow:
    """The recruitment to a post. `counts` are the numbers as kept, only for who may change them.

    `met` says that its day has come; `owed`, what is not written down after it; `with_young` and
    `with_parents`, that some of them were on the panel.
    """

    id: int
    post: str
    service_id: int
    service: str
    owner_id: int
    owner: str
    owner_gone: bool
    meets_on: date
    key_post: bool
    panel: tuple[PanelPart, ...]
    with_young: bool
    with_parents: bool
    prepared: str
    asked: str
    what_changed: str
    thanked: str
    met: bool
    may_change: bool
    counts: dict[str, int] | None

    @property
    def owner_named(self) -> str:
        """The name of who leads it, and that they have left if they have."""
        return f"{self.owner} (has left)" if self.owner_gone else self.owner

    @property
    def owed(self) -> bool:
        """Say whether a panel met and nobody wrote how it was thanked, or what it changed."""
        return self.met and bool(self.panel) and not (self.thanked and self.what_changed)


@dataclass(frozen=True)
class KeyPosts:
    """Of the key posts whose panel has met, how many young people and parents were in."""

    service_id: int
    service: str
    posts: int
    with_young: int
    with_parents: int


def recruitments(
    db: Session, actor: Actor, *, service_id: int | None = None, key: bool = False
) -> list[RecruitmentRow]:
    """Return recruitments, the latest day first; of one service, or to key posts only."""
    actor.must(Permission.RECRUITMENT_READ)
    which = sa.true() if service_id is None else Recruitment.service_id == service_id
    return _rows(db, actor, sa.and_(which, Recruitment.key_post.is_(True)) if key else which)


def recruitment(db: Session, actor: Actor, recruitment_id: int) -> RecruitmentRow:
    """Return one recruitment. Raises NotFound."""
    actor.must(Permission.RECRUITMENT_READ)
    rows = _rows(db, actor, Recruitment.id == recruitment_id)
    if not rows:
        raise NotFound("We could not find that recruitment.")
    return rows[0]


def services_recruiting(db: Session, actor: Actor) -> dict[int, str]:
    """Return the names of services that have any recruitment, by their numbers."""
    actor.must(Permission.RECRUITMENT_READ)
    rows = db.execute(
        sa.select(Service.id, Service.name)
        .where(sa.exists().where(Recruitment.service_id == Service.id))
        .order_by(Service.name)
    )
    return {row.id: row.name for row in rows}


def key_posts(db: Session, actor: Actor) -> list[KeyPosts]:
    """Return of each service with key posts how many were filled with young people and parents."""
    actor.must(Permission.RECRUITMENT_READ)
    young = sa.or_(Recruitment.with_send > 0, Recruitment.young_people > 0)
    rows = db.execute(
        sa.select(
            Service.id,
            Service.name,
            sa.func.count(),
            sa.func.count().filter(young),
            sa.func.count().filter(Recruitment.parents > 0),
        )
        .join(Recruitment, Recruitment.service_id == Service.id)
        .where(Recruitment.key_post, Recruitment.meets_on <= london_day(actor.at))
        .group_by(Service.id, Service.name)
        .order_by(Service.name)
    )
    return [KeyPosts(*row) for row in rows]


def _rows(db: Session, actor: Actor, which: sa.ColumnElement[bool]) -> list[RecruitmentRow]:
    today = london_day(actor.at)
    mine = may_be_changed_by(actor, Recruitment)
    found = db.execute(
        sa.select(Recruitment, Service.name, Person.name, Person.disabled_at, mine)
        .join(Service, Service.id == Recruitment.service_id)
        .join(Person, Person.id == Recruitment.owner_id)
        .where(which)
        .order_by(Recruitment.meets_on.desc(), Recruitment.id.desc())
    )
    return [
        RecruitmentRow(
            **{name: getattr(one, name) for name in AS_KEPT},
            service=service,
            owner=owner,
            owner_gone=gone is not None,
            panel=_panel(one, exact=bool(may)),
            with_young=bool(one.with_send or one.young_people),
            with_parents=bool(one.parents),
            met=one.meets_on <= today,
            may_change=bool(may),
            counts={name: getattr(one, name) for name in PEOPLE} if may else None,
        )
        for one, service, owner, gone, may in found
    ]


def _panel(row: Recruitment, *, exact: bool) -> tuple[PanelPart, ...]:
    """Return who was on a panel. The kinds exclude each other and no sum of them is told."""
    numbers = {words: getattr(row, name) for name, words in PEOPLE.items()}
    return tuple(
        PanelPart(words, number if exact or number >= SMALLEST else None)
        for words, number in numbers.items()
        if number
    )
