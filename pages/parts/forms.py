"""What forms share: labels that show text as it is, boxes emptied once saved, saving once."""

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

JOINER = "\u2060"  # invisible
ALONE = re.compile(r"(?<!\S)([<>~-])(->|[>=-])(?!\S)")


def words_of(member: Any) -> str:
    """Return the words of a member of a closed list, for a list to choose from."""
    return str(member.words)


def inert(text: str) -> str:
    """Return a text that a label, a pill or a radio shows as it is, never as markup.

    Streamlit turns a separate "--" or "->" into one sign even when escaped; an invisible joiner
    prevents it. A selectbox or a multiselect reads no markup: there the escapes would show.
    """
    parted = ALONE.sub(f"\\1{JOINER}\\2", text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", parted)


def fresh(form: str) -> str:
    """Return the prefix of the keys of a form's boxes; it changes each time the form is saved.

    A browser keeps what was typed as long as the key stays, so boxes are emptied by new keys.
    """
    saved = _saved()
    return next(key for n in count() if (key := f"{form}.{n}" if n else form) not in saved)


@contextmanager
def once(key: str) -> Iterator[Opened]:
    """Save what is in the boxes with this key, and empty them at the next run.

    A second press may run at the same time as the first; it saves nothing. Raises Refused.
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
    """Save what was typed, then draw the page again with the sentence `done` at its top.

    A refusal is shown here as its sentence, and everything typed stays. With `key`, boxes whose
    keys begin with it are empty at the next run, and a second press saves nothing. Without `done`,
    the block announces its own sentence.
    """
    with refusals():
        with once(key) if key else writing() as opened:
            yield opened
        if done:
            announce(done)
        st.rerun()


def sure(label: str, key: str, *, question: str, yes: str) -> bool:
    """Show a button that asks once more: pressed, `question` takes its place, with `yes` and a way
    back. Returns whether `yes` was pressed.
    """
    asking = f"{key}-asking"

    def ask(wanted: bool) -> None:  # before the page runs, so that no other run can swallow it
        st.session_state[asking] = wanted

    if not st.session_state.get(asking):
        st.button(label, key=key, on_click=ask, args=(True,))
        return False
    st.text(question)
    with st.container(horizontal=True):
        agreed = st.button(yes, key=f"{key}-yes", type="primary")
        st.button("Not now", key=f"{key}-not-now", on_click=ask, args=(False,))
    if agreed:
        ask(False)
    return agreed


def _saved() -> dict[str, object]:
    saved: dict[str, object] = st.session_state.setdefault("forms-saved", {})
    return saved
