"""What a page says, put into its document: read before Streamlit has arrived, and without script.

Only pages with a file `NAME_answer.py` have one. It is asked in a thread, as the person whose
session the wall has found, in one reading, and for a short time: whatever goes wrong, the document
goes out without it, and Streamlit's page says what there is to say. It holds no token, so that it
may be compressed; its button to sign out leads to the page that asks once more.
"""

import asyncio
import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib import import_module
from typing import Any

from starlette.datastructures import QueryParams

from coprod_data.permissions import Actor, Refused, Role
from coprod_data.queries.auth_sessions import SignedInPerson, signed_in_person
from coprod_data.queries.settings import Labels, labels
from coprod_data.store import database
from coprod_data.store.actors import BySession
from coprod_data.vocabulary.settings import Mode
from pages.door.front_page import FrontPage
from pages.menu import MENU, MY_WORK, SEARCH, MenuPage, in_sections, menu_for, title_with
from pages.parts.answers import Address, Answer
from pages.parts.frame import SITE
from pages.parts.help_lines import help_lines
from pages.parts.html import PAGES, render
from pages.parts.screens import OWN, SEEN_BY
from pages.shared.turns import number_waiting

log = logging.getLogger("coprod_data")

Asked = Callable[[Any, Actor, Address], Answer | None]

PATIENCE = 0.5  # seconds; past them the document goes without
WORKERS = 4

_workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="first-view")
_asked_now = 0


async def document_with_answer(
    front: FrontPage, session: str, path: str, query: str, *, wide: bool, again: bool
) -> bytes | None:
    """Return the document of an address with what its page says, or None to send it without.

    On a `wide` screen it holds no words that not everybody may read, unless the address says that
    only its reader can see it. `again` says that this browser was here before.
    """
    global _asked_now
    page = _pages().get(path)
    if page is None or _asked_now >= WORKERS:  # nobody waits behind slow ones
        return None
    _asked_now += 1
    address = dict(QueryParams(query))
    asked = asyncio.get_running_loop().run_in_executor(
        _workers,
        partial(document, wide=wide and address.get(SEEN_BY) != OWN, again=again),
        front,
        session,
        page,
        address,
    )
    asked.add_done_callback(_one_less)
    try:
        return await asyncio.wait_for(asyncio.shield(asked), PATIENCE)
    except TimeoutError:
        return None


def _one_less(asked: asyncio.Future[bytes | None]) -> None:
    global _asked_now
    _asked_now -= 1
    asked.exception()  # there is none: document catches what goes wrong


@cache
def _pages() -> dict[str, MenuPage]:
    """The pages that say something at once, by address."""
    return {
        page.address: page
        for page in MENU
        if (PAGES / page.file).with_name(f"{page.name}_answer.py").is_file()
    }


def document(
    front: FrontPage,
    session: str,
    page: MenuPage,
    address: Address,
    *,
    wide: bool = False,
    again: bool = False,
) -> bytes | None:
    """Return the document of a page with what it says to this reader, or None to send it without.

    Nothing is raised: whatever goes wrong is told in the log, without its message.
    """
    try:
        with database.reading(BySession(session)) as (db, actor):
            mine = menu_for(actor.roles)
            if page not in mine:
                return None
            said = _answer_of(page)(db, actor, address)
            if said is None or (wide and said.beyond_public):
                return None
            person, council = signed_in_person(db, actor), labels(db, actor)
            waiting = number_waiting(db, actor) if any(one.file == MY_WORK for one in mine) else 0
        filled = _filled(page, said, person, council, in_sections(mine), waiting)
    except Refused:
        return None
    except Exception as fault:
        where = "".join(traceback.format_tb(fault.__traceback__))
        log.error("A page had no first view: %s\n%s", type(fault).__name__, where)
        return None
    return front.with_answer(f"{page.title} – {SITE}", filled, again=again)


def said_by(page: MenuPage, session: str, address: Address) -> Answer | None:
    """Return what a page says to this reader at once; None for a page that says nothing."""
    if page.address not in _pages():
        return None
    with database.reading(BySession(session)) as (db, actor):
        return _answer_of(page)(db, actor, address)


def _answer_of(page: MenuPage) -> Asked:
    room = page.file.partition("/")[0]
    asked: Asked = import_module(f"pages.{room}.{page.name}_answer").answer
    return asked


def _filled(
    page: MenuPage,
    said: Answer,
    person: SignedInPerson,
    council: Labels,
    mine: Mapping[str, Sequence[MenuPage]],
    waiting: int,
) -> str:
    sections = [
        (
            words,
            [
                {"words": title_with(one, waiting), "href": one.address, "here": one is page}
                for one in pages
            ],
        )
        for words, pages in mine.items()
    ]
    demo = council.mode is Mode.DEMO
    return render(
        "first.html",
        section=page.section,
        sections=sections,
        finds=any(one.file == SEARCH for one in menu_for(person.roles)),
        who=render("who.html", name=person.name, job=person.job, section=page.section, token=""),
        help_bar=render("help_bar.html") if Role.YOUNG_PERSON in person.roles else "",
        demo=render("demo.html", council=council.council) if demo else "",
        blocks=[
            render("head.html", title=said.title, lede=said.lede, back=None, way=()),
            *said.blocks,
        ],
        rest=said.rest,
        foot=render("foot.html"),
        help=render("help.html", lines=help_lines()),
    )
