"""What forms share: names of this council as labels, roles in words, boxes emptied when done."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import streamlit as st

from coprod_data.permissions import Refused
from coprod_data.store.database import Opened
from pages.parts.faults import refusals
from pages.parts.frame import announce
from pages.parts.sign_in import writing

JOINER = "\u2060"  # drawn as nothing
ALONE = re.compile(r"(?<!\S)([<>~-])(->|[>=-])(?!\S)")


def words_of(member: Any) -> str:
    """Return how a member of a closed list reads, for a list to choose from."""
    return str(member.words)


def inert(text: str) -> str:
    """Return a text that a label, a pill or a radio shows as it is, no mark taken for markup.

    Streamlit draws a lone "--" or "->" as one sign even when escaped; an invisible joiner parts it.
    A selectbox reads no markup: there the escapes would show.
    """
    parted = ALONE.sub(f"\\1{JOINER}\\2", text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", parted)


def fresh(form: str) -> str:
    """Return what the keys of a form's boxes begin with; another word each time it was saved.

    A browser keeps what was typed as long as the key stays, so emptied boxes are new boxes.
    """
    saved = _saved()
    return next(key for n in count() if (key := f"{form}.{n}" if n else form) not in saved)


@contextmanager
def once(key: str) -> Iterator[Opened]:
    """Write what the boxes of this key say, and empty them at the next run.

    A second press may run beside the first, before it is done; it saves nothing. Raises Refused.
    """
    saved, this = _saved(), object()
    if saved.setdefault(key, this) is not this:
        raise Refused("This has already been saved.")
    try:
        with writing() as opened:
            yield opened
    except BaseException:
        del saved[key]
        raise


@contextmanager
def saving(done: str = "", key: str = "") -> Iterator[Opened]:
    """Write what a press says, then draw the page again with the sentence `done` at its top.

    A refusal becomes its sentence in this place, and everything typed stays. With `key` the boxes
    whose keys begin with it are empty at the next run, and a second press saves nothing. Without
    `done` the block announces its own.
    """
    with refusals():
        with once(key) if key else writing() as opened:
            yield opened
        if done:
            announce(done)
        st.rerun()


def _saved() -> dict[str, object]:
    saved: dict[str, object] = st.session_state.setdefault("forms-saved", {})
    return saved
