"""How page tests sign somebody in and read what a page shows."""

import re
from collections.abc import Callable
from html import unescape

from streamlit.testing.v1 import AppTest

from coprod_data.commands.auth_sessions import begin_sign_in, sign_in
from coprod_data.store import database as process
from coprod_data.store.actors import Public
from tests.helpers.source import ROOT

SHELL = ROOT / "pages" / "shell.py"

OpenAs = Callable[..., AppTest]


def session_of(username: str) -> str:
    """Sign somebody in by the real commands, without the slow password check."""
    with process.writing(Public()) as (db, public):
        counted = begin_sign_in(db, public, username=username, address="127.0.0.1")
        session = sign_in(
            db, public, counted.attempt_id or 0, username=username, checked=counted.password_hash
        )
    assert session, f"{username} could not sign in"
    return session.public_id


def heading(at: AppTest) -> str:
    """The page's one h1; assert it first, since an empty page passes every `not in`."""
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", drawn(at), re.S)
    assert len(found) == 1, f"a page has one h1, this one has {found}"
    return plain(found[0])


def menu(at: AppTest) -> list[str]:
    """The titles of the pages that this person may go to."""
    return [page["page_name"] for page in at._registered_pages.values()]


def drawn(at: AppTest) -> str:
    """The HTML and text of everything on the page, in order."""
    parts = []
    for element in at.main:
        for name in ("label", "value"):
            part = getattr(element, name, None)
            if isinstance(part, str):
                parts.append(part)
    return "\n".join(parts)


def words(at: AppTest) -> str:
    """What a reader of the page reads, without tags."""
    return plain(drawn(at))


def plain(markup: str) -> str:
    without = re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", markup, flags=re.S)
    return " ".join(unescape(without).split())
