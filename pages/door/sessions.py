"""Whose session is live: browser tokens and open tabs, looked up outside the event loop."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from starlette.types import Scope

from coprod_data.commands.auth_sessions import end_sessions, touch_sessions
from coprod_data.permissions import BRINGS_FILES, NotAllowed
from coprod_data.queries.auth_sessions import LiveSession, live_sessions, session_of_token
from coprod_data.store import database
from coprod_data.store.actors import BySession, SignedOut, System
from coprod_data.store.database import Unavailable
from pages.parts.cookies import cookie

log = logging.getLogger("coprod_data")

SESSION_COOKIE = "coprod"
PATIENCE = 3.0  # seconds to wait for one answer of the database
GRACE = 60.0  # seconds for which the last good answer counts while the database is away
TOUCH_EVERY = 60.0  # seconds between two notes that somebody is active

Answer = TypeVar("Answer")

_readers = ThreadPoolExecutor(4, thread_name_prefix="door-reads")
_writer = ThreadPoolExecutor(1, thread_name_prefix="door-writes")  # may have to wait
_last_good: dict[str, tuple[str, float]] = {}  # token or id -> public id, when
_touched: dict[str, float] = {}
_to_touch: dict[str, datetime] = {}  # public id -> when last active, not yet saved


async def session_at(scope: Scope) -> str | None:
    """Return the public id of the live session whose cookie a request carries, or None.

    Raises Unavailable while the database is away and there is no recent good answer.
    """
    token = cookie(scope, SESSION_COOKIE)
    if not token:
        return None
    try:
        found = await _ask(_by_token, token)
    except Unavailable:
        if (remembered := _remembered(token)) is None:
            raise
        return remembered
    if found is None:
        _last_good.pop(token, None)
        return None
    _last_good[token] = _last_good[found.public_id] = found.public_id, time.monotonic()
    return found.public_id


async def is_live(public_id: str) -> bool:
    """Say whether a session may act now. Raises Unavailable as `session_at` does."""
    try:
        live = await still_live([public_id])
    except Unavailable:
        if _remembered(public_id) is None:
            raise
        return True
    return public_id in live


async def still_live(public_ids: Collection[str]) -> dict[str, LiveSession]:
    """Return the live ones of these sessions, in one read. Raises Unavailable."""
    live = await _ask(_by_ids, list(public_ids))
    now = time.monotonic()
    for public_id in public_ids:
        if public_id in live:
            _last_good[public_id] = public_id, now
        else:
            _last_good.pop(public_id, None)
    return live


async def may_bring_files(public_id: str) -> bool:
    """Say whether the door takes a file from this session; a no is noted. Raises Unavailable."""
    return await _ask(_brings_files, public_id)


def note_activity(public_id: str) -> None:
    """Remember that a person did something; it is saved soon, at most once a minute.

    It counts at once, so nobody becomes idle because the database is slow to save.
    """
    now = time.monotonic()
    if now - _touched.get(public_id, -TOUCH_EVERY) >= TOUCH_EVERY:
        _touched[public_id] = now
        _to_touch[public_id] = database.current().clock()


async def write_activity() -> None:
    """Save what `note_activity` has collected. Raises Unavailable; the next call tries again."""
    if not _to_touch:
        return
    gathered = dict(_to_touch)
    await _answer(_writer, _touch, gathered)
    for public_id, seen in gathered.items():
        if _to_touch.get(public_id) == seen:
            del _to_touch[public_id]


async def end(public_ids: Collection[str]) -> None:
    """End these sessions if they have been idle for too long. Raises Unavailable if in doubt."""
    await _answer(_writer, _end, list(public_ids))


def forget_old_answers() -> None:
    """Drop answers too old to count, so that memory does not keep growing."""
    now = time.monotonic()
    for key in [key for key, (_, at) in _last_good.items() if now - at > GRACE]:
        del _last_good[key]
    for key in [key for key, at in _touched.items() if now - at > TOUCH_EVERY]:
        del _touched[key]


def _remembered(key: str) -> str | None:
    public_id, at = _last_good.get(key, ("", -GRACE))
    return public_id if time.monotonic() - at < GRACE and public_id else None


async def _ask(question: Callable[..., Answer], *about: object) -> Answer:
    return await _answer(_readers, question, *about)


async def _answer(
    workers: ThreadPoolExecutor, question: Callable[..., Answer], *about: object
) -> Answer:
    answer = asyncio.get_running_loop().run_in_executor(workers, question, *about)
    try:
        return await asyncio.wait_for(answer, PATIENCE)
    except TimeoutError as error:
        reference = secrets.token_hex(4)
        log.error("The database gave the door no answer in %s seconds: %s", PATIENCE, reference)
        raise Unavailable(reference) from error


def _brings_files(public_id: str) -> bool:
    try:
        with database.reading(BySession(public_id)) as (_, actor):
            actor.must(*BRINGS_FILES)
    except (SignedOut, NotAllowed):
        return False
    return True


def _by_token(token: str) -> LiveSession | None:
    with database.reading(System()) as (db, system):
        return session_of_token(db, system, token, seen=dict(_to_touch))


def _by_ids(public_ids: list[str]) -> dict[str, LiveSession]:
    with database.reading(System()) as (db, system):
        return live_sessions(db, system, public_ids, seen=dict(_to_touch))


def _touch(seen: dict[str, datetime]) -> None:
    with database.writing(System()) as (db, system):
        touch_sessions(db, system, seen)


def _end(public_ids: list[str]) -> None:
    with database.writing(System()) as (db, system):
        end_sessions(db, system, public_ids)
