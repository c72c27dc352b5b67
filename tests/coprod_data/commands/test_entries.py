"""Sending an entry: nothing said is refused, nothing sent is lost, nothing is kept twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import SentEntry, send_entry
from coprod_data.commands.entries_keeping import NobodyOnDuty
from coprod_data.models import Base, CardEntry, CardHolder, Consent, Event, EventText, ReportCard
from coprod_data.permissions import Invalid, NotAllowed, Role
from coprod_data.store.actors import ByCode, Public
from coprod_data.store.card_codes import new_code
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse, Flag, Hint, Review
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import CardState
from tests.helpers.builders import (
    NOW,
    a_promise,
    a_report_card,
    days_ago,
    nobody_on_duty,
    somebody,
    the_duty,
    the_public,
)
from tests.helpers.entries_read import original, the_code
from tests.helpers.payloads import PAYLOADS

FORM = "form-0001-of-the-tests"


def send(db: Session, **said: Any) -> SentEntry:
    words = {
        "form_id": FORM, "theme_id": None, "thinks": "My room is cold.", "wants": "A heater.",
        "feeling": 2, "uses": frozenset({ConsentUse.BOARD}),
    }  # fmt: skip
    sender, told = said.pop("actor", the_public()), {**words, **said}
    code = told.pop("code", None) or the_code(db, told["form_id"])
    return send_entry(db, sender, code=code, **told)


@pytest.fixture(autouse=True)
def council(db: Session) -> list[Any]:
    the_duty(db)
    return a_promise(db)


def test_what_was_written_is_kept_as_it_was_written_and_waits(db: Session, council: list[Any]):
    sent = send(db, theme_id=council[0].id)

    entry = db.get_one(CardEntry, sent.entry_id)
    words = original(db, entry.id)
    assert (words.thinks, words.wants) == ("My room is cold.", "A heater.")
    assert (entry.review, entry.released_at, entry.place) == (Review.SUBMITTED, None, None)
    assert (entry.sent_at, entry.feeling, entry.flags) == (NOW, 2, [])
    assert db.get_one(ReportCard, entry.report_card_id).theme_id == council[0].id


@pytest.mark.parametrize(
    "thinks", ["The shouting is loud.", "he said something to her and now she wont come out"]
)
def test_words_to_read_with_care_move_an_entry_up_and_ask_for_nobody_else(db: Session, thinks: str):
    sent = send(db, thinks=thinks)

    entry = db.get_one(CardEntry, sent.entry_id)
    assert (entry.flags, entry.hints) == ([], [Hint.WEAK_WORDS])


def test_the_code_opens_the_entry_and_stands_nowhere(database: Database, db: Session):
    sent = send(db)
    db.commit()

    with database.reading(ByCode(sent.code.upper().replace(" ", "-"))) as (_, actor):
        assert actor.entry_id == sent.entry_id
    with database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(sa.select(table)).all()
            assert sent.code not in str(rows)


def test_the_same_form_again_is_the_same_entry_with_the_same_code(db: Session):
    first = send(db)
    again = send(db, thinks="Something else entirely", wants="")

    assert (again.entry_id, again.code, again.again) == (first.entry_id, first.code, True)
    assert db.scalar(sa.select(sa.func.count(CardEntry.id))) == 1
    assert original(db, first.entry_id).thinks == "My room is cold."


def test_thirty_sends_of_one_form_at_once_make_one_entry(database: Database, db: Session):
    db.commit()

    def press(_: int) -> SentEntry:
        with database.writing(Public()) as (own_db, actor):
            return send(own_db, actor=actor)

    with ThreadPoolExecutor(30) as many:
        answers = list(many.map(press, range(30)))

    assert len({(answer.entry_id, answer.code) for answer in answers}) == 1
    assert [answer.again for answer in answers].count(False) == 1
    assert db.scalar(sa.select(sa.func.count(CardEntry.id))) == 1
    sent = sa.select(sa.func.count(Event.id)).where(Event.kind == EventKind.ENTRY_SENT)
    assert db.scalar(sent) == 1


def test_thirty_forms_at_once_open_one_card_and_are_all_there(database: Database, db: Session):
    db.commit()

    def press(number: int) -> SentEntry:
        form_id = f"{FORM}-{number}"
        code = new_code(form_id, database.keys)  # as the page does: slow, and nobody waits for it
        with database.writing(Public()) as (own_db, actor):
            return send(own_db, actor=actor, form_id=form_id, code=code)

    with ThreadPoolExecutor(30) as many:
        answers = list(many.map(press, range(30)))

    assert len({answer.code for answer in answers}) == 30
    assert db.scalar(sa.select(sa.func.count(CardEntry.id))) == 30
    assert db.scalar(sa.select(sa.func.count(ReportCard.id))) == 1


def test_no_text_is_refused_or_changed(db: Session):
    for number, words in enumerate(PAYLOADS):
        sent = send(db, form_id=f"{FORM}-{number}", thinks=words, wants=words)

        kept = original(db, sent.entry_id)
        assert (kept.thinks, kept.wants) == (words, words)


def test_rude_and_alarming_words_are_taken(db: Session):
    sent = send(db, thinks="This is f***ing rubbish. He hits me and says keep it secret.")

    entry = db.get_one(CardEntry, sent.entry_id)
    assert entry.flag_list == [Flag.HURT, Flag.SECRET]
    assert entry.review is Review.SUBMITTED


def test_five_thousand_letters_are_taken(db: Session):
    sent = send(db, thinks="é" * 5_000)

    assert len(original(db, sent.entry_id).thinks or "") == 5_000


@pytest.mark.parametrize("field", ["thinks", "wants"])
def test_one_letter_more_is_refused_with_the_count(db: Session, field: str):
    with pytest.raises(Invalid, match=r"5,001 letters .* take out 1\.") as refused:
        send(db, **{field: "a" * 5_001})

    assert refused.value.field == field


def test_control_and_override_characters_are_cleaned_and_the_rest_stays(db: Session):
    sent = send(db, thinks="a\x00b\x1bc\u202ed\u2066e\r\nf\tg 👩‍👧 سلام ", wants="")

    assert original(db, sent.entry_id).thinks == "abcde\nf\tg 👩‍👧 سلام"


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\u202e\x00"])
def test_an_empty_form_is_refused_beside_the_field(db: Session, nothing: str):
    with pytest.raises(Invalid) as refused:
        send(db, thinks=nothing, wants=nothing)

    assert refused.value.field == "thinks"


def test_one_of_the_two_texts_is_enough(db: Session):
    sent = send(db, thinks="", wants="A heater.")

    words = original(db, sent.entry_id)
    assert (words.thinks, words.wants) == (None, "A heater.")


@pytest.mark.parametrize("feeling", [0, 6, -1])
def test_a_feeling_beyond_the_five_faces_is_refused(db: Session, feeling: int):
    with pytest.raises(Invalid):
        send(db, feeling=feeling)


@pytest.mark.parametrize("language", ["", "x", "12", "<script>", "English and Polish"])
def test_a_language_is_one_short_word(db: Session, language: str):
    with pytest.raises(Invalid) as refused:
        send(db, language=language)

    assert refused.value.field == "language"


def test_no_face_is_fine(db: Session):
    assert db.get_one(CardEntry, send(db, feeling=None).entry_id).feeling is None


@pytest.mark.parametrize("form_id", ["", "short", "a b c d e f g h", "x" * 121, "form-<script>"])
def test_what_cannot_be_a_form_is_refused(db: Session, form_id: str):
    with pytest.raises(Invalid):
        send(db, form_id=form_id)


def test_consents_are_those_given_and_no_other(db: Session):
    sent = send(db, uses=frozenset({ConsentUse.BOARD, ConsentUse.PUBLIC}))

    assert set(db.scalars(sa.select(Consent.use).where(Consent.entry_id == sent.entry_id))) == {
        ConsentUse.BOARD,
        ConsentUse.PUBLIC,
    }


def test_no_answer_is_no(db: Session):
    sent = send(db, uses=frozenset())

    assert db.scalars(sa.select(Consent).where(Consent.entry_id == sent.entry_id)).all() == []


def test_i_dont_know_goes_to_something_else(db: Session, council: list[Any]):
    entry = db.get_one(CardEntry, send(db, theme_id=None).entry_id)

    assert db.get_one(ReportCard, entry.report_card_id).theme_id == council[-1].id


def test_an_entry_lands_on_the_card_that_stands_and_never_on_a_shared_one(
    db: Session, council: list[Any]
):
    shared = a_report_card(db, council[0], state=CardState.SHARED, shared_on=NOW.date())

    entry = db.get_one(CardEntry, send(db, theme_id=council[0].id).entry_id)

    assert entry.report_card_id != shared.id


def test_words_from_a_page_of_the_earlier_promise_go_to_the_theme_of_the_same_name(
    db: Session, council: list[Any]
):
    later = a_promise(db, title="The next Promise", adopted_at=days_ago(1))

    homes = db.get_one(CardEntry, send(db, theme_id=council[0].id).entry_id)

    assert db.get_one(ReportCard, homes.report_card_id).theme_id == later[0].id


def test_a_theme_that_never_was_is_refused(db: Session):
    with pytest.raises(Invalid) as refused:
        send(db, theme_id=987_654)

    assert refused.value.field == "theme_id"


def test_without_somebody_on_duty_nothing_is_taken(db: Session):
    nobody_on_duty(db)

    with pytest.raises(NobodyOnDuty, match="0800 1111"):
        send(db)
    assert db.scalars(sa.select(CardEntry)).all() == []


def test_only_the_youth_voice_team_types_for_somebody_and_it_says_so(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)

    entry = db.get_one(CardEntry, send(db, actor=worker, typed=True, read_back=True).entry_id)

    assert (entry.typed_by_id, entry.read_back) == (worker.id, True)


@pytest.mark.parametrize(
    "role",
    [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR, Role.ADMINISTRATOR, Role.SAFEGUARDING],
)
def test_nobody_else_sends_or_types(db: Session, role: Role):
    actor = somebody(db, role)

    for typed in (True, False):
        with pytest.raises(NotAllowed):
            send(db, actor=actor, typed=typed)


def test_a_sent_entry_names_no_account(db: Session):
    young = somebody(db, Role.YOUNG_PERSON)

    entry = db.get_one(CardEntry, send(db, actor=young).entry_id)

    assert entry.typed_by_id is None
    assert db.scalars(sa.select(CardHolder)).all() == []


def test_the_event_tells_that_it_was_sent_and_nothing_of_what_was_said(db: Session):
    sent = send(db, thinks="Zanzibar is my word")

    event = db.scalars(sa.select(Event).where(Event.kind == EventKind.ENTRY_SENT)).one()
    assert (event.subject_type, event.subject_id) == ("card_entry", sent.entry_id)
    assert "Zanzibar" not in str(event.changes)
    assert "Zanzibar" not in str(db.scalars(sa.select(EventText.text)).all())
