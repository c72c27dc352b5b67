"""After a flag no step that ends the reading of an entry is one person's alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import (
    ask_back,
    keep_entry,
    open_to_read,
    release_entry,
    return_to_queue,
    take_over,
)
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_replies import write_summary
from coprod_data.commands.entries_second import agree_release, agree_step, refuse_step
from coprod_data.commands.entries_wishes import open_wish, wish_to_talk
from coprod_data.models import CardEntry, CheckStep, ContactWish, EntryQuestion, Person, ReportCard
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.entries_queue import ended_entries, entries_to_check
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.entry_care import StepKind
from tests.helpers.builders import NOW, holding_the_code, somebody, unrecorded
from tests.helpers.entries_read import AS_WRITTEN, later, original, read

HURT = {"flags": ["hurt"]}


def steps(db: Session) -> list[tuple[StepKind, bool | None]]:
    return [(row.kind, row.agreed) for row in db.scalars(sa.select(CheckStep).order_by("id"))]


def wished(db: Session, worker: Actor, entry: CardEntry) -> None:
    """A wish to talk that this worker has opened."""
    wish_to_talk(db, holding_the_code(entry), entry.id, first_name="", how="Text me", when_safe="")
    open_wish(db, worker, db.scalars(sa.select(ContactWish.id)).one())


ENDINGS: dict[StepKind, tuple[dict[str, Any], Callable[[Session, Actor, int], object], Review]] = {
    StepKind.RELEASE: ({}, lambda db, a, n: release_entry(db, a, n, **AS_WRITTEN), Review.RELEASED),
    StepKind.KEEP: ({"consents": ()}, keep_entry, Review.KEPT),
    StepKind.CLOSE: ({}, lambda db, a, n: close_entry(db, a, n, text="Done."), Review.CLOSED),
    StepKind.PASS_ON: ({}, pass_to_worker, Review.PERSONAL_HELP),
    StepKind.ASK_BACK: ({}, lambda db, a, n: ask_back(db, a, n, text="When?"), Review.ASKED_BACK),
}


@pytest.mark.parametrize("kind", ENDINGS)
def test_it_stays_in_the_queue_until_a_second_person_agrees(
    db: Session, card: ReportCard, worker: Actor, second: Actor, kind: StepKind
):
    said, act, ends_as = ENDINGS[kind]
    entry = read(db, worker, card, **HURT, **said)
    if kind is StepKind.PASS_ON:
        wished(db, worker, entry)

    assert not act(db, worker, entry.id)
    assert (entry.dealt_at, entry.review, steps(db)) == (None, Review.IN_REVIEW, [(kind, None)])
    assert [row.id for row in entries_to_check(db, worker)] == [entry.id]

    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second, 2), entry.id, kind)
    assert (entry.review, steps(db)) == (ends_as, [(kind, True)])


@pytest.mark.parametrize("kind", ENDINGS)
@pytest.mark.usefixtures("second")
def test_the_first_person_is_never_the_second(
    db: Session, card: ReportCard, worker: Actor, kind: StepKind
):
    said, act, _ = ENDINGS[kind]
    entry = read(db, worker, card, **HURT, **said)
    if kind is StepKind.PASS_ON:
        wished(db, worker, entry)
    act(db, worker, entry.id)
    open_to_read(db, later(worker), entry.id)

    with pytest.raises(NotAllowed, match="You proposed this"):
        agree_step(db, later(worker), entry.id, kind)
    for role in (Role.CHAIR, Role.ADMINISTRATOR, Role.MANAGER):
        with pytest.raises(NotAllowed):
            agree_step(db, somebody(db, role), entry.id, kind)
    assert entry.dealt_at is None


def test_a_flagged_question_pauses_no_clock(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT)
    ask_back(db, worker, entry.id, text="When was that?")
    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second, 2), entry.id, StepKind.ASK_BACK)

    assert db.scalars(sa.select(EntryQuestion.text)).all() == ["When was that?"]
    (row,) = entries_to_check(db, later(worker, 60 * 24 * 3))
    assert (row.id, row.late) == (entry.id, True)


def test_taking_a_flagged_entry_back_for_a_child_needs_two(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT)

    assert withdraw_entry(db, worker, entry.id, why="They rang.") is False
    assert (entry.withdrawn_at, original(db, entry.id).thinks) == (
        None,
        "My room is cold at night.",
    )

    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second), entry.id, StepKind.WITHDRAW)
    assert entry.withdrawn_at == later(second).at
    assert original(db, entry.id).thinks is None


def test_a_second_person_who_typed_it_or_is_meant_is_not_one(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT, typed_by_id=second.id)
    release_entry(db, worker, entry.id, **AS_WRITTEN)

    with pytest.raises(NotAllowed, match="Another member of the team"):
        agree_step(db, later(second), entry.id, StepKind.RELEASE)


def test_the_second_person_read_it_after_it_was_proposed(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT)
    open_to_read(db, second, entry.id)
    take_over(db, later(worker, 1), entry.id)
    release_entry(db, later(worker, 2), entry.id, **AS_WRITTEN)

    with pytest.raises(Refused, match="read it first"):
        agree_step(db, later(second, 3), entry.id, StepKind.RELEASE)


@pytest.mark.usefixtures("second")
def test_no_summary_is_changed_while_a_second_person_reads_to_let_it_out(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, **HURT)
    assert not release_entry(db, worker, entry.id, **AS_WRITTEN, why="It is about a film.")

    with pytest.raises(Refused, match="A second person is deciding"):
        write_summary(db, later(worker), entry.id, text="Somebody is hurt.")

    refuse_step(db, later(worker), entry.id, StepKind.RELEASE, answer="")
    open_to_read(db, later(worker), entry.id)
    write_summary(db, later(worker), entry.id, text="Somebody is hurt.")


def test_no_because_is_kept_for_the_one_who_proposed(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT)
    release_entry(db, worker, entry.id, **AS_WRITTEN, why="It is about a game.")
    open_to_read(db, later(second), entry.id)

    with pytest.raises(Invalid, match="why not"):
        refuse_step(db, later(second), entry.id, StepKind.RELEASE, answer=" ")
    refuse_step(db, later(second), entry.id, StepKind.RELEASE, answer="I am not sure it is.")

    step = db.scalars(sa.select(CheckStep)).one()
    assert (step.agreed, step.answer, step.why) == (
        False, "I am not sure it is.", "It is about a game.",
    )  # fmt: skip
    assert (entry.dealt_at, entry.taken_by_id) == (None, worker.id)


def test_a_second_person_who_hides_more_lets_it_out_and_one_who_hides_less_proposes(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    words = {"thinks": "Dave hits me at Hill Road.", "wants": None}
    more = read(db, worker, card, **HURT, **words)
    less = read(db, worker, card, **HURT, **words)
    for entry in (more, less):
        shown = "[Somebody] hits me at Hill Road."
        release_entry(db, worker, entry.id, shown_thinks=shown, shown_wants="")
        open_to_read(db, later(second), entry.id)

    at = later(second, 2)
    both = "[Somebody] hits me at [a place]."
    assert agree_release(db, at, more.id, shown_thinks=both, shown_wants="")
    assert not agree_release(db, at, less.id, shown_thinks=words["thinks"], shown_wants="")

    assert (more.review, less.review) == (Review.RELEASED, Review.IN_REVIEW)
    step = db.scalars(sa.select(CheckStep).where(CheckStep.settled_at.is_(None))).one()
    assert (step.entry_id, step.proposed_by_id) == (less.id, second.id)


def test_where_the_team_has_one_worker_safeguarding_is_second(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, **HURT)
    lead = somebody(db, Role.SAFEGUARDING, at=NOW + timedelta(minutes=1))
    with pytest.raises(NotAllowed):
        open_to_read(db, lead, entry.id)
    close_entry(db, worker, entry.id, text="We talked.")
    assert [row.for_me for row in entries_to_check(db, lead)] == [True]

    open_to_read(db, lead, entry.id)
    agree_step(db, lead, entry.id, StepKind.CLOSE)

    assert entry.review is Review.CLOSED


@pytest.mark.usefixtures("second")
def test_where_there_are_two_workers_safeguarding_is_not_second(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, **HURT)
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    lead = somebody(db, Role.SAFEGUARDING, at=NOW + timedelta(minutes=1))

    with pytest.raises(NotAllowed):
        open_to_read(db, lead, entry.id)
    assert entries_to_check(db, lead) == []


def test_a_colleague_whose_account_is_closed_is_not_counted(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT)
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    with unrecorded(db):
        db.get_one(Person, second.id).disabled_at = NOW
    lead = somebody(db, Role.SAFEGUARDING, at=NOW + timedelta(minutes=1))

    open_to_read(db, lead, entry.id)
    agree_step(db, lead, entry.id, StepKind.RELEASE)

    assert entry.released_by_id == lead.id


def test_what_is_put_back_waits_for_nobody(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT)
    release_entry(db, worker, entry.id, **AS_WRITTEN)

    return_to_queue(db, second, entry.id)

    assert (entry.review, entry.taken_by_id) == (Review.SUBMITTED, None)
    open_to_read(db, later(second), entry.id)
    with pytest.raises(Refused, match="Nobody is waiting"):
        agree_step(db, later(second), entry.id, StepKind.RELEASE)


def test_what_was_let_out_after_a_flag_is_listed_for_thirty_days(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT)
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second, 2), entry.id, StepKind.RELEASE)

    day = 60 * 24
    assert [row.id for row in ended_entries(db, later(worker, 29 * day))] == [entry.id]
    assert ended_entries(db, later(worker, 31 * day)) == []


def test_asking_back_over_words_to_read_with_care_waits_for_a_second_person(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, hints=["weak_words"])

    assert ask_back(db, worker, entry.id, text="May we?", why="It is a game") is None

    [step] = db.scalars(sa.select(CheckStep)).all()
    assert (step.kind, step.agreed, entry.dealt_at) == (StepKind.ASK_BACK, None, None)
