"""Our pages in Dash: the same reads of the same database, and each block as Dash's own elements.

`peers` starts it with gunicorn, in an environment of its own; nothing of ours needs Dash.
"""

import os
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

from coprod_data.queries.auth_sessions import session_of_token
from coprod_data.store import database
from coprod_data.store.actors import System
from pages.door.first_view import said_by
from pages.door.sessions import SESSION_COOKIE
from pages.menu import MENU
from pages.parts.answers import flat

DRAWN_ELSEWHERE = ("svg", "style", "script")  # pictures, and what only our own page needs
VOID = ("br", "hr", "img", "input")
KEPT = {"class": "className", "href": "href", "id": "id"}

dash, flask = import_module("dash"), import_module("flask")
html, dcc = dash.html, dash.dcc


class Elements(HTMLParser):
    """Reads our blocks into Dash's elements, with every word in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []
        self._open: list[tuple[str, dict[str, Any], list[Any]]] = []
        self._left_out = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DRAWN_ELSEWHERE:
            self._left_out += 1
        elif not self._left_out and tag in VOID:
            self._add(html.Br())
        elif not self._left_out:
            kept: dict[str, Any] = {KEPT[name]: value for name, value in attrs if name in KEPT}
            kept |= {name: value or "" for name, value in attrs if name.startswith("aria-")}
            self._open.append((tag, kept, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in DRAWN_ELSEWHERE:
            self._left_out -= 1
        elif not self._left_out and tag not in VOID and self._open:
            name, kept, children = self._open.pop()
            self._add(getattr(html, name.capitalize(), html.Div)(children, **kept))

    def handle_data(self, data: str) -> None:
        if not self._left_out and data.strip():
            self._add(data)

    def _add(self, element: object) -> None:
        (self._open[-1][2] if self._open else self.found).append(element)


def drawn(path: str, token: str) -> list[Any]:
    """What a page says to the person whose session this token opens."""
    with database.reading(System()) as (db, system):
        session = session_of_token(db, system, token)
    page = next(page for page in MENU if page.address == path)
    said = said_by(page, session.public_id, {}) if session else None
    if said is None:
        return [html.H1("You are signed out.")]
    elements = Elements()
    elements.feed("".join((*flat(said.blocks), *said.rest)))
    return [html.H1(said.title), *elements.found]


def made() -> Any:
    """The app as gunicorn takes it: its address chooses what is drawn, as in any app of Dash."""
    database.use(
        database.connect(os.environ["COPROD_DATABASE_URL"], Path(os.environ["COPROD_KEY_FILE"]))
    )
    app = dash.Dash("together", title="Together", update_title=None)
    app.layout = html.Div([dcc.Location(id="at"), html.Main(id="main")])
    app.callback(dash.Output("main", "children"), dash.Input("at", "pathname"))(
        lambda path: drawn(path, flask.request.cookies.get(SESSION_COOKIE, ""))
    )
    return app.server
