"""Checking: a named person reads everything before any words are released."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import (
    keep_entry,
    move_entry,
    open_to_read,
    release_entry,
    return_to_queue,
)
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_replies import write_summary
from coprod_data.models import (
    CheckStep,
    ContactWish,
    EntryReading,
    EntryVersion,
    Event,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import (
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    Role,
)
from coprod_data.vocabulary.entries import Review, VersionKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import CardState
from tests.helpers.builders import NOW, add, an_entry, somebody, unrecorded
from tests.helpers.entries_read import AS_WRITTEN, later, read


def test_opening_says_who_read_and_takes_the_entry(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)

    reading = db.scalars(sa.select(EntryReading)).one()
    assert (reading.entry_id, reading.person_id, reading.at) == (entry.id, worker.id, NOW)
    assert (entry.review, entry.taken_by_id) == (Review.IN_REVIEW, worker.id)
    assert db.scalars(sa.select(Event.kind)).all() == [EventKind.ENTRY_OPENED]


def test_a_second_person_who_opens_does_not_take_it_over(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card)

    open_to_read(db, second, entry.id)

    assert entry.taken_by_id == worker.id
    assert db.scalar(sa.select(sa.func.count(EntryReading.id))) == 2


@pytest.mark.parametrize(
    "role",
    [
        Role.MANAGER,
        Role.BOARD_MEMBER,
        Role.CHAIR,
        Role.ADMINISTRATOR,
        Role.YOUNG_PERSON,
    ],
)
def test_nobody_else_opens_or_lets_out(db: Session, card: ReportCard, role: Role):
    entry, actor = an_entry(db, card), somebody(db, role)

    with pytest.raises(NotAllowed):
        open_to_read(db, actor, entry.id)
    with pytest.raises(NotAllowed):
        release_entry(db, actor, entry.id, **AS_WRITTEN)
    with pytest.raises(NotAllowed):
        keep_entry(db, actor, entry.id)


def test_released_as_written_shows_the_original_itself(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)

    assert release_entry(db, worker, entry.id, **AS_WRITTEN)

    shown = db.get_one(EntryVersion, entry.released_version_id)
    assert shown.kind is VersionKind.ORIGINAL
    assert (entry.review, entry.released_by_id, entry.released_at) == (
        Review.RELEASED,
        worker.id,
        NOW,
    )
    assert entry.place == 1


def test_hidden_words_leave_a_role_and_the_original_stays_sealed(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, thinks="Dave lost my box.", wants="Tell Dave.")

    release_entry(
        db, worker, entry.id,
        shown_thinks="[My worker] lost my box.", shown_wants="Tell [my worker].",
    )  # fmt: skip

    original, shown = db.scalars(sa.select(EntryVersion).order_by(EntryVersion.number))
    assert (original.thinks, original.wants) == ("Dave lost my box.", "Tell Dave.")
    assert (shown.thinks, shown.wants) == ("[My worker] lost my box.", "Tell [my worker].")
    assert shown.spans == [["thinks", 0, 4, "My worker"], ["wants", 5, 9, "my worker"]]
    assert entry.released_version_id == shown.id


@pytest.mark.parametrize("field", ["shown_thinks", "shown_wants"])
def test_other_words_are_not_let_out(db: Session, card: ReportCard, worker: Actor, field: str):
    entry = read(db, worker, card)

    with pytest.raises(Invalid) as refused:
        release_entry(db, worker, entry.id, **{**AS_WRITTEN, field: "Quite other words."})

    assert refused.value.field == field
    assert entry.released_at is None


def test_hiding_more_than_six_words_asks_whether_it_is_meant(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(
        db, worker, card, thinks="On Monday at ten Dave from number four came.", wants=None
    )
    shown = {"shown_thinks": "[Somebody] came.", "shown_wants": ""}

    with pytest.raises(Invalid, match="More than 6 words"):
        release_entry(db, worker, entry.id, **shown)
    assert release_entry(db, worker, entry.id, **shown, confirmed_many=True)


def test_unread_words_are_not_let_out(db: Session, card: ReportCard, worker: Actor, second: Actor):
    entry = an_entry(db, card)
    open_to_read(db, second, entry.id)

    with pytest.raises(Refused, match="read it first"):
        release_entry(db, later(worker, 20), entry.id, **AS_WRITTEN)


def test_words_are_let_out_once(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)
    release_entry(db, worker, entry.id, **AS_WRITTEN)

    with pytest.raises(Refused, match="dealt with"):
        release_entry(db, worker, entry.id, **AS_WRITTEN)
    with pytest.raises(Refused, match="Take them back in"):
        return_to_queue(db, worker, entry.id)


def test_places_count_up_in_the_order_of_release(db: Session, card: ReportCard, worker: Actor):
    first, last = read(db, worker, card), read(db, worker, card)

    release_entry(db, worker, last.id, **AS_WRITTEN)
    release_entry(db, worker, first.id, **AS_WRITTEN)

    assert (last.place, first.place) == (1, 2)


def test_nobody_checks_what_they_typed(db: Session, card: ReportCard, worker: Actor):
    entry = an_entry(db, card, typed_by_id=worker.id)

    for step in (open_to_read, return_to_queue, keep_entry):
        with pytest.raises(NotAllowed):
            step(db, worker, entry.id)
    with pytest.raises(NotAllowed, match="You typed this"):
        release_entry(db, worker, entry.id, **AS_WRITTEN)


def test_an_entry_taken_back_or_held_is_not_let_out(db: Session, card: ReportCard, worker: Actor):
    back, held = read(db, worker, card), read(db, worker, card)
    with unrecorded(db):
        back.withdrawn_at = NOW
    hold_entry(db, worker, held.id)

    with pytest.raises(NotFound):
        release_entry(db, worker, back.id, **AS_WRITTEN)
    with pytest.raises(Refused, match="with safeguarding"):
        release_entry(db, worker, held.id, **AS_WRITTEN)


def test_an_entry_moves_to_another_theme_before_release_and_never_after(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)

    health = db.scalars(sa.select(PromiseTheme).where(PromiseTheme.title == "Health")).one()

    move_entry(db, worker, entry.id, theme_id=health.id)
    assert db.get_one(ReportCard, entry.report_card_id).theme_id == health.id

    release_entry(db, worker, entry.id, **AS_WRITTEN)
    with pytest.raises(Refused):
        move_entry(db, worker, entry.id, theme_id=card.theme_id)


def test_words_let_out_after_their_card_was_shared_stand_on_the_open_one(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    with unrecorded(db):
        card.state, card.shared_on = CardState.SHARED, NOW.date()

    release_entry(db, worker, entry.id, **AS_WRITTEN)

    assert entry.report_card_id != card.id
    assert db.get_one(ReportCard, entry.report_card_id).theme_id == card.theme_id


def test_a_right_taken_away_is_gone_at_the_next_step(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)

    with pytest.raises(NotAllowed):
        release_entry(db, replace(worker, roles=frozenset()), entry.id, **AS_WRITTEN)


WEAK = {"hints": ["weak_words"]}


def test_words_to_read_with_care_are_answered_before_they_go_out(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, **WEAK)

    for why in ("", " \u200b"):
        with pytest.raises(Invalid, match="somebody at risk") as refused:
            release_entry(db, worker, entry.id, **AS_WRITTEN, why=why)
        assert refused.value.field == "why"
    with pytest.raises(Invalid, match="in a sentence"):
        release_entry(db, worker, entry.id, **AS_WRITTEN, why="ok")
    assert entry.released_at is None

    assert release_entry(db, worker, entry.id, **AS_WRITTEN, why="It is a game")
    [step] = db.scalars(sa.select(CheckStep)).all()
    assert (step.why, step.agreed, step.settled_by_id) == ("It is a game", True, worker.id)


@pytest.mark.parametrize(
    "end",
    [
        lambda *args, why: close_entry(*args, text="We rang the school.", why=why),
        lambda *args, why: pass_to_worker(*args, why=why),
        keep_entry,
    ],
)
def test_every_ending_of_words_to_read_with_care_asks_first_and_keeps_the_answer(
    db: Session, card: ReportCard, worker: Actor, end: Callable[..., object]
):
    entry = read(db, worker, card, **WEAK, consents=())
    said = {"how": "text", "when_safe": None, "made_at": NOW}
    add(db, ContactWish(entry_id=entry.id, first_name="Ade", opened_at=NOW, **said))

    with pytest.raises(Invalid, match="somebody at risk") as refused:
        end(db, worker, entry.id, why=" ")
    assert (refused.value.field, entry.dealt_at) == ("why", None)

    end(db, worker, entry.id, why="It is a game")
    db.flush()
    [step] = db.scalars(sa.select(CheckStep)).all()
    assert (step.why, step.agreed, entry.dealt_at) == ("It is a game", True, NOW)


def test_a_flag_beside_them_asks_for_the_same_answer_and_a_second_person(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, **WEAK, flags=["hurt"])

    with pytest.raises(Invalid, match="somebody at risk"):
        release_entry(db, worker, entry.id, **AS_WRITTEN)
    assert not release_entry(db, worker, entry.id, **AS_WRITTEN, why="It is a game")


def test_nothing_goes_out_with_a_summary_that_its_form_did_not_show(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card)
    open_to_read(db, second, entry.id)
    write_summary(db, worker, entry.id, text="They are cold.")
    write_summary(db, later(second), entry.id, text="They are well.")

    now = later(worker, 20)
    for shown in ("", "They are cold."):
        with pytest.raises(ChangedMeanwhile) as changed:
            release_entry(db, now, entry.id, **AS_WRITTEN, shown_summary=shown)
        assert changed.value.now == {"summary": "They are well."}
    assert entry.released_at is None

    assert release_entry(db, now, entry.id, **AS_WRITTEN, shown_summary="They are well.")
