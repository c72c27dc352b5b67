"""A text of the two teams holds no words that its writer has read and the Board may not."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.opportunities import reword_opportunity
from coprod_data.models import CardEntry, Opportunity, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Invalid
from coprod_data.vocabulary.entries import ConsentUse
from tests.helpers.builders import add, an_entry, an_opportunity, holding_the_code
from tests.helpers.entries_read import let_out, read
from tests.helpers.working_together import WORDED, the_person

THEIRS = "the driver laughs at my photo every single day"
TEXT = f"A child said: “{THEIRS}”. Ride with us."


@pytest.fixture
def made(db: Session, worker: Actor, theme: PromiseTheme) -> Opportunity:
    return an_opportunity(db, theme, the_person(db, worker))


def save(db: Session, actor: Actor, made: Opportunity, text: str) -> None:
    reword_opportunity(db, actor, made.id, wording=replace(WORDED, help_wanted=text))


def refused(
    db: Session, actor: Actor, made: Opportunity, text: str = TEXT, why: str = "the Board may not"
) -> bool:
    try:
        with db.begin_nested():
            save(db, actor, made, text)
    except Invalid as invalid:
        db.info.pop("gathered", None)
        db.refresh(made)
        return why in invalid.sentence and invalid.field == "help_wanted"
    return False


def kept(db: Session, worker: Actor, card: ReportCard, _second: Actor) -> CardEntry:
    return read(db, worker, card, thinks=THEIRS, wants=None, consents=())


def on_hold(db: Session, worker: Actor, card: ReportCard, second: Actor) -> CardEntry:
    entry = read(db, worker, card, thinks=THEIRS, wants=None)
    hold_entry(db, second, entry.id)
    return entry


def typed(db: Session, worker: Actor, card: ReportCard, _second: Actor) -> CardEntry:
    return add(db, an_entry(db, card, THEIRS, None, typed_by_id=worker.id))


def no_longer(db: Session, worker: Actor, card: ReportCard, _second: Actor) -> CardEntry:
    entry = let_out(db, worker, card, thinks=THEIRS, wants=None, consents=(ConsentUse.BOARD,))
    change_consent(db, holding_the_code(entry), entry.id, uses=frozenset({ConsentUse.SUMMARY}))
    return entry


@pytest.mark.parametrize("way", [kept, on_hold, typed, no_longer])
def test_words_that_the_board_may_not_read_are_in_no_text_of_whoever_read_them(
    db: Session, worker: Actor, second: Actor, chair: Actor, card: ReportCard, made: Opportunity,
    way: Any,
):  # fmt: skip
    way(db, worker, card, second)

    why = "nobody may use them" if way in (no_longer, on_hold) else "the Board may not read them"
    assert refused(db, worker, made, why=why)
    assert refused(db, worker, made, TEXT.upper().replace(" ", "  "), why=why)
    assert not refused(db, worker, made, "The driver laughs at photos every day. Ride with us.")
    if way in (kept, typed):
        save(db, chair, made, TEXT)  # who has read nothing is told nothing


def test_hidden_words_are_refused_and_shown_ones_are_not(
    db: Session, worker: Actor, card: ReportCard, made: Opportunity
):
    said = f"My aunt Sharon from Hill Street says {THEIRS}"
    entry = read(db, worker, card, thinks=said, wants=None, consents=(ConsentUse.BOARD,))
    release_entry(
        db, worker, entry.id, shown_thinks=f"[somebody in my family] says {THEIRS}",
        shown_wants="", confirmed_many=True,
    )  # fmt: skip

    assert refused(db, worker, made, "Ask my aunt Sharon from Hill Street.")
    assert not refused(db, worker, made)


def test_what_another_child_said_too_and_the_board_reads_is_not_refused(
    db: Session, worker: Actor, card: ReportCard, made: Opportunity
):
    kept(db, worker, card, worker)
    let_out(db, worker, card, thinks=THEIRS, wants=None, consents=(ConsentUse.BOARD,))

    assert not refused(db, worker, made)


def test_a_reply_may_repeat_its_readers_words_and_nobody_elses(
    db: Session, worker: Actor, card: ReportCard
):
    entry = let_out(db, worker, card, thinks="Where is my box with the photos?", wants=None)
    other = an_entry(db, card, THEIRS, None)
    open_to_read(db, worker, other.id)

    send_reply(db, worker, entry.id, text="You asked: where is my box with the photos? We look.")
    with pytest.raises(Invalid, match="may not read them"), db.begin_nested():
        send_reply(db, worker, entry.id, text=TEXT)
