"""What a hostile client, or an impatient hand, does with a form over a raw websocket."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from coprod_data.models import Opportunity
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from tests.helpers.databases import opened
from tests.helpers.live_server import LiveServer
from tests.helpers.raw_socket import Answer, RawSocket

PAGE = {"page": "opportunities", "query": "new=1"}


@pytest.fixture(scope="module")
def council(server: LiveServer) -> Iterator[Database]:
    """The running server's own database, from outside."""
    url, key_file = (
        server.environment["COPROD_DATABASE_URL"], server.environment["COPROD_KEY_FILE"]
    )  # fmt: skip
    with opened(url, Path(key_file)) as database:
        yield database


@pytest.fixture(scope="module")
def cookie(server: LiveServer) -> str:
    return server.sign_in("board.member")


def suggested(council: Database, title: str) -> int:
    with council.reading(System()) as (db, _):
        counted = sa.select(sa.func.count(Opportunity.id)).where(Opportunity.title == title)
        return db.scalar(counted) or 0


def filled(form: Answer, title: str, **otherwise: str) -> list[WidgetState]:
    """The form's boxes with something in them, and its button pressed."""
    theme = next(one.radio for one in form.elements if one.WhichOneof("type") == "radio")
    said = {
        form.widget("text_input", "Title"): title,
        form.widget("text_area", "What help"): otherwise.get("help_wanted", "Two evenings."),
        theme.id: otherwise.get("theme", theme.options[0]),
    }
    states = [WidgetState(id=widget, string_value=value) for widget, value in said.items()]
    press = form.widget("button", "Suggest this opportunity")
    return [*states, WidgetState(id=press, trigger_value=True)]


@pytest.mark.parametrize("seconds", [0, 0.05, 0.3])
def test_a_form_pressed_again_before_the_answer_came_is_saved_once(
    server: LiveServer, council: Database, cookie: str, seconds: float
):
    title = f"Paint the youth club in {seconds} seconds"
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = PAGE.values()
    with RawSocket(server.url, cookie=cookie) as socket:
        message.rerun_script.widget_states.widgets.extend(filled(socket.rerun(**PAGE), title))
        socket._socket.send(message.SerializeToString())
        time.sleep(seconds)
        socket.send(message)
        socket.listen(1)

    assert suggested(council, title) == 1


@pytest.mark.parametrize("otherwise", [{"theme": "Nobody's theme"}, {"help_wanted": "a" * 5001}])
def test_what_no_browser_would_send_is_refused_below_the_page(
    server: LiveServer, council: Database, cookie: str, otherwise: dict[str, str]
):
    title = f"Tampered with the {next(iter(otherwise))}"
    with RawSocket(server.url, cookie=cookie) as socket:
        answer = socket.rerun(**PAGE, widgets=filled(socket.rerun(**PAGE), title, **otherwise))

    assert answer.finished
    assert "Traceback" not in answer.text
    assert suggested(council, title) == 0
