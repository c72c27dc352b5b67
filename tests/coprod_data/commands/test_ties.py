"""A report card, or an entry on it, is tied to a commitment by the Youth Voice Team."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_ties import tie_entry
from coprod_data.commands.report_cards_ties import tie_report_card
from coprod_data.models import CardEntry, Event, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, ChangedMeanwhile, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.events_of import history_of_card
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import (
    a_commitment,
    a_promise,
    a_report_card,
    an_entry,
    days_ago,
    somebody,
)


@pytest.fixture
def card(db: Session, themes: list[PromiseTheme]) -> ReportCard:
    return a_report_card(db, themes[0])


def kinds(db: Session, kind: EventKind) -> int:
    return db.scalar(sa.select(sa.func.count()).where(Event.kind == kind)) or 0


def test_the_team_ties_a_card_changes_its_mind_and_ties_it_to_none(
    db: Session, themes: list[PromiseTheme], worker: Actor, card: ReportCard
):
    first, second = a_commitment(db, themes[0]), a_commitment(db, themes[1])

    for chosen in (first.id, first.id, second.id, None):
        tie_report_card(db, worker, card.id, commitment_id=chosen)
        assert report_card(db, worker, card.id).commitment_id == chosen

    assert kinds(db, EventKind.CARD_TIED) == 3  # saving the same again is no change
    told = [one.changes[0] for one in history_of_card(db, worker, card.id)]
    assert [(one.old, one.new) for one in told] == [
        (second.reference, None), (first.reference, second.reference), (None, first.reference),
    ]  # fmt: skip


def test_the_team_ties_one_entry_and_unties_it(
    db: Session, themes: list[PromiseTheme], worker: Actor, card: ReportCard
):
    entry, promised = an_entry(db, card, released=True), a_commitment(db, themes[0])

    tie_entry(db, worker, entry.id, commitment_id=promised.id)
    [voice] = report_card(db, worker, card.id).voices
    assert (voice.commitment_id, voice.reference) == (promised.id, promised.reference)

    tie_entry(db, worker, entry.id, commitment_id=None, opened={"commitment_id": promised.id})
    assert db.get_one(CardEntry, entry.id).commitment_id is None
    assert kinds(db, EventKind.ENTRY_TIED) == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.YOUTH_VOICE])
def test_nobody_else_ties_anything(db: Session, card: ReportCard, role: Role):
    entry, person = an_entry(db, card, released=True), somebody(db, role)

    with pytest.raises(NotAllowed):
        tie_report_card(db, person, card.id, commitment_id=None)
    with pytest.raises(NotAllowed):
        tie_entry(db, person, entry.id, commitment_id=None)


def test_only_a_commitment_in_force_is_chosen_and_an_old_choice_stays(
    db: Session, themes: list[PromiseTheme], worker: Actor, card: ReportCard
):
    old = a_commitment(db, themes[0])
    tie_report_card(db, worker, card.id, commitment_id=old.id)
    a_promise(db, title="The next Promise", adopted_at=days_ago(1))

    tie_report_card(db, worker, card.id, commitment_id=old.id)
    with pytest.raises(NotFound):
        tie_report_card(db, worker, card.id, commitment_id=a_commitment(db, themes[1]).id)
    with pytest.raises(NotFound):
        tie_report_card(db, worker, card.id, commitment_id=0)


def test_what_is_held_or_belongs_to_another_entry_is_not_tied(
    db: Session, worker: Actor, card: ReportCard
):
    main = an_entry(db, card, released=True)
    beside = an_entry(db, card, kind=EntryKind.ANSWER, about_id=main.id)
    held = an_entry(db, card)
    hold_entry(db, worker, held.id)

    for entry in (beside, held):
        with pytest.raises(Refused):
            tie_entry(db, worker, entry.id, commitment_id=None)


def test_of_two_who_choose_the_second_is_told(
    db: Session, themes: list[PromiseTheme], worker: Actor, card: ReportCard
):
    first, second = a_commitment(db, themes[0]), a_commitment(db, themes[0])
    tie_report_card(db, worker, card.id, commitment_id=first.id, opened={"commitment_id": None})

    with pytest.raises(ChangedMeanwhile) as told:
        tie_report_card(
            db, worker, card.id, commitment_id=second.id, opened={"commitment_id": None}
        )

    assert told.value.now == {"commitment_id": first.id}
