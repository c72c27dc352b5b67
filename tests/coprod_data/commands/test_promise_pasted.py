"""A pasted Promise is written down in one press, all of it or none."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.promise_pasted import write_promise
from coprod_data.commands.settings import settle_mode
from coprod_data.models import PromiseVersion
from coprod_data.permissions import Invalid, NotAllowed, Role
from coprod_data.queries.promise import drafted_promise
from coprod_data.rules.pasted_promise import read_promise
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import NOW, a_person, somebody, the_system

TEXT = "# School\n1.1 We ask how school is.\n1.2 We pay for trips.\n# Homes\n2.1 We ask first."


def test_it_has_its_themes_its_commitments_and_one_for_something_else(db: Session):
    ada = somebody(db, Role.ADMINISTRATOR)

    write_promise(db, ada, title="Our Promise", themes=read_promise(TEXT))

    written = drafted_promise(db, ada)
    assert written is not None
    assert [
        (theme.title, theme.icon, [one.reference for one in theme.commitments])
        for theme in written.themes
    ] == [
        ("School", "school", ["1.1", "1.2"]),
        ("Homes", "home", ["2.1"]),
        ("Something else", "else", []),
    ]


def test_one_fault_leaves_nothing(database: Database):
    with Session(database.engine, info={"keys": database.keys}) as db:
        settle_mode(db, the_system(), Mode.DEMO)
        a_person(db, Role.ADMINISTRATOR, username="ada")
        db.commit()
    twice = TEXT.replace("2.1", "1.1")
    taken = pytest.raises(Invalid, match="already has this number")
    with taken, database.writing(Played("ada", NOW)) as (db, actor):
        write_promise(db, actor, title="Our Promise", themes=read_promise(twice))

    with Session(database.engine) as db:
        assert db.scalars(sa.select(PromiseVersion)).all() == []


def test_only_those_who_draft_write_it_down(db: Session):
    with pytest.raises(NotAllowed):
        write_promise(db, somebody(db, Role.MANAGER), title="Ours", themes=read_promise(TEXT))
