"""The upgrade that asks a second person keeps accounts, roles and links; taken down, too."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.people import add_person, make_reset_link, set_password_by_link
from coprod_data.models import AccountRequest, ResetLink, RoleGrant
from coprod_data.permissions import Role
from coprod_data.store.actors import Public, System
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0021_account_requests import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.helpers.builders import a_person
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_with_links_and_what_waits(database: Database):
    with database.writing(System()) as (db, actor):
        used, replaced = a_person(db), a_person(db)
        token = make_reset_link(db, actor, used.id)
        make_reset_link(db, actor, replaced.id)
    later = database.clock()
    database.clock = lambda: later
    with database.writing(System()) as (db, actor):
        make_reset_link(db, actor, replaced.id)
        lead = a_person(db, Role.SAFEGUARDING, password_hash="x")
        assert make_reset_link(db, actor, lead.id) is None
        add_person(db, actor, username="new", name="New", roles=frozenset({Role.SAFEGUARDING}))
    with database.writing(Public()) as (db, public):
        set_password_by_link(db, public, token or "", "hash")

    downgrade(database.engine, down_revision)
    migrate(database.engine)

    assert is_current(database.engine)
    with Session(database.engine) as db:
        links = db.scalars(sa.select(ResetLink).order_by(ResetLink.id)).all()
        assert [link.set_at is not None for link in links] == [True, False, False]
        assert [link.by_second for link in links] == [False] * 3
        assert db.scalars(sa.select(AccountRequest)).all() == []
        waiting = db.scalars(sa.select(RoleGrant).where(RoleGrant.confirmed_at.is_(None))).all()
        assert [grant.role for grant in waiting] == [Role.SAFEGUARDING]


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_account_requests.py").exists()
