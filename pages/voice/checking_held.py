"""Safeguarding's own page of a held entry, or of one that was taken back unread."""

import streamlit as st

from coprod_data.commands.entries_care import end_hold, let_go, take_hold, write_on_held_card
from coprod_data.permissions import Invalid
from coprod_data.queries.entries_holds import HeldEntry, open_holds
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.queries.settings import duty
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.entry_care import HoldEnd, HoldLine, WordsTo
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.forms import inert, saving, words_of
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.voice.checking_done import go_on
from pages.voice.checking_facts import sealed_words
from pages.voice.checking_first import hold_button
from pages.voice.checking_hold import hold_facts, write_call
from pages.voice.checking_talk import conversation

CHOICES = (WordsTo.QUEUE, WordsTo.KEPT)  # not of words that were taken back


def held(raw: RawEntry) -> None:
    """Show the hold, the words, what may be written on the card, and how the hold ends."""
    with refusals(stop=True), reading() as (db, actor):
        number = raw.hold.entry_id if raw.hold is not None else raw.id
        hold = next((one for one in open_holds(db, actor) if one.id == number), None)
        on_duty = duty(db, actor)
    if hold is not None:
        hold_facts(hold, on_duty)
        _take(hold)
    sealed_words(raw)
    conversation(raw)
    if raw.taken_back_at is None:
        _write(raw)
    if hold is not None:
        write_call(hold)
    if number == raw.id:
        _end(raw)
    else:
        st.text(f"The hold is on no. {number}. It ends there, for these words too.")


def _take(hold: HeldEntry) -> None:
    """Offer to take a hold, also instead of a colleague."""
    if hold.taken_by_me:
        return
    words = f"Take it over from {inert(hold.taken_by)}" if hold.taken_at else "I take this"
    if st.button(words, key=f"take-hold-{hold.id}", type="primary"):
        with saving("You are dealing with it.") as (db, actor):
            take_hold(db, actor, hold.id, shown=hold.taken_by_id)


def taken_back_unread(raw: RawEntry) -> None:
    """Show an entry that its author took back: it is held, or let go and erased."""
    undecided = raw.review in (Review.SUBMITTED, Review.IN_REVIEW)
    title = "They took this back before anybody had decided about it" if undecided else (
        "They took this back. One person alone had read it" if not raw.wishes else
        "They took this back"
    )  # fmt: skip
    show(
        "notice.html", tone="alert" if undecided else "plain", icon="undo", urgent=False,
        title=title,
        words="Read it, then hold it or let it go. Letting it go erases it at once.",
    )  # fmt: skip
    sealed_words(raw)
    hold_button(raw.id, "Hold it", primary=True)
    if raw.wishes:
        st.text("They want somebody to talk to them. Open that and let it go first.")
    elif raw.read_first:
        st.text("Read what else waits on this card before you let it go.")
    elif st.button("Let it go", key=f"let-go-{raw.id}"):
        with refusals():
            with writing() as (db, actor):
                let_go(db, actor, raw.id)
            go_on("It is erased.", raw.id)


def _write(raw: RawEntry) -> None:
    show("section.html", title="Write on their card", count=None)
    st.text("The card does not say that it is on hold.")
    key = f"line-{raw.id}-{len(raw.questions) + len(raw.replies)}"
    line = st.radio("What to write", list(HoldLine), index=None, format_func=words_of, key=key)
    if st.button("Write it on the card", key=f"save-{key}"):
        with saving("It is on their card.") as (db, actor):
            if line is None:
                raise Invalid("Choose what to write.", field="line")
            write_on_held_card(db, actor, raw.id, line)


def _end(raw: RawEntry) -> None:
    show("section.html", title="End the hold", count=None)
    st.text("Keep the child safe by the council's own procedure. The story goes there, not here.")
    with st.form(f"end-hold-{raw.id}"):
        ending = st.radio(
            "How it ended", list(HoldEnd), index=None, key=f"ending-{raw.id}",
            format_func=lambda end: f"{end.words} (a second person agrees)"
            if end.needs_second
            else end.words,
        )  # fmt: skip
        reference = text_line(
            "Reference in the case system: digits and dashes", longest=40, key=f"ref-{raw.id}"
        )
        words_to: WordsTo | None = WordsTo.ERASED
        if raw.taken_back_at is None:
            words_to = st.radio(
                "The words", list(CHOICES), index=None, format_func=words_of,
                key=f"words-to-{raw.id}",
            )  # fmt: skip
        else:
            st.text("The words are erased when the hold ends, because they were taken back.")
        pressed = st.form_submit_button("End the hold", type="primary")
    if pressed:
        with refusals():
            if ending is None or words_to is None:
                raise Invalid("Choose how it ended, and what happens to the words.")
            with writing() as (db, actor):
                ended = end_hold(
                    db, actor, raw.id,
                    ending=ending, words_to=words_to, reference=reference or "",
                )  # fmt: skip
            go_on(
                "The hold has ended." if ended else "A second person is asked. It stays on hold.",
                raw.id,
            )
