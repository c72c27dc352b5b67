"""It may be about one of us, said on a card that was sent before: the same as on the first form."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_views import give_view
from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_checks import keep_entry, open_to_read
from coprod_data.commands.entries_wishes import open_wish, wish_to_talk
from coprod_data.commands.entries_writing_back import write_back
from coprod_data.commands.outcomes import say_not_yet
from coprod_data.models import CardEntry, ContactWish, EntryMeant, EntryQuestion, Outcome
from coprod_data.permissions import Actor, NotAllowed, NotFound
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.rules.who_is_meant import SaidAbout
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.entries import Flag, QuestionKind
from coprod_data.vocabulary.entry_care import AboutUs
from tests.helpers.builders import NOW, a_person, add, the_duty, unrecorded
from tests.helpers.entries_read import later
from tests.helpers.plans import under
from tests.helpers.working_together import Work

WORDS = {"words": "They shout at us", "form_id": "form-later-1"}
NOT_SAID = SaidAbout(AboutUs.NOT_SAID)
Way = Callable[[Session, Work, Outcome, SaidAbout], object]


@pytest.fixture(autouse=True)
def on_duty(db: Session) -> None:
    the_duty(db)


def answer(db: Session, work: Work, _outcome: Outcome, about: SaidAbout) -> None:
    asked = EntryQuestion(
        entry_id=work.entry.id, kind=QuestionKind.TALK, text="How?", asked_at=NOW,
        asked_by_id=work.worker.id,
    )  # fmt: skip
    answer_question(db, work.author, add(db, asked).id, agreed=None, **WORDS, about=about)


def not_yet(db: Session, work: Work, outcome: Outcome, about: SaidAbout) -> None:
    say_not_yet(
        db, work.author, outcome.id, reason=WORDS["words"], form_id=WORDS["form_id"], about=about
    )


def view(db: Session, work: Work, _outcome: Outcome, about: SaidAbout) -> None:
    job = under(db, work.theme, a_person(db))
    with unrecorded(db):
        job.opportunity_id = work.opportunity.id
    give_view(db, work.author, job.id, face=Face.FROWN, **WORDS, about=about)


def wish(db: Session, work: Work, _outcome: Outcome, about: SaidAbout) -> None:
    wish_to_talk(
        db, work.author, work.entry.id, first_name="Jo", how="Call: 07700 900123", when_safe="",
        about=about,
    )  # fmt: skip


WAYS: dict[str, Way] = {
    "write back": lambda db, work, _outcome, about: write_back(
        db, work.author, work.entry.id, **WORDS, about=about
    ),
    "answer": answer,
    "not yet": not_yet,
    "view": view,
    "wish": wish,
}


def family(db: Session) -> list[CardEntry]:
    return list(db.scalars(sa.select(CardEntry).order_by(CardEntry.id)))


@pytest.mark.parametrize("way", WAYS)
def test_whoever_is_named_never_sees_the_card_again(
    db: Session, together: Work, outcome: Outcome, second: Actor, way: str
):
    said = SaidAbout(AboutUs.NAMED, frozenset({together.worker.id, together.member.id}))
    WAYS[way](db, together, outcome, said)

    meant = set(db.scalars(sa.select(EntryMeant.person_id)))
    assert meant == {together.worker.id}  # only the two teams can be named
    for entry in family(db):
        assert Flag.ABOUT_US in entry.flag_list
        with pytest.raises(NotFound):
            open_to_read(db, together.worker, entry.id)
        open_to_read(db, second, entry.id)


@pytest.mark.parametrize("way", WAYS)
def test_who_would_not_say_is_read_by_safeguarding_also_on_a_card_that_was_out(
    db: Session, together: Work, outcome: Outcome, second: Actor, lead: Actor, way: str
):
    WAYS[way](db, together, outcome, NOT_SAID)

    card = follow_entry(db, together.author)
    assert (card.unsaid, card.for_safeguarding) == (True, True)
    assert entries_to_check(db, second) == []
    for entry in family(db):
        with pytest.raises(NotFound):
            open_to_read(db, second, entry.id)
        open_to_read(db, lead, entry.id)
    for one in db.scalars(sa.select(ContactWish.id)):
        with pytest.raises((NotFound, NotAllowed)):
            open_wish(db, second, one)
        open_wish(db, lead, one)


def test_the_card_is_shut_until_it_is_let_out_again(db: Session, together: Work, second: Actor):
    with unrecorded(db):  # said on the first form, and let out by safeguarding since then
        together.entry.about_us = AboutUs.NOT_SAID
    assert not follow_entry(db, together.author).unsaid

    write_back(db, together.author, together.entry.id, **WORDS, about=NOT_SAID)
    assert follow_entry(db, together.author).unsaid
    with unrecorded(db):
        together.entry.released_at = later(second).at

    assert not follow_entry(db, together.author).unsaid


def test_somebody_else_needs_a_second_person(db: Session, together: Work, second: Actor):
    said = SaidAbout(AboutUs.SOMEBODY_ELSE)
    added = write_back(db, together.author, together.entry.id, **WORDS, about=said)
    open_to_read(db, second, added)

    assert all(Flag.ABOUT_US in entry.flag_list for entry in family(db))
    assert keep_entry(db, second, added, why="It is about a teacher.") is False
