"""What forms share: names of this council as labels, roles in words, boxes emptied when done."""

import re

import streamlit as st

from coprod_data.permissions import Role

ROLE_WORDS: dict[Role, str] = {
    Role.YOUNG_PERSON: "Young person",
    Role.YOUTH_VOICE: "Youth Voice Team",
    Role.SAFEGUARDING: "Safeguarding",
    Role.MANAGER: "Manager",
    Role.BOARD_MEMBER: "Board member",
    Role.CHAIR: "Chair",
    Role.ADMINISTRATOR: "Administrator",
}


def inert(text: str) -> str:
    """Return a text that a label or an option shows as it is, with no mark taken for markup."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def fresh(form: str) -> str:
    """Return what the keys of a form's boxes begin with; another word each time it was finished.

    A browser keeps what was typed as long as the key stays, so emptied boxes are new boxes.
    """
    times = st.session_state.get(f"finished.{form}", 0)
    return f"{form}.{times}" if times else form


def finished(form: str) -> None:
    """Empty a form's boxes at the next run."""
    st.session_state[f"finished.{form}"] = st.session_state.get(f"finished.{form}", 0) + 1
