"""A text that repeats words which left is reworded, or put back."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_quoted import put_text_back, reword_text
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.opportunities import reword_opportunity, suggest_opportunity
from coprod_data.commands.outcomes import co_sign, propose_outcome
from coprod_data.models import (
    CardEntry,
    Event,
    Opportunity,
    PromiseTheme,
    Reply,
    ReportCard,
    Rewording,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Refused, Role
from coprod_data.queries.entries_quoted import texts_to_reword
from coprod_data.queries.outcomes import outcome, outcomes_of_mine, outcomes_to_sign
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.outcomes import OutcomeProgress, Side
from coprod_data.vocabulary.rewordings import BEING_REWORDED, REMOVED, TextEnd
from tests.helpers.builders import (
    TODAY,
    holding_the_code,
    somebody,
    unrecorded,
)
from tests.helpers.entries_read import later, let_out, read_by_another
from tests.helpers.quoting import LIKE, OURS, QUOTE, THINKS, logged_words, recalled, waiting
from tests.helpers.working_together import TOLD, WORDED, Work


def test_rewording_writes_the_new_text_with_one_event_and_forgets_the_old(
    db: Session, worker: Actor, quoted: CardEntry, quoting: Opportunity
):
    recalled(db, worker, quoted)
    number = waiting(db, worker)
    for text, why in (
        (" ", "other words"),
        (QUOTE, "own words are still in it"),
        ("x" * 5001, "letters long"),
    ):
        with pytest.raises(Invalid, match=why), db.begin_nested():
            reword_text(db, later(worker), number, text=text)
    db.refresh(quoting)
    db.info.pop("gathered", None)
    before = db.scalar(sa.select(sa.func.count()).select_from(Event)) or 0

    reword_text(db, later(worker), number, text=OURS)

    assert quoting.help_wanted == OURS
    assert db.scalar(sa.select(sa.func.count()).select_from(Event)) == before + 1
    done = db.get_one(Rewording, number)
    assert (done.text, done.spans, done.ending) == (None, [], TextEnd.REWORDED)
    assert (texts_to_reword(db, worker), done.settled_by_id) == ([], worker.id)
    with pytest.raises(NotFound):
        reword_text(db, worker, number, text="Twice")


def test_a_usual_edit_of_the_text_ends_its_wait_unless_the_words_are_in_it_again(
    db: Session, worker: Actor, chair: Actor, quoted: CardEntry, card: ReportCard
):
    id_ = suggest_opportunity(
        db, chair, theme_id=card.theme_id, wording=replace(WORDED, help_wanted=QUOTE)
    )
    recalled(db, worker, quoted)
    with pytest.raises(Invalid, match="still in it"), db.begin_nested():
        reword_opportunity(db, chair, id_, wording=replace(WORDED, help_wanted=f"{QUOTE} Again."))
    db.expire_all()
    db.info.pop("gathered", None)

    reword_opportunity(db, chair, id_, wording=replace(WORDED, help_wanted=OURS))

    assert texts_to_reword(db, worker) == []


def test_what_is_not_their_words_is_put_back_and_not_asked_about_again(
    db: Session, worker: Actor, quoted: CardEntry, quoting: Opportunity
):
    with unrecorded(db):
        quoting.help_wanted = LIKE
    recalled(db, worker, quoted)
    put_text_back(db, worker, waiting(db, worker), ending=TextEnd.NOT_THEIRS)
    assert quoting.help_wanted == LIKE

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert quoting.help_wanted == LIKE
    kinds = db.scalars(sa.select(Event.kind).order_by(Event.id)).all()
    assert kinds.count(EventKind.TEXT_PUT_BACK) == 1


def test_a_copy_of_six_words_is_theirs_whatever_one_person_says(
    db: Session, worker: Actor, quoted: CardEntry, quoting: Opportunity
):
    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    with pytest.raises(Refused, match="Write it in other words"):
        put_text_back(db, worker, waiting(db, worker), ending=TextEnd.NOT_THEIRS)

    assert quoting.help_wanted == BEING_REWORDED


def test_a_text_goes_back_once_all_its_words_are_out_again(
    db: Session, worker: Actor, quoted: CardEntry, quoting: Opportunity
):
    recalled(db, worker, quoted)
    with pytest.raises(Refused, match="Not all of these words"):
        put_text_back(db, worker, waiting(db, worker), ending=TextEnd.OUT_AGAIN)
    open_to_read(db, later(worker), quoted.id)
    release_entry(db, later(worker), quoted.id, shown_thinks=THINKS, shown_wants="")

    put_text_back(db, later(worker), waiting(db, worker), ending=TextEnd.OUT_AGAIN)

    assert quoting.help_wanted == QUOTE


@pytest.mark.usefixtures("quoting")
def test_words_hidden_by_a_later_release_stay_out_of_the_text(
    db: Session, worker: Actor, quoted: CardEntry
):
    recalled(db, worker, quoted)
    open_to_read(db, later(worker), quoted.id)
    hidden = THINKS.replace("my stuff in bin bags", "[things]")
    release_entry(db, later(worker), quoted.id, shown_thinks=hidden, shown_wants="")

    with pytest.raises(Refused, match="Not all of these words"):
        put_text_back(db, later(worker), waiting(db, worker), ending=TextEnd.OUT_AGAIN)


def test_words_of_two_young_people_in_one_text_both_keep_it_waiting(
    db: Session, worker: Actor, quoted: CardEntry, card: ReportCard, quoting: Opportunity
):
    other = let_out(db, worker, card, thinks="The bus to school is always late on Mondays")
    with unrecorded(db):
        quoting.help_wanted = f"{LIKE} The bus to school is always late."
    read_by_another(db, quoted)
    read_by_another(db, other)
    withdraw_entry(db, holding_the_code(quoted), quoted.id)
    withdraw_entry(db, holding_the_code(other), other.id)
    first, last = (row.id for row in texts_to_reword(db, worker))

    put_text_back(db, worker, first, ending=TextEnd.NOT_THEIRS)
    assert quoting.help_wanted == BEING_REWORDED
    reword_text(db, worker, last, text=OURS)
    assert (quoting.help_wanted, texts_to_reword(db, worker)) == (OURS, [])


def test_what_the_team_wrote_to_the_author_goes_with_erased_words(
    db: Session, worker: Actor, quoted: CardEntry
):
    send_reply(db, worker, quoted.id, text=f"You told us: they put my stuff in bin bags. {OURS}")
    reply = db.scalars(sa.select(Reply)).one()
    read_by_another(db, quoted)

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert (reply.text, texts_to_reword(db, worker)) == (REMOVED, [])
    assert logged_words(db) == []


@pytest.mark.parametrize("way", ["taken in", "held"])
def test_words_that_nobody_may_read_now_are_not_saved_in_a_text_of_staff(
    db: Session, worker: Actor, chair: Actor, quoted: CardEntry, theme: PromiseTheme, way: str
):
    if way == "held":
        hold_entry(db, worker, quoted.id)
    else:
        recalled(db, worker, quoted)
    said = replace(WORDED, help_wanted=QUOTE)

    for at in (chair, later(chair, 60 * 24)):  # at once, and as long as they are not out
        with pytest.raises(Invalid, match="nobody may use them now"), db.begin_nested():
            suggest_opportunity(db, at, theme_id=theme.id, wording=said)
        db.info.pop("gathered", None)

    suggest_opportunity(db, chair, theme_id=theme.id, wording=replace(WORDED, help_wanted=OURS))


def test_an_outcome_that_both_sides_signed_keeps_its_signatures_and_says_that_it_was_reworded(
    db: Session, together: Work
):
    outcome_id = propose_outcome(
        db,
        together.member,
        together.opportunity.id,
        **TOLD,
        what_changed="The room is cold at night? No more.",
    )
    co_sign(db, together.author, outcome_id)
    recalled(db, together.worker, together.entry)
    with pytest.raises(Refused, match="being reworded"):
        co_sign(db, together.member, outcome_id)
    assert [row.id for row in outcomes_to_sign(db, together.member)] == []

    number = waiting(db, together.worker)
    reword_text(db, later(together.worker), number, text="Every flat is warm after dark.")
    co_sign(db, together.member, outcome_id)

    for reader in (together.member, somebody(db, Role.YOUNG_PERSON)):
        told = outcome(db, reader, outcome_id)
        assert (told.what_changed, told.reworded_on) == ("Every flat is warm after dark.", TODAY)
        assert (told.state, told.signed) == (OutcomeProgress.CO_SIGNED, frozenset(Side))
    [mine] = outcomes_of_mine(db, together.author)
    assert (mine.answer, mine.outcome.reworded_on) == ("signed", TODAY)


def test_what_was_co_signed_before_is_never_unsigned(db: Session, together: Work):
    outcome_id = propose_outcome(
        db,
        together.member,
        together.opportunity.id,
        **TOLD,
        what_changed="The room is cold at night? No more.",
    )
    co_sign(db, together.author, outcome_id)
    co_sign(db, together.member, outcome_id)

    recalled(db, together.worker, together.entry)

    told = outcome(db, together.member, outcome_id)
    assert (told.what_changed, told.state) == (BEING_REWORDED, OutcomeProgress.CO_SIGNED)
    reword_text(
        db, later(together.worker), waiting(db, together.worker), text="Every flat is warm."
    )
    assert outcome(db, together.member, outcome_id).signed == frozenset(Side)
