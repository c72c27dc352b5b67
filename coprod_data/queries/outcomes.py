"""Outcomes as they read: staff say done, sent back, or done together with both signatures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.clocks import london_day
from coprod_data.models import (
    Action,
    CardEntry,
    CoSignature,
    EntryVersion,
    Invitation,
    NotYet,
    Opportunity,
    OpportunityYoung,
    Outcome,
    OutcomeAction,
    Person,
    PromiseTheme,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.scopes.entries import let_out, released, words_for
from coprod_data.scopes.opportunities import matched, own_seat, taking_part
from coprod_data.scopes.outcomes import (
    sent_back,
    shown_state,
    signed_by,
    waits_for_signatures,
)
from coprod_data.vocabulary import Capacity, ConsentUse, OpportunityState, Side

PAGE = 50
_SIGNER, _RECORDER, _WITNESS = aliased(Person), aliased(Person), aliased(Person)


@dataclass(frozen=True)
class SignatureRow:
    """One side's signature.

    A young person is never named. `paper_by` names the two workers of a paper signature, or the
    one while it waits for a second; `counts` tells which.
    """

    id: int
    side: Side
    capacity: Capacity
    name: str
    on: date
    paper_by: tuple[str, ...]
    counts: bool


@dataclass(frozen=True)
class OutcomeRow:
    """What changed because of one opportunity.

    `state` is staff_say_done, disputed (sent back) or co_signed; `not_yet` says that a young
    person said "not yet", which may stand beside two signatures.
    """

    id: int
    opportunity_id: int
    title: str
    theme: str
    icon: str
    what_changed: str
    state: str
    not_yet: bool
    not_yet_words: str
    public: bool
    proposed_on: date
    proposed_by: str
    co_signed_on: date | None
    members: tuple[str, ...]
    actions: tuple[str, ...]
    signatures: tuple[SignatureRow, ...]

    @property
    def signed(self) -> frozenset[Side]:
        """Return the sides whose signature counts."""
        return frozenset(one.side for one in self.signatures if one.counts)


@dataclass(frozen=True)
class MyOutcome:
    """An outcome of work that a young person is in; `answer` is signed, not_yet or None."""

    outcome: OutcomeRow
    answer: str | None
    may_sign: bool


def done_together(db: Session, actor: Actor, *, limit: int = PAGE) -> list[OutcomeRow]:
    """Return the newest outcomes that both sides signed."""
    actor.must(Permission.OUTCOMES_READ)
    return _rows(db, actor, Outcome.co_signed_at.is_not(None), limit=limit)


def outcomes(
    db: Session, actor: Actor, *, opportunity_id: int | None = None, states: Collection[str] = ()
) -> list[OutcomeRow]:
    """Return 50 outcomes in five statements, the newest first, of one opportunity or of all.

    `states` are states as rows show them; none means all.
    """
    actor.must(Permission.OUTCOMES_READ)
    conditions = [] if opportunity_id is None else [Outcome.opportunity_id == opportunity_id]
    if states:
        conditions.append(shown_state().in_(states))
    return _rows(db, actor, *conditions)


def outcome(db: Session, actor: Actor, outcome_id: int) -> OutcomeRow:
    """Return one outcome. Raises NotFound."""
    actor.must(Permission.OUTCOMES_READ)
    rows = _rows(db, actor, Outcome.id == outcome_id)
    if not rows:
        raise NotFound("There is no such outcome.")
    return rows[0]


def outcomes_to_sign(db: Session, actor: Actor) -> list[OutcomeRow]:
    """Return proposals that wait for this member's or officer's own signature."""
    actor.must(Permission.OUTCOMES_SIGN)
    in_it = sa.exists().where(
        Invitation.opportunity_id == Outcome.opportunity_id,
        Invitation.person_id == actor.person_id,
        matched(),
    )
    working = Opportunity.state == OpportunityState.WORKING
    return _rows(db, actor, waits_for_signatures(), ~signed_by(Side.STAFF), in_it, working)


def outcomes_of_mine(db: Session, actor: Actor, entry_id: int | None = None) -> list[MyOutcome]:
    """Return as a young person the outcomes of work that one is in, the newest first.

    `entry_id` leaves those alone that one is in by that card; a code sees those of its own card.
    A card that is taken back or held is in nothing.
    """
    actor.must(Permission.OUTCOMES_SIGN)
    seat = sa.and_(
        OpportunityYoung.opportunity_id == Outcome.opportunity_id,
        own_seat(actor),
        taking_part(let_out()),
        sa.true() if entry_id is None else OpportunityYoung.entry_id == entry_id,
    )
    found = _rows(db, actor, sa.exists().where(seat))
    answers = _answers(db, [row.id for row in found], seat)
    return [_mine(row, answers.get(row.id)) for row in found]


def _mine(row: OutcomeRow, answer: str | None) -> MyOutcome:
    waits = row.state == "staff_say_done" and Side.YOUNG not in row.signed
    return MyOutcome(row, answer, may_sign=answer is None and waits)


def _answers(db: Session, ids: list[int], seat: sa.ColumnElement[bool]) -> dict[int, str]:
    """Return by outcome what this young person answered; a "not yet" is the last word."""
    answers: dict[int, str] = {}
    for answer, table in (("signed", CoSignature), ("not_yet", NotYet)):
        same = sa.or_(
            table.entry_id == OpportunityYoung.entry_id,
            table.person_id == OpportunityYoung.person_id,
        )
        given = (
            sa.select(Outcome.id)
            .join(table, table.outcome_id == Outcome.id)
            .join(OpportunityYoung, sa.and_(seat, same))
            .where(Outcome.id.in_(ids))
        )
        answers.update(dict.fromkeys(db.scalars(given), answer))
    return answers


def _rows(
    db: Session, actor: Actor, *conditions: sa.ColumnElement[bool], limit: int = PAGE
) -> list[OutcomeRow]:
    chosen = db.execute(
        sa.select(
            Outcome,
            Opportunity.title,
            PromiseTheme.young_title,
            PromiseTheme.icon,
            Person.name,
            shown_state().label("shown"),
            sent_back().label("not_yet"),
        )
        .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
        .join(PromiseTheme, PromiseTheme.id == Opportunity.theme_id)
        .join(Person, Person.id == Outcome.proposed_by_id)
        .where(*conditions)
        .order_by(sa.func.coalesce(Outcome.co_signed_at, Outcome.proposed_at).desc(), Outcome.id)
        .limit(limit)
    ).all()
    if not chosen:
        return []
    ids = [row.Outcome.id for row in chosen]
    members = _members(db, {row.Outcome.opportunity_id for row in chosen})
    actions = _actions(db, ids)
    signatures = _signatures(db, ids)
    reasons = _not_yet_words(db, actor, ids)
    return [
        OutcomeRow(
            id=row.Outcome.id,
            opportunity_id=row.Outcome.opportunity_id,
            title=row.title,
            theme=row.young_title,
            icon=row.icon,
            what_changed=row.Outcome.what_changed,
            state=row.shown,
            not_yet=row.not_yet,
            not_yet_words=reasons.get(row.Outcome.id, ("", True))[0],
            public=reasons.get(row.Outcome.id, ("", True))[1],
            proposed_on=london_day(row.Outcome.proposed_at),
            proposed_by=row.name,
            co_signed_on=(
                london_day(row.Outcome.co_signed_at) if row.Outcome.co_signed_at else None
            ),
            members=tuple(members.get(row.Outcome.opportunity_id, ())),
            actions=tuple(actions.get(row.Outcome.id, ())),
            signatures=tuple(signatures.get(row.Outcome.id, ())),
        )
        for row in chosen
    ]


def _members(db: Session, opportunity_ids: Collection[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for opportunity_id, name in db.execute(
        sa.select(Invitation.opportunity_id, Person.name)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.opportunity_id.in_(opportunity_ids), matched())
        .order_by(Invitation.confirmed_at, Invitation.id)
    ):
        names.setdefault(opportunity_id, []).append(name)
    return names


def _actions(db: Session, outcome_ids: Collection[int]) -> dict[int, list[str]]:
    titles: dict[int, list[str]] = {}
    for outcome_id, title in db.execute(
        sa.select(OutcomeAction.outcome_id, Action.title)
        .join(Action, Action.id == OutcomeAction.action_id)
        .where(OutcomeAction.outcome_id.in_(outcome_ids))
        .order_by(Action.id)
    ):
        titles.setdefault(outcome_id, []).append(title)
    return titles


def _not_yet_words(
    db: Session, actor: Actor, outcome_ids: Collection[int]
) -> dict[int, tuple[str, bool]]:
    """Return by outcome the released words of a "not yet", and whether they are public."""
    return {
        outcome_id: (words or "", public)
        for outcome_id, words, public in db.execute(
            sa.select(NotYet.outcome_id, EntryVersion.thinks, released(ConsentUse.PUBLIC))
            .join(CardEntry, CardEntry.id == NotYet.reason_entry_id)
            .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
            .where(NotYet.outcome_id.in_(outcome_ids), words_for(actor))
            .order_by(NotYet.id)
        )
    }


def _signatures(db: Session, outcome_ids: Collection[int]) -> dict[int, list[SignatureRow]]:
    rows: dict[int, list[SignatureRow]] = {}
    for signed, name, recorded_by, witnessed_by in db.execute(
        sa.select(CoSignature, _SIGNER.name, _RECORDER.name, _WITNESS.name)
        .outerjoin(_SIGNER, _SIGNER.id == CoSignature.person_id)
        .outerjoin(_RECORDER, _RECORDER.id == CoSignature.recorded_by_id)
        .outerjoin(_WITNESS, _WITNESS.id == CoSignature.witnessed_by_id)
        .where(CoSignature.outcome_id.in_(outcome_ids))
        .order_by(CoSignature.at, CoSignature.id)
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
            )
        )
    return rows
