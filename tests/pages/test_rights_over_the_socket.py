"""What a hostile client asks of the real server: pages outside its menu, old buttons."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.util import calc_hash

from coprod_data.commands.opportunities_joining import reply_to_invitation
from coprod_data.commands.people import add_person
from coprod_data.models import Invitation, Person, RoleGrant
from coprod_data.permissions import Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.passwords import hash_password
from coprod_data.vocabulary.opportunities import InvitationReply
from pages.menu import HOME, MENU, MenuPage, menu_for
from tests.helpers.builders import NOW, acting, unrecorded
from tests.helpers.databases import opened
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.live_server import PASSWORD, LiveServer
from tests.helpers.raw_socket import Answer, RawSocket

_number = count(1)


@pytest.fixture(scope="module")
def cookies(server: LiveServer) -> dict[str, str]:
    return {username: server.sign_in(username) for username in ONE_EACH}


@pytest.fixture(scope="module")
def council(server: LiveServer) -> Iterator[Database]:
    """The running server's own database, from outside."""
    environment = server.environment
    with opened(
        environment["COPROD_DATABASE_URL"], Path(environment["COPROD_KEY_FILE"])
    ) as database:
        yield database


def address(page: MenuPage) -> str:
    return "" if page.file == HOME else page.file.rpartition("/")[2].removesuffix(".py")


def headings(answer: Answer) -> set[str]:
    return set(re.findall(r"<h1>(.*?)</h1>", answer.text))


@pytest.mark.parametrize("page", MENU, ids=lambda page: page.file)
def test_a_page_outside_ones_menu_is_not_run_by_name_or_by_hash(
    server: LiveServer, cookies: dict[str, str], page: MenuPage
):
    insiders = [name for name in ONE_EACH if page in menu_for(DEMO[name])]
    with RawSocket(server.url, cookie=cookies[insiders[0]]) as socket:
        told = socket.rerun().pages
        wanted = headings(socket.rerun(page=address(page)))
    assert wanted
    # A page that is in no menu is not told, but its hash is that of its address.
    by_hash = told.get(address(page)) or calc_hash(address(page))

    for outsider in set(ONE_EACH) - set(insiders):
        for where in ({"page": address(page)}, {"page_hash": by_hash}):
            with RawSocket(server.url, cookie=cookies[outsider]) as socket:
                answer = socket.rerun(**where)
            assert answer.finished
            assert headings(answer)
            assert not headings(answer) & wanted, f"{outsider} saw it by {where}"


def offers(council: Database, person_id: int) -> int:
    with council.reading(System()) as (db, _):
        mine = sa.select(sa.func.count(Invitation.id)).where(Invitation.person_id == person_id)
        return db.scalar(mine) or 0


def end_roles(council: Database, person_id: int, at: datetime | None) -> None:
    with council.writing(System()) as (db, _), unrecorded(db):
        db.execute(sa.update(RoleGrant).where(RoleGrant.person_id == person_id).values(ended_at=at))


def leave_as_it_was(council: Database, person_id: int) -> None:
    """Other tests ask this server whether its log proves itself, and what waits for a member."""
    end_roles(council, person_id, None)
    with council.writing(System()) as (db, system):
        kit = acting(db.get_one(Person, person_id), Role.BOARD_MEMBER, at=system.at)
        mine = sa.select(Invitation.id).where(Invitation.person_id == person_id)
        for offered in db.scalars(mine).all():
            reply_to_invitation(
                db, kit, offered, reply=InvitationReply.NOT_THIS_TIME, reason="I have moved away."
            )


@pytest.mark.parametrize("keeps_the_role", [True, False])
def test_a_button_drawn_before_a_role_was_taken_away_does_nothing(
    server: LiveServer, council: Database, keeps_the_role: bool
):
    username = f"kit.{next(_number)}"
    with council.writing(System()) as (db, system):
        person_id = add_person(
            db, system, username=username, name="Kit", roles=frozenset({Role.BOARD_MEMBER}),
            password_hash=hash_password(PASSWORD),
        )  # fmt: skip
    with RawSocket(server.url, cookie=server.sign_in(username)) as socket:
        first = socket.rerun(page="opportunities").widget("button", "I’ll do it")
        button = socket.press(first, page="opportunities").widget("button", "Yes, put my name down")
        if not keeps_the_role:  # not as an administrator does it, which would sign them out
            end_roles(council, person_id, NOW)
        answer = socket.press(button, page="opportunities")

    assert answer.finished
    assert not answer.farewell
    assert offers(council, person_id) == int(keeps_the_role)
    leave_as_it_was(council, person_id)
