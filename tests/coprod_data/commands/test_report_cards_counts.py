"""Whatever happens to entries, the counts on their cards match a recount."""

import random
from collections.abc import Callable
from contextlib import suppress

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry
from coprod_data.commands.entries_checks import (
    ask_back,
    move_entry,
    open_to_read,
    release_entry,
    return_to_queue,
)
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.entries_endings import close_entry
from coprod_data.commands.entries_replies import send_reply, write_summary
from coprod_data.models import CardEntry, EntryVersion, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Refused, Role
from coprod_data.queries.report_cards import report_cards
from coprod_data.queries.report_cards_counts import miscounted_cards
from coprod_data.scopes.entries import words_for
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.entry_care import HoldEnd, WordsTo
from tests.helpers.builders import a_report_card, an_entry, somebody, the_system, unrecorded
from tests.helpers.entries_read import let_out, read, taken_back_for

STEPS = 40
USES = [frozenset(), *(frozenset({use}) for use in ConsentUse), frozenset(ConsentUse)]

Step = Callable[[Session, random.Random, CardEntry], None]


@pytest.fixture
def steps(worker: Actor, lead: Actor, themes: list[PromiseTheme]) -> list[Step]:
    """Everything that may happen to an entry, as the person who does it."""

    def release(db: Session, _chance: random.Random, entry: CardEntry) -> None:
        open_to_read(db, worker, entry.id)
        words = db.scalars(sa.select(EntryVersion).where(EntryVersion.entry_id == entry.id)).first()
        release_entry(
            db, worker, entry.id, shown_thinks=words.thinks or "", shown_wants=words.wants or ""
        )

    def consent(db: Session, chance: random.Random, entry: CardEntry) -> None:
        change_consent(db, worker, entry.id, uses=chance.choice(USES), why="They rang.")

    def move(db: Session, chance: random.Random, entry: CardEntry) -> None:
        move_entry(db, worker, entry.id, theme_id=chance.choice(themes).id)

    def sum_up(db: Session, _chance: random.Random, entry: CardEntry) -> None:
        write_summary(db, worker, entry.id, text="They are cold.")

    def ask(db: Session, _chance: random.Random, entry: CardEntry) -> None:
        ask_back(db, worker, entry.id, text="Which room?")

    def let_hold_end(db: Session, _chance: random.Random, entry: CardEntry) -> None:
        open_to_read(db, lead, entry.id)
        end_hold(db, lead, entry.id, ending=HoldEnd.SOCIAL_CARE, words_to=WordsTo.QUEUE)

    return [
        release, release, release, consent, consent, move, sum_up, ask,
        lambda db, _, entry: hold_entry(db, worker, entry.id),
        let_hold_end,
        lambda db, _, entry: taken_back_for(db, worker, entry),
        lambda db, _, entry: return_to_queue(db, worker, entry.id),
        lambda db, _, entry: close_entry(db, worker, entry.id, text="Thank you."),
        lambda db, _, entry: send_reply(db, worker, entry.id, text="Thank you."),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_after_any_commands_in_any_order_a_recount_gives_the_same(
    db: Session, themes: list[PromiseTheme], steps: list[Step], seed: int
):
    chance = random.Random(seed)  # noqa: S311 - the same commands each time
    cards = [a_report_card(db, theme) for theme in themes]
    entries = [
        an_entry(db, chance.choice(cards), consents=chance.choice(USES)) for _ in range(8)
    ]  # fmt: skip
    done = 0

    for _ in range(STEPS):
        step, entry = chance.choice(steps), chance.choice(entries)
        with suppress(Refused), db.begin_nested():
            step(db, chance, entry)
            done += 1
        assert miscounted_cards(db, the_system()) == []

    assert done >= STEPS / 5


def test_a_count_is_how_many_words_a_reader_may_read(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    both = let_out(db, worker, card, consents=(ConsentUse.BOARD, ConsentUse.PUBLIC))
    for_us = let_out(db, worker, card, consents=(ConsentUse.BOARD,))
    held = let_out(db, worker, card, consents=(ConsentUse.BOARD,))
    read(db, worker, card)  # read, but not released
    hold_entry(db, worker, held.id)
    readers = [somebody(db, role) for role in (Role.CHAIR, Role.YOUNG_PERSON)]

    counts = [report_cards(db, reader).cards[0].voices for reader in readers]

    assert counts == [2, 1]
    assert [readable(db, reader, card) for reader in readers] == [{both.id, for_us.id}, {both.id}]

    open_to_read(db, lead, held.id)
    end_hold(db, lead, held.id, ending=HoldEnd.SOCIAL_CARE, words_to=WordsTo.QUEUE)
    assert report_cards(db, readers[0]).cards[0].voices == 2  # read again first


def test_a_count_that_was_tampered_with_is_told(db: Session, card: ReportCard, worker: Actor):
    let_out(db, worker, card)
    with unrecorded(db):
        db.execute(sa.update(ReportCard).values(board_voices=9))

    assert miscounted_cards(db, the_system()) == [card.id]


def test_an_entry_that_was_made_to_say_it_is_summed_up_is_told(
    db: Session, card: ReportCard, worker: Actor
):
    let_out(db, worker, card)
    with unrecorded(db):
        db.execute(sa.update(CardEntry).values(summed_up=True))

    assert miscounted_cards(db, the_system()) == [card.id]


def readable(db: Session, reader: Actor, card: ReportCard) -> set[int]:
    return set(
        db.scalars(
            sa.select(CardEntry.id).where(
                CardEntry.report_card_id == card.id,
                CardEntry.kind == EntryKind.WORDS,
                words_for(reader),
            )
        )
    )
