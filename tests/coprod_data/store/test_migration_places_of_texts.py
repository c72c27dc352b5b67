"""The upgrade that looks through more texts of staff, up, down and up again with rows."""

from datetime import timedelta

from sqlalchemy.orm import Session

from coprod_data.models import Meeting, Rewording, SurveyFinding, SurveyRound
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0078_places_of_texts import (
    NOT_WRITTEN,
    PLACES,
    down_revision,
)
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.store.staff_runs import texts_that_may_hold
from coprod_data.vocabulary import rewordings
from coprod_data.vocabulary.meetings import MeetingState
from coprod_data.vocabulary.rewordings import BEING_REWORDED, TextPlace
from coprod_data.vocabulary.surveys import FindingSide
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import NOW, TODAY, a_promise, a_report_card, add, an_entry
from tests.helpers.quoting import QUOTE, THINKS


def test_it_goes_down_and_up_with_texts_and_with_two_that_wait_in_one_round(database: Database):
    with Session(database.engine) as db:
        entry = an_entry(db, a_report_card(db, a_promise(db)[0]))
        meeting = add(db, Meeting(
            meets_on=TODAY, state=MeetingState.PLANNED, planned_at=NOW, private_part=QUOTE
        ))  # fmt: skip
        survey = add(db, SurveyRound(survey="-", about="-", held_on=TODAY - timedelta(days=1)))
        for place in (1, 2):
            finding = add(db, SurveyFinding(
                round_id=survey.id, position=place, indicator=BEING_REWORDED, side=FindingSide.GOOD
            ))  # fmt: skip
            add(db, Rewording(
                place=TextPlace.FINDING, row_id=finding.id, entry_id=entry.id, text=QUOTE, since=NOW
            ))  # fmt: skip
        meeting_id = meeting.id
        db.commit()
    before = guards(database)

    downgrade(database.engine, down_revision)
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        assert db.get_one(Meeting, meeting_id).private_part == QUOTE
        assert texts_that_may_hold(db, [THINKS]) == {(TextPlace.MEETING_PRIVATE, meeting_id)}
        assert {row.indicator for row in db.query(SurveyFinding)} == {
            f"{BEING_REWORDED} {number}" for number in (1, 2)
        }
        assert db.query(Rewording).count() == 0


def test_it_knows_the_words_and_places_of_its_day():
    assert {words.replace("''", "'") for words in NOT_WRITTEN} == set(rewordings.NOT_WRITTEN)
    assert {f"{table}.{name}" for table, names in PLACES.items() for name in names} <= {*TextPlace}
