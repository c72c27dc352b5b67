"""One release gate: recognisable words are planted in every state and looked for in every read."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_care import end_hold, hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_meant_steps import close_to
from coprod_data.commands.entries_recall import recall_entry
from coprod_data.commands.entries_replies import send_reply, write_summary
from coprod_data.models import EntryQuestion, OpportunitySource, ReportCard
from coprod_data.permissions import Actor, NotFound, Role
from coprod_data.queries.entries_queue import queue_clock, replies_owed
from coprod_data.queries.overview import waits
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import HoldEnd, WordsTo
from coprod_data.vocabulary.report_cards import CardState
from tests.helpers.builders import (
    NOW,
    a_commitment,
    a_person,
    a_promise,
    a_report_card,
    a_service,
    add,
    an_action,
    an_opportunity,
    an_outcome,
    holding_the_code,
    somebody,
    the_duty,
    the_public,
    unrecorded,
)
from tests.helpers.entries_read import AS_WRITTEN, let_out, read
from tests.helpers.planting import BOTH, CANARY, PLANTS, plant_withdrawn, released_beside
from tests.helpers.reads import every_read, told

BOARD, PUBLIC = ConsentUse.BOARD, ConsentUse.PUBLIC
ROLES = list(Role)

# Every read is asked on both engines for what must not be out and for what is. The other tests ask
# the same reads again, after other moves: what those change are rows, on any engine.
same_reads = pytest.mark.sqlite


@pytest.fixture
def card(db: Session) -> ReportCard:
    """A card with an opportunity, an action and an outcome, so that every role may see it."""
    the_duty(db)
    theme = a_promise(db)[0]
    card = a_report_card(db, theme)
    officer = a_person(db, Role.MANAGER)
    opportunity = an_opportunity(db, theme, officer)
    add(db, OpportunitySource(opportunity_id=opportunity.id, report_card_id=card.id))
    an_action(db, a_commitment(db, theme), officer, a_service(db), opportunity_id=opportunity.id)
    an_outcome(db, opportunity, officer)
    return card


def readers(db: Session) -> Iterator[Actor]:
    yield the_public()
    for role in ROLES:
        yield somebody(db, role)
    manager = db.scalar(sa.text("SELECT owner_id FROM action"))
    yield Actor(
        kind=somebody(db).kind, at=NOW, recorded_at=NOW, person_id=manager,
        roles=frozenset({Role.MANAGER}),
    )  # fmt: skip


def finds(db: Session, actor: Actor) -> bool:
    """Whether an actor finds the planted words in any read."""
    return any(CANARY in told(db, actor, read, typed=CANARY) for read in every_read().values())


def share(db: Session) -> None:
    with unrecorded(db):
        card = db.scalars(sa.select(ReportCard)).one()
        card.state, card.shared_on = CardState.SHARED, NOW.date()


def finders(db: Session) -> set[str]:
    """Who finds the planted words: of all roles, the public, and a manager linked to the card."""
    share(db)
    names = ["public", *map(str, ROLES), "linked"]
    return {name for name, actor in zip(names, readers(db), strict=True) if finds(db, actor)}


def test_words_that_are_not_out_are_found_nowhere(db: Session, card: ReportCard, worker: Actor):
    for number, plant in enumerate(PLANTS.values()):
        plant(db, card, worker, f"I say {CANARY}{number} aloud.")
    share(db)

    found = [
        (name, state, sorted(actor.roles))
        for actor in readers(db)
        for name, read in every_read().items()
        if (answer := told(db, actor, read, typed=CANARY))
        for number, state in enumerate(PLANTS)
        if f"{CANARY}{number} " in answer
    ]

    assert found == []


BOARD_READERS = {"youth_voice", "board_member", "chair", "clerk", "linked"}
EVERYBODY = {"public", "linked", *map(str, ROLES)}


@pytest.mark.parametrize(("uses", "expected"), [((BOARD,), BOARD_READERS), (BOTH, EVERYBODY)])
def test_words_that_are_out_are_found_by_those_they_are_for(
    db: Session, card: ReportCard, worker: Actor, uses: tuple[ConsentUse], expected: set[str]
):
    let_out(db, worker, card, thinks=CANARY, consents=uses)

    assert finders(db) == expected


def test_words_for_the_public_alone_stand_on_no_card_of_the_board(
    db: Session, card: ReportCard, worker: Actor
):
    let_out(db, worker, card, thinks=CANARY, consents=(PUBLIC,))
    share(db)

    assert CANARY not in repr(report_card(db, somebody(db, Role.CHAIR), card.id))
    assert CANARY in repr(report_card(db, the_public(), card.id))


@same_reads
def test_a_reason_beside_an_entry_is_read_with_its_consent(
    db: Session, card: ReportCard, worker: Actor
):
    released_beside(db, worker, let_out(db, worker, card, consents=(BOARD,)), f"{CANARY} indeed")

    assert finders(db) == BOARD_READERS


@same_reads
def test_words_given_back_after_a_hold_are_found_again(
    db: Session, card: ReportCard, worker: Actor
):
    entry = let_out(db, worker, card, thinks=CANARY, consents=(BOARD,))
    hold_entry(db, worker, entry.id)
    lead = somebody(db, Role.SAFEGUARDING)
    open_to_read(db, lead, entry.id)
    end_hold(db, lead, entry.id, ending=HoldEnd.SOCIAL_CARE, words_to=WordsTo.QUEUE)
    assert finders(db) == set()

    open_to_read(db, worker, entry.id)
    release_entry(db, worker, entry.id, shown_thinks=CANARY, shown_wants="Fix the heating.")
    assert finders(db) == BOARD_READERS


def test_without_the_boards_yes_a_summary_waits_for_its_authors(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card, consents=(ConsentUse.SUMMARY,))
    write_summary(db, worker, entry.id, text="A young person is cold at night.")
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    share(db)
    chair = somebody(db, Role.CHAIR)
    assert report_card(db, chair, entry.report_card_id).summaries == ()

    question = db.scalars(sa.select(EntryQuestion)).one()
    answer_question(
        db, holding_the_code(entry), question.id, agreed=True, words="", form_id="form-0001"
    )

    detail = report_card(db, chair, entry.report_card_id)
    assert detail.voices == ()
    assert [(row.text, row.agreed) for row in detail.summaries] == [
        ("A young person is cold at night.", True)
    ]
    with pytest.raises(NotFound):
        report_card(db, the_public(), entry.report_card_id)


def test_what_was_taken_back_is_erased_from_every_table(
    db: Session, card: ReportCard, worker: Actor
):
    plant_withdrawn(db, card, worker, CANARY)
    db.flush()

    for table in sa.inspect(db.connection()).get_table_names():
        rows = db.execute(sa.select(sa.text("*")).select_from(sa.table(table))).all()
        assert CANARY.casefold() not in repr(rows).casefold(), table


def test_no_two_counts_tell_how_many_are_held(db: Session, card: ReportCard, worker: Actor):
    let_out(db, worker, card)
    hold_entry(db, worker, let_out(db, worker, card).id)

    assert (
        waits(db, somebody(db, Role.CHAIR)).replies.count
        == queue_clock(db, worker).replies_owed
        == len(replies_owed(db, worker))
        == report_card(db, worker, card.id).owed
        == 1
    )


@same_reads
def test_whoever_words_are_about_finds_them_in_no_read(
    db: Session, card: ReportCard, worker: Actor
):
    board = (Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR, Role.ADMINISTRATOR)
    staff = [somebody(db, Role.YOUTH_VOICE, Role.SAFEGUARDING), somebody(db, *board)]
    entry = let_out(db, worker, card, thinks=CANARY, consents=BOTH)
    write_summary(db, worker, entry.id, text=f"They say {CANARY}")
    send_reply(db, worker, entry.id, text=f"You said {CANARY}")
    beside = released_beside(db, worker, entry, f"{CANARY} again", frozenset(BOTH))
    opportunity_id = db.scalars(sa.select(OpportunitySource.opportunity_id)).one()
    add(db, OpportunitySource(opportunity_id=opportunity_id, entry_id=entry.id))
    with unrecorded(db):
        close_to(db, entry, frozenset(one.id for one in staff))
    share(db)

    def found() -> list[str]:
        reads = every_read().items()
        return [
            name for actor in staff for name, read in reads
            if CANARY in told(db, actor, read, typed=CANARY)
        ]  # fmt: skip

    assert found() == []
    for one in (entry, beside):
        recall_entry(db, worker, one.id, reason=CANARY)
    assert found() == []
