"""The upgrades for policies and for actions that nobody owns yet: up, down and up, with rows."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.policies_boards import promise_of_policy
from coprod_data.models import (
    Action,
    CardEntry,
    Policy,
    PolicyActivity,
    PolicyBoard,
    PolicyComment,
    PolicyCommitment,
    PolicyCut,
    PolicyDone,
    PolicyPart,
    PolicyVersion,
)
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0106_policies import down_revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.policies import PolicyStep
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import a_commitment, a_promise, a_service, somebody, the_duty
from tests.helpers.policies import a_comment, a_policy, until

pytestmark = pytest.mark.both_engines
NEW = (
    Policy, PolicyActivity, PolicyBoard, PolicyComment, PolicyCommitment, PolicyCut, PolicyDone,
    PolicyPart, PolicyVersion,
)  # fmt: skip


def test_they_go_down_and_up_and_keep_what_was_there_before(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        the_duty(db)
        commitment = a_commitment(db, a_promise(db)[0])
        a_service(db)
        worker = somebody(db, Role.YOUTH_VOICE)
        other, _ = a_policy(db, worker, title="Another")
        a_comment(db, until(db, worker, other, PolicyStep.REVISION))
        number, _ = a_policy(db, worker)
        promise_of_policy(
            db, worker, number, wording="Ask", will_see="It", commitment_id=commitment.id
        )
        until(db, worker, number, PolicyStep.PUBLISHED)
        assert db.scalars(sa.select(Action.owner_id)).all() == [None]
        db.commit()
        worker_id = worker.id
    before = guards(database)

    downgrade(database.engine, down_revision, keys=database.keys)
    assert not {one.__tablename__ for one in NEW} & set(
        sa.inspect(database.engine).get_table_names()
    )
    migrate(database.engine, keys=database.keys)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        counted = [db.scalar(sa.select(sa.func.count()).select_from(one)) for one in NEW]
        assert counted == [0] * len(NEW)
        assert db.scalars(sa.select(Action.owner_id)).all() == [worker_id]
        assert len(db.scalars(sa.select(CardEntry)).all()) == 1
