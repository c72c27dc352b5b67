"""The upgrade that lets texts wait for other words, up, down and up again with rows."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.models import Opportunity, Outcome, Rewording, Wiping
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0006_rewordings import down_revision, revision
from coprod_data.store.schema import check_guards, downgrade, is_current, migrate
from coprod_data.vocabulary.rewordings import BEING_REWORDED
from tests.helpers.builders import (
    NOW,
    a_promise,
    a_report_card,
    an_opportunity,
    an_outcome,
    holding_the_code,
    somebody,
    unrecorded,
)
from tests.helpers.entries_read import let_out
from tests.helpers.source import ROOT
from tests.helpers.working_together import the_person

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"
WORDS = "They put my stuff in bin bags on the day I moved."


def one_waits(database: Database) -> None:
    """A council with a text that waits, and an outcome that was reworded."""
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        theme = a_promise(db)[0]
        worker = somebody(db, Role.YOUTH_VOICE, username="amara")
        entry = let_out(db, worker, a_report_card(db, theme), thinks=WORDS, wants=None)
        person = the_person(db, worker)
        opportunity = an_opportunity(db, theme, person, help_wanted=f"Ask why. {WORDS}")
        an_outcome(db, opportunity, person, reworded_at=NOW)
        withdraw_entry(db, holding_the_code(entry), entry.id)
        db.commit()


def test_it_goes_down_and_up_with_rows_and_what_was_hidden_stays_hidden(database: Database):
    one_waits(database)

    downgrade(database.engine, down_revision)
    names = sa.inspect(database.engine).get_table_names()
    assert not {"rewording", "wiping"} & set(names)
    with database.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT help_wanted FROM opportunity")) == BEING_REWORDED
        assert connection.scalar(sa.text("SELECT count(*) FROM outcome")) == 1
    migrate(database.engine)

    assert is_current(database.engine)
    check_guards(database.engine)
    with Session(database.engine) as db:
        assert db.scalars(sa.select(Opportunity.help_wanted)).all() == [BEING_REWORDED]
        assert db.scalars(sa.select(Outcome.reworded_at)).all() == [None]
        assert db.scalars(sa.select(Rewording)).all() == []
        assert db.scalars(sa.select(Wiping)).all() == []


def test_one_text_waits_once_for_the_same_words(database: Database):
    one_waits(database)
    with Session(database.engine) as db, unrecorded(db):
        waiting = db.scalars(sa.select(Rewording)).one()
        same = {"place": waiting.place, "row_id": waiting.row_id, "entry_id": waiting.entry_id}
        db.add(Rewording(**same, text="-", since=NOW, settled_at=NOW))
        db.flush()
        db.add(Rewording(**same, text="-", since=NOW))
        try:
            db.flush()
        except sa.exc.IntegrityError:
            return
    raise AssertionError("The same text waits twice for the same words.")


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_rewordings.py").exists()
