"""One task for the process: once a second it asks whether each open tab's session is still live."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from starlette.types import Receive, Send

from coprod_data.queries.auth_sessions import LiveSession
from coprod_data.store import database
from coprod_data.store.database import Unavailable
from pages.door import sessions
from pages.door.farewell import Tab
from pages.parts.tabs import IDLE_WHILE_CHECKING, shows_raw_words

log = logging.getLogger("coprod_data")

EVERY = 1.0  # seconds
TO_LEAVE = 3.0  # seconds in which the tab that signs out opens its next page

TABS_PER_SESSION = 20
TABS_PER_ADDRESS = 400  # a whole council may be behind one address

_open: dict[Tab, str] = {}  # each with the address it came from
_leaving: dict[str, float] = {}  # sessions that sign out, and until when they leave by themselves


def has_room(session: str, address: str) -> bool:
    """Say whether this session, and this address, may open one more tab."""
    of_session = sum(tab.session == session for tab in _open)
    of_address = sum(one == address for one in _open.values())
    return of_session < TABS_PER_SESSION and of_address < TABS_PER_ADDRESS


def leaves_by_itself(session: str) -> None:
    """Let the tab that signs out come to its own page, before the others are led away.

    Led away meanwhile, it would read that its session had ended.
    """
    now = time.monotonic()
    for one in [one for one, until in list(_leaving.items()) if until < now]:
        _leaving.pop(one, None)
    _leaving[session] = now + TO_LEAVE


@contextmanager
def watched(session: str, address: str, receive: Receive, send: Send) -> Iterator[Tab]:
    """Watch a tab while it is open."""
    tab = Tab(session, receive, send)
    _open[tab] = address
    try:
        yield tab
    finally:
        _open.pop(tab, None)
        tab.close()


def anybody_here() -> bool:
    """Say whether any tab is open."""
    return bool(_open)


async def watch() -> None:
    """Check again and again. A database fault closes no tab and does not end the watch."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await look_round()
        except Unavailable:
            log.warning("The door is waiting for the database.")
        except Exception:
            log.exception("The door's watch stumbled and goes on.")


async def look_round() -> None:
    """Close the tabs whose sessions have ended, and save who is still active."""
    with contextlib.suppress(Unavailable):  # saving may be slow; the tabs are checked all the same
        await sessions.write_activity()
    sessions.forget_old_answers()
    asked = {tab.session for tab in _open}
    if not asked:
        return
    live = await sessions.still_live(asked)
    now = time.monotonic()
    _lead_away({one for one in asked - live.keys() if _leaving.get(one, now) <= now})
    idle = {session.public_id for session in live.values() if _is_idle_while_checking(session)}
    if idle:
        await sessions.end(idle)
        _lead_away(idle)


def _lead_away(ended: Collection[str]) -> None:
    for tab in _open:
        if tab.session in ended:
            tab.ended.set()


def _is_idle_while_checking(session: LiveSession) -> bool:
    idle = database.current().clock() - session.seen_at
    return idle > IDLE_WHILE_CHECKING and shows_raw_words(session.public_id)
