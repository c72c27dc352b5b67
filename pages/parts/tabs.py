"""What each open tab shows, and what to tell it next, by the tab's Streamlit session id.

The shell writes at each run what a tab shows, and the door reads it: while any tab shows words that
nobody has released, the person's session has a shorter idle limit.
"""

from dataclasses import dataclass
from datetime import timedelta

IDLE_WHILE_CHECKING = timedelta(minutes=15)


@dataclass(frozen=True)
class Shown:
    """The session of ours that a tab belongs to, whether it shows words not released, and its page
    of the menu."""

    session: str
    raw_words: bool
    page: str


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence that waits for a tab; the same words announced again are another sentence."""

    words: str
    good: bool = True


_shown: dict[str, Shown] = {}
_to_tell: dict[str, Sentence] = {}
_drawn: dict[str, Sentence] = {}
_last: dict[str, Sentence] = {}


def note_tab(streamlit_id: str, session: str, *, raw_words: bool, page: str = "") -> None:
    """Remember what a tab shows."""
    _shown[streamlit_id] = Shown(session, raw_words, page)


def page_shown(streamlit_id: str) -> str:
    """Return the title of the page of the menu that a tab shows, or nothing."""
    shown = _shown.get(streamlit_id)
    return shown.page if shown else ""


def forget_tab(streamlit_id: str) -> None:
    """Forget a tab that was closed."""
    _shown.pop(streamlit_id, None)
    _to_tell.pop(streamlit_id, None)
    _drawn.pop(streamlit_id, None)
    _last.pop(streamlit_id, None)


def tell_next(streamlit_id: str, sentence: str, *, good: bool = True) -> None:
    """Keep one sentence for the next run of a tab that is open: what was done, or why not."""
    if streamlit_id in _shown:
        _to_tell[streamlit_id] = Sentence(sentence, good)


def told(streamlit_id: str) -> Sentence | None:
    """Return the sentence that waits for a tab, if one does; it waits until `drawn_whole`."""
    if (waiting := _to_tell.get(streamlit_id)) is not None:
        _drawn[streamlit_id] = _last[streamlit_id] = waiting
    return waiting


def tell_again(streamlit_id: str) -> bool:
    """Keep the sentence that a tab was told last for its next run; say whether there is one."""
    if (last := _last.get(streamlit_id)) is None:
        return False
    _to_tell[streamlit_id] = last
    return True


def drawn_whole(streamlit_id: str) -> None:
    """Drop a sentence once its run has finished; a second press may end a run early."""
    drawn = _drawn.pop(streamlit_id, None)
    if drawn is not None and _to_tell.get(streamlit_id) is drawn:
        del _to_tell[streamlit_id]


def shows_raw_words(session: str) -> bool:
    """Say whether any open tab of a session shows words that nobody has released."""
    return any(tab.session == session and tab.raw_words for tab in list(_shown.values()))
