"""One press made twice: again in its tab, in two tabs of one person, by two people at once."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from coprod_data.models import (
    CardEntry,
    CardShare,
    CoSignature,
    Event,
    Person,
    PromiseTheme,
)
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from coprod_data.vocabulary.report_cards import CardState
from pages.parts.frame import GONE
from pages.voice import checking_opening
from tests.helpers import sitting
from tests.helpers.builders import (
    a_person,
    a_report_card,
    acting,
    add,
    an_entry,
    an_opportunity,
    an_outcome,
    days_ago,
)
from tests.helpers.databases import Engine
from tests.helpers.door_server import DoorServer
from tests.helpers.raw_socket import Answer, RawSocket
from tests.helpers.working_together import an_invitation

_number = count(1)
Plant = Callable[[Session, PromiseTheme], "Planted"]


pytestmark = pytest.mark.both_engines


@dataclass(frozen=True)
class Planted:
    """Something with one button that must count once, and how to find what the press left."""

    label: str
    where: dict[str, str]
    left: sa.Select[tuple[int]]
    told: sa.Select[tuple[int]]
    first: str = ""


def an_entry_to_release(db: Session, theme: PromiseTheme) -> Planted:
    entry = an_entry(db, a_report_card(db, theme))
    return Planted(
        label="Release it",
        where={"page": "checking"},
        left=counted(CardEntry.id == entry.id, CardEntry.released_at.is_not(None)),
        told=events(EventKind.ENTRY_RELEASED, entry.id),
        first=f"Read no. {entry.id}",
    )


def an_outcome_to_sign(db: Session, theme: PromiseTheme) -> Planted:
    by = person(db, "amara")
    opportunity = an_opportunity(db, theme, by, state=OpportunityState.WORKING)
    for member in (person(db, "dawn"), person(db, "eve")):
        an_invitation(
            db, opportunity, acting(member, Role.BOARD_MEMBER),
            reply=InvitationReply.YES, confirmed_at=days_ago(5),
        )  # fmt: skip
    outcome = an_outcome(db, opportunity, by)
    return Planted(
        label="Sign for the staff side",
        where={"page": "opportunities", "query": f"id={opportunity.id}"},
        left=counted(CoSignature.outcome_id == outcome.id),
        told=events(EventKind.OUTCOME_SIGNED, outcome.id),
    )


def a_card_to_hand_over(db: Session, theme: PromiseTheme) -> Planted:
    card = a_report_card(db, theme, state=CardState.READY, title="Cold rooms")
    an_entry(db, card, released=True)
    return Planted(
        label="Record that it was shared",
        where={"page": "report_cards", "query": f"id={card.id}"},
        left=counted(CardShare.report_card_id == card.id),
        told=events(EventKind.CARD_SHARED, card.id),
    )


WORKERS, MEMBERS = ("amara", "ben"), ("dawn", "eve")
PRESSES = pytest.mark.parametrize(
    ("plant", "people", "sentences"),
    [
        (
            an_entry_to_release, WORKERS,
            {
                "Released.", "This entry has been dealt with since you opened it.",
                "Ben has this entry open too", "Amara has this entry open too",
            },
        ),
        (
            an_outcome_to_sign, MEMBERS,
            {"Signed. It is done together when", "Somebody has already signed for this side."},
        ),
        (
            a_card_to_hand_over, WORKERS,
            {
                "Shared. You can take it back", "The card has already been shared with them.",
                "This has already been saved.", "Choose who it was shared with.",
                "Look at the entries above, then tick the box.",
            },
        ),
    ],
    ids=["release", "signature", "handing over"],
)  # fmt: skip


def counted(*conditions: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    return sa.select(sa.func.count()).where(*conditions)


def events(kind: EventKind, subject_id: int) -> sa.Select[tuple[int]]:
    return counted(Event.kind == kind, Event.subject_id == subject_id)


def person(db: Session, username: str) -> Person:
    return db.scalars(sa.select(Person).filter_by(username=username)).one()


@pytest.fixture(scope="module")
def door(
    empty_databases: Engine, own_key: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DoorServer]:
    """A council on each engine, where nobody has to wait between opening and releasing."""
    where = {"COPROD_DATABASE_URL": empty_databases.fresh(), "COPROD_KEY_FILE": str(own_key)}
    with (
        pytest.MonkeyPatch.context() as patched,
        DoorServer(tmp_path_factory.mktemp("door"), **where) as door,
    ):
        patched.setattr(checking_opening, "A_MOMENT", 0.0)
        sitting.staff(door.database)
        with Session(door.database.engine) as db:
            a_person(db, Role.BOARD_MEMBER, username="eve", name="Eve", password_hash=DUMMY_HASH)
            db.commit()
        yield door


def planted(database: Database, plant: Plant) -> Planted:
    """Plant it under a separate theme."""
    with Session(database.engine) as db:
        number = 100 + next(_number)
        version_id = db.scalars(sa.select(PromiseTheme.version_id)).first() or 0
        theme = add(db, PromiseTheme(
            version_id=version_id, position=number, title=f"Theme {number}",
            young_title=f"Theme {number}", icon="home",
        ))  # fmt: skip
        made = plant(db, theme)
        db.commit()
    return made


def ready(socket: RawSocket, it: Planted) -> BackMsg:
    """Go where the button is, and return the message that presses it."""
    answer = socket.rerun(**it.where)
    if it.first:
        answer = socket.press(answer.widget("button", it.first), **it.where)
    message = BackMsg()
    message.rerun_script.page_name = it.where["page"]
    message.rerun_script.query_string = it.where.get("query", "")
    message.rerun_script.widget_states.widgets.extend(
        [
            *(
                WidgetState(id=one.radio.id, string_value=one.radio.options[0])
                for one in answer.elements
                if one.radio.label == "Shared with the"
            ),
            *(
                WidgetState(id=one.checkbox.id, bool_value=True)
                for one in answer.elements
                if one.checkbox.label.startswith("I have looked at")
            ),
            WidgetState(id=answer.widget("button", it.label), trigger_value=True),
        ]
    )
    return message


def notices(answer: Answer) -> list[str]:
    return [unescape(one) for one in re.findall(r'class="notice.*?<h2>(.*?)</h2>', answer.text)]


def stands(database: Database, it: Planted, times: int = 1) -> None:
    with Session(database.engine) as db:
        assert (db.scalar(it.left), db.scalar(it.told)) == (times, times)


def is_told(answer: Answer, sentences: set[str]) -> None:
    assert answer.finished
    said = notices(answer)
    assert said
    assert all(any(one.startswith(known) for known in sentences) for one in said), said


@PRESSES
@pytest.mark.parametrize("seconds", [0, 0.05, 0.3])
def test_pressed_again_in_its_tab_it_counts_once(
    door: DoorServer, plant: Plant, people: tuple[str, str], sentences: set[str], seconds: float
):
    it = planted(door.database, plant)
    with RawSocket(door.url, cookie=door.sign_in(people[0])) as socket:
        message = ready(socket, it)
        socket._socket.send(message.SerializeToString())
        time.sleep(seconds)
        answer = socket.send(message)
        answer.frames += socket.rerun(**it.where).frames  # shown at the latest when they look again

    is_told(answer, {*sentences, GONE})
    stands(door.database, it)


@PRESSES
@pytest.mark.parametrize("who", ["one person", "two people"])
def test_pressed_in_two_tabs_at_once_it_counts_once(
    door: DoorServer, plant: Plant, people: tuple[str, str], sentences: set[str], who: str
):
    it = planted(door.database, plant)
    cookies = [door.sign_in(name) for name in people]
    if who == "one person":
        cookies[1] = cookies[0]
    with ExitStack() as tabs:
        sockets = [tabs.enter_context(RawSocket(door.url, cookie=cookie)) for cookie in cookies]
        messages = [ready(socket, it) for socket in sockets]
        for socket, message in zip(sockets, messages, strict=True):
            socket._socket.send(message.SerializeToString())
        answers = [socket.listen() for socket in sockets]

    pressed = [one for one in answers if notices(one) or it.label in one.labels("button")]
    assert pressed  # the others already had the page without the button
    for answer in pressed:
        is_told(answer, {*sentences, GONE})
    if who == "two people" and it.first:  # both have the entry open: neither lets it out alone
        stands(door.database, it, 0)
    else:
        stands(door.database, it)
