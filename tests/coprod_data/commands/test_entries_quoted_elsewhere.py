"""A copy of words that leave is found in any text of staff, on their chain or not."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.event_log import record
from coprod_data.commands.opportunities import reword_opportunity
from coprod_data.commands.surveys import FindingTyped, add_survey_round, keep_findings
from coprod_data.models import (
    CardEntry,
    EventText,
    PromiseTheme,
    Rewording,
    StaffRun,
    SurveyFinding,
)
from coprod_data.permissions import Actor
from coprod_data.queries.entries_quoted import texts_to_reword
from coprod_data.store.database import Database
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import BEING_REWORDED, TextEnd, TextPlace
from coprod_data.vocabulary.surveys import FindingSide
from tests.helpers.builders import TODAY, a_report_card, an_opportunity, holding_the_code
from tests.helpers.databases import statements
from tests.helpers.entries_read import let_out
from tests.helpers.quoting import BOTH, QUOTE, THINKS, in_every_place
from tests.helpers.working_together import WORDED, the_person


def test_every_place_is_reached_without_a_chain(
    db: Session, worker: Actor, themes: list[PromiseTheme], quoted: CardEntry
):
    other = an_opportunity(db, themes[1], the_person(db, worker))
    rows = in_every_place(db, worker, a_report_card(db, themes[1]), other, "-")
    for place, row in rows.items():
        setattr(row, place.column, QUOTE)
    record(db, worker, EventKind.OPPORTUNITY_CHANGED, other)

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    kept = {place for place, row in rows.items() if getattr(row, place.column) != BEING_REWORDED}
    assert kept == set()
    assert sorted(one.place for one in texts_to_reword(db, worker)) == sorted(TextPlace)
    assert list(db.scalars(sa.select(StaffRun))) == []
    logged = sa.select(EventText.text).where(EventText.text.contains("stuff"))
    assert list(db.scalars(logged)) == []


@pytest.mark.parametrize(
    ("said", "copied"),
    [
        ("They put my stuff in bin bags.", "Here they put my stuff in binbags, we think."),
        ("They put my stuff in bin bags.", "putmy stuff in bin bags"),
        ("They put my stuff in binbags.", "they put my stuff in bin bags"),
        ("They put my stuff in bin bags.", "they put my stuff in bin\u2011bags"),
        ("They put all my stuff into black-bin bags.", "put all my stuff into blackbin bags"),
    ],
)
def test_spaces_and_hyphens_make_no_other_words_of_it(
    db: Session, worker: Actor, themes: list[PromiseTheme], said: str, copied: str
):
    card = a_report_card(db, themes[0])
    entry = let_out(db, worker, card, thinks=said, wants=None, consents=BOTH)
    made = an_opportunity(db, themes[1], the_person(db, worker))
    reword_opportunity(db, worker, made.id, wording=replace(WORDED, help_wanted=copied))

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert made.help_wanted == BEING_REWORDED


def test_a_text_that_waits_elsewhere_for_others_waits_for_these_words_too(
    db: Session, worker: Actor, themes: list[PromiseTheme], quoted: CardEntry
):
    words = "nobody ever said sorry to me"
    other = let_out(db, worker, a_report_card(db, themes[1]), thinks=words, wants=None,
                    consents=BOTH)  # fmt: skip
    made = an_opportunity(db, themes[1], the_person(db, worker))
    reword_opportunity(
        db, worker, made.id, wording=replace(WORDED, help_wanted=f"{QUOTE} And {words}.")
    )

    withdraw_entry(db, holding_the_code(other), other.id)
    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert {one.entry_id for one in texts_to_reword(db, worker)} == {quoted.id, other.id}


def test_it_takes_as_many_statements_however_many_texts_there_are(
    database: Database, db: Session, worker: Actor, themes: list[PromiseTheme], quoted: CardEntry
):
    def take_back(entry: CardEntry) -> int:
        with statements(database) as sent:
            withdraw_entry(db, holding_the_code(entry), entry.id)
        return len(sent)

    card = a_report_card(db, themes[1])
    alike = let_out(db, worker, card, thinks=THINKS, wants=None, consents=BOTH)
    few = take_back(alike)
    for _ in range(20):
        made = an_opportunity(db, themes[1], the_person(db, worker))
        reword_opportunity(db, worker, made.id, wording=WORDED)

    assert take_back(quoted) <= few


def test_two_findings_of_a_round_wait_at_once_and_stop_when_others_come_in(
    db: Session, worker: Actor, quoted: CardEntry
):
    number = add_survey_round(db, worker, survey="Bags", about="all", held_on=TODAY)
    said = FindingTyped(indicator="They put my stuff in bin bags", side=FindingSide.WORRY,
                        percent=None)  # fmt: skip
    also = replace(said, indicator="They put my stuff in bin bags again")
    keep_findings(db, worker, number, [said, also])

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    asked = sa.select(SurveyFinding.indicator)
    assert list(db.scalars(asked)) == [BEING_REWORDED] * 2
    assert [one.place for one in texts_to_reword(db, worker)] == [TextPlace.FINDING] * 2

    keep_findings(db, worker, number, [replace(said, indicator="How we were moved")])

    assert list(db.scalars(asked)) == ["How we were moved"]
    assert texts_to_reword(db, worker) == []
    ended = db.execute(sa.select(Rewording.ending, Rewording.text)).all()
    assert ended == [(TextEnd.GONE, None)] * 2
