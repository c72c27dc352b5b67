"""The upgrades for the audit, figures and the pulse: up, down and up, with rows."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits import open_round, submit_return
from coprod_data.commands.audits_spotting import spot_gaps
from coprod_data.commands.audits_standards import name_auditors
from coprod_data.commands.measures import FigureTyped, keep_figures
from coprod_data.models import (
    AuditAuditor,
    AuditPlanAction,
    AuditRound,
    Measure,
    MeasureFigure,
    Opportunity,
    Person,
    PulseGiven,
    PulseTally,
)
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0113_audit_gaps import down_revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.measures import Better, MeasureArea, MeasureUnit
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.audit_returns import DUE, TWO, rate, the_return
from tests.helpers.builders import (
    TODAY,
    a_person,
    a_promise,
    a_service,
    acting,
    somebody,
    the_duty,
    the_system,
)

pytestmark = pytest.mark.both_engines
NEW = (AuditAuditor, AuditPlanAction, Measure, MeasureFigure, PulseTally, PulseGiven)


def test_they_go_down_and_up_and_keep_what_was_there_before(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        the_duty(db)
        theme = a_promise(db)[0]
        person = a_person(db, Role.MANAGER)
        service, manager = a_service(db, person), acting(person, Role.MANAGER)
        number = open_round(
            db, somebody(db, Role.ADMINISTRATOR), title="This year", due_on=DUE, standards=TWO,
            theme_id=theme.id,
        )  # fmt: skip
        owed, worker = the_return(db, number, service), somebody(db, Role.YOUTH_VOICE)
        name_auditors(db, worker, owed.id, [somebody(db, Role.YOUNG_PERSON).id])
        for place in (0, 1):
            rate(db, manager, owed, place, evidence="")
        submit_return(db, manager, owed.id)
        assert spot_gaps(db, the_system()) == 1
        one = FigureTyped(
            title="Homes", area=MeasureArea.HOMES, unit=MeasureUnit.NUMBER, better=Better.UP,
            value=None,
        )  # fmt: skip
        keep_figures(db, worker, TODAY, [one])
        db.commit()
    before = guards(database)

    downgrade(database.engine, down_revision)
    there = set(sa.inspect(database.engine).get_table_names())
    assert not {one.__tablename__ for one in NEW} & there
    with database.engine.connect() as connection:
        spotted = connection.execute(sa.text("SELECT spotted_by_id FROM opportunity")).scalars()
        first = connection.execute(sa.text("SELECT min(id) FROM person")).scalar()
        assert spotted.all() == [first]
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        assert [db.scalar(sa.select(sa.func.count()).select_from(one)) for one in NEW] == [0] * 6
        [opportunity], [audit_round] = (
            db.scalars(sa.select(Opportunity)).all(),
            db.scalars(sa.select(AuditRound)).all(),
        )
        assert db.get(Person, opportunity.spotted_by_id) is not None
        assert (audit_round.standards_version, audit_round.theme_id) == (1, None)
