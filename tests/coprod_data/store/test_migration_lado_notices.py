"""The upgrade that tells the LADO keeps notices; taken down, it leaves nothing of the LADO's."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.notices import Waits, make_notices
from coprod_data.models import Notice, Setting, ToldToLado
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0099_lado_notices import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.notices import NoticeKind
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import NOW, a_promise, a_report_card, add, an_entry
from tests.helpers.notices import the_office
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_with_notices_to_people_and_to_the_lado(database: Database):
    people = the_office(database)
    with database.writing(System()) as (db, actor):
        make_notices(db, actor, {person_id: Waits(urgent=(NOW,)) for person_id in people.values()})
    with Session(database.engine) as db:
        entry = an_entry(db, a_report_card(db, a_promise(db)[0]))
        notice = add(db, Notice(kind=NoticeKind.LADO, made_at=NOW, due_at=NOW))
        add(db, ToldToLado(card_id=entry.id, notice_id=notice.id))
        for key in (SettingKey.DUTY_LADO_EMAIL, SettingKey.DUTY_LADO_RINGS):
            add(db, Setting(key=key, value="x", changed_at=NOW))
        db.commit()

    downgrade(database.engine, down_revision)
    with database.engine.connect() as connection:
        assert not sa.inspect(connection).has_table("told_to_lado")
        settings = set(connection.scalars(sa.text('SELECT "key" FROM setting')))
        assert settings & {"duty_lado_email", "duty_lado_rings"} == set()
        [column] = [
            one for one in sa.inspect(connection).get_columns("notice")
            if one["name"] == "person_id"
        ]  # fmt: skip
        assert not column["nullable"]
        assert connection.scalar(sa.text("SELECT count(*) FROM notice")) == len(people)
    migrate(database.engine)

    assert is_current(database.engine)
    with Session(database.engine) as db:
        kept = db.scalars(sa.select(Notice)).all()
        assert {one.person_id for one in kept} == set(people.values())
        assert {one.kind for one in kept} == {NoticeKind.URGENT}
        assert all(one.due_at == one.made_at for one in kept)


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_lado_notices.py").exists()
