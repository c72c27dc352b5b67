"""What a page shows of a refusal or a fault: our sentence, never a trace."""

import logging
import secrets
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

from coprod_data.permissions import Refused
from coprod_data.store.actors import SignedOut
from coprod_data.store.database import Unavailable
from pages.parts.html import show

log = logging.getLogger("coprod_data")

Answer = TypeVar("Answer")

TRY_EVERY = 1.0  # seconds


@contextmanager
def refusals(*, stop: bool = False) -> Iterator[None]:
    """Turn a refusal into its sentence, drawn here; nothing else of the block runs.

    With `stop` it is a whole page's refusal: it gets a heading, and nothing of the page follows.
    """
    try:
        yield
    except Refused as refused:
        if stop:
            show("head.html", title="We cannot show this page", lede="", back=None, theme=None)
        _refuse(refused)
        if stop or isinstance(refused, SignedOut):
            st.stop()


def patiently(read: Callable[[], Answer]) -> Answer:
    """Return what a read gives; while the database is away say so, and try again.

    A run that ended would take the boxes off the screen, and the words typed with them.
    """
    place, told = st.empty(), False
    while True:
        try:
            answer = read()
        except Unavailable as fault:
            if not told:
                with place:
                    _refuse(fault)
            told = True
            time.sleep(TRY_EVERY)
            len(st.session_state)  # here Streamlit ends a run whose tab is closed or asks anew
        else:
            place.empty()
            return answer


def show_fault(fault: Exception) -> bool:
    """Draw what a page could not catch: a refusal's sentence, or a reference to what is logged."""
    if isinstance(fault, Refused):
        _refuse(fault)
        return True
    reference = secrets.token_hex(4)
    # Where and what kind, never its message: a database quotes the row it refused.
    where = "".join(traceback.format_tb(fault.__traceback__))
    log.error("Fault %s: %s\n%s", reference, type(fault).__name__, where)
    sentence = f"Something went wrong on our side. Try again soon. Reference {reference}."
    notice("alert", "warning", sentence)
    return True


def _refuse(refused: Refused) -> None:
    match refused:
        case Unavailable():
            notice("alert", "warning", refused.sentence)
        case SignedOut():
            notice("soon", "lock", refused.sentence)
        case _:
            notice("soon", "warning", refused.sentence)


def notice(tone: str, icon: str, sentence: str) -> None:
    """Draw one sentence of ours, the answer to a press; all but a good one is read out at once."""
    show(
        "notice.html", tone=tone, icon=icon, title=sentence, words="", urgent=tone != "good",
        answers=True,
    )  # fmt: skip
