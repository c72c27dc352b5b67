"""From start to stop: open the database, load the first page, freeze, watch, say ready."""

import ast
import asyncio
import gc
import importlib
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coprod_data.jobs import EVERY, SENDING_EVERY, run_jobs, send_notices
from coprod_data.permissions import Refused
from coprod_data.store.database import Database
from coprod_data.store.keys import UnsafeKey
from coprod_data.store.places import PlaceFault
from coprod_data.store.schema import SchemaFault
from pages.door.safe_settings import UnsafeSettings, refuse_unsafe_settings
from pages.door.start import begin_database, play_council, settle_database
from pages.door.starting import Play, Stopped, begin_play, end_play
from pages.door.watcher import anybody_here, watch
from pages.menu import MENU
from pages.parts.html import read_templates
from pages.parts.pdf import pdf_ready
from pages.parts.plain import PAGES, in_thread

log = logging.getLogger("coprod_data")

LOOK_EVERY, DRAWN_AFTER = 1.0, 20.0  # seconds
NOT_STARTED = 3  # the exit code of a server that does not start


class NoStart(Exception):
    """Why the server does not start, as a sentence that says what to do."""


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Make the server ready, and tidy up at the end. Raises NoStart.

    Requests are answered from the moment this yields. An invented council is played after that:
    it takes minutes on a slow machine, and until it is there each answer says how far it is.
    """
    try:
        refuse_unsafe_settings()
        opened, council = await in_thread(begin_database)
        if council is None:
            await in_thread(settle_database, opened)
    except (SchemaFault, UnsafeKey, UnsafeSettings, PlaceFault, Refused) as fault:
        raise NoStart(str(fault)) from fault
    logging.disable(logging.WARNING)  # streamlit-authenticator logs a warning when imported early
    await in_thread(_import_what_pages_need)
    logging.disable(logging.NOTSET)
    work = _work(opened) if council is None else _play_then_work(opened, council, begin_play())
    task = asyncio.create_task(work)
    yield
    end_play()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    opened.engine.dispose()


async def _play_then_work(opened: Database, council: Path, play: Play) -> None:
    try:
        await in_thread(play_council, opened, council, play.tell)
        await in_thread(settle_database, opened)
    except Stopped:
        return
    except Exception as fault:
        trace = None if isinstance(fault, Refused | PlaceFault) else fault
        log.error("Together does not start. %s", fault, exc_info=trace)
        logging.shutdown()
        os._exit(NOT_STARTED)  # nothing was committed, and nobody could do anything here yet
    end_play()
    await _work(opened)


async def _work(opened: Database) -> None:
    """Do what a server does beside answering, until it is cancelled."""
    gc.collect()
    gc.freeze()  # otherwise garbage collection searches all of this at every rerun
    await asyncio.gather(
        in_thread(pdf_ready),
        in_thread(read_templates),  # a document that waits for one would go without its answer
        watch(),
        _run_jobs(opened),
        _freeze_what_is_in_use(),
        return_exceptions=True,
    )


async def start_or_say_why(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Run an application's lifespan; if it cannot start, log the sentence without a traceback."""
    failed: Message = {}

    async def sending(message: Message) -> None:
        if message["type"] == "lifespan.startup.failed":
            failed.update(message)
        else:
            await send(message)

    try:
        await app(scope, receive, sending)
    except NoStart as refused:
        log.error("Together does not start. %s", refused)
        await send({**failed, "message": ""})
    except BaseException:
        if failed:
            await send(failed)
        raise


async def _run_jobs(opened: Database) -> None:
    while True:
        await in_thread(run_jobs, opened)
        for _ in range(EVERY // SENDING_EVERY):
            await asyncio.sleep(SENDING_EVERY.total_seconds())
            await in_thread(send_notices, opened)


async def _freeze_what_is_in_use() -> None:
    """Freeze again once the first page is drawn, because Streamlit and templates load much only
    then.
    """
    while not anybody_here():
        await asyncio.sleep(LOOK_EVERY)
    await asyncio.sleep(DRAWN_AFTER)
    gc.collect()
    gc.freeze()


def _import_what_pages_need() -> None:
    """Import the pages' modules before the freeze, so that reruns need not search them."""
    importlib.import_module("altair")
    for file in ("shell.py", *(page.file for page in MENU)):
        tree = ast.parse((PAGES / file).read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                importlib.import_module(node.module)
