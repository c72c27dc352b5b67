"""The wall of a session, with words that were sent for it."""

from datetime import datetime

from sqlalchemy.orm import Session

from coprod_data.commands.entries import send_entry
from coprod_data.commands.entries_checks import (
    open_to_read,
)
from coprod_data.commands.entries_room import show_in_room
from coprod_data.commands.sessions_joining import make_join_code
from coprod_data.commands.sessions_screens import open_screen
from coprod_data.permissions import Actor, ActorKind
from coprod_data.queries.sessions_joining import joined
from coprod_data.queries.sessions_screens import screen_now
from coprod_data.store.card_codes import new_code
from tests.helpers.builders import NOW, a_promise, the_duty
from tests.helpers.sessions import a_session


def public(at: datetime = NOW) -> Actor:
    return Actor(kind=ActorKind.PUBLIC, at=at, recorded_at=at)


def a_wall(db: Session, worker: Actor) -> tuple[int, str]:
    the_duty(db)
    a_promise(db)
    number = a_session(db, worker, starts_at=NOW)
    code = make_join_code(db, worker, number)
    assert not joined(db, public(), code).wall
    open_screen(db, worker, number)
    assert joined(db, public(), code).wall
    return number, code


def send(db: Session, code: str, words: str, *, room: bool = True) -> int:
    form = f"share:{words}".replace(" ", "-")[:60].ljust(12, "-")
    return send_entry(
        db, public(), form_id=form, code=new_code(form, db.info["keys"]), theme_id=None,
        thinks=words, wants="", feeling=None, uses=frozenset(), join_code=code, room=room,
    ).entry_id  # fmt: skip


def let_up(db: Session, worker: Actor, entry_id: int, shown: str) -> None:
    open_to_read(db, worker, entry_id, to_check=False)
    show_in_room(db, worker, entry_id, shown=shown)


def shown(db: Session, worker: Actor, number: int) -> str:
    return screen_now(db, worker, number).words
