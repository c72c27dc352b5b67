"""The first reading: is somebody at risk, what is hidden, who may read it, and the next step."""

import streamlit as st

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import keep_entry
from coprod_data.commands.entries_second_steps import ANSWER_FIRST
from coprod_data.permissions import Invalid
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.rules.texts import is_blank
from coprod_data.vocabulary.entries import WITHOUT_A_CODE, EntryKind, Hint
from pages.parts.faults import refusals
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import writing
from pages.voice.checking_box import step_done, text_box
from pages.voice.checking_facts import sealed_words
from pages.voice.checking_opening import leave
from pages.voice.checking_release import release
from pages.voice.checking_steps import other_steps
from pages.voice.checking_talk import conversation
from pages.voice.checking_words import shown_words

NO_HARM = "Read, no harm, because ... (a sentence)"
WHY = "No, because ... (the second person reads this)"


def first_reading(raw: RawEntry) -> None:
    """Show the whole desk for an entry that nobody has decided about."""
    if not raw.asks_first:
        show("to_decision.html")
    written, beside = st.columns(2)  # what is asked first, and the words it is about, seen at once
    with written:
        show("sub_heading.html", title="As it was written")
        sealed_words(raw)
    with beside:
        if raw.asks_first:
            why = risk(raw)
        else:
            why, wording = "", shown_words(raw)
    if raw.asks_first:
        wording = shown_words(raw)
    conversation(raw)
    keeps = raw.kind is not EntryKind.WORDS or not raw.uses
    if keeps:
        _keep(raw, why)
    if raw.uses:
        release(raw, wording, why, primary=not keeps)
    with st.container(key="dock-more", horizontal=True):
        if not raw.asks_first:
            hold_button(raw.id)
    other_steps(raw, wording, why)


def risk(raw: RawEntry) -> str:
    """Ask first whether somebody is at risk. Returns why not, for a second person after a flag."""
    with st.container(key="risk"):
        reasons = ", ".join(reason.words.lower() for reason in raw.flags or (Hint.WEAK_WORDS,))
        show("risk.html", reasons=reasons, second=bool(raw.flags))
        hold_button(raw.id, "Yes, or not sure: hold it", primary=True)
        label = WHY if raw.flags else NO_HARM
        return text_box(raw.id, "why", label, rows=80, place=None, check=False)


def must_say(raw: RawEntry, why: str) -> None:
    """Go on only once the risk question is answered. Raises Invalid."""
    if raw.asks_first and is_blank(why):
        raise Invalid(ANSWER_FIRST, field="why")


def hold_button(
    entry_id: int, words: str = "Hold for safeguarding", *, primary: bool = False
) -> None:
    """Offer to hold the entry at once."""
    pressed = st.button(words, key=f"hold-{entry_id}", type="primary" if primary else "secondary")
    if pressed:
        with refusals():
            with writing() as (db, actor):
                hold_entry(db, actor, entry_id)
            announce("It is on hold. Ring safeguarding now.")
            leave()
            st.rerun()


def _keep(raw: RawEntry, why: str) -> None:
    words = "Read: keep it between us"
    if raw.uses:
        words = "Read: keep it between us, and say why below"
    with st.container(key="dock-keep"):
        if not raw.uses:
            reply = "They still get a reply." if raw.kind not in WITHOUT_A_CODE else ""
            if raw.main_id is not None:
                reply = f"If they ask for something, reply on card no. {raw.main_id}."
            st.text(f"Nobody outside the team will read it. {reply}".strip())
        if not raw.uses and st.button(words, key=f"keep-{raw.id}", type="primary"):
            with refusals():
                must_say(raw, why)
                step_done(
                    raw, "why",
                    lambda db, actor: keep_entry(db, actor, raw.id, why=why),
                    yes="Read and kept with the team.",
                    asked="A second person is asked. Until then it stays in the queue.",
                )  # fmt: skip
