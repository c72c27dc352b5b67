"""The upgrade that lets texts of staff quote, up, down and up again with rows."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Opportunity, Quote
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0023_quotes import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.rewordings import TextPlace
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import a_person, a_promise, a_report_card, add, an_opportunity, somebody
from tests.helpers.entries_read import let_out, original
from tests.helpers.quoting import BOTH, THINKS
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_and_leaves_the_text_as_it_is(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        theme = a_promise(db)[0]
        entry = let_out(
            db, somebody(db, Role.YOUTH_VOICE), a_report_card(db, theme), thinks=THINKS,
            wants=None, consents=BOTH,
        )  # fmt: skip
        made = an_opportunity(db, theme, a_person(db, Role.YOUTH_VOICE), help_wanted=THINKS)
        add(db, Quote(
            place=TextPlace.HELP_WANTED, row_id=made.id, entry_id=entry.id,
            version_id=original(db, entry.id).id, of_wants=False, starts=0, ends=len(THINKS),
            at=0, length=len(THINKS),
        ))  # fmt: skip
        db.commit()
    before = guards(database)

    downgrade(database.engine, down_revision)
    assert "quote" not in sa.inspect(database.engine).get_table_names()
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        assert db.scalars(sa.select(Opportunity.help_wanted)).one() == THINKS
        assert db.scalars(sa.select(Quote)).all() == []


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_quotes.py").exists()
