"""Recognisable words of young people, planted by the real commands in every unreleased state."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_views import give_view
from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import ask_back, keep_entry, open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_keeping import keep_words
from coprod_data.commands.entries_replies import write_summary
from coprod_data.commands.entries_wishes import wish_to_talk
from coprod_data.models import (
    Action,
    CardEntry,
    EntryQuestion,
    NotYet,
    OpportunitySource,
    ReportCard,
)
from coprod_data.permissions import Actor
from coprod_data.scopes.actions import to_view
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from tests.helpers.builders import NOW, add, an_entry, holding_the_code, unrecorded
from tests.helpers.entries_read import let_out, open_its_wish, read, read_by_another

CANARY = "Zanzibarquux"
BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)


def plant_unread(db: Session, card: ReportCard, _worker: Actor, words: str) -> None:
    an_entry(db, card, words, consents=BOTH)


def plant_in_review(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    read(db, worker, card, thinks=words, consents=BOTH)


def plant_proposed(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = read(db, worker, card, thinks=words, flags=["hurt"], consents=BOTH)
    release_entry(db, worker, entry.id, shown_thinks=words, shown_wants="Fix the heating.")


def plant_asked_back(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = read(db, worker, card, thinks=words, consents=BOTH)
    ask_back(db, worker, entry.id, text="May we?")


def plant_wished(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    """A wish to talk that nobody has opened, beside words that nobody has decided about."""
    entry = read(db, worker, card, thinks=words, consents=BOTH)
    author = holding_the_code(entry)
    wish_to_talk(db, author, entry.id, first_name="Jo", how=words, when_safe=words)


def plant_passed_on(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = read(db, worker, card, thinks=words, consents=BOTH)
    an_opened_wish(db, worker, entry, "Text me.")
    pass_to_worker(db, worker, entry.id)


def an_opened_wish(db: Session, worker: Actor, entry: CardEntry, words: str) -> None:
    """A wish to talk of an entry, opened by one of the team."""
    author = holding_the_code(entry)
    wish_to_talk(db, author, entry.id, first_name="Jo", how=words, when_safe=words)
    open_its_wish(db, worker, entry.id)


def plant_closed(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = read(db, worker, card, thinks=words, consents=BOTH)
    close_entry(db, worker, entry.id, text="Done.")


def plant_held(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = read(db, worker, card, thinks=words, consents=BOTH)
    hold_entry(db, worker, entry.id)


def plant_held_after_release(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = let_out(db, worker, card, thinks=words, consents=BOTH)
    hold_entry(db, worker, entry.id)


def plant_withdrawn(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = let_out(db, worker, card, thinks=words, consents=BOTH)
    write_summary(db, worker, entry.id, text=f"They say: {words}")
    read_by_another(db, entry)
    withdraw_entry(db, holding_the_code(entry), entry.id)


def plant_withdrawn_after_one_reader(
    db: Session, card: ReportCard, worker: Actor, words: str
) -> None:
    entry = let_out(db, worker, card, thinks=words, consents=BOTH)
    write_summary(db, worker, entry.id, text=f"They say: {words}")
    withdraw_entry(db, holding_the_code(entry), entry.id)


def plant_hidden(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = read(db, worker, card, thinks=words, wants=None, consents=BOTH)
    release_entry(db, worker, entry.id, shown_thinks="We like [a name] aloud.", shown_wants="")


def plant_without_consent(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    let_out(db, worker, card, thinks=words, consents=())


def plant_for_a_summary_alone(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    let_out(db, worker, card, thinks=words, consents=())


def plant_consent_taken_away(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = let_out(db, worker, card, thinks=words, consents=BOTH)
    change_consent(db, holding_the_code(entry), entry.id, uses=frozenset())


def beside(
    db: Session, main: CardEntry, words: str, uses: frozenset[ConsentUse] = frozenset()
) -> CardEntry:
    """A reason for "not yet" that belongs to an entry, as the outcome's page keeps it."""
    with unrecorded(db):
        entry = keep_words(
        db, holding_the_code(main), kind=EntryKind.NOT_YET, about_id=main.id, theme_id=None,
        text=words, form_id=f"form-of-{main.id}", uses=uses,
    )  # fmt: skip
    outcome_id = db.scalar(sa.text("SELECT id FROM outcome"))
    add(db, NotYet(
        outcome_id=outcome_id or 0, entry_id=main.id, at=NOW, reason_entry_id=entry.id
    ))  # fmt: skip
    return entry


def released_beside(
    db: Session,
    worker: Actor,
    main: CardEntry,
    words: str,
    uses: frozenset[ConsentUse] = frozenset({ConsentUse.BOARD}),
) -> CardEntry:
    entry = beside(db, main, words, uses)
    open_to_read(db, worker, entry.id)
    if uses:
        release_entry(db, worker, entry.id, shown_thinks=words, shown_wants="")
    else:
        keep_entry(db, worker, entry.id)
    return entry


def plant_beside_unread(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    beside(db, let_out(db, worker, card, consents=BOTH), words)


def plant_beside_a_held_entry(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    main = let_out(db, worker, card, consents=BOTH)
    released_beside(db, worker, main, words)
    hold_entry(db, worker, main.id)


def plant_beside_a_withdrawn_one(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    main = let_out(db, worker, card, consents=BOTH)
    released_beside(db, worker, main, words)
    withdraw_entry(db, holding_the_code(main), main.id)


def plant_beside_without_consent(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    released_beside(db, worker, let_out(db, worker, card, consents=BOTH), words, frozenset())


def plant_refused_summary(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = let_out(db, worker, card, consents=())
    summary_id = write_summary(db, worker, entry.id, text=words)
    asked = db.scalars(sa.select(EntryQuestion).filter_by(summary_id=summary_id)).one()
    answer_question(
        db, holding_the_code(entry), asked.id, agreed=False, words="", form_id="refused-1"
    )


def plant_replaced_summary(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = let_out(db, worker, card, consents=())
    write_summary(db, worker, entry.id, text=words)
    write_summary(db, worker, entry.id, text="A young person is cold at night.")


def plant_summary_of_a_held_entry(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = let_out(db, worker, card, consents=BOTH)
    write_summary(db, worker, entry.id, text=words)
    hold_entry(db, worker, entry.id)


def plant_answer(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = read(db, worker, card, consents=BOTH)
    question_id = ask_back(db, worker, entry.id, text="May we?")
    answer_question(
        db, holding_the_code(entry), question_id, agreed=None, words=words, form_id="answer-1"
    )


def plant_view(db: Session, card: ReportCard, worker: Actor, words: str) -> None:
    entry = let_out(db, worker, card, consents=BOTH)
    author = holding_the_code(entry)
    work_id = db.scalar(sa.select(Action.opportunity_id).where(Action.opportunity_id.is_not(None)))
    add(db, OpportunitySource(opportunity_id=work_id or 0, entry_id=entry.id))
    action_id = db.scalar(sa.select(sa.func.min(Action.id)).where(to_view(author)))
    give_view(db, author, action_id or 0, face=Face.FROWN, words=words, form_id="view-0001")


PLANTS = {name: plant for name, plant in list(globals().items()) if name.startswith("plant_")}
