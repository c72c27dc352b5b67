"""A council that sends notices: its host, and people with a work e-mail."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.notices import forget_notices, see_notices
from coprod_data.commands.settings import change_notice_host
from coprod_data.jobs import make_due_notices, send_notices
from coprod_data.models import Notice, Person, ReportCard
from coprod_data.permissions import Actor, Role
from coprod_data.scopes.notices import SmtpHost
from coprod_data.store.actors import System, acting_for
from coprod_data.store.database import Database
from coprod_data.vocabulary.notices import NoticeKind, Safety
from tests.helpers.builders import (
    NOW,
    a_person,
    a_promise,
    a_report_card,
    an_entry,
    the_duty,
    the_system,
    unrecorded,
)
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


class Office:
    """A council with a mail server, and a clock that a test sets."""

    server: MailServer

    def __init__(self, database: Database) -> None:
        self.database = database
        self.ids = the_office(database)
        with Session(database.engine) as db:
            self.card_id = a_report_card(db, a_promise(db)[0]).id
            db.commit()

    def at(self, moment: datetime) -> None:
        """Make and send what is due at a moment, as the job does."""
        self.database.clock = lambda: moment
        with self.database.writing(System()) as (db, actor):
            forget_notices(db, actor)
        make_due_notices(self.database)
        send_notices(self.database)

    def sent(self, **said: object) -> int:
        """An entry that came a minute before the first moment of the tests, unless it says when."""
        with Session(self.database.engine) as db:
            card = db.get_one(ReportCard, self.card_id)
            entry = an_entry(db, card, **{"sent_at": NOW - timedelta(minutes=1), **said})
            db.commit()
            return entry.id

    def does(self, work: Callable[[Session], object]) -> None:
        with Session(self.database.engine) as db:
            db.info["keys"] = self.database.keys
            with unrecorded(db):
                work(db)
            db.commit()

    def opens_work(self, name: str, moment: datetime) -> None:
        """Somebody opens My work."""
        self.does(lambda db: see_notices(db, self.actor(name, moment)))

    def actor(self, name: str, moment: datetime) -> Actor:
        """One of its people, acting at a moment."""
        role = Role.YOUTH_VOICE if name in ("amara", "ben") else Role.SAFEGUARDING
        return acting_for(the_system(moment), self.ids[name], frozenset({role}))


def made(database: Database, kind: NoticeKind | None = None) -> list[str]:
    """The first names of those for whom there are notices, the first made first."""
    asked = sa.select(Person.work_email).join(Notice, Notice.person_id == Person.id)
    if kind is not None:
        asked = asked.where(Notice.kind == kind)
    with database.reading(System()) as (db, _):
        rows = db.scalars(asked.order_by(Notice.made_at, Person.work_email))
        return [str(address).partition("@")[0] for address in rows]
