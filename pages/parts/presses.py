"""Whether a press was answered: its button may be gone by the time that it arrives.

Streamlit runs the page as it is now. If somebody else has changed it, the pressed button is not
drawn any more, and nothing would happen. Its own books tell which widgets a browser pressed.
"""

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import ScriptRunContext
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import Serialized, Value

ANSWERED = "press-answered"
PRESSED, AGAIN = "pressed-last", "pressed-again"


def begin_answers(context: ScriptRunContext) -> None:
    """Begin a run: nothing has been answered in it yet. Note which buttons were pressed for it."""
    st.session_state[ANSWERED] = False
    pressed = _pressed(context)
    st.session_state[AGAIN] = bool(pressed) and pressed == st.session_state.get(PRESSED)
    if pressed:
        st.session_state[PRESSED] = pressed


def note_answer() -> None:
    """Note that this run has answered its reader, for example by a refusal."""
    st.session_state[ANSWERED] = True


def press_was_lost(context: ScriptRunContext) -> bool:
    """Say whether a button was pressed that this run neither drew nor answered otherwise.

    A button with a callback was answered by that, before the page was drawn.
    """
    if st.session_state.get(ANSWERED):
        return False
    return not _pressed(context) <= context.shared.widget_ids_this_run.snapshot()


def pressed_again() -> bool:
    """Say whether this run was asked for by the same button as the last press, as by two clicks."""
    return bool(st.session_state.get(AGAIN))


def _pressed(context: ScriptRunContext) -> set[str]:
    sent = context.session_state._state._new_widget_state
    return {
        widget
        for widget, state in list(sent.states.items())
        if _is_press(state, sent.widget_metadata.get(widget))
    }


def _is_press(state: Serialized | Value, metadata: WidgetMetadata[Any] | None) -> bool:
    if metadata is not None and metadata.callback is not None:
        return False
    if isinstance(state, Serialized):
        return bool(state.value.trigger_value)
    return metadata is not None and metadata.value_type == "trigger_value" and state.value is True
