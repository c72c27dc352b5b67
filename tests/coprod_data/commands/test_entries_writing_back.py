"""A young person writes again on a card of their own: an entry like any other, twenty a day."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_writing_back import LETTERS_A_DAY, write_back
from coprod_data.models import CardEntry, Consent, PromiseTheme, ReportCard
from coprod_data.permissions import Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.rules.texts import ONLY_SIGNS, says_something
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from tests.helpers.about_us import sent
from tests.helpers.builders import an_entry, holding_the_code, somebody


def written(db: Session) -> list[CardEntry]:
    return list(db.scalars(sa.select(CardEntry).where(CardEntry.kind == EntryKind.ANSWER)))


def test_it_belongs_to_the_card_and_is_flagged_and_read_like_any_other(
    db: Session, card: ReportCard
):
    entry = an_entry(db, card)

    number = write_back(
        db, holding_the_code(entry), entry.id, words="He hits me.", form_id="form-0001",
        uses=frozenset({ConsentUse.BOARD}),
    )  # fmt: skip

    worker = somebody(db, Role.YOUTH_VOICE)
    told = {row.id: row.kind for row in entries_to_check(db, worker)}
    assert told[number] == "They wrote back"
    [one] = written(db)
    assert (one.id, one.about_id, one.dealt_at, one.flagged) == (number, entry.id, None, True)
    uses = db.scalars(sa.select(Consent.use).where(Consent.entry_id == number)).all()
    assert uses == [ConsentUse.BOARD]


def test_the_same_form_is_one_and_nothing_is_allowed_unasked(db: Session, card: ReportCard):
    entry = an_entry(db, card)
    author = holding_the_code(entry)

    first, again = (
        write_back(db, author, entry.id, words="Hello", form_id="form-0001") for _ in range(2)
    )

    assert first == again
    assert db.scalars(sa.select(Consent).where(Consent.entry_id == first)).all() == []


def test_it_is_for_a_card_of_ones_own_that_was_not_taken_back(db: Session, card: ReportCard):
    mine, other = an_entry(db, card), an_entry(db, card)
    author = holding_the_code(mine)

    with pytest.raises(NotFound):
        write_back(db, author, other.id, words="Hello", form_id="form-0001")
    with pytest.raises(NotAllowed):
        write_back(db, somebody(db, Role.CHAIR), mine.id, words="Hello", form_id="form-0002")
    withdraw_entry(db, author, mine.id)
    with pytest.raises(Refused):
        write_back(db, author, mine.id, words="Hello", form_id="form-0003")
    assert written(db) == []


def test_twenty_a_day(db: Session, card: ReportCard):
    entry = an_entry(db, card)
    author = holding_the_code(entry)
    for number in range(LETTERS_A_DAY):
        write_back(db, author, entry.id, words="Hello", form_id=f"form-{number:04}")

    with pytest.raises(Refused):
        write_back(db, author, entry.id, words="Hello", form_id="form-9999")

    tomorrow = replace(author, at=author.at + timedelta(days=1, minutes=1))
    assert write_back(db, tomorrow, entry.id, words="Hello", form_id="form-9999")


@pytest.mark.parametrize("said", ["...", "x", "\u2026 -- \u2026", "()"])
def test_dots_and_signs_are_no_words_and_a_face_is(db: Session, theme: PromiseTheme, said: str):
    with pytest.raises(Invalid) as refused:
        sent(db, theme, said)
    assert (refused.value.field, refused.value.sentence) == ("thinks", ONLY_SIGNS)
    assert says_something("\U0001f622")
    entry = sent(db, theme, "Hello")

    with pytest.raises(Invalid, match="few words"):
        write_back(db, holding_the_code(entry), entry.id, words=said, form_id="form-0001")
    assert written(db) == []
