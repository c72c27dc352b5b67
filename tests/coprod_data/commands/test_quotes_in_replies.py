"""A reply may quote its own reader, also one that waits for a second person."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_endings import close_entry
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.quotes import choose_quote, put_in_quotes
from coprod_data.commands.quotes_steps import CHOSEN
from coprod_data.models import CardEntry, Quote, Reply, ReportCard
from coprod_data.permissions import Actor, Refused
from coprod_data.queries.quotes import QuoteOffer, quotes_to_offer
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import StepKind
from coprod_data.vocabulary.rewordings import TAKEN_OUT, TextPlace
from tests.helpers.entries_read import later, let_out, read
from tests.helpers.quoting import recalled

THEIRS = "they put my stuff in bin bags"


def test_a_reply_may_quote_what_its_reader_said_to_the_board_only(
    db: Session, worker: Actor, owner: Actor, card: ReportCard
):
    words = "the bus driver laughs at my pass every single day"
    entry = let_out(db, worker, card, thinks=words, wants=None, consents=(ConsentUse.BOARD,))
    about = str(entry.id)

    def asked(actor: Actor) -> list[QuoteOffer]:
        return quotes_to_offer(
            db, actor, "check", about, "reply", f"You said: {words}.", place=TextPlace.REPLY
        )

    assert [one.words for one in asked(worker)] == [words]
    assert asked(owner) == []
    choose_quote(db, worker, "check", about, "reply", entry.id, place=TextPlace.REPLY)
    put_in_quotes(db, worker, "check", about)
    send_reply(db, worker, entry.id, text=f"You said: {words}. We told the bus company.")

    recalled(db, worker, entry)

    reply = db.scalars(sa.select(Reply)).one()
    assert reply.text == f"You said: {TAKEN_OUT}. We told the bus company."


def proposed(db: Session, worker: Actor, card: ReportCard, quoted: CardEntry) -> CardEntry:
    """A flagged entry whose last reply quotes other words, and waits for a second person."""
    entry = read(db, worker, card, thinks="my bags too", wants=None, flags=["hurt"], consents=())
    about = str(entry.id)
    choose_quote(db, worker, "check", about, "close", quoted.id, place=TextPlace.REPLY)
    put_in_quotes(db, worker, "check", about)
    text = f"Another child said: {THEIRS}."
    assert not close_entry(db, worker, entry.id, text=text, why="It is done")
    del db.info[CHOSEN]  # a transaction of the product ends here
    return entry


def test_a_reply_that_waited_for_a_second_person_keeps_its_quote(
    db: Session, worker: Actor, second: Actor, card: ReportCard, quoted: CardEntry
):
    entry = proposed(db, worker, card, quoted)
    open_to_read(db, second, entry.id)
    agree_step(db, second, entry.id, StepKind.CLOSE)
    del db.info[CHOSEN]

    reply = db.scalars(sa.select(Reply)).one()
    assert [one.row_id for one in db.scalars(sa.select(Quote))] == [reply.id]
    recalled(db, worker, quoted)
    assert reply.text == f"Another child said: {TAKEN_OUT}."


def test_a_reply_is_not_sent_once_the_words_that_it_quotes_have_left(
    db: Session, worker: Actor, second: Actor, card: ReportCard, quoted: CardEntry
):
    entry = proposed(db, worker, card, quoted)
    recalled(db, worker, quoted)
    open_to_read(db, later(second, 60 * 24), entry.id)

    with pytest.raises(Refused, match="words that may not be read any more"):
        agree_step(db, later(second, 60 * 24), entry.id, StepKind.CLOSE)
    db.info.pop(CHOSEN, None)
