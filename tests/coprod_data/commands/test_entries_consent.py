"""Taking back words and consents: what nobody may read any more is gone."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry, let_go
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_endings import close_entry
from coprod_data.commands.entries_second import agree_step
from coprod_data.models import (
    CardEntry,
    CheckStep,
    Consent,
    Draft,
    EntryVersion,
    Event,
    ReportCard,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_raw import why_shut
from coprod_data.vocabulary.entries import ConsentUse, QueueState, Review
from coprod_data.vocabulary.entry_care import CLOSED_BECAUSE, Again, HoldEnd, StepKind, WordsTo
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import NOW, add, an_entry, holding_the_code, somebody
from tests.helpers.entries_read import later, let_out, read, read_by_another

BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)
TALKED = {"ending": HoldEnd.TALKED, "words_to": WordsTo.QUEUE}


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


def test_a_flagged_entry_taken_back_unread_goes_to_safeguarding_only(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = an_entry(db, card, flags=["hurt"])

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert words_of(db, entry) == [("My room is cold at night.", "Fix the heating.")]
    assert entries_to_check(db, worker) == []
    with pytest.raises(NotAllowed, match="They took this back. Safeguarding reads it first"):
        open_to_read(db, worker, entry.id)
    assert why_shut(db, worker, entry.id)
    assert not why_shut(db, lead, entry.id)
    (row,) = entries_to_check(db, lead)
    assert (row.state, row.for_me) == (QueueState.TAKEN_BACK, True)
    with pytest.raises(Refused, match="read it first"):
        let_go(db, lead, entry.id)
    open_to_read(db, lead, entry.id)
    let_go(db, lead, entry.id)

    assert words_of(db, entry) == [(None, None)]
    assert entries_to_check(db, lead) == []


def test_what_was_taken_back_unread_may_be_held_instead(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = an_entry(db, card, flags=["hurt"])
    withdraw_entry(db, holding_the_code(entry), entry.id)
    open_to_read(db, lead, entry.id)

    with pytest.raises(NotFound):
        hold_entry(db, worker, entry.id)
    hold_entry(db, lead, entry.id)
    open_to_read(db, later(lead), entry.id)
    end_hold(db, later(lead), entry.id, **TALKED)

    assert words_of(db, entry) == [(None, None)]


def test_taking_back_erases_every_wording_at_once(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, thinks="Dave lost it.", wants=None)
    release_entry(db, worker, entry.id, shown_thinks="[My worker] lost it.", shown_wants="")
    beside = an_entry(db, card, about_id=entry.id)
    a_draft(db, worker, entry)
    read_by_another(db, entry)

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

    end_hold(db, lead, entry.id, **TALKED)
    assert words_of(db, entry) == [(None, None)]
    with pytest.raises(NotFound):
        open_to_read(db, lead, entry.id)


def test_taking_back_twice_is_once(db: Session, card: ReportCard):
    entry = an_entry(db, card)

    withdraw_entry(db, holding_the_code(entry), entry.id)
    withdraw_entry(db, holding_the_code(entry), entry.id)

    kinds = db.scalars(sa.select(Event.kind)).all()
    assert kinds == [EventKind.ENTRY_WITHDRAWN]


def test_a_worker_who_was_asked_takes_back_with_a_second_person_and_says_why(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = let_out(db, worker, card)
    with pytest.raises(Invalid, match="who asked you"):
        withdraw_entry(db, worker, entry.id)

    assert not withdraw_entry(db, worker, entry.id, why="They rang.")
    assert entry.withdrawn_at is None
    with pytest.raises(NotAllowed):
        agree_step(db, later(worker), entry.id, StepKind.WITHDRAW)
    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second, 2), entry.id, StepKind.WITHDRAW)

    event = db.scalars(sa.select(Event).order_by(Event.id.desc())).first()
    assert (event.actor_id, event.on_behalf) == (second.id, "young_person")
    assert entry.withdrawn_at is not None


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
    with pytest.raises(Invalid, match="who asked you"):
        change_consent(db, worker, entry.id, uses=frozenset())
    change_consent(db, worker, entry.id, uses=frozenset(), why="They rang.")
    assert set(db.scalars(sa.select(Consent.ended_because))) == {"They rang."}

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


@pytest.mark.parametrize("ended", list(Review)[2:])
def test_a_yes_given_later_brings_an_entry_back_from_wherever_it_ended(
    db: Session, card: ReportCard, worker: Actor, ended: Review
):
    entry = an_entry(db, card, consents=(), review=ended, dealt_at=worker.at)

    change_consent(db, later(holding_the_code(entry)), entry.id, uses=frozenset(BOTH))

    (row,) = entries_to_check(db, later(worker, 2))
    assert (row.id, row.again, entry.released_at) == (entry.id, Again.ALLOWED, None)


@pytest.mark.parametrize("kind", [StepKind.KEEP, StepKind.CLOSE, StepKind.PASS_ON])
def test_no_second_person_ends_what_was_allowed_since_it_was_proposed(
    db: Session, card: ReportCard, worker: Actor, second: Actor, kind: StepKind
):
    entry = read(db, worker, card, flags=["hurt"], consents=())
    add(db, CheckStep(
        entry_id=entry.id, kind=kind, text="Thank you.", proposed_at=worker.at,
        proposed_by_id=worker.id,
    ))  # fmt: skip
    change_consent(db, later(holding_the_code(entry)), entry.id, uses=frozenset(BOTH))
    open_to_read(db, later(second, 2), entry.id)

    with pytest.raises(Refused, match="allowed others to read it since"):
        agree_step(db, later(second, 3), entry.id, kind)

    assert entry.dealt_at is None


@pytest.mark.parametrize("by_two", [False, True])
def test_what_was_allowed_is_decided_when_an_entry_is_closed_and_a_new_yes_brings_it_back(
    db: Session, card: ReportCard, worker: Actor, by_two: bool
):
    entry = read(db, worker, card, flags=["hurt"] if by_two else [])
    close_entry(db, worker, entry.id, text="We rang the school.", why="It is a game")
    if by_two:
        second = somebody(db, Role.YOUTH_VOICE, at=later(worker).at)
        open_to_read(db, second, entry.id)
        agree_step(db, second, entry.id, StepKind.CLOSE)
    db.flush()
    author = holding_the_code(entry, at=later(worker, 2).at)
    assert follow_entry(db, author).nots == {ConsentUse.BOARD: CLOSED_BECAUSE}

    assert not change_consent(db, author, entry.id, uses=frozenset({ConsentUse.BOARD}))
    assert entry.review is Review.CLOSED

    both = frozenset({ConsentUse.BOARD, ConsentUse.PUBLIC})
    assert change_consent(db, author, entry.id, uses=both)
    assert (entry.review, entry.again) == (Review.SUBMITTED, Again.ALLOWED)
