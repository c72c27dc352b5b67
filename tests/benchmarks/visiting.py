"""People who sign in, go through the pages of their menus and sign out, several at once."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count, cycle, islice

from coprod_data.store.database import Database
from pages.door.sessions import SESSION_COOKIE
from tests.benchmarks.measuring import NotReady
from tests.benchmarks.reruns import TimedSocket
from tests.helpers.demo import ONE_EACH
from tests.helpers.live_server import LiveServer, hidden_fields
from tests.helpers.signing_in import enter

AT_ONCE = 8
OUT = "/sign-in?note=out"


class Visitors:
    """Sessions opened by the real commands without the slow check, and ended by the sign-out
    button.
    """

    def __init__(self, server: LiveServer, database: Database) -> None:
        self._server, self._database = server, database
        self._people, self._number = cycle(ONE_EACH), count()
        self.sessions = self.reruns = 0

    def visit(self, sessions: int, reruns: int) -> None:
        """Open and close this many sessions, with this many reruns in each. Raises NotReady."""
        who = list(islice(self._people, sessions))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for done in pool.map(lambda username: self._one(username, reruns), who):
                self.sessions += 1
                self.reruns += done

    def _one(self, username: str, reruns: int) -> int:
        cookie = f"{SESSION_COOKIE}={enter(self._database, username).token}"
        done = self._go_through_the_menu(cookie, reruns)
        self._sign_out(cookie)
        return done

    def _go_through_the_menu(self, cookie: str, reruns: int) -> int:
        with TimedSocket(self._server.url, cookie=cookie) as tab:
            pages: Iterable[str] = tab.rerun().pages.values()
            for page in islice(cycle(pages), reruns - 1):
                if not tab.rerun(page_hash=page).elements:
                    raise NotReady("A page drew nothing.")
        return reruns

    def _sign_out(self, cookie: str) -> None:
        with self._server.client() as browser:
            browser.headers.update({"Cookie": cookie, "Origin": self._server.url})
            token = hidden_fields(browser.get("/sign-out").text)
            if (out := browser.post("/sign-out", data=token)).headers.get("location") != OUT:
                raise NotReady(f"Signing out was answered with {out.status_code}.")
