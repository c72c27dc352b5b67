"""An entry that has left the queue: its conversation goes on, and its words can come back in."""

import streamlit as st

from coprod_data.commands.entries_checks import return_to_queue
from coprod_data.commands.entries_recall import recall_entry
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.vocabulary.entries import EntryKind, QueueState
from coprod_data.vocabulary.entry_care import StepKind
from coprod_data.vocabulary.labels import labelled
from pages.parts.html import show
from pages.voice.checking_box import step_done, text_box
from pages.voice.checking_facts import sealed_words
from pages.voice.checking_first import hold_button
from pages.voice.checking_release import NOT_SO
from pages.voice.checking_talk import conversation, reply_form, settle_form


def after(raw: RawEntry, *, checks: bool) -> None:
    """Show what was decided, the conversation, and what may still be done."""
    decided = [
        f"{labelled(NOT_SO[use])}: {'let out' if why is None else f'not. {why}'}"
        for use, why in raw.decided.items()
    ]
    show("decided.html", state=QueueState(raw.review.value).words, lines=decided)
    sealed_words(raw)
    conversation(raw)
    if not (checks or raw.left):
        return
    (settle_form if raw.kind is EntryKind.POLICY else reply_form)(raw)
    hold_button(raw.id)
    if not raw.out:
        if st.button("Put it back in the queue", key=f"back-{raw.id}"):
            step_done(
                raw, "back",
                lambda db, actor: return_to_queue(db, actor, raw.id),
                yes="It is back in the queue.",
            )  # fmt: skip
    elif checks and all(one.kind is not StepKind.RECALL for one in raw.beside):
        _recall(raw)


def _recall(raw: RawEntry) -> None:
    show("section.html", title="Take it back in", count=None)
    st.text("Its words leave every view at once and are read again. It keeps its card.")
    reason = text_box(
        raw.id,
        "recall",
        "Why? They read: We are looking at your words again, because ...",
        rows=80,
        place=None,
    )
    if st.button("Take it back in", key=f"take-in-{raw.id}"):
        step_done(
            raw, "recall",
            lambda db, actor: recall_entry(db, actor, raw.id, reason=reason),
            yes="It is back in. Nobody outside the team can read it now.",
            asked="It was taken in before, so a second person is asked. Until then it stays out.",
        )  # fmt: skip
