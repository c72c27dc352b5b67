"""A council of which only the administrator is there, and others as a test adds them."""

from collections.abc import Callable

import pytest

from coprod_data.commands.settings import settle_mode
from coprod_data.permissions import Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import a_person


@pytest.fixture
def add(empty_council: Database) -> Callable[..., str]:
    with empty_council.writing(System()) as (db, actor):
        settle_mode(db, actor, Mode.DEMO)

    def add(username: str, *roles: Role) -> str:
        with empty_council.writing(System()) as (db, _):
            a_person(db, *roles, username=username, name=username.title(), password_hash=DUMMY_HASH)
        return username

    add("ada", Role.ADMINISTRATOR)
    return add
