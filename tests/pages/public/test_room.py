"""The screen of a room: words that were not let out are in no answer that it gets."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coprod_data.commands.entries import send_entry
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_room import show_in_room
from coprod_data.commands.sessions_joining import make_join_code, stop_join_code
from coprod_data.commands.sessions_screens import open_screen
from coprod_data.models import AuthSession, Person, Setting
from coprod_data.permissions import Actor, ActorKind, Role
from coprod_data.queries.entries_released import Words
from coprod_data.store.card_codes import new_code
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import Mode, SettingKey
from pages.public import room_demonstration
from pages.public.room import AWAKE, ROUTES, SESSION
from tests.helpers.builders import NOW, acting, somebody
from tests.helpers.live_server import hidden_fields
from tests.helpers.sessions import HOUR, a_session
from tests.helpers.young import OWN_PAGE, words_of

PUBLIC = Actor(kind=ActorKind.PUBLIC, at=NOW, recorded_at=NOW)
SIGNED_IN = {SESSION: "worker"}


@pytest.fixture
def screen(open_council: Database) -> TestClient:
    """A room with a wall: six cards said yes to it, five are let out, one is not."""
    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        worker = somebody(db, Role.YOUTH_VOICE)
        db.add(AuthSession(
            public_id="worker", token_hash="-", person_id=worker.id, began_at=NOW, seen_at=NOW
        ))  # fmt: skip
        number = a_session(db, worker, starts_at=NOW, title="What makes a home?")
        code = make_join_code(db, worker, number)
        open_screen(db, worker, number)
        for one in range(6):
            form = f"share:phone-{one}"
            entry_id = send_entry(
                db, PUBLIC, form_id=form, code=new_code(form, db.info["keys"]), theme_id=None,
                thinks=f"Words of <phone> {one}", wants="", feeling=None, uses=frozenset(),
                join_code=code, room=True,
            ).entry_id  # fmt: skip
            if one < 5:
                open_to_read(db, worker, entry_id, to_check=False)
                show_in_room(db, worker, entry_id, shown=f"Words of <phone> {one}")
        db.commit()
    return TestClient(Starlette(routes=ROUTES), headers=SIGNED_IN)


def noting(screen: TestClient, times: list[str]) -> TestClient:
    """The same screen behind a wall that notes when somebody is active."""

    async def wall(scope, receive, send):
        await screen.app({**scope, AWAKE: lambda: times.append(scope["path"])}, receive, send)

    return TestClient(wall, headers=screen.headers)


def test_a_screen_gets_what_was_let_out_and_nothing_else(screen: TestClient):
    page = screen.get("/room/1").text
    assert "What makes a home?" in words_of(page)
    assert "We are reading." in words_of(page)
    assert "Words of &lt;phone&gt;" in page
    texts, first = [page], screen.get("/room/1/now").json()
    for _ in range(6):
        now = screen.get("/room/1/now")
        texts.append(now.text)
        data = {**hidden_fields(page), "seen": now.json()["number"], "by": "next"}
        assert screen.post("/room/1/turn", data=data, headers=OWN_PAGE).status_code == 200
    shown = {text for text in texts[1:] if "Words of" in text}
    assert len(shown) == 5
    assert not any("phone> 5" in text or "phone&gt; 5" in text for text in texts)
    back = {**hidden_fields(page), "seen": screen.get("/room/1/now").json()["number"], "by": "back"}
    screen.post("/room/1/turn", data=back, headers=OWN_PAGE)
    assert screen.get("/room/1/now").json() == first


def test_nobody_else_gets_a_screen(screen: TestClient, open_council: Database):
    assert screen.get("/room/99").status_code == 404
    kept_awake: list[str] = []
    noted = noting(screen, kept_awake)
    with Session(open_council.engine) as db:
        member = somebody(db, Role.BOARD_MEMBER)
        db.add(AuthSession(
            public_id="member", token_hash="+", person_id=member.id, began_at=NOW, seen_at=NOW
        ))  # fmt: skip
        db.commit()
    other = {SESSION: "member"}
    assert screen.get("/room/1", headers=other).status_code == 403
    assert screen.get("/room/1/now", headers=other).json() == {}
    for number, headers in ((99, SIGNED_IN), (1, other), (1, SIGNED_IN)):
        noted.get(f"/room/{number}/now", headers=headers)
    assert kept_awake == ["/room/1/now"]
    open_council.clock = lambda: NOW + 3 * HOUR
    assert noted.get("/room/1/now").json() == {
        "open": False, "number": None, "words": "", "size": 0, "code": ""
    }  # fmt: skip
    assert "data-left" not in noted.get("/room/1").text
    assert len(kept_awake) == 1


def test_a_screen_is_told_at_once_that_its_code_was_stopped_and_of_the_next(
    screen: TestClient, open_council: Database
):
    def told() -> tuple[str, str]:
        page = screen.get("/room/1").text
        [on_page] = re.findall(r'data-code="([^"]*)"', page)
        assert (f">{on_page}</p>" in page) == bool(on_page)
        return screen.get("/room/1/now").json()["code"], on_page

    with Session(open_council.engine) as db:
        db.info["keys"] = open_council.keys
        worker = acting(db.query(Person).filter_by(id=1).one(), Role.YOUTH_VOICE)
        first = make_join_code(db, worker, 1)
        assert told() == (first, first)
        stop_join_code(db, worker, 1)
        db.commit()
        assert told() == ("", "")
        second = make_join_code(db, worker, 1)
        db.commit()
    assert second != first
    assert told() == (second, second)


def test_the_demonstration_plays_by_itself_and_never_in_a_council_that_works_with_it(
    screen: TestClient, open_council: Database, monkeypatch: pytest.MonkeyPatch
):
    demo = TestClient(Starlette(routes=room_demonstration.ROUTES), headers=screen.headers)
    began = int(open_council.clock().timestamp())
    assert demo.get("/room/demonstration").url.path == f"/room/demonstration/{began}"
    assert demo.get(f"/room/demonstration/{began - 60}/now").json()["words"] == ""  # none is public

    texts = [f"Public <words> {number}" for number in range(6)]
    words = [Words(n, 1, "Homes", "home", text, "", NOW.date()) for n, text in enumerate(texts)]
    with monkeypatch.context() as patched:
        patched.setattr(room_demonstration, "words_to_demonstrate", lambda _db, _actor: words)
        assert "Public &lt;words&gt;" not in demo.get(f"/room/demonstration/{began - 9}").text
        page = demo.get(f"/room/demonstration/{began - 15}").text
        assert ("Public &lt;words&gt; 0" in page, "data-turn" in page) == (True, False)
        told = demo.get(f"/room/demonstration/{began - 15 - 8}/now").json()
        assert told["words"] == texts[1]

    live = {"key": SettingKey.MODE, "value": Mode.LIVE.value, "changed_at": NOW}
    with open_council.engine.begin() as past_the_commands:
        past_the_commands.execute(sa.delete(Setting).where(Setting.key == SettingKey.MODE))
        past_the_commands.execute(sa.insert(Setting), [live])
    assert demo.get(f"/room/demonstration/{began}").status_code == 404
