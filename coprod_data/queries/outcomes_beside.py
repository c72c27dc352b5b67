"""What is shown with outcomes: who took part, what was done, who signed, why some said not yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Action,
    CardEntry,
    CoSignature,
    EntryVersion,
    Invitation,
    NotYet,
    OutcomeAction,
    Person,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.entries import released, words_for
from coprod_data.scopes.opportunities import matched
from coprod_data.scopes.outcomes import by_code
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.outcomes import Capacity, Side

Statement = sa.Select[*tuple[Any, ...]]

_SIGNER, _RECORDER, _WITNESS = aliased(Person), aliased(Person), aliased(Person)


@dataclass(frozen=True)
class SignatureRow:
    """One side's signature.

    A young person is never named. `paper_by` names the two workers who recorded a paper signature,
    or the first while it waits for a second; `counts` says whether both have. `by_code` says
    that it was given with a card code and nobody said it is known; `known` that somebody did.
    """

    id: int
    side: Side
    capacity: Capacity
    name: str
    on: date
    paper_by: tuple[str, ...]
    counts: bool
    by_code: bool
    known: bool


@dataclass(frozen=True)
class NotYetWords:
    """What a young person wrote when they said not yet, and whether it may be shown in public."""

    entry_id: int
    words: str
    public: bool


def members_in(db: Session, actor: Actor, opportunity_ids: Collection[int]) -> dict[int, list[str]]:
    """Return, by opportunity, the names of its members, in the order they were confirmed."""
    actor.must(Permission.OUTCOMES_READ, Permission.OUTCOMES_SIGN)
    return _gathered(db, _members(), opportunity_ids)


def actions_of(db: Session, actor: Actor, outcome_ids: Collection[int]) -> dict[int, list[str]]:
    """Return, by outcome, the titles of the actions it names."""
    actor.must(Permission.OUTCOMES_READ, Permission.OUTCOMES_SIGN)
    return _gathered(db, _actions(), outcome_ids)


def not_yet_words(
    db: Session, actor: Actor, outcome_ids: Collection[int]
) -> dict[int, NotYetWords]:
    """Return, by outcome, the released words of a "not yet"."""
    actor.must(Permission.OUTCOMES_READ, Permission.OUTCOMES_SIGN)
    rows = db.execute(_not_yet().where(words_for(actor)), {"ids": list(outcome_ids)})
    return {row.outcome_id: NotYetWords(row.id, row.thinks or "", row.public) for row in rows}


def signatures_under(
    db: Session, actor: Actor, outcome_ids: Collection[int]
) -> dict[int, list[SignatureRow]]:
    """Return the signatures of each outcome, in the order they were given."""
    actor.must(Permission.OUTCOMES_READ, Permission.OUTCOMES_SIGN)
    rows: dict[int, list[SignatureRow]] = {}
    for signed, name, recorded_by, witnessed_by, unknown in db.execute(
        _signatures(), {"ids": list(outcome_ids)}
    ):
        workers = tuple(worker for worker in (recorded_by, witnessed_by) if worker)
        rows.setdefault(signed.outcome_id, []).append(
            SignatureRow(
                id=signed.id,
                side=signed.side,
                capacity=signed.capacity,
                name="A young person" if signed.side is Side.YOUNG else name,
                on=london_day(signed.at),
                paper_by=workers,
                counts=len(workers) != 1,
                by_code=unknown,
                known=signed.known_at is not None,
            )
        )
    return rows


def _gathered(db: Session, statement: Statement, ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, text in db.execute(statement, {"ids": list(ids)}):
        found.setdefault(key, []).append(text)
    return found


@statement
def _members() -> Statement:
    return (
        sa.select(Invitation.opportunity_id, Person.name)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.opportunity_id.in_(_ids()), matched())
        .order_by(Invitation.confirmed_at, Invitation.id)
    )


@statement
def _actions() -> Statement:
    return (
        sa.select(OutcomeAction.outcome_id, Action.title)
        .join(Action, Action.id == OutcomeAction.action_id)
        .where(OutcomeAction.outcome_id.in_(_ids()))
        .order_by(Action.id)
    )


@statement
def _not_yet() -> Statement:
    return (
        sa.select(
            NotYet.outcome_id,
            CardEntry.id,
            EntryVersion.thinks,
            released(ConsentUse.PUBLIC).label("public"),
        )
        .join(CardEntry, CardEntry.id == NotYet.reason_entry_id)
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(NotYet.outcome_id.in_(_ids()))
        .order_by(NotYet.id)
    )


@statement
def _signatures() -> Statement:
    return (
        sa.select(CoSignature, _SIGNER.name, _RECORDER.name, _WITNESS.name, by_code())
        .outerjoin(_SIGNER, _SIGNER.id == CoSignature.person_id)
        .outerjoin(_RECORDER, _RECORDER.id == CoSignature.recorded_by_id)
        .outerjoin(_WITNESS, _WITNESS.id == CoSignature.witnessed_by_id)
        .where(CoSignature.outcome_id.in_(_ids()))
        .order_by(CoSignature.at, CoSignature.id)
    )


def _ids() -> sa.BindParameter[int]:
    return sa.bindparam("ids", expanding=True)
