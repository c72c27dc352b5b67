"""Outcomes as shown: staff say done, sent back, or done together with both signatures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CoSignature,
    Invitation,
    NotYet,
    Opportunity,
    OpportunityYoung,
    Outcome,
    Person,
    PromiseTheme,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.outcomes_beside import (
    SignatureRow,
    actions_of,
    members_in,
    not_yet_words,
    signatures_under,
)
from coprod_data.rules.clocks import london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.entries import on_its_card
from coprod_data.scopes.opportunities import matched, own_seat, taking_part
from coprod_data.scopes.outcomes import (
    made_both_sides,
    sent_back,
    shown_state,
    signed_by,
    waits_for_signatures,
)
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.outcomes import OutcomeProgress, Side
from coprod_data.vocabulary.rewordings import BEING_REWORDED

Statement = sa.Select[*tuple[Any, ...]]

NOT_YET = "not_yet"  # an answer, beside "signed"
PAGE_SIZE = 50


@dataclass(frozen=True)
class OutcomeRow:
    """What changed because of one opportunity.

    `reworded_on`: it says the same in other words since that day; signatures stayed. `not_yet` says
    that a young person said "not yet", which is possible even with two signatures; their words, of
    the entry `not_yet_entry`, are there where this reader may read them.
    """

    id: int
    opportunity_id: int
    title: str
    theme: str
    icon: str
    you_said: str
    worked_with: str
    what_changed: str
    reworded_on: date | None
    state: OutcomeProgress
    not_yet: bool
    not_yet_words: str
    not_yet_entry: int | None
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

    @property
    def reworded(self) -> bool:
        """Say whether a text of it is being reworded, so that nothing can be signed."""
        return BEING_REWORDED in (self.you_said, self.worked_with, self.what_changed)


@dataclass(frozen=True)
class MyOutcome:
    """An outcome of work that a young person is part of; `answer` is signed, not_yet or None."""

    outcome: OutcomeRow
    answer: str | None
    may_sign: bool


def done_together(db: Session, actor: Actor, *, limit: int = PAGE_SIZE) -> list[OutcomeRow]:
    """Return the newest outcomes that both sides signed."""
    actor.must(Permission.OUTCOMES_READ)
    return _rows(db, actor, _signed(), limit=limit)


def outcomes(
    db: Session,
    actor: Actor,
    *,
    opportunity_id: int | None = None,
    states: Collection[OutcomeProgress] = (),
) -> list[OutcomeRow]:
    """Return 50 outcomes in five statements, the newest first, of one opportunity or of all.

    No `states` means all.
    """
    actor.must(Permission.OUTCOMES_READ)
    conditions = [] if opportunity_id is None else [Outcome.opportunity_id == opportunity_id]
    if states:
        conditions.append(shown_state().in_(states))
    return _rows(db, actor, _outcomes(*conditions))


def outcome(db: Session, actor: Actor, outcome_id: int) -> OutcomeRow:
    """Return one outcome. Raises NotFound."""
    actor.must(Permission.OUTCOMES_READ)
    rows = _rows(db, actor, _outcomes(Outcome.id == outcome_id))
    if not rows:
        raise NotFound("We could not find that outcome.")
    return rows[0]


def outcomes_to_sign(db: Session, actor: Actor) -> list[OutcomeRow]:
    """Return proposals that are waiting for this member's or officer's own signature.

    Those of which they made both sides wait for somebody else.
    """
    actor.must(Permission.OUTCOMES_SIGN)
    in_it = sa.exists().where(
        Invitation.opportunity_id == Outcome.opportunity_id,
        Invitation.person_id == actor.person_id,
        matched(),
    )
    working = Opportunity.state == OpportunityState.WORKING
    worded = (
        text != BEING_REWORDED
        for text in (Outcome.you_said, Outcome.worked_with, Outcome.what_changed)
    )
    statement = _outcomes(
        waits_for_signatures(), ~signed_by(Side.STAFF), in_it, working, *worded,
        ~made_both_sides(actor.id),
    )  # fmt: skip
    return _rows(db, actor, statement)


def outcomes_of_mine(db: Session, actor: Actor) -> list[MyOutcome]:
    """Return the outcomes of work that this young person is part of, the newest first.

    A code sees only those of its own card. A card that is taken back or held is part of nothing.
    """
    actor.must(Permission.OUTCOMES_SIGN)
    seat = _seat(actor)
    found = _rows(db, actor, _outcomes(sa.exists().where(seat)))
    given = _answers(db, [row.id for row in found], seat)
    in_turn = sorted(given.items(), key=lambda one: one[1] == NOT_YET)
    answers = {outcome_id: answer for (_, outcome_id), answer in in_turn}
    return [_mine(row, answers.get(row.id)) for row in found]


def outcomes_by_card(
    db: Session, actor: Actor, entry_ids: Collection[int]
) -> dict[int, list[MyOutcome]]:
    """Return, for each of these cards, the outcomes of work that this young person is part of
    through it, as `outcomes_of_mine` does; for all of them in as many statements as for one.
    """
    actor.must(Permission.OUTCOMES_SIGN)
    seat = sa.and_(_seat(actor), OpportunityYoung.entry_id.in_(entry_ids))
    seated = sa.select(OpportunityYoung.entry_id, Outcome.id).join(OpportunityYoung, seat)
    through = {(row.entry_id, row.id) for row in db.execute(seated)}
    ids = {outcome_id for _, outcome_id in through}
    found = _rows(db, actor, _outcomes(Outcome.id.in_(ids)), limit=len(ids)) if ids else []
    answers = _answers(db, ids, seat)
    return {
        entry_id: [
            _mine(row, answers.get((entry_id, row.id)))
            for row in found
            if (entry_id, row.id) in through
        ][:PAGE_SIZE]
        for entry_id in entry_ids
    }


def _seat(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition that this young person is in the work of an outcome."""
    return sa.and_(
        OpportunityYoung.opportunity_id == Outcome.opportunity_id,
        own_seat(actor),
        taking_part(on_its_card()),
    )


def _mine(row: OutcomeRow, answer: str | None) -> MyOutcome:
    waits = row.state is OutcomeProgress.STAFF_SAY_DONE and Side.YOUNG not in row.signed
    waits = waits and not row.reworded
    return MyOutcome(row, answer, may_sign=answer is None and waits)


def _answers(
    db: Session, ids: Collection[int], seat: sa.ColumnElement[bool]
) -> dict[tuple[int | None, int], str]:
    """Return, by card and outcome, what this young person answered; a "not yet" overrides a
    signature.
    """
    answers: dict[tuple[int | None, int], str] = {}
    for answer, table in (("signed", CoSignature), (NOT_YET, NotYet)):
        same = sa.or_(
            table.entry_id == OpportunityYoung.entry_id,
            table.person_id == OpportunityYoung.person_id,
        )
        given = (
            sa.select(OpportunityYoung.entry_id, Outcome.id)
            .join(table, table.outcome_id == Outcome.id)
            .join(OpportunityYoung, sa.and_(seat, same))
            .where(Outcome.id.in_(ids))
        )
        answers.update({(row.entry_id, row.id): answer for row in db.execute(given)})
    return answers


@statement
def _signed() -> Statement:
    return _outcomes(Outcome.co_signed_at.is_not(None))


def _outcomes(*conditions: sa.ColumnElement[bool]) -> Statement:
    return (
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
        .limit(sa.bindparam("limit", type_=sa.Integer))
    )


def _rows(
    db: Session, actor: Actor, statement: Statement, *, limit: int = PAGE_SIZE
) -> list[OutcomeRow]:
    chosen = db.execute(statement, {"limit": limit}).all()
    if not chosen:
        return []
    ids = [row.Outcome.id for row in chosen]
    members = members_in(db, actor, {row.Outcome.opportunity_id for row in chosen})
    actions = actions_of(db, actor, ids)
    signatures = signatures_under(db, actor, ids)
    reasons = not_yet_words(db, actor, ids)
    return [
        OutcomeRow(
            id=row.Outcome.id,
            opportunity_id=row.Outcome.opportunity_id,
            title=row.title,
            theme=row.young_title,
            icon=row.icon,
            you_said=row.Outcome.you_said,
            worked_with=row.Outcome.worked_with,
            what_changed=row.Outcome.what_changed,
            reworded_on=london_day(row.Outcome.reworded_at) if row.Outcome.reworded_at else None,
            state=OutcomeProgress(row.shown),
            not_yet=row.not_yet,
            not_yet_words=said.words if (said := reasons.get(row.Outcome.id)) else "",
            not_yet_entry=said.entry_id if said else None,
            public=said.public if said else True,
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
