"""What a page shows of a refusal or a fault: our own sentence, never a traceback."""

import logging
import secrets
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

from coprod_data.permissions import PasswordAgain, Refused
from coprod_data.store.actors import SignedOut
from coprod_data.store.database import Unavailable
from pages.parts.html import show
from pages.parts.presses import note_answer

log = logging.getLogger("coprod_data")

Answer = TypeVar("Answer")

TRY_EVERY = 1.0  # seconds


@contextmanager
def refusals(*, stop: bool = False) -> Iterator[None]:
    """Turn a refusal into its sentence, shown here; the rest of the block does not run.

    With `stop` the page itself is refused: the sentence gets a heading, and the page ends.
    """
    try:
        yield
    except Refused as refused:
        if stop:
            show("head.html", title="We cannot show this page", lede="", back=None, way=())
        _refuse(refused)
        if stop or isinstance(refused, SignedOut):
            st.stop()


def patiently(read: Callable[[], Answer]) -> Answer:
    """Return the result of a read; while the database is away say so, and try again.

    If the run ended instead, the boxes and the words typed in them would leave the screen.
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
            len(st.session_state)  # here Streamlit may end the run
        else:
            place.empty()
            return answer


def show_fault(fault: Exception) -> bool:
    """Show an error that a page did not catch: a refusal's sentence, or a reference to the log."""
    if isinstance(fault, Refused):
        _refuse(fault)
        return True
    reference = secrets.token_hex(4)
    # Log where it happened and of what kind, never its message: a database quotes the row it
    # refused.
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
        case PasswordAgain():
            notice("soon", "lock", refused.sentence)
            show("password_again.html")
        case _:
            notice("soon", "warning", refused.sentence)


def notice(tone: str, icon: str, sentence: str) -> None:
    """Show one sentence in answer to a press; unless it is good news, it is read out at once."""
    note_answer()
    show(
        "notice.html", tone=tone, icon=icon, title=sentence, words="", urgent=tone != "good",
        answers=True,
    )  # fmt: skip
