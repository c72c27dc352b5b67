"""What two people let out is what the first proposed: nothing that was allowed since then."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_checks import keep_entry, open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.entries_replies import write_summary
from coprod_data.commands.entries_second import agree_release, agree_step, refuse_step
from coprod_data.models import CardEntry, CheckStep, EntryQuestion, Person, ReportCard
from coprod_data.permissions import Actor, NotAllowed, Refused, Role
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.scopes.entries import released, summary_out
from coprod_data.vocabulary.entries import ConsentUse, QuestionKind
from coprod_data.vocabulary.entry_care import Again, StepKind
from tests.helpers.builders import add, holding_the_code, somebody, unrecorded
from tests.helpers.entries_read import AS_WRITTEN, later, read

HURT = {"flags": ["hurt"]}
BOARD, PUBLIC, WORK = ConsentUse.BOARD, ConsentUse.PUBLIC, ConsentUse.WORK


def out(db: Session, entry: CardEntry) -> set[ConsentUse]:
    return {
        use
        for use in ConsentUse
        if db.scalar(sa.select(CardEntry.id).where(CardEntry.id == entry.id, released(use)))
    }


def allow(db: Session, entry: CardEntry, *uses: ConsentUse) -> None:
    change_consent(db, later(holding_the_code(entry)), entry.id, uses=frozenset(uses))


@pytest.mark.parametrize("as_proposed", [True, False])
def test_a_use_allowed_since_it_was_proposed_stays_shut_and_is_read_for(
    db: Session, card: ReportCard, worker: Actor, second: Actor, as_proposed: bool
):
    entry = read(db, worker, card, **HURT, consents=(BOARD,))
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    allow(db, entry, BOARD, PUBLIC)
    open_to_read(db, later(second, 2), entry.id)

    if as_proposed:
        agree_step(db, later(second, 3), entry.id, StepKind.RELEASE)
    else:
        agree_release(db, later(second, 3), entry.id, **AS_WRITTEN)

    assert out(db, entry) == {BOARD}
    assert (entry.again, entry.dealt_at) == (Again.ALLOWED, None)
    assert [row.id for row in entries_to_check(db, later(worker, 4))] == [entry.id]


def test_what_they_no_longer_allow_is_not_let_out_for_something_else(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT, consents=(BOARD,))
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    allow(db, entry, WORK)
    open_to_read(db, later(second, 2), entry.id)

    with pytest.raises(Refused, match="no longer allow what was proposed"):
        agree_step(db, later(second, 3), entry.id, StepKind.RELEASE)


def test_what_they_allow_since_is_not_kept_from_others_without_a_reason(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT, consents=())
    keep_entry(db, worker, entry.id)
    allow(db, entry, BOARD)
    open_to_read(db, later(second, 2), entry.id)

    with pytest.raises(Refused, match="allowed others to read it since"):
        agree_step(db, later(second, 3), entry.id, StepKind.KEEP)
    assert entry.dealt_at is None

    refuse_step(db, later(second, 4), entry.id, StepKind.KEEP, answer="They allow it now.")
    assert not release_entry(db, later(worker, 30), entry.id, **AS_WRITTEN)


@pytest.mark.parametrize("flags", [[], ["hurt"]])
def test_a_form_decides_only_what_it_asked_about(
    db: Session, card: ReportCard, worker: Actor, flags: list[str]
):
    entry = read(db, worker, card, flags=flags, consents=(BOARD,))
    allow(db, entry, BOARD, PUBLIC)
    drawn = frozenset({BOARD})

    with pytest.raises(Refused, match="since you opened it"):
        release_entry(db, later(worker, 2), entry.id, **AS_WRITTEN, opened_with=drawn)
    assert (out(db, entry), entry.dealt_at) == (set(), None)

    again = frozenset({BOARD, PUBLIC})
    assert release_entry(
        db, later(worker, 3), entry.id, **AS_WRITTEN, opened_with=again
    ) is not bool(flags)


def test_another_account_of_who_proposed_it_is_no_second_person(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT, consents=(BOARD,))
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    open_to_read(db, later(second, 2), entry.id)
    with unrecorded(db):
        db.get_one(Person, second.id).name = db.get_one(Person, worker.id).name.upper()

    with pytest.raises(NotAllowed, match="second person decides"):
        agree_step(db, later(second, 3), entry.id, StepKind.RELEASE)
    assert [row.for_me for row in entries_to_check(db, later(second, 3))] == [False]
    third = somebody(db, Role.YOUTH_VOICE, at=later(second, 4).at)
    open_to_read(db, third, entry.id)
    agree_step(db, later(third), entry.id, StepKind.RELEASE)


def agreed_summary(db: Session, actor: Actor, entry: CardEntry, text: str, minutes: int) -> None:
    """A summary of the team's to which the entry's author says yes."""
    write_summary(db, later(actor, minutes), entry.id, text=text)
    [question] = db.scalars(
        sa.select(EntryQuestion).where(
            EntryQuestion.entry_id == entry.id, EntryQuestion.answered_at.is_(None)
        )
    ).all()
    answer_question(
        db, later(holding_the_code(entry), minutes + 1), question.id, agreed=True, words="",
        form_id=f"yes-to-{minutes:08}",
    )  # fmt: skip


def summary_is_out(db: Session, entry: CardEntry) -> bool:
    asked = sa.select(CardEntry.id).where(CardEntry.id == entry.id, summary_out())
    return db.scalar(asked) is not None


@pytest.mark.parametrize("use", [BOARD, ConsentUse.SUMMARY])
def test_a_new_summary_after_a_flagged_release_needs_the_second_person_again(
    db: Session, card: ReportCard, worker: Actor, second: Actor, use: ConsentUse
):
    entry = read(db, worker, card, **HURT, consents=(use,))
    agreed_summary(db, worker, entry, "They are cold.", 1)
    release_entry(db, later(worker, 3), entry.id, **AS_WRITTEN)
    open_to_read(db, later(second, 4), entry.id)
    agree_step(db, later(second, 5), entry.id, StepKind.RELEASE)
    assert summary_is_out(db, entry)

    agreed_summary(db, worker, entry, "Kai of Oak House is cold.", 10)

    assert not summary_is_out(db, entry)
    assert out(db, entry) == {use} - {ConsentUse.SUMMARY}
    assert (entry.dealt_at, entry.again) == (None, Again.PUT_BACK)

    open_to_read(db, later(worker, 30), entry.id)
    assert not release_entry(db, later(worker, 31), entry.id, **AS_WRITTEN)
    assert not summary_is_out(db, entry)
    with pytest.raises(Refused, match="A second person is deciding"):
        write_summary(db, later(worker, 32), entry.id, text="Another one.")
    open_to_read(db, later(second, 33), entry.id)
    agree_step(db, later(second, 34), entry.id, StepKind.RELEASE)
    assert summary_is_out(db, entry)


def test_a_new_summary_of_an_entry_without_a_flag_needs_its_author_only(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=(BOARD,))
    assert release_entry(db, later(worker), entry.id, **AS_WRITTEN)

    agreed_summary(db, worker, entry, "They are cold.", 10)

    assert summary_is_out(db, entry)
    assert entry.dealt_at is not None


def test_a_wording_that_the_author_said_no_to_is_agreed_to_in_no_way(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, **HURT, consents=(BOARD,))
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    proposed = db.scalars(sa.select(CheckStep.version_id)).one()
    add(db, EntryQuestion(
        entry_id=entry.id, kind=QuestionKind.WORDING, text="So?", version_id=proposed, agreed=False,
        asked_at=worker.at, asked_by_id=worker.id, answered_at=worker.at,
    ))  # fmt: skip
    open_to_read(db, later(second), entry.id)

    for agree in (
        lambda: agree_step(db, later(second), entry.id, StepKind.RELEASE),
        lambda: agree_release(db, later(second), entry.id, **AS_WRITTEN),
    ):
        with pytest.raises(Refused, match="said no to this wording"):
            agree()
    assert out(db, entry) == set()
