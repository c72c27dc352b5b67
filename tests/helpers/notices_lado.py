"""A council whose LADO gets notices, and cards that nobody on duty may read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from coprod_data.models import (
    EntryMeant,
    Person,
    Setting,
)
from coprod_data.permissions import Role
from coprod_data.queries.notices_lado import LeftToLado, left_to_lado
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import NOW, a_person, acting
from tests.helpers.mail_server import MailServer
from tests.helpers.notices import Office, sends_through

LADO = "nora.castell@westmarch.gov.uk"
RINGS = "Lewis Tran, 01632 960110"
NIGHT = NOW.replace(hour=23)


def the_lado(office: Office, address: str = LADO) -> None:
    """Settings name the LADO's address, and whom they ring."""

    def write(db: Session) -> None:
        for key, value in (
            (SettingKey.DUTY_LADO_EMAIL, address),
            (SettingKey.DUTY_LADO_RINGS, RINGS),
            (SettingKey.COUNCIL_NAME, "Westmarch Council"),
        ):
            db.merge(Setting(key=key, value=value, changed_at=NOW))

    office.does(write)


def about(office: Office, *names: str, **said: object) -> int:
    entry = office.sent(**said)
    meant(office, entry, *names)
    return entry


def meant(office: Office, entry: int, *names: str) -> None:
    office.does(lambda db: db.add_all(
        EntryMeant(entry_id=entry, person_id=office.ids[name]) for name in names
    ))  # fmt: skip


def to_lado(office: Office) -> list[str]:
    """The texts that the LADO got, in their order."""
    mine = [one for one in office.server.received if one["To"] == LADO]
    return [one.get_content().replace("\r\n", "\n") for one in mine]


def left(office: Office, moment: datetime = NOW) -> LeftToLado | None:
    with Session(office.database.engine) as db:
        sam = db.get_one(Person, office.ids["sam"])
        return left_to_lado(db, acting(sam, Role.ADMINISTRATOR, at=moment))


def stand_in(office: Office, *, arrived: bool = True) -> int:
    numbers: list[int] = []

    def name(db: Session) -> None:
        person = a_person(
            db, Role.SAFEGUARDING, name="Cleo", password_hash="x" if arrived else None
        )
        numbers.append(person.id)
        db.add(Setting(
            key=SettingKey.DUTY_STAND_IN, changed_at=NOW,
            value={"person_id": person.id, "phone": "01632 960003"},
        ))  # fmt: skip

    office.does(name)
    return numbers[0]


@contextmanager
def lado_office(database: Database) -> Iterator[Office]:
    """A council that sends notices, also to its LADO."""
    database.clock = lambda: NOW
    with MailServer() as server:
        office = Office(database)
        sends_through(database, server)
        office.server = server
        the_lado(office)
        yield office
