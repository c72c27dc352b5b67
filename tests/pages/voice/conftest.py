"""Two young people with accounts; one keeps the author's card."""

import pytest

from coprod_data.commands.settings import settle_mode
from coprod_data.permissions import Role
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import a_person, the_system
from tests.helpers.keeping import adding
from tests.helpers.opening import OpenAs
from tests.helpers.young import Author


@pytest.fixture
def accounts(author: Author) -> None:
    with author.office() as (db, _):
        settle_mode(db, the_system(), Mode.DEMO)
        for username in ("jay", "kit"):
            a_person(
                db, Role.YOUNG_PERSON, username=username, name=username.title(),
                password_hash=DUMMY_HASH,
            )  # fmt: skip


@pytest.fixture
def kept(author: Author, open_as: OpenAs) -> Author:
    """The author's card, kept by Jay."""
    adding(open_as, author.code)
    return author
