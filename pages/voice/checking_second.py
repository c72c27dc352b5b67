"""The second person: agrees to what was proposed, hides more, or says no with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from coprod_data.commands.drafts import wipe_draft
from coprod_data.commands.entries_second import (
    agree_release,
    agree_step,
    refuse_step,
    take_step_over,
)
from coprod_data.permissions import ChangedMeanwhile, Invalid
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.queries.entries_raw_steps import Proposal
from coprod_data.vocabulary.entry_care import StepKind
from coprod_data.vocabulary.labels import labelled
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import writing
from pages.parts.times import on_and_at
from pages.voice.checking_box import FORM, step_done, text_box
from pages.voice.checking_done import go_on
from pages.voice.checking_facts import sealed_words
from pages.voice.checking_first import hold_button
from pages.voice.checking_opening import OPENED_AT, leave, only_just
from pages.voice.checking_release import NOT_SO, summary_heading
from pages.voice.checking_talk import conversation
from pages.voice.checking_words import shown_words

PROPOSED_BY_THEM = "Proposed by somebody it may be about."


def second_person(raw: RawEntry, proposal: Proposal) -> None:
    """Show what a colleague proposes with their reason, and what this person may answer."""
    with st.container(key="risk"):
        _proposed(proposal)
        if not raw.held:
            hold_button(raw.id, "Somebody may be at risk: hold it")
    if proposal.void:
        sealed_words(raw)
        conversation(raw)
        _take_over(raw, proposal, f"over-{raw.id}")
        return
    if proposal.kind is StepKind.RELEASE:
        _release(raw, proposal)
    else:
        sealed_words(raw)
        if st.button(
            f"Agree: {proposal.kind.words.lower()}", key=f"agree-{raw.id}", type="primary"
        ):
            with refusals():
                _must_have_seen()
                with writing() as (db, actor):
                    agree_step(db, actor, raw.id, proposal.kind)
                go_on(f"Agreed: {proposal.kind.words.lower()}.", raw.id)
    conversation(raw)
    answer = text_box(
        raw.id, "answer", "No, because ... (your colleague reads this)", rows=80, place=None
    )
    if st.button("Do not agree", key=f"refuse-{raw.id}"):
        step_done(
            raw, "answer",
            lambda db, actor: refuse_step(db, actor, raw.id, proposal.kind, answer=answer),
            yes=f"{proposal.by} reads why not. It is in the queue.",
        )  # fmt: skip


def waits_for_second(raw: RawEntry, proposal: Proposal) -> None:
    """Show a step that waits for somebody else; its proposer may take it back."""
    with st.container(key="box-proposed"):
        _proposed(proposal)
        st.text("Another member of the team decides. Holding it needs nobody.")
    sealed_words(raw)
    for words in (proposal.thinks, proposal.wants):
        if words:
            show("raw_words.html", heading="How it will read", words=words)
    conversation(raw)
    if not raw.held:
        hold_button(raw.id)
    if proposal.by_me and st.button("Take my proposal back", key=f"unpropose-{raw.id}"):
        with refusals():
            with writing() as (db, actor):
                refuse_step(db, actor, raw.id, proposal.kind, answer="")
            announce("Your proposal is taken back.")
            leave()
            st.rerun()


def beside(raw: RawEntry, proposal: Proposal) -> None:
    """Show a step beside the entry, to be agreed to or not whatever the entry itself waits for.

    Its proposer may take it back.
    """
    kind, name = proposal.kind, f"{proposal.kind.value}-{raw.id}"
    with st.container(key=f"box-{name}"):
        _proposed(proposal)
        if proposal.for_me and proposal.void:
            _take_over(raw, proposal, f"over-{name}")
        elif proposal.for_me:
            if st.button(f"Agree: {kind.words.lower()}", key=f"agree-{name}", type="primary"):
                with refusals():
                    _must_have_seen()
                    with writing() as (db, actor):
                        agree_step(db, actor, raw.id, kind)
                    go_on(f"Agreed: {kind.words.lower()}.", raw.id)
            field = f"answer-{kind.value}"
            answer = text_box(
                raw.id, field, "No, because ... (your colleague reads this)", rows=80, place=None
            )
            if st.button(f"Do not agree: {kind.words.lower()}", key=f"refuse-{name}"):
                step_done(
                    raw, field,
                    lambda db, actor: refuse_step(db, actor, raw.id, kind, answer=answer),
                    yes=f"{proposal.by} reads why not.",
                )  # fmt: skip
        elif proposal.by_me and st.button(
            f"Take my proposal back: {kind.words.lower()}", key=f"unpropose-{name}"
        ):
            with refusals():
                with writing() as (db, actor):
                    refuse_step(db, actor, raw.id, kind, answer="")
                announce("Your proposal is taken back.")
                st.rerun()


def _take_over(raw: RawEntry, proposal: Proposal, key: str) -> None:
    st.text(f"{proposal.void} Nobody can agree to it, so decide about it again.")
    if st.button(f"Take it over: {proposal.kind.words.lower()}", key=key, type="primary"):
        with saving("It is yours now.") as (db, actor):
            take_step_over(db, actor, raw.id, proposal.kind)


def _proposed(proposal: Proposal) -> None:
    lines = [PROPOSED_BY_THEM] if proposal.by_one_of_us else []
    lines += [f"{labelled(NOT_SO[use])}: not. {why}" for use, why in proposal.nots.items()]
    if proposal.ending is not None:
        lines.append(f"How it ended: {proposal.ending.words}.")
    if proposal.words_to is not None:
        lines.append(f"The words: {proposal.words_to.words.lower()}.")
    if proposal.reference:
        lines.append(f"Reference: {proposal.reference}.")
    show(
        "proposed.html",
        title=proposal.kind.words,
        by="You" if proposal.by_me else proposal.by,
        at=on_and_at(proposal.at),
        why=proposal.why,
        text=proposal.text,
        lines=lines,
    )


def _release(raw: RawEntry, proposal: Proposal) -> None:
    written, board = st.columns(2)
    with written:
        show("sub_heading.html", title="As it was written")
        sealed_words(raw)
    with board:
        wording = shown_words(raw, proposal.thinks, proposal.wants)
        if raw.summary:
            show("raw_words.html", heading=summary_heading(), words=raw.summary)
    st.text("Hide more, and it goes out. Hide less, and somebody else agrees to that first.")
    summary = _summary_seen(raw)
    if st.button("Agree and release", key=f"agree-{raw.id}", type="primary"):
        with refusals(), _shown_again(raw):
            _must_have_seen()
            with writing() as (db, actor):
                out = agree_release(
                    db, actor, raw.id,
                    shown_thinks=wording.thinks, shown_wants=wording.wants,
                    shown_summary=summary,
                )  # fmt: skip
                for field in ("thinks", "wants"):
                    wipe_draft(db, actor, FORM, f"{raw.id}:{field}")
            if out:
                go_on("Released.", raw.id, out=True)
            else:
                go_on("You hid less, so somebody else is asked.", raw.id)


def _summary_seen(raw: RawEntry) -> str:
    """Return the summary that was here when this person opened the entry."""
    opening, kept = st.session_state.get(OPENED_AT), st.session_state.get(f"summary-{raw.id}")
    if kept is None or kept[0] != opening:
        kept = st.session_state[f"summary-{raw.id}"] = (opening, raw.summary)
    return str(kept[1])


@contextmanager
def _shown_again(raw: RawEntry) -> Iterator[None]:
    """When the summary was changed meanwhile, the one that is shown now counts as seen."""
    try:
        yield
    except ChangedMeanwhile:
        st.session_state[f"summary-{raw.id}"] = (st.session_state.get(OPENED_AT), raw.summary)
        raise


def _must_have_seen() -> None:
    if only_just():
        raise Invalid("This has only just opened. Read it first.")
