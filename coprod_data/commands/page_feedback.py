"""Whether a page was useful: two presses that name nobody, and words that the team reads first."""

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import (
    in_turn,
    keep_original,
    must_have_duty,
    open_card,
    sent_before,
)
from coprod_data.commands.event_log import record
from coprod_data.commands.rows import must_be_an_adult
from coprod_data.models import PageFeedback, PageWords
from coprod_data.permissions import Actor, Invalid, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import ONLY_SIGNS, required_text, says_something
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.store.card_codes import form_digest
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.events import EventKind

PRESSES = ":useful"  # after a form's id: its words are kept under another hash
A_PAGE = re.compile(r"[a-z][a-z_-]{1,38}", re.ASCII)


def say_useful(db: Session, actor: Actor, *, page: str, useful: bool, form_id: str) -> None:
    """Count whether somebody found a page useful, by its name. The same form pressed again counts
    once, as it was pressed last. Raises NotFound.
    """
    actor.must(Permission.PAGE_FEEDBACK_GIVE)
    _must_be_a_page(page)
    keys = db.info["keys"]
    digests = [form_digest(form_id + PRESSES, key) for key in keys.all]
    in_turn(db, digests[-1])
    row = db.scalar(sa.select(PageFeedback).where(PageFeedback.form_hash.in_(digests)))
    if row is not None and row.useful == useful:
        return
    if row is None:
        month = f"{london_day(actor.at):%Y-%m}"
        row = PageFeedback(page=page, month=month, useful=useful, form_hash=digests[-1])
        db.add(row)
    row.useful = useful
    db.flush()
    record(db, actor, EventKind.PAGE_ANSWERED, row)


def write_about_page(
    db: Session,
    actor: Actor,
    *,
    page: str,
    text: str,
    form_id: str,
    reply_to_id: int | None = None,
    about: SaidAbout = NOTHING_SAID,
) -> bool:
    """Keep what somebody writes about a page as an entry that the team reads first, whoever wrote
    it. Returns whether it is new.

    It has no card code. Whom it is `about` never see it. `reply_to_id` is the account of an adult
    who wants an answer; nobody else is asked who they are. Called in a transaction of its own,
    nothing joins it to the presses. Raises NotFound, Invalid, Refused, and NobodyOnDuty for words
    that nobody would read.
    """
    actor.must(Permission.ENTRIES_SEND)
    _must_be_a_page(page)
    words = required_text(text, "words", "Write something first.")
    if not says_something(words):
        raise Invalid(ONLY_SIGNS, field="words")
    must_have_duty(db, actor)
    if sent_before(db, form_id) is not None:
        return False
    if reply_to_id is not None:
        must_be_an_adult(db, reply_to_id, "Only adults are asked who they are.")
    entry = keep_original(
        db,
        actor,
        form_id=form_id,
        card=open_card(db, actor, None),
        thinks=words,
        wants="",
        uses=frozenset(),
        language="en",
        kind=EntryKind.PAGE,
        about_us=about.about_us,
        meant=about.whom,
    )
    db.add(PageWords(entry_id=entry.id, page=page, reply_to_id=reply_to_id))
    record(db, actor, EventKind.ENTRY_SENT, entry)
    return True


def _must_be_a_page(page: str) -> None:
    if not A_PAGE.fullmatch(page):
        raise NotFound("We could not find that page.")
