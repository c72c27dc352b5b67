"""Holds, personal help, closing and taking back: the words go where the child is safest."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import change_consent, withdraw_entry
from coprod_data.commands.entries_care import close_entry, end_hold, hold_entry, pass_to_worker
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.models import (
    CardEntry,
    Consent,
    Draft,
    EntryVersion,
    Event,
    Reply,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import NOW, add, an_entry, holding_the_code, somebody
from tests.helpers.entries_read import AS_WRITTEN, let_out, read

BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)


def words_of(db: Session, entry: CardEntry) -> list[tuple[str | None, str | None]]:
    rows = db.execute(
        sa.select(EntryVersion.thinks, EntryVersion.wants)
        .where(EntryVersion.entry_id == entry.id)
        .order_by(EntryVersion.number)
    )
    return [(row.thinks, row.wants) for row in rows]


def a_draft(db: Session, actor: Actor, entry: CardEntry) -> None:
    add(db, Draft(
        person_id=actor.id, form="check", subject=f"{entry.id}:thinks", text="words", saved_at=NOW
    ))  # fmt: skip


def test_a_hold_says_who_and_when_and_tells_no_story(db: Session, card: ReportCard, worker: Actor):
    entry = an_entry(db, card)

    hold_entry(db, worker, entry.id)

    hold = db.scalars(sa.select(SafeguardingHold)).one()
    assert (hold.entry_id, hold.opened_by_id, hold.opened_at, hold.closed_at) == (
        entry.id, worker.id, NOW, None,
    )  # fmt: skip
    assert (entry.review, entry.withdrawn_at) == (Review.SUBMITTED, None)


def test_a_held_entry_is_held_once(db: Session, card: ReportCard, worker: Actor):
    entry = an_entry(db, card)
    hold_entry(db, worker, entry.id)

    with pytest.raises(Refused, match="already"):
        hold_entry(db, worker, entry.id)


def test_held_words_open_for_safeguarding_alone(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)

    with pytest.raises(NotAllowed):
        open_to_read(db, worker, entry.id)
    open_to_read(db, lead, entry.id)


def test_safeguarding_opens_nothing_else(db: Session, card: ReportCard, lead: Actor):
    with pytest.raises(NotAllowed):
        open_to_read(db, lead, an_entry(db, card).id)


def test_only_safeguarding_ends_a_hold(db: Session, card: ReportCard, worker: Actor, lead: Actor):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)

    for role in (Role.YOUTH_VOICE, Role.CHAIR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            end_hold(db, somebody(db, role), entry.id)
    end_hold(db, lead, entry.id)

    assert release_entry(db, worker, entry.id, **AS_WRITTEN)
    with pytest.raises(NotFound, match="no longer on hold"):
        end_hold(db, lead, entry.id)


def test_a_hold_takes_a_proposal_and_drafts_away(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    a_draft(db, worker, entry)

    hold_entry(db, worker, entry.id)

    assert (entry.proposed_version_id, entry.proposed_by_id) == (None, None)
    assert db.scalars(sa.select(Draft)).all() == []


def test_an_entry_about_ones_own_life_goes_to_their_worker_and_ends_with_a_reply(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    pass_to_worker(db, worker, entry.id)
    assert entry.review is Review.PERSONAL_HELP

    close_entry(db, worker, entry.id, text="Your worker rang the landlord.")

    assert (entry.review, entry.replied_at, entry.released_at) == (Review.CLOSED, NOW, None)
    assert db.scalars(sa.select(Reply.text)).all() == ["Your worker rang the landlord."]


def test_the_shared_part_of_a_personal_entry_may_go_out(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    pass_to_worker(db, worker, entry.id)

    assert release_entry(db, worker, entry.id, **AS_WRITTEN)


def test_an_entry_is_not_closed_without_a_word(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)

    with pytest.raises(Invalid, match="what you did"):
        close_entry(db, worker, entry.id, text=" ")


def test_an_unread_entry_is_neither_closed_nor_passed_on(
    db: Session, card: ReportCard, worker: Actor
):
    entry = an_entry(db, card)

    with pytest.raises(Refused, match="read it first"):
        close_entry(db, worker, entry.id, text="Done.")
    with pytest.raises(Refused, match="read it first"):
        pass_to_worker(db, worker, entry.id)


def test_taking_back_erases_every_wording_at_once(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, thinks="Dave lost it.", wants=None)
    release_entry(db, worker, entry.id, shown_thinks="[My worker] lost it.", shown_wants="")
    beside = an_entry(db, card, about_id=entry.id)
    a_draft(db, worker, entry)

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert words_of(db, entry) == [(None, None), (None, None)]
    assert words_of(db, beside) == [(None, None)]
    assert (entry.withdrawn_at, beside.withdrawn_at) == (NOW, NOW)
    assert db.scalars(sa.select(Draft)).all() == []


def test_taking_back_a_held_entry_leaves_it_sealed_with_the_lead_until_the_hold_ends(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    hold_entry(db, worker, entry.id)

    withdraw_entry(db, holding_the_code(entry), entry.id)
    assert words_of(db, entry) == [("My room is cold at night.", "Fix the heating.")]
    open_to_read(db, lead, entry.id)
    with pytest.raises(NotFound):
        hold_entry(db, worker, entry.id)

    end_hold(db, lead, entry.id)
    assert words_of(db, entry) == [(None, None)]
    with pytest.raises(NotFound):
        open_to_read(db, lead, entry.id)


def test_taking_back_twice_is_once(db: Session, card: ReportCard):
    entry = an_entry(db, card)

    withdraw_entry(db, holding_the_code(entry), entry.id)
    withdraw_entry(db, holding_the_code(entry), entry.id)

    kinds = db.scalars(sa.select(Event.kind)).all()
    assert kinds == [EventKind.ENTRY_WITHDRAWN]


def test_a_worker_who_was_asked_takes_back_and_it_says_for_whom(
    db: Session, card: ReportCard, worker: Actor
):
    entry = an_entry(db, card)

    withdraw_entry(db, worker, entry.id)

    event = db.scalars(sa.select(Event)).one()
    assert (event.actor_id, event.on_behalf) == (worker.id, "young_person")


def test_nobody_takes_back_or_changes_somebody_elses(db: Session, card: ReportCard):
    entry, mine = an_entry(db, card), an_entry(db, card)

    for actor in (holding_the_code(mine), somebody(db, Role.YOUNG_PERSON)):
        with pytest.raises(NotFound):
            withdraw_entry(db, actor, entry.id)
        with pytest.raises(NotFound):
            change_consent(db, actor, entry.id, uses=frozenset())
    for role in (Role.CHAIR, Role.MANAGER, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            withdraw_entry(db, somebody(db, role), entry.id)


def test_consents_change_one_by_one_and_the_old_ones_stay_on_record(db: Session, card: ReportCard):
    entry = an_entry(db, card, consents=BOTH)
    actor = holding_the_code(entry)

    change_consent(db, actor, entry.id, uses=frozenset({ConsentUse.BOARD}))
    change_consent(db, actor, entry.id, uses=frozenset(BOTH))
    change_consent(db, actor, entry.id, uses=frozenset(BOTH))

    rows = db.scalars(sa.select(Consent).order_by(Consent.id)).all()
    assert [(row.use, row.withdrawn_at) for row in rows] == [
        (ConsentUse.BOARD, None),
        (ConsentUse.PUBLIC, NOW),
        (ConsentUse.PUBLIC, None),
    ]
    assert len(db.scalars(sa.select(Event)).all()) == 2


def test_a_worker_only_takes_consent_away(db: Session, card: ReportCard, worker: Actor):
    entry = an_entry(db, card, consents=(ConsentUse.BOARD,))

    with pytest.raises(NotAllowed, match="Only the young person"):
        change_consent(db, worker, entry.id, uses=frozenset(BOTH))
    change_consent(db, worker, entry.id, uses=frozenset())

    assert db.scalars(sa.select(Consent.withdrawn_at)).all() == [NOW]


def test_an_entry_taken_back_has_no_more_consents_to_give(db: Session, card: ReportCard):
    entry = an_entry(db, card)
    withdraw_entry(db, holding_the_code(entry), entry.id)

    with pytest.raises(Refused, match="took this card back"):
        change_consent(db, holding_the_code(entry), entry.id, uses=frozenset(BOTH))


def test_a_released_entry_can_still_be_held(db: Session, card: ReportCard, worker: Actor):
    entry = let_out(db, worker, card)

    hold_entry(db, worker, entry.id)

    assert entry.released_at == NOW
