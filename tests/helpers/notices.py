"""A council that sends notices: its host, and people with a work e-mail."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.settings import change_notice_host
from coprod_data.models import Notice, Person
from coprod_data.permissions import Role
from coprod_data.scopes.notices import SmtpHost
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.notices import NoticeKind, Safety
from tests.helpers.builders import a_person, the_duty, unrecorded
from tests.helpers.mail_server import MailServer

SITE = "https://together.westmarch.gov.uk"


def a_host(port: int = 25, **said: Any) -> SmtpHost:
    facts = {"host": "127.0.0.1", "safety": Safety.NONE, "sender": "together@westmarch.gov.uk"}
    return SmtpHost(**{**facts, "port": port, **said})


def sends_through(database: Database, server: MailServer, **said: Any) -> None:
    """The administrator names this server as the host."""
    with database.writing(System()) as (db, actor):
        change_notice_host(db, actor, a_host(server.port, **said), address=SITE)


def the_office(database: Database) -> dict[str, int]:
    """Who is on duty, two workers and an administrator, each with a work e-mail, by first name."""
    with Session(database.engine) as db:
        lead, deputy = the_duty(db)
        people = {
            "robin": lead,
            "alex": deputy,
            "amara": a_person(db, Role.YOUTH_VOICE, name="Amara"),
            "ben": a_person(db, Role.YOUTH_VOICE, name="Ben"),
            "sam": a_person(db, Role.ADMINISTRATOR, name="Sam"),
        }
        with unrecorded(db):
            for name, person in people.items():
                person.work_email = f"{name}@westmarch.gov.uk"
        db.commit()
        return {name: person.id for name, person in people.items()}


def made(database: Database, kind: NoticeKind | None = None) -> list[str]:
    """The first names of those for whom there are notices, the first made first."""
    asked = sa.select(Person.work_email).join(Notice, Notice.person_id == Person.id)
    if kind is not None:
        asked = asked.where(Notice.kind == kind)
    with database.reading(System()) as (db, _):
        rows = db.scalars(asked.order_by(Notice.made_at, Person.work_email))
        return [str(address).partition("@")[0] for address in rows]
