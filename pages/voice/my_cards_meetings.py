"""First meetings of a young person with an account: the days asked about, and their answer."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from coprod_data.queries.sessions_dates import MeetingRow
from coprod_data.vocabulary.sessions import SessionReply
from pages.parts.html import show
from pages.parts.wording import say
from pages.shared.card_acts import DAY
from pages.shared.meetings import answered_words, when_words
from pages.voice.my_cards_talk import send

OTHERS = (SessionReply.OTHER_DAY, SessionReply.LATER, SessionReply.NO)


def meetings_waiting(meetings: Iterable[MeetingRow], entry_id: int | None = None) -> None:
    """Show each meeting, and ask whether the reader can come."""
    for meeting in meetings:
        single = meeting.days[0] if len(meeting.days) == 1 else None
        show(
            "meeting.html", meeting=meeting, one=when_words(single) if single else "",
            answered=answered_words(meeting),
        )  # fmt: skip
        if not meeting.answers:
            continue
        number = meeting.session_id
        picked: dict[str, Any] = {}
        if single:
            picked = {f"{DAY}{single.id}": "yes"}
        else:
            st.text(say("meet.pick"))
            for day in meeting.days:
                if st.checkbox(when_words(day), day.mine, key=f"meet-{number}-{day.id}"):
                    picked[f"{DAY}{day.id}"] = "yes"
        label = say("meet.can" if single else "meet.can_days")
        if st.button(label, type="primary", key=f"meet-can-{number}"):
            send(entry_id, do="meet", session=number, answer=SessionReply.CAN, **picked)
        for other in OTHERS:
            if st.button(say(f"meet.{other}"), key=f"meet-{other}-{number}"):
                send(entry_id, do="meet", session=number, answer=other)
        st.text(f"{say('meet.talk')} {say('talk.ask')}" if entry_id is not None else "")
