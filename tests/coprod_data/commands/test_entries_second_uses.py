"""What two people let out is what the first proposed: nothing that was allowed since then."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import keep_entry, open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.entries_second import agree_release, agree_step, refuse_step
from coprod_data.models import CardEntry, ReportCard
from coprod_data.permissions import Actor, Refused
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.scopes.entries import released
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import Again, StepKind
from tests.helpers.builders import holding_the_code
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
