"""From the session that the door passes on to the Actor of one transaction.

Who is asking is read from `st.user` at each call, because a callback or a fragment runs without the
shell. streamlit-authenticator keeps its usual names in the session state; it never sees a password
or a cookie, and no right depends on what it keeps.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit_authenticator import Authenticate
from streamlit_authenticator.controllers import AuthenticationController

from coprod_data.queries.auth_sessions import SignedInPerson, signed_in_person
from coprod_data.queries.settings import labels
from coprod_data.store import database
from coprod_data.store.actors import BySession, SignedOut
from coprod_data.store.database import Opened
from pages.parts.plain_form import sign_out_token

SESSION = "session"  # the name under server.trustedUserHeaders


def session_id() -> str:
    """Return the public id of the session of the person asking. Raises SignedOut."""
    public_id = st.user.get(SESSION)
    if not isinstance(public_id, str):
        raise SignedOut("Sign in to see this page.")
    return public_id


def session_token() -> str:
    """Return the token for this person's sign-out button. Raises SignedOut."""
    return sign_out_token(session_id())


@contextmanager
def reading() -> Iterator[Opened]:
    """Read as the person asking now. See coprod_data.store.database."""
    with database.reading(BySession(session_id())) as opened:
        yield opened


@contextmanager
def writing() -> Iterator[Opened]:
    """Write as the person asking now. See coprod_data.store.database."""
    with database.writing(BySession(session_id())) as opened:
        yield opened


def signed_in() -> SignedInPerson | None:
    """Return who is signed in, read again, and put it into the authenticator's session state.

    The council's labels are read too, because the menu is drawn before the page reads them.
    """
    try:
        with reading() as (db, actor):
            person = signed_in_person(db, actor)
            labels(db, actor)
    except SignedOut:
        person = None
    st.session_state["authentication_status"] = None  # otherwise it would not ask the keeper again
    _Authenticator(person).login(location="unrendered")
    return person if st.session_state["authentication_status"] is True else None


class _Authenticator(Authenticate):  # type: ignore[misc] # the package carries no types
    """The authenticator without its cookie manager, which would put an iframe on every page."""

    def __init__(self, person: SignedInPerson | None) -> None:
        self.attrs, self.path, self.api_key = {"login_sleep_time": 0}, None, None
        self.secret_key = "not used"  # noqa: S105 - it signs nothing here
        self.cookie_controller = _Keeper(person)
        self.authentication_controller = AuthenticationController(
            {"usernames": _credentials(person)}, auto_hash=False, secret_key=self.secret_key
        )


class _Keeper:
    """Takes the place of the package's cookie: the door has already checked who this is."""

    def __init__(self, person: SignedInPerson | None) -> None:
        self._person = person

    def get_cookie(self) -> dict[str, str] | None:
        return {"username": self._person.username} if self._person else None


def _credentials(person: SignedInPerson | None) -> dict[str, Any]:
    if person is None:
        return {}
    roles = sorted(person.roles)
    return {person.username: {"name": person.name, "email": "", "password": "", "roles": roles}}
