"""From start to stop: open the database, warm the first page, freeze, watch, say ready."""

import ast
import asyncio
import contextlib
import gc
import importlib
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from coprod_data.database import Database
from coprod_data.jobs import run_jobs
from coprod_data.keys import UnsafeKey
from coprod_data.permissions import Refused
from coprod_data.schema import MissingGuards, NewerSchema
from pages.door.safe_settings import UnsafeSettings, refuse_unsafe_settings
from pages.door.watcher import watch
from pages.parts.menu import MENU
from pages.parts.plain import PAGES, in_thread
from pages.parts.start import open_database

JOBS_EVERY = 60.0  # seconds between two looks; each job knows when its own time has come


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Make the server ready, and tidy up at the end."""
    try:
        refuse_unsafe_settings()
        opened = await asyncio.to_thread(open_database)
    except (NewerSchema, MissingGuards, UnsafeKey, UnsafeSettings, Refused, ValueError) as fault:
        print(f"Together does not start. {fault}", file=sys.stderr)  # noqa: T201
        raise SystemExit(1) from None
    logging.disable(logging.WARNING)  # streamlit-authenticator complains of being imported early
    await asyncio.to_thread(_import_what_pages_need)
    logging.disable(logging.NOTSET)
    gc.collect()
    gc.freeze()  # what is loaded now stays: without this every rerun searches all of it
    tasks = [asyncio.create_task(watch()), asyncio.create_task(_run_jobs(opened))]
    yield
    for task in tasks:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    opened.engine.dispose()


async def _run_jobs(opened: Database) -> None:
    while True:
        await in_thread(run_jobs, opened)
        await asyncio.sleep(JOBS_EVERY)


def _import_what_pages_need() -> None:
    """Whatever is imported before the freeze costs no rerun anything."""
    importlib.import_module("altair")
    for file in ("shell.py", *(page.file for page in MENU)):
        tree = ast.parse((PAGES / file).read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                importlib.import_module(node.module)
