"""A checker's session of work: who works here, what is waiting, and what they press."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.commands.settings import settle_mode
from coprod_data.models import CardEntry, ReportCard
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import a_person, an_entry, the_system
from tests.helpers.opening import OpenAs
from tests.helpers.young import open_for_words

CHECKING = "voice/checking.py"
PEOPLE = {
    "amara": (Role.YOUTH_VOICE,),
    "ben": (Role.YOUTH_VOICE,),
    "helen": (Role.YOUTH_VOICE, Role.SAFEGUARDING),
    "dee": (Role.SAFEGUARDING,),
    "dawn": (Role.BOARD_MEMBER,),
    "sam": (Role.ADMINISTRATOR,),
}


def staff(database: Database) -> None:
    """Two workers, a lead who is one of them, a deputy, and people who check nothing."""
    open_for_words(database)
    with Session(database.engine, info={"keys": database.keys}) as db:
        settle_mode(db, the_system(), Mode.DEMO)
        for username, roles in PEOPLE.items():
            a_person(db, *roles, username=username, name=username.title(), password_hash=DUMMY_HASH)
        db.commit()


def sent(office: Database, thinks: str = "My room is cold.", **said: Any) -> int:
    """An entry waiting to be checked; returns its number."""
    with Session(office.engine, info={"keys": office.keys}) as db:
        card = db.scalars(sa.select(ReportCard).order_by(ReportCard.id)).first()
        entry = an_entry(db, card, thinks, said.pop("wants", None), **said)
        db.commit()
        return entry.id


def entry_of(office: Database, number: int) -> CardEntry:
    with Session(office.engine, info={"keys": office.keys}) as db:
        return db.get_one(CardEntry, number)


def press(at: AppTest, label: str) -> AppTest:
    [button] = [button for button in at.button if button.label == label]
    at = button.click().run()
    assert not at.exception
    return at


def choose(at: AppTest, step: str) -> AppTest:
    [pills] = [group for group in at.button_group if group.label == "Something else"]
    return pills.set_value(pills.value if pills.value == step else step).run()


def opened(open_as: OpenAs, number: int, username: str = "amara") -> AppTest:
    return press(open_as(username, CHECKING), f"Read no. {number}")
