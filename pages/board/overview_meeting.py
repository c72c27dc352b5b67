"""What the chair sets for the next meeting: its day, its theme and its opening words."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.queries.entries_released import Words
from coprod_data.queries.promise import ThemeRow
from coprod_data.queries.settings import Meeting
from coprod_data.vocabulary.settings import SettingKey
from pages.parts.carried import carried_form, shown
from pages.parts.faults import refusals
from pages.parts.forms import inert
from pages.parts.html import show
from pages.parts.past_days import sure_if_past, sure_of
from pages.parts.saved_settings import save_settings
from pages.parts.times import A_DAY, on, typed_day
from pages.shared.entry_names import key_here


def next_meeting_form(
    coming: Meeting, themes: Sequence[ThemeRow], to_pin: Sequence[Words], *, opened: bool
) -> None:
    """Show the chair's form, collapsed unless `opened`."""
    titles = {None: "No theme: open with the newest card"} | {
        theme.id: theme.names for theme in themes
    }
    form = carried_form(
        "meeting",
        "next",
        {
            SettingKey.NEXT_MEETING: coming.on.isoformat() if coming.on else None,
            SettingKey.NEXT_MEETING_THEME: coming.theme_id,
            SettingKey.PINNED_ENTRIES: coming.pinned,
        },
        {
            SettingKey.NEXT_MEETING: "Date of the next meeting",
            SettingKey.NEXT_MEETING_THEME: "Its theme",
        },
        key="meeting",
        tell=lambda key, value: (
            titles.get(value, "") if key == SettingKey.NEXT_MEETING_THEME else shown(value)
        ),
    )
    start = form.carried.start
    theme, pins = start[SettingKey.NEXT_MEETING_THEME], start[SettingKey.PINNED_ENTRIES]
    day = start[SettingKey.NEXT_MEETING]
    with st.expander("For the chair: the next meeting", expanded=opened), st.form("next-meeting"):
        form.begin()
        typed = st.text_input(
            f"Date of the next meeting, for example {A_DAY}",
            value=on(date.fromisoformat(day)) if day else "",
            key=form.key_of("day"),
        )
        theme_id = st.radio(
            "Its theme",
            list(titles),
            index=list(titles).index(theme) if theme in titles else 0,
            format_func=lambda key: inert(titles[key]),
            key=form.key_of("theme"),
        )
        pinned = []
        for place, words in enumerate(to_pin, start=1):
            show("own_words.html", words=words.thinks or words.wants)
            if st.checkbox(
                f"Open with these words ({place})",
                value=words.entry_id in pins,
                key=form.key_of(f"pin-{key_here(words.entry_id)}"),
            ):
                pinned.append(words.entry_id)
        if st.form_submit_button("Save for the next meeting", type="primary"):
            with refusals():
                meeting_on = sure_if_past(typed_day(typed, "meeting-day"), "meeting-day", form.key)
                _sure_of_theme(theme_id, themes, to_pin, pinned, form.key)
                save_settings(
                    form,
                    {
                        SettingKey.NEXT_MEETING: meeting_on,
                        SettingKey.NEXT_MEETING_THEME: theme_id,
                        SettingKey.PINNED_ENTRIES: pinned,
                    },
                    "The next meeting is set.",
                )


def _sure_of_theme(
    theme_id: int | None,
    themes: Sequence[ThemeRow],
    to_pin: Sequence[Words],
    pinned: Sequence[int],
    key: str,
) -> None:
    """Ask once whether opening words of another theme than the meeting's are meant."""
    about = next((theme for theme in themes if theme.id == theme_id), None)
    if about is None:
        return
    others = [
        one
        for one in to_pin
        if one.entry_id in pinned and one.theme not in (about.title, about.young_title)
    ]
    if others:
        named = " and ".join(f"no. {one.entry_id} ({one.theme})" for one in others)
        sure_of((theme_id, tuple(pinned)), f"Words {named} are of another theme.", "pins", key)
