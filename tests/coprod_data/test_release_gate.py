"""One release gate: recognisable words are planted in every state and looked for in every read."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_care import end_hold, hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_meant_steps import close_to
from coprod_data.commands.entries_recall import recall_entry
from coprod_data.commands.entries_replies import send_reply, write_summary
from coprod_data.commands.entries_second import agree_step
from coprod_data.models import CardEntry, EntryQuestion, OpportunitySource, ReportCard
from coprod_data.permissions import Actor, NotFound, Permission, Role
from coprod_data.queries.entries_queue import queue_clock, replies_owed
from coprod_data.queries.overview import waits
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import HoldEnd, StepKind, WordsTo
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
from tests.helpers.databases import Engine
from tests.helpers.entries_read import AS_WRITTEN, let_out, read
from tests.helpers.meetings import decided_in_private
from tests.helpers.planting import (
    BOTH,
    CANARY,
    PLANTS,
    an_opened_wish,
    plant_withdrawn,
    released_beside,
)
from tests.helpers.reads import told

PRIVATE = f"{CANARY}-private"
BOARD, PUBLIC = ConsentUse.BOARD, ConsentUse.PUBLIC
ROLES = list(Role)


@pytest.fixture
def card(db: Session) -> ReportCard:
    return a_linked_card(db)


def a_linked_card(db: Session) -> ReportCard:
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


def share(db: Session) -> None:
    with unrecorded(db):
        card = db.scalars(sa.select(ReportCard)).one()
        card.state, card.shared_on = CardState.SHARED, NOW.date()


def given_back(db: Session, card: ReportCard, worker: Actor, words: str) -> CardEntry:
    """Held after its release, and given back to the queue, where nobody has read it again."""
    entry = let_out(db, worker, card, thinks=words, consents=(BOARD,))
    hold_entry(db, worker, entry.id)
    lead = somebody(db, Role.SAFEGUARDING)
    open_to_read(db, lead, entry.id)
    end_hold(db, lead, entry.id, ending=HoldEnd.SOCIAL_CARE, words_to=WordsTo.QUEUE)
    return entry


def out_for_the_board(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    let_out(db, worker, card, thinks=words, consents=(BOARD,))


def out_for_everybody(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    let_out(db, worker, card, thinks=words, consents=BOTH)


def a_reason_beside_an_entry(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    """It is read with its consent."""
    released_beside(db, worker, let_out(db, worker, card, consents=(BOARD,)), words)


def given_back_and_read_again(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    """It was held, so two decide, neither of whom let it out before."""
    entry = given_back(db, card, worker, words)
    first, second = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.YOUTH_VOICE)
    for reader in (first, second):
        open_to_read(db, reader, entry.id)
    release_entry(db, first, entry.id, shown_thinks=words, shown_wants="Fix the heating.")
    agree_step(db, second, entry.id, StepKind.RELEASE)


def a_wish_that_was_opened(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    """It is for the two teams only."""
    an_opened_wish(db, worker, read(db, worker, card, consents=BOTH), words)


NOT_OUT = [*PLANTS.values(), given_back]
BOARD_READERS = {"youth_voice", "board_member", "chair", "clerk", "linked"}
EVERYBODY = {"public", "linked", *map(str, ROLES)}
OUT = {
    out_for_the_board: BOARD_READERS,
    out_for_everybody: EVERYBODY,
    a_reason_beside_an_entry: BOARD_READERS,
    given_back_and_read_again: BOARD_READERS,
    a_wish_that_was_opened: {"youth_voice", "safeguarding"},
}

Found = dict[str, dict[str, list[str]]]  # the reads that tell it, by whom they told, by its state


@pytest.fixture(scope="module")
def found(empty_databases: Engine) -> Found:
    """Who finds words of each state, after one walk through all reads.

    They are asked by all roles, the public, and a manager linked to the card.
    """
    plants = [*NOT_OUT, *OUT]
    found: Found = {plant.__name__: {} for plant in plants}
    with empty_databases.lent() as database, Session(database.engine) as db:
        db.info["keys"] = database.keys
        card, worker = a_linked_card(db), somebody(db, Role.YOUTH_VOICE)
        for number, plant in enumerate(plants):
            plant(db, card, worker, f"We like {CANARY}{number} aloud.")
        share(db)
        decided_in_private(db, PRIVATE)
        for who, actor in zip(["public", *map(str, ROLES), "linked"], readers(db), strict=True):
            for name, answer in told(db, actor, typed=CANARY):
                for number, plant in enumerate(plants):
                    if f"{CANARY}{number} " in answer:
                        found[plant.__name__].setdefault(who, []).append(name)
                if PRIVATE in answer:
                    found.setdefault(PRIVATE, {}).setdefault(who, []).append(name)
        db.rollback()
    return found


def test_words_that_are_not_out_are_found_nowhere(found: Found):
    states = [plant.__name__ for plant in NOT_OUT]

    assert {state: found[state] for state in states if found[state]} == {}


@pytest.mark.parametrize("state", OUT, ids=lambda state: state.__name__)
def test_words_that_are_out_are_found_by_those_they_are_for(
    found: Found, state: Callable[..., None]
):
    assert set(found[state.__name__]) == OUT[state]


def test_what_was_decided_without_the_public_is_told_where_meetings_are_read(found: Found):
    readers = {str(role) for role in ROLES if role in Permission.MEETINGS_READ.holders} | {"linked"}
    assert set(found[PRIVATE]) == readers
    told_in = {name for names in found[PRIVATE].values() for name in names}
    assert told_in == {"agenda", "decisions", "every_decision", "meeting", "search"}


def test_words_for_the_public_alone_stand_on_no_card_of_the_board(
    db: Session, card: ReportCard, worker: Actor
):
    let_out(db, worker, card, thinks=CANARY, consents=(PUBLIC,))
    share(db)

    assert CANARY not in repr(report_card(db, somebody(db, Role.CHAIR), card.id))
    assert CANARY in repr(report_card(db, the_public(), card.id))


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


@pytest.mark.sqlite  # the walk above asks every read on both engines
def test_whoever_words_are_about_finds_them_in_no_read(
    db: Session, card: ReportCard, worker: Actor
):
    board = (Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR, Role.ADMINISTRATOR)
    staff = [somebody(db, Role.YOUTH_VOICE, Role.SAFEGUARDING), somebody(db, *board)]
    opportunity_id = db.scalars(sa.select(OpportunitySource.opportunity_id)).one()
    for recalled in (False, True):
        entry = let_out(db, worker, card, thinks=CANARY, consents=BOTH)
        write_summary(db, worker, entry.id, text=f"They say {CANARY}")
        send_reply(db, worker, entry.id, text=f"You said {CANARY}")
        beside = released_beside(db, worker, entry, f"{CANARY} again", frozenset(BOTH))
        add(db, OpportunitySource(opportunity_id=opportunity_id, entry_id=entry.id))
        with unrecorded(db):
            close_to(db, entry, frozenset(one.id for one in staff))
        for one in (entry, beside) if recalled else ():
            recall_entry(db, worker, one.id, reason=CANARY)
    share(db)

    assert [
        name for actor in staff for name, answer in told(db, actor, typed=CANARY)
        if CANARY in answer
    ] == []  # fmt: skip
