"""Safeguarding's own page of an entry that nobody of the Youth Voice Team may read."""

from typing import Any

import streamlit as st

from coprod_data.commands.drafts import wipe_draft
from coprod_data.commands.entries_checks import keep_entry, release_entry
from coprod_data.permissions import Actor
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.labels import labelled
from pages.parts.faults import refusals
from pages.voice.checking_box import FORM, step_done, text_box
from pages.voice.checking_facts import sealed_words
from pages.voice.checking_first import hold_button, must_say, risk
from pages.voice.checking_release import NOT_SO, WHY_NOT
from pages.voice.checking_steps import other_steps
from pages.voice.checking_talk import conversation


def left_to_us(raw: RawEntry) -> None:
    """Show the words, and what safeguarding may do in the team's place: hold, keep, ask, close."""
    st.text("Nobody in the Youth Voice Team may read this now. You decide about it.")
    written, beside = st.columns(2) if raw.asks_first else (st.container(), st.container())
    with written:
        sealed_words(raw)
    with beside:
        why = risk(raw) if raw.asks_first else ""
    conversation(raw)
    if not raw.asks_first:
        hold_button(raw.id)
    _keep(raw, why)
    other_steps(raw, None, why, ("ask", "close"))


def _keep(raw: RawEntry, why: str) -> None:
    nots = {
        use: text_box(
            raw.id, f"not-{use.value}",
            f"{labelled(WHY_NOT[use])} The young person will see your reason.", rows=80, place=None,
        )
        for use in NOT_SO
        if use in raw.uses
    }  # fmt: skip
    if not st.button("Keep it with the team", key=f"keep-{raw.id}", type="primary"):
        return
    with refusals():
        must_say(raw, why)
        step_done(
            raw, "why",
            lambda db, actor: _kept(db, actor, raw, nots, why),
            yes="Read and kept with the team.",
            asked="A second person is asked. Until then it stays here.",
        )  # fmt: skip


def _kept(db: Any, actor: Actor, raw: RawEntry, nots: dict[ConsentUse, str], why: str) -> bool:
    if not raw.uses:
        return keep_entry(db, actor, raw.id, why=why)
    for use in nots:
        wipe_draft(db, actor, FORM, f"{raw.id}:not-{use.value}")
    return release_entry(
        db, actor, raw.id, shown_thinks=raw.thinks, shown_wants=raw.wants, nots=nots, why=why
    )
