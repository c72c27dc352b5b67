"""Words that are for the Board only, on a screen that others may see."""

import streamlit as st

from coprod_data.vocabulary.labels import labelled
from pages.parts.frame import show_help
from pages.parts.html import show
from pages.parts.screens import NARROW, OTHERS, OWN, SEEN_BY, WIDTH


def for_own_eyes(*, marked: bool = False) -> bool:
    """Say whether this tab may show words that not everybody may read, and mark the page as such.

    A narrow screen may. On a wide one the first such page of a tab asks, and is not drawn on before
    the answer. The answer is kept in the tab's address. Call it once a page, before the words; what
    a tab may not show is to be left out, which a sentence has then said. `marked`: the page has the
    mark among its own blocks.
    """
    if (said := _answer()) is not None:
        _keep(said)  # a page of the menu comes without it in its address
    if not may_be_seen():
        if not marked:
            show("projector.html")
        if _is_wide():
            _change("Others can see this screen now", OTHERS)
        return True
    if said is None:
        show(
            "empty.html", title="Can others see this screen?", icon="hidden",
            words=labelled(
                "What comes next was written for the Board only. We show it once you answer."
            ),
        )  # fmt: skip
        with st.container(horizontal=True):
            _change("Yes, others can see it", OTHERS)
            _change("No, only I can see it", OWN)
        show_help()
        st.stop()
    show("screen_seen.html")
    _change("Only I can see this screen now", OWN)
    return False


def may_be_seen() -> bool:
    """Say whether others may see this tab's screen, as far as its reader has not denied it."""
    return _is_wide() and _answer() != OWN


def _is_wide() -> bool:
    return st.user.get(WIDTH) != NARROW


def _answer() -> str | None:
    said = st.query_params.get(SEEN_BY) or st.session_state.get(SEEN_BY)
    return said if said in (OWN, OTHERS) else None


def _change(words: str, said: str) -> None:
    st.button(words, key=f"screen-{said}", on_click=_keep, args=(said,))


def _keep(said: str) -> None:
    st.session_state[SEEN_BY] = st.query_params[SEEN_BY] = said
