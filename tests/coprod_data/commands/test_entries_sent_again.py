"""The same form sent again: each wording is a card once, and an unread one may be replaced."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import Wish
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_sent_again import put_in_its_place, send_form
from coprod_data.commands.entries_sent_again_steps import Place, Said
from coprod_data.commands.entries_wishes import take_wish_back
from coprod_data.models import CardEntry, ContactWish
from coprod_data.permissions import Actor, NotFound, Role
from coprod_data.rules.form_ids import numbered
from coprod_data.vocabulary.entry_care import AboutUs
from tests.helpers.builders import a_promise, holding_the_code, somebody, the_duty, the_public
from tests.helpers.entries_read import the_code

FORM = "form-0001-of-the-tests"


@pytest.fixture(autouse=True)
def council(db: Session) -> None:
    the_duty(db)
    a_promise(db)


def said(**other: Any) -> Said:
    return Said(**{
        "theme_id": None, "thinks": "My room is cold.", "wants": "", "feeling": None,
        "uses": frozenset(), "wish": None, "about_us": None, "meant": frozenset(), **other,
    })  # fmt: skip


def sent_as(db: Session, number: int, words: Said):
    code = the_code(db, numbered(FORM, number))
    return send_form(db, the_public(), FORM, number=number, code=code, said=words)


def test_the_same_words_are_one_card_and_others_have_the_next_place(db: Session):
    first, place = sent_as(db, 1, said())
    assert first is not None
    assert place == Place(1, None)
    again, _ = sent_as(db, 1, said())
    assert again is not None
    assert (again.entry_id, again.again) == (first.entry_id, True)

    nowhere, place = sent_as(db, 1, said(thinks="My room is cold!"))
    assert nowhere is None
    assert place == Place(2, earlier=1)
    second, _ = sent_as(db, 2, said(thinks="My room is cold!"))
    assert second is not None
    assert second.entry_id != first.entry_id
    assert sent_as(db, 2, said())[1] == Place(1, None)


def test_an_unread_card_is_replaced_and_one_that_was_read_is_not(db: Session):
    first, _ = sent_as(db, 1, said(thinks="He hits me."))
    sent_as(db, 2, said(thinks="All is fine."))
    third, _ = sent_as(db, 3, said(thinks="All is well."))
    assert first is not None
    assert third is not None

    assert put_in_its_place(db, the_public(), FORM, new=3, old=2).done
    open_to_read(db, somebody(db, Role.YOUTH_VOICE), first.entry_id)
    assert not put_in_its_place(db, the_public(), FORM, new=3, old=1).done
    assert db.get_one(CardEntry, first.entry_id).withdrawn_at is None
    assert put_in_its_place(db, the_public(), FORM, new=3, old=2).code == third.code


@pytest.mark.parametrize(("new", "old"), [(1, 2), (2, 2), (3, 1)])
def test_a_card_that_is_not_the_newer_one_of_the_form_replaces_nothing(
    db: Session, new: int, old: int
):
    sent_as(db, 1, said())
    sent_as(db, 2, said(thinks="Another."))

    with pytest.raises(NotFound):
        put_in_its_place(db, the_public(), FORM, new=new, old=old)


def test_a_card_that_was_taken_back_itself_replaces_nothing(db: Session):
    sent_as(db, 1, said())
    sent_as(db, 2, said(thinks="Another."))
    sent_as(db, 3, said(thinks="A third."))
    put_in_its_place(db, the_public(), FORM, new=3, old=2)

    with pytest.raises(NotFound):
        put_in_its_place(db, the_public(), FORM, new=2, old=1)


def about_ben(db: Session) -> tuple[Actor, dict[str, Any]]:
    ben = somebody(db, Role.YOUTH_VOICE, name="Ben Osei")
    return ben, {"about_us": AboutUs.NAMED, "meant": frozenset({ben.person_id})}


def test_what_is_sent_again_without_its_private_part_is_kept_from_the_same_people(db: Session):
    ben, about = about_ben(db)
    sent_as(db, 1, said(**about))

    second, _ = sent_as(db, 2, said())
    again, _ = sent_as(db, 2, said())

    assert second is not None
    assert again is not None
    assert (again.entry_id, again.again) == (second.entry_id, True)
    with pytest.raises(NotFound):
        open_to_read(db, ben, second.entry_id)
    assert db.get_one(CardEntry, second.entry_id).about_us is AboutUs.NAMED


def test_whoever_says_then_whom_it_is_about_is_taken_at_their_word(db: Session):
    ben, about = about_ben(db)
    sent_as(db, 1, said(**about))

    other, _ = sent_as(db, 2, said(about_us=AboutUs.SOMEBODY_ELSE))

    assert other is not None
    open_to_read(db, ben, other.entry_id)


@pytest.mark.parametrize("no_talk", [False, True])
def test_the_card_that_replaces_one_has_its_wish_to_talk_unless_they_said_no(
    db: Session, no_talk: bool
):
    _, about = about_ben(db)
    how = Wish(first_name="Jo", how="Call: 07700 900123", when_safe="After school")
    sent_as(db, 1, said(wish=how, **about))
    second, _ = sent_as(db, 2, said(thinks="My room is cold!"))
    assert second is not None

    for _ in "12":
        assert put_in_its_place(db, the_public(), FORM, new=2, old=1, no_talk=no_talk).done

    first, *carried = db.scalars(sa.select(ContactWish).order_by(ContactWish.id))
    if no_talk:
        assert (carried, first.how is None, first.taken_back_at is None) == ([], False, False)
        return
    assert (first.how, first.closed_at is None) == (None, False)
    [wish] = carried
    assert (wish.first_name, wish.how, wish.when_safe) == tuple(vars(how).values())
    assert (wish.entry_id, wish.closed_at) == (second.entry_id, None)


def test_a_wish_taken_back_unread_stays_with_the_card_that_is_replaced(db: Session):
    _, about = about_ben(db)
    first, _ = sent_as(db, 1, said(wish=Wish("Jo", "Call: 07700 900123", "After school"), **about))
    assert first is not None
    before = db.get_one(CardEntry, first.entry_id)
    take_wish_back(db, holding_the_code(before), before.id)
    sent_as(db, 2, said(thinks="My room is cold!"))

    assert put_in_its_place(db, the_public(), FORM, new=2, old=1).done

    [wish] = db.scalars(sa.select(ContactWish))
    assert (wish.entry_id, wish.how, wish.closed_at) == (before.id, "Call: 07700 900123", None)
    assert before.kept_unread, "safeguarding reads it"
