"""The shell: nothing for strangers, a menu for the current roles, nothing after a session ends."""

import pytest
import sqlalchemy as sa

from coprod_data.models import AuthSession, Trail
from coprod_data.permissions import Permission, Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.trail import TrailKind
from tests.helpers.builders import NOW, a_person, unrecorded
from tests.helpers.opening import OpenAs, drawn, heading, words


@pytest.fixture
def jo(empty_council: Database) -> str:
    """Somebody of the Youth Voice Team, in a council that has just begun."""
    with empty_council.writing(System()) as (db, _):
        a_person(
            db, Role.YOUTH_VOICE, username="jo.smith", name="Jo <b>Smith</b>",
            password_hash=DUMMY_HASH,
        )  # fmt: skip
    return "jo.smith"


@pytest.mark.usefixtures("empty_council")
def test_a_stranger_is_asked_to_sign_in(open_as: OpenAs):
    at = open_as(None)

    assert heading(at) == "Sign in to go on"
    assert at.session_state["authentication_status"] is None


def test_a_name_is_shown_as_it_is_spelt_and_never_as_markup(open_as: OpenAs, jo: str):
    at = open_as(jo)

    assert heading(at)
    assert at.session_state["authentication_status"] is True
    assert "Jo <b>Smith</b>" in words(at)
    assert "<b>Smith" not in drawn(at)


def test_a_page_that_is_not_theirs_says_so_and_is_noted(
    empty_council: Database, open_as: OpenAs, jo: str
):
    assert heading(open_as(jo, "office/settings.py")) == "You cannot open this page"
    with empty_council.reading(System()) as (db, _):
        noted = db.scalars(sa.select(Trail.about).where(Trail.kind == TrailKind.RIGHT_REFUSED))
        assert noted.all() == ["settings:change"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.YOUNG_PERSON])
def test_coming_in_is_no_refusal_for_who_has_no_overview(
    empty_council: Database, open_as: OpenAs, jo: str, role: Role
):
    with empty_council.writing(System()) as (db, _):
        a_person(db, role, username="ada", name="Ada", password_hash=DUMMY_HASH)
        if role is not Role.ADMINISTRATOR:
            a_person(db, Role.ADMINISTRATOR, username="sam", name="Sam", password_hash=DUMMY_HASH)
    open_as("ada")
    open_as(jo, "office/settings.py")

    told = words(
        open_as("ada" if role is Role.ADMINISTRATOR else "sam", "office/history.py", show="trail")
    )
    assert told.count("was refused a right") == 1
    assert f"was refused a right {Permission.SETTINGS_CHANGE.words}" in told


def test_an_ended_session_shows_nothing_at_the_next_run(
    empty_council: Database, open_as: OpenAs, jo: str
):
    at = open_as(jo)
    assert jo == at.session_state["username"]

    with empty_council.writing(System()) as (db, _), unrecorded(db):
        db.execute(sa.update(AuthSession).values(ended_at=NOW))
    at.run()

    assert heading(at) == "Sign in to go on"
    assert at.session_state["authentication_status"] is None
