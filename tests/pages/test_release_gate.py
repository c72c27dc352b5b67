"""The gate on the running server: planted words are in no frame, page, table or log but their own.

The council's other words are those of the demo. Each person asks over a raw websocket for every
page of their menu, with every record that the planted words are linked to.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.proto.WidgetStates_pb2 import WidgetState

from coprod_data.files.exports import EXPORTS
from coprod_data.models import (
    Action,
    CardEntry,
    Draft,
    EntryVersion,
    Opportunity,
    PromiseCommitment,
    ReportCard,
)
from coprod_data.permissions import Role
from coprod_data.queries.entries_marks import MARK
from coprod_data.scopes.presence import DRAFT_FORM
from coprod_data.store.sealed_texts import seal_text
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.report_cards import CardState
from pages.door.demo import demo_council
from pages.menu import HOME, menu_for
from tests.helpers.builders import NOW, add, somebody
from tests.helpers.databases import SqliteFiles, opened
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.door_server import DoorServer
from tests.helpers.entries_read import let_out
from tests.helpers.live_server import hidden_fields
from tests.helpers.planting import BOTH, CANARY, PLANTS
from tests.helpers.raw_socket import RawSocket
from tests.helpers.working_together import a_source
from tests.helpers.young import OWN_PAGE

OUT = f"{CANARY}-let-out"


@pytest.fixture(scope="module")
def planted(councils: SqliteFiles, own_key: Path) -> tuple[str, list[str]]:
    """The demo council with words in every unreleased state, and the addresses of their records."""
    url = councils.fresh()
    with opened(url, own_key) as database, Session(database.engine) as db:
        db.info["keys"] = database.keys
        addresses = plant(db)
        db.commit()
    return url, addresses


def plant(db: Session) -> list[str]:
    with_a_plan = (
        sa.select(PromiseCommitment.theme_id)
        .join(Action, Action.commitment_id == PromiseCommitment.id)
        .where(Action.stage == Stage.IN_PROGRESS)
    )
    gathering = ReportCard.state == CardState.GATHERING
    card = db.scalars(
        sa.select(ReportCard).where(gathering, ReportCard.theme_id.in_(with_a_plan))
    ).first()
    chance = db.scalars(
        sa.select(Opportunity).where(Opportunity.state == OpportunityState.OPEN)
    ).first()
    assert card
    assert chance
    worker = somebody(db, Role.YOUTH_VOICE)
    for number, planting in enumerate(PLANTS.values()):
        planting(db, card, worker, f"We like {CANARY}{number} aloud.")
        newest = db.scalars(sa.select(CardEntry).order_by(CardEntry.id.desc()).limit(1)).one()
        add(db, Draft(  # as it was before the words were shut
            person_id=worker.id, form=DRAFT_FORM, subject=f"{newest.id}:thinks",
            text=f"{CANARY}{number} drafted.", saved_at=NOW,
        ))  # fmt: skip
    let_out(db, worker, card, thinks=OUT, consents=BOTH)
    shut = db.scalars(
        sa.select(CardEntry)
        .join(EntryVersion, EntryVersion.entry_id == CardEntry.id)
        .where(EntryVersion.thinks.contains(CANARY), EntryVersion.number == 1)
    ).all()
    for entry in shut:
        a_source(db, chance, entry)
    return [
        f"report_cards?id={card.id}",
        f"opportunities?id={chance.id}",
        f"opportunities?new=1&card={card.id}",
        *(f"opportunities?new=1&entry={mark_of(db, entry.id)}" for entry in shut[::5]),
        *(f"my_cards?id={mark_of(db, entry.id)}" for entry in shut[::5]),
    ]


@pytest.fixture(scope="module")
def door(
    planted: tuple[str, list[str]], own_key: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DoorServer]:
    environment = {"COPROD_DATABASE_URL": planted[0], "COPROD_KEY_FILE": str(own_key)}
    with DoorServer(tmp_path_factory.mktemp("door"), **environment) as door:
        yield door


def shut_words_in(text: str) -> list[str]:
    return [state for number, state in enumerate(PLANTS) if f"{CANARY}{number} " in text]


def mark_of(db: Session, entry_id: int) -> str:
    return seal_text(db.info["keys"], MARK, str(entry_id))


def address(file: str) -> str:
    return "" if file == HOME else file.rpartition("/")[2].removesuffix(".py")


@pytest.mark.parametrize("username", ONE_EACH)
def test_no_frame_of_any_page_holds_words_that_are_shut(
    door: DoorServer,
    planted: tuple[str, list[str]],
    username: str,
    caplog: pytest.LogCaptureFixture,
):
    pages = {address(page.file) for page in menu_for(DEMO[username])}
    told = []
    with RawSocket(door.url, cookie=door.sign_in(username)) as socket:
        for page in pages:
            told.append(socket.rerun(page=page).text)
        for wanted in planted[1]:
            page, _, query = wanted.partition("?")
            if page in pages:
                told.append(socket.rerun(page=page, query=query).text)
        if "report_cards" in pages:
            gallery = socket.rerun(page="report_cards")
            search = WidgetState(
                id=gallery.widget("text_input", "Search"), string_value=f"{CANARY}"
            )
            told.append(socket.rerun(page="report_cards", widgets=[search]).text)
    with door.client() as client:
        client.headers["Cookie"] = f"{door.sign_in(username)}; screen=narrow"
        told += [client.get(f"/{page}").text for page in pages]  # with their first words

    assert len(told) >= len(pages)
    assert shut_words_in("\n".join(told)) == []
    assert ("report_cards" in pages) == (OUT in "\n".join(told))
    assert CANARY not in caplog.text


@pytest.mark.parametrize("username", ONE_EACH)
def test_no_table_holds_words_that_are_shut(door: DoorServer, username: str):
    with door.client() as client:
        client.headers.update({"Cookie": door.sign_in(username), "Origin": door.url})
        answers = [
            ask(f"/export/{sheet}.csv")
            for sheet in EXPORTS
            for ask in (client.get, partial(client.post, data={"search": CANARY}))
            if (sheet, ask) != ("search", client.get)  # it asks for words
        ]

    assert {answer.status_code for answer in answers} <= {200, 403}
    assert [answer.text for answer in answers if shut_words_in(answer.text)] == []


def test_no_plain_page_holds_words_of_somebody_else(door: DoorServer):
    shown = demo_council()
    assert shown
    codes = [card.code for card in shown.cards]
    with door.client() as client:
        told = [client.get(path).text for path in ("/sign-in", "/share", "/card", "/readyz")]
        for code in codes:
            hidden = hidden_fields(client.get("/card").text)
            card = client.post("/card", data={**hidden, "code": code}, headers=OWN_PAGE)
            assert card.status_code == 200
            told.append(card.text)

    assert len(codes) == 7
    assert CANARY not in "\n".join(told)


SEALED = ("entry_version", "entry_summary", "contact_wish", "event_text", "rewording")


def test_a_young_persons_words_stand_in_no_other_table(door: DoorServer):
    """Nor in the log of events; drafts are the checker's own, and summaries the team's, which wait
    for other words once what they repeat was taken back.
    """
    with door.database.engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            rows = connection.execute(sa.select(sa.text("*")).select_from(sa.table(table))).all()
            found = f"We like {CANARY}" in repr(rows)
            assert found == (table in SEALED), table
