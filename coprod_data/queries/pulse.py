"""The pulse as it is read: what most said in finished terms, before beside now, nobody paired."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import PulseGiven, PulseTally
from coprod_data.permissions import Actor, ActorKind, Permission
from coprod_data.rules.feedback_shares import shares_of
from coprod_data.rules.heard_terms import finished_terms, last_day, next_shown
from coprod_data.scopes.pulse import replied_to
from coprod_data.store.card_codes import form_digest
from coprod_data.vocabulary.pulse import PulseAsked, PulsePlace
from coprod_data.vocabulary.sessions import FeedbackAnswer, FeedbackShare


@dataclass(frozen=True)
class PulseRow:
    """A sentence after cards or sessions; `shares` in the order of the faces, () for too few."""

    place: PulsePlace
    asked: PulseAsked
    shares: tuple[FeedbackShare, ...]


@dataclass(frozen=True)
class Pulse:
    """The pulse of the terms that are over, from one day to another; another comes on `next_on`."""

    rows: tuple[PulseRow, ...]
    first_on: date
    last_on: date
    next_on: date

    @property
    def told(self) -> bool:
        """Say whether enough have said anything."""
        return any(row.shares for row in self.rows)


def pulse(db: Session, actor: Actor) -> Pulse:
    """Return what was said in the three terms that ended last. None can be chosen, and a term that
    goes on is not shown, so two days tell no more than one.
    """
    actor.must(Permission.FIGURES_READ)
    terms = finished_terms(actor.at)
    numbers = {
        (place, asked, answer): number
        for place, asked, answer, number in db.execute(
            sa.select(
                PulseTally.place, PulseTally.asked, PulseTally.answer,
                sa.func.sum(PulseTally.number),
            )
            .where(PulseTally.first_on.in_(terms))
            .group_by(PulseTally.place, PulseTally.asked, PulseTally.answer)
        )
    }  # fmt: skip
    rows = tuple(
        PulseRow(
            place,
            asked,
            shares_of([numbers.get((place, asked, answer), 0) for answer in FeedbackAnswer]),
        )
        for place in PulsePlace
        for asked in PulseAsked
    )
    return Pulse(rows, terms[-1], last_day(terms[0]), next_shown(actor.at))


def is_asked_on_card(db: Session, actor: Actor) -> bool:
    """Say whether the holder of a card's code is asked: they have a reply and have not answered."""
    actor.must(Permission.ENTRIES_OWN)
    if actor.kind is not ActorKind.CARD_CODE or actor.entry_id is None:
        return False
    keys = db.info["keys"]
    digests = [form_digest(f"pulse:card:{actor.entry_id}", key) for key in keys.all]
    given = sa.exists().where(PulseGiven.form_hash.in_(digests))
    return bool(db.scalar(sa.select(sa.and_(replied_to(actor.entry_id), ~given))))
