"""After a card code is made, its form shows it again, its author keeps it or it is handed over."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import SentEntry, send_entry
from coprod_data.commands.entries_codes import forget_handed_codes, hand_over_code, keep_code
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.models import CardEntry, EntryMeant, HandedCode
from coprod_data.permissions import Actor, ActorKind, NotAllowed, Refused
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_codes import codes_to_hand_over
from coprod_data.store.card_codes import NEW_CODE, OLD_CODE, spell_code
from coprod_data.store.keys import Key, Keys
from coprod_data.store.sealed_texts import open_text, seal_text
from tests.helpers.builders import NOW, add, the_public, unrecorded
from tests.helpers.entries_read import the_code

FORM = "form-0001-of-the-tests"


def send(db: Session, actor: Actor, form_id: str = FORM) -> SentEntry:
    return send_entry(
        db, actor, form_id=form_id, code=the_code(db, form_id), theme_id=None,
        thinks="My room is cold.", wants="",
        feeling=None, uses=frozenset(), typed=actor.kind is ActorKind.PERSON,
    )  # fmt: skip


def by_code(entry_id: int) -> Actor:
    return Actor(kind=ActorKind.CARD_CODE, at=NOW, recorded_at=NOW, entry_id=entry_id)


def later(actor: Actor, **time: int) -> Actor:
    return Actor(**{**vars(actor), "at": actor.at + timedelta(**time)})


def the_system() -> Actor:
    return Actor(kind=ActorKind.SYSTEM, at=NOW, recorded_at=NOW)


pytestmark = pytest.mark.usefixtures("themes")


def test_a_form_of_the_first_release_sent_again_shows_its_four_words(db: Session):
    sent = send(db, the_public())
    assert len(sent.code.split()) == NEW_CODE
    with unrecorded(db):
        db.get_one(CardEntry, sent.entry_id).code_words = None

    again = send(db, the_public())

    assert again.again
    assert again.code == spell_code(FORM, db.info["keys"].newest, OLD_CODE)


def test_the_author_has_the_code_once_and_for_all(db: Session):
    author = by_code(send(db, the_public()).entry_id)
    assert not follow_entry(db, author).code_kept

    keep_code(db, author)
    keep_code(db, later(author, hours=1))

    assert follow_entry(db, author).code_kept
    assert db.get_one(CardEntry, author.entry_id).code_kept_at == NOW


def test_nobody_else_says_that_the_author_has_it(db: Session, worker: Actor):
    sent = send(db, the_public())
    withdraw_entry(db, by_code(sent.entry_id), sent.entry_id)

    with pytest.raises(Refused, match="took this card back"):
        keep_code(db, by_code(sent.entry_id))
    for other in (worker, the_public(), the_system()):
        with pytest.raises(NotAllowed):
            keep_code(db, other)


def test_a_typed_code_waits_for_its_worker_only(db: Session, worker: Actor, second: Actor):
    sent = send(db, worker)

    [waiting] = codes_to_hand_over(db, worker)

    assert waiting.code == sent.code
    assert codes_to_hand_over(db, second) == []
    hand_over_code(db, second, waiting.id)
    assert codes_to_hand_over(db, worker) == [waiting]
    hand_over_code(db, worker, waiting.id)
    hand_over_code(db, worker, waiting.id)
    assert codes_to_hand_over(db, worker) == []
    assert db.scalars(sa.select(HandedCode)).all() == []


def test_a_typed_code_is_not_shown_to_a_worker_whom_its_author_names(db: Session, worker: Actor):
    sent = send(db, worker)
    add(db, EntryMeant(entry_id=sent.entry_id, person_id=worker.id))

    assert codes_to_hand_over(db, worker) == []


def test_the_same_form_again_waits_once(db: Session, worker: Actor):
    send(db, worker)
    send(db, worker)

    assert len(codes_to_hand_over(db, worker)) == 1


def test_what_waits_is_sealed_and_opens_for_its_own_entry_only(db: Session, worker: Actor):
    first, other = send(db, worker), send(db, worker, "form-0002-of-the-tests")
    rows = db.scalars(sa.select(HandedCode).order_by(HandedCode.id)).all()
    assert all(FORM not in row.sealed for row in rows)

    rows[0].sealed, rows[1].sealed = rows[1].sealed, rows[0].sealed
    db.flush()

    assert first.code != other.code
    assert codes_to_hand_over(db, worker) == []


def test_after_a_day_it_is_not_shown_and_the_job_forgets_it(db: Session, worker: Actor):
    send(db, worker)
    almost, after = later(worker, hours=23, minutes=59), later(worker, hours=24)

    assert len(codes_to_hand_over(db, almost)) == 1
    assert codes_to_hand_over(db, after) == []
    forget_handed_codes(db, later(the_system(), hours=23))
    assert db.scalar(sa.select(sa.func.count()).select_from(HandedCode)) == 1
    forget_handed_codes(db, later(the_system(), hours=24))
    assert db.scalar(sa.select(sa.func.count()).select_from(HandedCode)) == 0


def test_a_card_taken_back_has_no_code_to_hand_over(db: Session, worker: Actor):
    sent = send(db, worker)

    withdraw_entry(db, by_code(sent.entry_id), sent.entry_id)

    assert db.scalars(sa.select(HandedCode)).all() == []


def test_nothing_waits_when_they_sent_it_themselves(db: Session):
    send(db, the_public())

    assert db.scalars(sa.select(HandedCode)).all() == []


def test_a_sealed_text_opens_under_a_key_still_kept_and_for_its_purpose():
    old, new = Key("1", b"k" * 32), Key("2", b"o" * 32)
    sealed = seal_text(Keys((old,)), "one thing", "the text")

    assert open_text(Keys((old, new)), "one thing", sealed) == "the text"
    assert open_text(Keys((old, new)), "another", sealed) is None
    assert open_text(Keys((new,)), "one thing", sealed) is None
    assert open_text(Keys((old,)), "one thing", sealed[:-4] + "AAAA") is None
