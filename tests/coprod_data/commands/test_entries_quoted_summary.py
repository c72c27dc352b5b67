"""A summary that repeats words which left: reworded or put back, it is a new summary."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.entries_quoted import put_text_back, reword_text
from coprod_data.commands.entries_replies import write_summary
from coprod_data.commands.entries_second import agree_release, agree_step
from coprod_data.models import CardEntry, EntryQuestion, EntrySummary, ReportCard
from coprod_data.permissions import Actor, ChangedMeanwhile, NotAllowed, Refused, Role
from coprod_data.scopes.entries import summary_out
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import Again, StepKind
from coprod_data.vocabulary.rewordings import BEING_REWORDED, REMOVED, TextEnd
from tests.helpers.builders import holding_the_code, somebody, unrecorded
from tests.helpers.entries_read import later, read
from tests.helpers.quoting import LIKE, THINKS, recalled, waiting

OTHER = "Kai had a bag that broke."
SHOWN = {"shown_thinks": THINKS, "shown_wants": ""}


@pytest.fixture
def summed_up(db: Session, worker: Actor, second: Actor, card: ReportCard) -> CardEntry:
    """A flagged entry that two let out with its summary, whose words have left for everyone."""
    both = (ConsentUse.BOARD, ConsentUse.PUBLIC)
    entry = read(db, worker, card, thinks=THINKS, wants=None, consents=both, flags=["hurt"])
    write_summary(db, worker, entry.id, text=LIKE)
    release_entry(db, worker, entry.id, **SHOWN)
    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second, 2), entry.id, StepKind.RELEASE)
    author = later(holding_the_code(entry), 3)
    change_consent(db, author, entry.id, uses=frozenset({ConsentUse.BOARD}))
    return entry


def is_out(db: Session) -> bool:
    return db.scalar(sa.select(CardEntry.id).where(summary_out())) is not None


@pytest.mark.parametrize("way", ["reworded", "put back"])
def test_it_stays_as_it_is_while_a_second_person_decides(
    db: Session, worker: Actor, summed_up: CardEntry, way: str
):
    recalled(db, later(worker, 4), summed_up)
    open_to_read(db, later(worker, 30), summed_up.id)
    release_entry(db, later(worker, 31), summed_up.id, **SHOWN)

    with pytest.raises(Refused, match="second person is deciding"):
        act(db, later(worker, 32), way)


@pytest.mark.parametrize("way", ["reworded", "put back"])
def test_it_is_for_somebody_who_has_read_the_words_and_did_not_type_them(
    db: Session, worker: Actor, summed_up: CardEntry, way: str
):
    stranger = somebody(db, Role.YOUTH_VOICE)
    with pytest.raises(Refused, match="read it first"):
        act(db, stranger, way)
    with unrecorded(db):
        summed_up.typed_by_id = worker.id
    with pytest.raises(NotAllowed, match="You typed this entry"):
        act(db, worker, way)


def test_put_back_after_a_flag_it_waits_for_the_next_decision_of_two(
    db: Session, worker: Actor, second: Actor, summed_up: CardEntry
):
    assert is_out(db)

    act(db, later(worker, 4), "put back")

    assert (is_out(db), summed_up.dealt_at) == (False, None)
    assert db.scalars(sa.select(EntrySummary.text)).all() == [LIKE]
    open_to_read(db, later(worker, 29), summed_up.id)
    release_entry(db, later(worker, 30), summed_up.id, **SHOWN)
    open_to_read(db, later(second, 31), summed_up.id)
    agree_release(db, later(second, 32), summed_up.id, **SHOWN, shown_summary=LIKE)
    assert is_out(db)


def test_a_second_person_agrees_only_to_the_summary_that_they_read(
    db: Session, worker: Actor, second: Actor, summed_up: CardEntry
):
    recalled(db, later(worker, 4), summed_up)
    open_to_read(db, later(worker, 30), summed_up.id)
    reword_text(db, later(worker, 31), waiting(db, worker), text=OTHER)
    release_entry(db, later(worker, 32), summed_up.id, **SHOWN)
    open_to_read(db, later(second, 33), summed_up.id)

    with pytest.raises(ChangedMeanwhile) as changed:
        agree_release(db, later(second, 34), summed_up.id, **SHOWN, shown_summary=BEING_REWORDED)

    assert (changed.value.now, is_out(db)) == ({"summary": OTHER}, False)


def test_a_reworded_summary_is_asked_about_again(db: Session, worker: Actor, card: ReportCard):
    entry = read(db, worker, card, thinks=THINKS, wants=None, consents=(ConsentUse.BOARD,))
    summary_id = write_summary(db, worker, entry.id, text="They put my stuff in bin bags, they say")
    release_entry(db, worker, entry.id, shown_thinks=THINKS, shown_wants="")
    recalled(db, worker, entry)
    assert db.get_one(EntrySummary, summary_id).text == BEING_REWORDED

    open_to_read(db, later(worker, 2), entry.id)
    reword_text(db, later(worker, 3), waiting(db, worker), text="A bag broke when they moved.")

    old, new = db.scalars(sa.select(EntrySummary).order_by(EntrySummary.id)).all()
    assert (old.text, new.text, new.agreed_at) == (REMOVED, "A bag broke when they moved.", None)
    asked = [(q.summary_id, q.answered_at is None) for q in db.scalars(sa.select(EntryQuestion))]
    assert asked == [(old.id, False), (new.id, True)]


def test_a_summary_reworded_after_a_flagged_release_waits_for_the_second_person_again(
    db: Session, worker: Actor, second: Actor, card: ReportCard
):
    both = (ConsentUse.BOARD, ConsentUse.PUBLIC)
    entry = read(db, worker, card, thinks=THINKS, wants=None, consents=both, flags=["hurt"])
    write_summary(db, worker, entry.id, text="They put my stuff in bin bags, they say")
    release_entry(db, worker, entry.id, shown_thinks=THINKS, shown_wants="")
    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second, 2), entry.id, StepKind.RELEASE)
    author = later(holding_the_code(entry), 3)
    change_consent(db, author, entry.id, uses=frozenset({ConsentUse.BOARD}))
    assert entry.dealt_at is not None

    reword_text(db, later(worker, 4), waiting(db, worker), text="Kai had a bag that broke.")

    asked = sa.select(EntryQuestion.id).where(EntryQuestion.answered_at.is_(None))
    answer_question(
        db, later(author, 5), db.scalars(asked).one(), agreed=True, words="", form_id="yes-to-it"
    )
    assert (entry.dealt_at, entry.again) == (None, Again.PUT_BACK)
    assert db.scalar(sa.select(CardEntry.id).where(summary_out())) is None


def act(db: Session, actor: Actor, way: str) -> None:
    number = waiting(db, actor)
    if way == "reworded":
        reword_text(db, actor, number, text=OTHER)
    else:
        put_text_back(db, actor, number, ending=TextEnd.NOT_THEIRS)
