"""How each engine runs the reads of a page: by an index, however many entries there are."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_replies import write_summary
from coprod_data.models import PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Role
from coprod_data.queries.entries_queue import entries_to_check, queue_clock, replies_owed
from coprod_data.queries.entries_released import opening_words, search_words, words_to_pin
from coprod_data.queries.overview import numbers, waits
from coprod_data.queries.report_cards import cards_per_theme, report_cards
from coprod_data.queries.report_cards_detail import report_card
from coprod_data.queries.search import search
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from tests.benchmarks.statements import reads_of
from tests.helpers.builders import a_report_card, somebody
from tests.helpers.entries_read import let_out, read

GROWING = "card_entry|entry_version|entry_summary|entry_question|consent|event|event_text|reply"
# What is waiting today: few rows, if the team keeps up.
SHORT = "ix_card_entry_(in_hand|owed|kept_unread|asked|ended|out)"
WALKS = {
    "sqlite": re.compile(rf"SCAN ({GROWING})(_\d+)?(?! USING (COVERING )?INDEX {SHORT})\b"),
    "postgresql": re.compile(rf"Seq Scan on ({GROWING})\b"),
}

OF_WORDS = (ConsentUse.BOARD, ConsentUse.PUBLIC)
Read = Callable[[Session, Actor], object]


@pytest.fixture
def at_work(db: Session, themes: list[PromiseTheme], worker: Actor) -> ReportCard:
    """A few entries in each state, and an engine that uses an index wherever possible."""
    card = a_report_card(db, themes[0])
    for _ in range(3):
        let_out(db, worker, card, consents=OF_WORDS)
        read(db, worker, card)
    hold_entry(db, worker, read(db, worker, card).id)
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.text("SET LOCAL enable_seqscan = off"))
    return card


READS: dict[str, tuple[Role, Read, set[str]]] = {
    "what is unread": (Role.CHAIR, waits, {"ix_card_entry_in_hand", "ix_card_entry_owed"}),
    "the counts": (Role.CHAIR, numbers, set()),
    "the words that open": (Role.CHAIR, opening_words, {"uq_consent_live"}),
    "words to pin": (Role.CHAIR, words_to_pin, {"uq_consent_live"}),
    "the gallery": (Role.CHAIR, report_cards, {"ix_card_entry_released"}),
    "the gallery of a young person": (Role.YOUNG_PERSON, report_cards, {"ix_card_entry_released"}),
    "the gallery of a manager": (Role.MANAGER, report_cards, set()),
    "cards of each theme": (Role.CHAIR, cards_per_theme, set()),
    "the queue": (Role.YOUTH_VOICE, entries_to_check, {"ix_card_entry_in_hand"}),
    "the queue of safeguarding": (Role.SAFEGUARDING, entries_to_check, {"ix_card_entry_in_hand"}),
    "the clock of the queue": (Role.YOUTH_VOICE, queue_clock, {"ix_card_entry_in_hand"}),
    "replies owed": (Role.YOUTH_VOICE, replies_owed, {"ix_card_entry_owed"}),
    "words found": (Role.CHAIR, lambda db, actor: search_words(db, actor, "cold"), set()),
    "all that is found": (Role.CHAIR, lambda db, actor: search(db, actor, "cold"), set()),
    "cards found": (Role.CHAIR, lambda db, actor: report_cards(db, actor, search="cold"), set()),
}


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize("name", READS)
def test_a_read_goes_by_an_index_through_what_grows(db: Session, database: Database, name: str):
    role, ask, indexes = READS[name]
    reader = somebody(db, role)

    plans = plans_of(db, database, lambda: ask(db, reader))

    assert walked(db, plans) == []
    assert {index for index in indexes if not any(index in plan for plan in plans)} == set()


def test_one_card_goes_by_an_index_through_what_grows(
    db: Session, database: Database, at_work: ReportCard, worker: Actor
):
    shorter = let_out(db, worker, at_work, consents=OF_WORDS)
    write_summary(db, worker, shorter.id, text="It is cold at night.")
    reader = somebody(db, Role.CHAIR)

    plans = plans_of(db, database, lambda: report_card(db, reader, at_work.id))

    assert walked(db, plans) == []
    # Among so few rows PostgreSQL may find a summary by the first index, too.
    of_summaries = ["ix_card_entry_summed_up"] if database.is_sqlite else []
    for index in ["ix_card_entry_released", *of_summaries]:
        assert any(index in plan for plan in plans), index


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize(
    "long_walk",
    [
        "SELECT count(feeling) FROM card_entry WHERE language = 'xx'",
        "SELECT sum(place) FROM card_entry WHERE released_at IS NOT NULL",
    ],
)
def test_a_walk_through_all_entries_would_be_told(db: Session, database: Database, long_walk: str):
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.text("SET LOCAL enable_seqscan = on"))

    assert walked(db, plans_of(db, database, lambda: db.execute(sa.text(long_walk)))) != []


def plans_of(db: Session, database: Database, ask: Callable[[], object]) -> list[str]:
    """The plan of every statement that a read sends, from this engine."""
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    connection = db.connection()
    plans = []
    for one in reads_of(database, ask):
        rows: Any = connection.exec_driver_sql(f"{explain} {one.text}", one.values)
        plans.append("\n".join(str(row[-1]) for row in rows))
    assert plans
    return plans


def walked(db: Session, plans: list[str]) -> list[str]:
    """The plans that read all of a table that grows with what young people send."""
    walk = WALKS[db.get_bind().dialect.name]
    return [plan for plan in plans if walk.search(plan)]
