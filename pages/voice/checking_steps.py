"""What a checker may do with an entry besides letting it out; one step is shown at a time."""

from collections.abc import Callable, Iterable

import streamlit as st

from coprod_data.commands.drafts import wipe_draft
from coprod_data.commands.entries_checks import ask_back, move_entry, return_to_queue
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_replies import write_summary
from coprod_data.commands.entries_second_steps import ANSWER_FIRST
from coprod_data.permissions import Invalid
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.queries.promise import themes
from coprod_data.rules.texts import is_blank
from coprod_data.vocabulary.entries import WITHOUT_A_CODE, EntryKind
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.faults import refusals
from pages.parts.forms import inert, saving
from pages.parts.sign_in import reading
from pages.voice.checking_alike import alike
from pages.voice.checking_box import FORM, step_done, summary_key, text_box
from pages.voice.checking_words import Wording

STEPS = {
    "ask": "Ask them first",
    "summary": "Write a summary",
    "worker": "Pass to their worker",
    "close": "Close with a reply",
    "theme": "Move to another theme",
    "same": "Says the same as another",
    "back": "Put it back",
}
OF_ANSWERS = ("ask", "back")
WRITES = ("ask", "summary", "close")
ASKED = "A second person is asked. Until then it stays in the queue, on its clock."


def other_steps(
    raw: RawEntry, wording: Wording | None, why: str, steps: Iterable[str] = tuple(STEPS)
) -> None:
    """Offer every other step, or these; the chosen one shows its box and its button.

    Steps that write to the author are left out while nobody may; closing, while words are out, and
    another theme, once they were on the card.
    """
    if raw.shut:
        st.text(raw.shut)
    offered = [
        step
        for step in steps
        if (raw.kind is EntryKind.WORDS or step in OF_ANSWERS)
        and (raw.kind not in WITHOUT_A_CODE or step not in WRITES)  # nobody holds a code
        and (step != "worker" or raw.wants_a_person)
        and not (raw.shut and step in WRITES)
        and not (raw.out and step == "close")
        and not (raw.on_card and step == "theme")
    ]
    chosen = st.pills(
        "Something else", offered, format_func=lambda step: STEPS[step], key=f"steps-{raw.id}"
    )
    if chosen == "ask":
        _ask(raw, wording, why)
    elif chosen == "worker":
        _worker(raw, why)
    elif chosen == "close":
        _close(raw, why)
    elif chosen:
        _SHOWN[chosen](raw)


def _ends(raw: RawEntry, field: str, why: str, yes: str, act: Callable[..., object]) -> None:
    with refusals():
        if raw.asks_first and is_blank(why):
            raise Invalid(ANSWER_FIRST, field="why")
        step_done(
            raw,
            field,
            act,
            yes=yes,
            asked=ASKED if raw.flags or (field == "ask" and raw.asks_first) else "",
        )


def _ask(raw: RawEntry, wording: Wording | None, why: str) -> None:
    text = text_box(raw.id, "ask", "What you want to ask, in plain words", rows=100, place=None)
    with_wording = wording is not None and st.checkbox(
        "Show them the wording above and ask if it is all right", key=f"wording-{raw.id}"
    )
    if st.button("Ask them", key=f"save-ask-{raw.id}"):
        shown = (
            {"shown_thinks": wording.thinks, "shown_wants": wording.wants}
            if wording is not None and with_wording
            else {}
        )
        _ends(
            raw, "ask", why, "We asked them. Without an answer it comes back in five working days.",
            lambda db, actor: ask_back(db, actor, raw.id, text=text, why=why, **shown),
        )  # fmt: skip


def _worker(raw: RawEntry, why: str) -> None:
    st.text("For an entry about their own life. Tell their worker by your usual route as well.")
    if st.button("Pass it to their worker", key=f"save-worker-{raw.id}"):
        _ends(
            raw, "worker", why, "Passed to their worker.",
            lambda db, actor: pass_to_worker(db, actor, raw.id, why=why),
        )  # fmt: skip


def _close(raw: RawEntry, why: str) -> None:
    st.text(
        "For an entry that will not go on a card. They will read this reply with their card code."
    )
    text = text_box(raw.id, "close", "Your last reply", place=TextPlace.REPLY)
    if st.button("Send it and close", key=f"save-close-{raw.id}"):
        _ends(
            raw, "close", why, "Closed, and the reply is sent.",
            lambda db, actor: close_entry(db, actor, raw.id, text=text, why=why),
        )  # fmt: skip


SUMMARY_SAVED = (
    "The summary is saved. It goes on the card when the entry is released; after a flag, when a "
    "second person agrees to it."
)


def _summary(raw: RawEntry) -> None:
    st.text("Your own words for the card. It never looks like theirs, and we ask if they agree.")
    text = text_box(raw.id, "summary", "Summary", raw.summary, place=None)
    if st.button("Save the summary", key=f"save-summary-{raw.id}"):
        with saving(SUMMARY_SAVED) as (db, actor):
            write_summary(db, actor, raw.id, text=text)
            st.session_state.pop(summary_key(raw.id), None)  # its writer has read it
            wipe_draft(db, actor, FORM, f"{raw.id}:summary")


def _theme(raw: RawEntry) -> None:
    with refusals(stop=True), reading() as (db, actor):
        names = {theme.id: inert(theme.names) for theme in themes(db, actor)}
    theme_id = st.radio(
        "Theme",
        list(names),
        index=list(names).index(raw.theme_id) if raw.theme_id in names else None,
        format_func=lambda number: names[number],
        key=f"theme-{raw.id}",
    )
    if st.button("Move it", key=f"save-theme-{raw.id}"):
        with saving("The entry is under its new theme.") as (db, actor):
            if theme_id is None:
                raise Invalid("Choose a theme.", field="theme")
            move_entry(db, actor, raw.id, theme_id=theme_id)


def _back(raw: RawEntry) -> None:
    if st.button("Put it back in the queue", key=f"save-back-{raw.id}"):
        step_done(
            raw, "back",
            lambda db, actor: return_to_queue(db, actor, raw.id),
            yes="It is back in the queue.",
        )  # fmt: skip


_SHOWN: dict[str, Callable[[RawEntry], None]] = {
    "summary": _summary,
    "theme": _theme,
    "same": alike,
    "back": _back,
}
