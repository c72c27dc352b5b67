"""The upgrade counts the answers of each card that are out, and can be taken down and up again."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.models import ReportCard
from coprod_data.permissions import Role
from coprod_data.queries.report_cards_counts import miscounted_cards
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0100_answers_counted import down_revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from tests.helpers.builders import a_promise, a_report_card, somebody, the_system
from tests.helpers.entries_read import let_out

BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)


@pytest.mark.parametrize("held", [False, True])
def test_answers_that_are_out_are_counted_and_those_on_hold_are_not(database: Database, held: bool):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        card = a_report_card(db, a_promise(db)[0])
        worker = somebody(db, Role.YOUTH_VOICE)
        entry = let_out(db, worker, card, consents=())
        said = {"kind": EntryKind.ANSWER, "about_id": entry.id, "wants": None}
        for uses in ((), (ConsentUse.BOARD,), BOTH):
            let_out(db, worker, card, thinks="It is warm now.", consents=uses, **said)
        if held:
            hold_entry(db, worker, entry.id)
        db.commit()
        number = card.id

    def counts() -> tuple[int, int]:
        with Session(database.engine) as db:
            assert miscounted_cards(db, the_system()) == []
            kept = db.get_one(ReportCard, number)
            return kept.board_answers, kept.public_answers

    before = counts()
    assert before == ((0, 0) if held else (2, 1))
    downgrade(database.engine, down_revision)
    with database.engine.connect() as connection:
        columns = {one["name"] for one in sa.inspect(connection).get_columns("report_card")}
        assert not columns & {"board_answers", "public_answers"}
    migrate(database.engine)
    assert is_current(database.engine)
    assert counts() == before
