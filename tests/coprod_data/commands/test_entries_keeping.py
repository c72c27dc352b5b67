"""Words added to a choice are entries too: they belong to one, and must be checked as well."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import NobodyOnDuty, keep_words
from coprod_data.models import (
    CardEntry,
    CardHolder,
    Consent,
    PromiseVersion,
    Setting,
)
from coprod_data.permissions import Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Flag, Review
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import (
    a_promise,
    a_report_card,
    an_entry,
    days_ago,
    holding_the_code,
    somebody,
    the_duty,
    unrecorded,
)
from tests.helpers.entries_read import original

FORM = "form-0001-of-the-tests"


@pytest.fixture(autouse=True)
def council(db: Session) -> list[Any]:
    the_duty(db)
    return a_promise(db)


def keep(db: Session, actor: Any, **said: Any) -> CardEntry:
    words = {
        "kind": EntryKind.NOT_YET, "about_id": None, "theme_id": None, "form_id": FORM,
        "text": "It is still cold.",
    }  # fmt: skip
    entry = keep_words(db, actor, **{**words, **said})
    db.info.pop("gathered", None)
    return entry


def test_words_beside_a_choice_share_the_entry_they_belong_to(db: Session, council: list[Any]):
    main = an_entry(db, a_report_card(db, council[0]))

    child = keep(db, holding_the_code(main), about_id=main.id)

    assert (child.about_id, child.kind, child.code_hash) == (main.id, EntryKind.NOT_YET, None)
    assert child.review is Review.SUBMITTED
    assert original(db, child.id).thinks == "It is still cold."
    assert db.scalars(sa.select(Consent).where(Consent.entry_id == child.id)).all() == []


def test_words_beside_somebody_elses_entry_are_refused(db: Session, council: list[Any]):
    card = a_report_card(db, council[0])
    mine, other = an_entry(db, card), an_entry(db, card)

    with pytest.raises(NotFound):
        keep(db, holding_the_code(mine), about_id=other.id)
    with pytest.raises(NotFound):
        keep(db, somebody(db, Role.YOUNG_PERSON), about_id=mine.id)


def test_words_beside_an_entry_taken_back_are_refused(db: Session, council: list[Any]):
    main = an_entry(db, a_report_card(db, council[0]), withdrawn_at=days_ago(1))

    with pytest.raises(Refused):
        keep(db, holding_the_code(main), about_id=main.id)


def test_words_of_a_young_person_with_an_account_stand_alone_and_are_theirs(db: Session):
    young = somebody(db, Role.YOUNG_PERSON)

    entry = keep(db, young, uses=frozenset({ConsentUse.BOARD}))

    assert entry.about_id is None
    holder = db.scalars(sa.select(CardHolder)).one()
    assert (holder.person_id, holder.entry_id) == (young.id, entry.id)
    assert db.scalars(sa.select(Consent.use)).all() == [ConsentUse.BOARD]


def test_staff_never_keep_words_as_a_young_persons(db: Session):
    with pytest.raises(NotAllowed):
        keep(db, somebody(db, Role.YOUTH_VOICE))


def test_the_same_form_keeps_words_once(db: Session, council: list[Any]):
    main = an_entry(db, a_report_card(db, council[0]))

    first = keep(db, holding_the_code(main), about_id=main.id)
    again = keep(db, holding_the_code(main), about_id=main.id, text="Once more")

    assert again.id == first.id


def test_words_beside_a_choice_are_flagged_like_any_other(db: Session, council: list[Any]):
    main = an_entry(db, a_report_card(db, council[0]))

    child = keep(db, holding_the_code(main), about_id=main.id, text="I do not feel safe.")

    assert child.flag_list == [Flag.UNSAFE]


def test_empty_words_are_no_entry(db: Session, council: list[Any]):
    main = an_entry(db, a_report_card(db, council[0]))

    with pytest.raises(Invalid):
        keep(db, holding_the_code(main), about_id=main.id, text="  ")


def test_without_somebody_on_duty_no_words_are_taken(db: Session):
    with unrecorded(db):
        db.get_one(Setting, SettingKey.DUTY_LEAD).value = ""

    with pytest.raises(NobodyOnDuty):
        keep(db, somebody(db, Role.YOUNG_PERSON))


def test_before_a_promise_is_adopted_there_is_nowhere_to_keep_words(db: Session):
    with unrecorded(db):
        db.execute(sa.update(PromiseVersion).values(adopted_at=None))

    with pytest.raises(Refused, match="no Promise yet"):
        keep(db, somebody(db, Role.YOUNG_PERSON))
