"""Boxes that take whatever is typed or pasted, and say beside themselves what is too much.

Streamlit's own limits refuse a longer paste, or a number, without a word, and what was typed is
lost. So no box has one: each knows what its command takes, and says so beside it.
"""

from typing import Any

import streamlit as st

from coprod_data.rules.texts import LONGEST, fault_of_length, letters_left
from pages.parts.html import show

DAY = 40  # letters of a day; it is refused as a day long before
NEAR = 10  # a tenth of the letters is left: from here on they are counted


def text_line(label: str, *, longest: int, **options: Any) -> str:
    """Show a box of one line for at most `longest` letters. Returns all that was typed."""
    with st.container():
        typed = st.text_input(label, **options) or ""
        say_length(typed, longest)
    return typed


def text_lines(label: str, *, longest: int = LONGEST, **options: Any) -> str:
    """Show a box of several lines, which keeps nothing by itself. Returns all that was typed."""
    with st.container():
        typed = st.text_area(label, **options) or ""
        say_length(typed, longest)
    return typed


def number_box(label: str, *, least: float, most: float, **options: Any) -> Any:
    """Show a box for a number from `least` to `most`. Returns whatever was typed, or None."""
    with st.container():
        typed = st.number_input(label, **options)
        if typed is not None and not least <= typed <= most:
            say_fault(f"Give a number from {least:,} to {most:,}.")
    return typed


def say_length(typed: str, longest: int) -> bool:
    """Say below a box how many letters to take out; near its end, how many it still takes.

    Returns whether it is too long.
    """
    sentence, left = fault_of_length(typed, longest), letters_left(typed, longest)
    if sentence:
        say_fault(sentence)
    elif typed and left * NEAR <= longest:
        show("box_room.html", sentence=f"{longest - left:,} of {longest:,} letters.")
    return bool(sentence)


def say_fault(sentence: str, *, aloud: bool = True) -> None:
    """Say below a box what is wrong with what is in it; `aloud` where nothing else says it."""
    show("box_fault.html", sentence=sentence, aloud=aloud)
