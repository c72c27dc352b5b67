"""Which page each open tab shows: written by the shell at each run, read by the door.

A tab is known by its Streamlit session id. While one shows the checking page, the idle limit of
the person's session is shorter.
"""

from dataclasses import dataclass

CHECKING = "checking"  # raw words of young people stand on this page


@dataclass(frozen=True)
class Shown:
    """The session of ours that a tab belongs to, and the address of the page it shows."""

    session: str
    page: str


_shown: dict[str, Shown] = {}


def note_page(streamlit_id: str, session: str, page: str) -> None:
    """Remember what a tab shows."""
    _shown[streamlit_id] = Shown(session, page)


def forget_tab(streamlit_id: str) -> None:
    """A tab was closed."""
    _shown.pop(streamlit_id, None)


def shows_checking(session: str) -> bool:
    """Say whether any open tab of a session shows the checking page."""
    return any(tab.session == session and tab.page == CHECKING for tab in list(_shown.values()))
