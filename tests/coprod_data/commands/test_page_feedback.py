"""Was this page useful: answers that tell of nobody, and words that the team reads first."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import keep_entry, open_to_read
from coprod_data.commands.entries_erasing import erase_again
from coprod_data.commands.entries_keeping import NobodyOnDuty
from coprod_data.commands.page_feedback import say_useful, write_about_page
from coprod_data.models import CardEntry, Event, PageFeedback, PageWords, PromiseTheme
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Role
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.page_feedback import pages_answered
from coprod_data.rules.who_is_meant import SaidAbout
from coprod_data.vocabulary.entries import EntryKind, Flag
from coprod_data.vocabulary.entry_care import AboutUs
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import (
    a_report_card,
    an_entry,
    days_ago,
    nobody_on_duty,
    somebody,
    the_public,
    the_system,
)

FORM = "a-one-time-form"


def answers(db: Session, worker: Actor) -> dict[str, tuple[int, int]]:
    return {row.page: (row.yes, row.no) for row in pages_answered(db, worker)}


def test_one_form_counts_once_as_it_was_pressed_last(db: Session, worker: Actor):
    for useful in (True, True, False):
        say_useful(db, the_public(), page="actions", useful=useful, form_id=FORM)
    say_useful(db, the_public(), page="actions", useful=True, form_id=f"{FORM}-2")

    assert answers(db, worker) == {"actions": (1, 1)}


def test_an_answer_has_no_author_and_no_day(db: Session):
    say_useful(db, the_public(), page="actions", useful=False, form_id=FORM)

    row = db.scalars(sa.select(PageFeedback)).one()
    assert {column.name for column in PageFeedback.__table__.columns} == {
        "id", "page", "month", "useful", "form_hash",
    }  # fmt: skip
    assert (row.month, FORM in row.form_hash) == ("2026-03", False)
    event = db.scalars(sa.select(Event).where(Event.kind == EventKind.PAGE_ANSWERED)).one()
    assert event.actor_id is None
    assert not any("useful" in name for name in event.changes)


def test_pages_that_most_did_not_find_useful_come_first_and_old_answers_are_over(
    db: Session, worker: Actor
):
    for number, (page, useful) in enumerate(
        [("surveys", True), *[("audits", False)] * 2, ("audits", True), ("meetings", False)]
    ):
        say_useful(db, the_public(), page=page, useful=useful, form_id=f"{FORM}-{number}")
    long_ago = the_public(days_ago(400))
    say_useful(db, long_ago, page="papers", useful=False, form_id=f"{FORM}-old")

    rows = pages_answered(db, worker)
    assert [(row.page, row.not_useful) for row in rows] == [
        ("audits", True), ("meetings", False), ("surveys", False),
    ]  # fmt: skip


def test_words_wait_on_the_second_list_and_a_flag_puts_them_first(
    db: Session, worker: Actor, themes: list[PromiseTheme]
):
    public = the_public()
    write_about_page(db, public, page="audits", text="I cannot find it.", form_id=f"{FORM}-1")
    an_entry(db, a_report_card(db, themes[0]))
    write_about_page(db, public, page="audits", text="He hits me.", form_id=f"{FORM}-2")

    page, card = EntryKind.PAGE.words, EntryKind.WORDS.words
    assert [row.kind for row in entries_to_check(db, worker)] == [page, card, page]
    [row] = pages_answered(db, worker)
    assert (row.page, row.texts, row.unread) == ("audits", 2, 2)


@pytest.mark.usefixtures("themes")
def test_the_team_reads_which_page_it_is_about_and_who_wants_an_answer(
    db: Session, worker: Actor, member: Actor
):
    write_about_page(
        db, the_public(), page="audits", text="I cannot find it.", form_id=FORM,
        reply_to_id=member.id,
    )  # fmt: skip
    assert not write_about_page(db, the_public(), page="audits", text="Again.", form_id=FORM)
    entry = db.scalars(sa.select(CardEntry)).one()
    assert (entry.kind, entry.code_hash) == (EntryKind.PAGE, None)

    open_to_read(db, worker, entry.id)
    raw = raw_words(db, worker, entry.id)
    assert (raw.about_page, raw.answer_to, raw.uses) == ("audits", member.name, frozenset())
    keep_entry(db, worker, entry.id)
    assert pages_answered(db, worker)[0].unread == 0
    erase_again(db, the_system(), [entry.id])
    assert db.get_one(PageWords, entry.id).reply_to_id is None


@pytest.mark.usefixtures("themes")
def test_no_child_is_asked_for_an_address_and_nothing_is_taken_without_anybody_on_duty(
    db: Session,
):
    young = somebody(db, Role.YOUNG_PERSON)
    said = {"page": "surveys", "form_id": FORM}
    with pytest.raises(Invalid):
        write_about_page(db, the_public(), text="Hello there", reply_to_id=young.id, **said)
    for text in (" ", "."):
        with pytest.raises(Invalid):
            write_about_page(db, the_public(), text=text, **said)
    for page in ("", "A page", "../etc", "x" * 50):
        with pytest.raises(NotFound):
            say_useful(db, the_public(), page=page, useful=True, form_id=FORM)
    nobody_on_duty(db)
    with pytest.raises(NobodyOnDuty):
        write_about_page(db, the_public(), text="Hello there", **said)
    say_useful(db, the_public(), page="surveys", useful=True, form_id=FORM)  # holds no words


@pytest.mark.usefixtures("themes")
def test_whom_it_is_about_never_sees_it_and_is_told_no_number_of_it(db: Session, worker: Actor):
    other = somebody(db, Role.YOUTH_VOICE)
    lead = somebody(db, Role.SAFEGUARDING)
    write_about_page(
        db, the_public(), page="audits", text="I cannot say it here.", form_id=f"{FORM}-1",
        about=SaidAbout(AboutUs.NAMED, frozenset({worker.id, somebody(db, Role.CHAIR).id})),
    )  # fmt: skip
    [named] = db.scalars(sa.select(CardEntry))
    assert (Flag.ABOUT_US in named.flag_list, named.about_us) == (True, AboutUs.NAMED)
    write_about_page(
        db, the_public(), page="audits", text="I cannot say it to you.", form_id=f"{FORM}-2",
        about=SaidAbout(AboutUs.NOT_SAID, frozenset()),
    )  # fmt: skip
    unsaid = db.scalars(sa.select(CardEntry).order_by(CardEntry.id.desc())).first()
    assert unsaid is not None
    seen = {
        reader: [entry_id for entry_id in (named.id, unsaid.id) if may_read(db, reader, entry_id)]
        for reader in (worker, other, lead)
    }
    assert seen == {worker: [], other: [named.id], lead: [unsaid.id]}
    assert entries_to_check(db, worker) == pages_answered(db, worker) == []
    assert [row.texts for row in pages_answered(db, other)] == [1]


def may_read(db: Session, reader: Actor, entry_id: int) -> bool:
    try:
        open_to_read(db, reader, entry_id)
    except (NotFound, NotAllowed):
        return False
    return True


def test_only_the_team_reads_the_answers(db: Session, member: Actor, chair: Actor):
    for reader in (member, chair, the_public(), somebody(db, Role.MANAGER)):
        with pytest.raises(NotAllowed):
            pages_answered(db, reader)
    with pytest.raises(NotAllowed):
        say_useful(db, member, page="surveys", useful=True, form_id=FORM)
