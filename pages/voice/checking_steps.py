"""What a checker may do with an entry besides releasing it; one step is shown at a time."""

from collections.abc import Callable

import streamlit as st

from coprod_data.commands.entries_checks import ask_back, move_entry, return_to_queue
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_replies import join_entries, write_summary
from coprod_data.commands.settings import keep_draft, wipe_draft
from coprod_data.permissions import Invalid
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.queries.promise import themes
from coprod_data.queries.settings import draft
from coprod_data.vocabulary.entries import EntryKind
from pages.parts.details import warn_of_details
from pages.parts.faults import refusals
from pages.parts.forms import inert, saving
from pages.parts.sign_in import reading, writing
from pages.voice.checking_opening import go_on

FORM = "check"  # the drafts of this form are deleted with the words they are about
STEPS = {
    "summary": "Write a summary",
    "ask": "Ask the young person",
    "worker": "Pass to their worker",
    "theme": "Move to another theme",
    "close": "Close with a reply",
    "same": "Says the same as another",
    "back": "Put it back",
}


def kept(entry_id: int, field: str) -> str:
    """Return this person's earlier draft about an entry."""
    with reading() as (db, actor):
        return draft(db, actor, FORM, f"{entry_id}:{field}")


def keep(entry_id: int, field: str, key: str) -> None:
    """Save what is in a box as soon as it loses focus. Used as a callback."""
    with refusals(), writing() as (db, actor):
        keep_draft(db, actor, FORM, f"{entry_id}:{field}", st.session_state.get(key) or "")


def text_box(raw: RawEntry, field: str, label: str, start: str = "", rows: int = 160) -> str:
    """Show a box for one text about an entry; it holds what was typed before."""
    key = f"{field}-{raw.id}"
    if key not in st.session_state:
        st.session_state[key] = kept(raw.id, field) or start
    typed = st.text_area(label, key=key, height=rows, on_change=keep, args=(raw.id, field, key))
    warn_of_details(typed or "")
    return typed or ""


def other_steps(raw: RawEntry) -> None:
    """Offer every other step; the chosen one shows its box and its button."""
    offered = [step for step in STEPS if raw.kind is EntryKind.WORDS or step in ("ask", "back")]
    chosen = st.pills(
        "Something else", offered, format_func=lambda step: STEPS[step], key=f"steps-{raw.id}"
    )
    if chosen:
        _SHOWN[chosen](raw)


def _done(raw: RawEntry, field: str, sentence: str, act: Callable[..., object]) -> None:
    with refusals():
        with writing() as (db, actor):
            act(db, actor)
            wipe_draft(db, actor, FORM, f"{raw.id}:{field}")
        go_on(sentence, raw.id)


def _summary(raw: RawEntry) -> None:
    st.text("Your own words for the card. It never looks like theirs, and we ask if they agree.")
    text = text_box(raw, "summary", "Summary", raw.summary)
    if st.button("Save the summary", key=f"save-summary-{raw.id}"):
        with saving("The summary is saved. It goes on the card when the entry is released.") as (
            db,
            actor,
        ):
            write_summary(db, actor, raw.id, text=text)
            wipe_draft(db, actor, FORM, f"{raw.id}:summary")


def _ask(raw: RawEntry) -> None:
    text = text_box(raw, "ask", "What you want to ask, in plain words", rows=100)
    wording = st.checkbox(
        "Show them the wording above and ask if it is all right", key=f"wording-{raw.id}"
    )
    if st.button("Ask them", key=f"save-ask-{raw.id}"):
        shown = (
            {
                "shown_thinks": st.session_state.get(f"thinks-{raw.id}") or "",
                "shown_wants": st.session_state.get(f"wants-{raw.id}") or "",
            }
            if wording
            else {}
        )
        _done(
            raw, "ask", "We asked them.",
            lambda db, actor: ask_back(db, actor, raw.id, text=text, **shown),
        )  # fmt: skip


def _worker(raw: RawEntry) -> None:
    st.text("For an entry about their own life. Tell their worker by your usual route as well.")
    if st.button("Pass it to their worker", key=f"save-worker-{raw.id}"):
        _done(
            raw, "worker", "Passed to their worker.",
            lambda db, actor: pass_to_worker(db, actor, raw.id),
        )  # fmt: skip


def _theme(raw: RawEntry) -> None:
    with refusals(stop=True), reading() as (db, actor):
        names = {theme.id: inert(theme.title) for theme in themes(db, actor)}
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


def _close(raw: RawEntry) -> None:
    st.text(
        "For an entry that will not go on a card. They will read this reply with their card code."
    )
    text = text_box(raw, "close", "Your last reply")
    if st.button("Send it and close", key=f"save-close-{raw.id}"):
        _done(
            raw, "close", "Closed, and the reply is sent.",
            lambda db, actor: close_entry(db, actor, raw.id, text=text),
        )  # fmt: skip


def _same(raw: RawEntry) -> None:
    number = st.number_input(
        "Number of the entry that says the same", min_value=1, value=None, key=f"same-{raw.id}"
    )
    if st.button("Join the two", key=f"save-same-{raw.id}"):
        with saving("The two are joined. Both young people still get a reply.") as (db, actor):
            if number is None:
                raise Invalid("Type the number of the other entry.", field="main_id")
            join_entries(db, actor, raw.id, int(number))


def _back(raw: RawEntry) -> None:
    if st.button("Put it back in the queue", key=f"save-back-{raw.id}"):
        _done(
            raw, "back", "It is back in the queue.",
            lambda db, actor: return_to_queue(db, actor, raw.id),
        )  # fmt: skip


_SHOWN: dict[str, Callable[[RawEntry], None]] = {
    "summary": _summary,
    "ask": _ask,
    "worker": _worker,
    "theme": _theme,
    "close": _close,
    "same": _same,
    "back": _back,
}
