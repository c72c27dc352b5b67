"""The upgrades for projects, recruitment and page feedback: up, down and up, with rows."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.page_feedback import say_useful, write_about_page
from coprod_data.commands.projects import plan_involvement, start_project
from coprod_data.models import CardEntry, PageFeedback, PageWords, Project, Recruitment, Service
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0097_projects import down_revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import a_promise, somebody, the_duty, the_public
from tests.helpers.projects import AGREED, a_project, a_recruitment

pytestmark = pytest.mark.both_engines
NEW = (Project, Recruitment, PageFeedback, PageWords)


def test_they_go_down_and_up_and_keep_what_was_there_before(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        the_duty(db)
        a_promise(db)
        worker = somebody(db, Role.YOUTH_VOICE)
        number, _ = a_project(db, worker)
        plan_involvement(db, worker, number, AGREED)
        start_project(db, worker, number)
        a_recruitment(db, worker)
        said = {"page": "audits", "form_id": "a-one-time-form"}
        say_useful(db, the_public(), useful=True, **said)
        write_about_page(db, the_public(), text="I cannot find it.", **said)
        db.commit()
    before = guards(database)

    downgrade(database.engine, down_revision)
    assert not {one.__tablename__ for one in NEW} & set(
        sa.inspect(database.engine).get_table_names()
    )
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        counted = [db.scalar(sa.select(sa.func.count()).select_from(one)) for one in NEW]
        assert counted == [0, 0, 0, 0]
        assert len(db.scalars(sa.select(CardEntry)).all()) == 1
        assert len(db.scalars(sa.select(Service)).all()) == 2
