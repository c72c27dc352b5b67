"""Letting words out: a choice for each use the author allows, and a press that is meant."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from coprod_data.commands.drafts import wipe_draft
from coprod_data.commands.entries_checks import release_entry
from coprod_data.commands.entries_rules import SomebodyElseHasIt
from coprod_data.commands.entries_second_steps import ANSWER_FIRST
from coprod_data.commands.entries_ties import tie_entry
from coprod_data.permissions import ChangedMeanwhile, Invalid
from coprod_data.queries.entries_raw import RawEntry, wordings_of_others
from coprod_data.rules.texts import is_blank
from coprod_data.scopes.second_person import LET_OUT_BEFORE
from coprod_data.store.database import Opened
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.labels import labelled
from pages.parts.carried import Form
from pages.parts.faults import refusals
from pages.parts.forms import inert
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.shared.ties import choose_commitment, tie_form
from pages.voice.checking_box import FORM, summary_key, text_box
from pages.voice.checking_done import go_on
from pages.voice.checking_opening import OPENED_AT, only_just
from pages.voice.checking_words import Wording

LET_OUT, NOT = "Let out", "Not"
QUESTIONS = {
    ConsentUse.BOARD: "The Board",
    ConsentUse.PUBLIC: "Everyone (a wall, a report, the website)",
    ConsentUse.WORK: "The people in this work",
    ConsentUse.SUMMARY: "The Board, in our words",
}
NOT_SO = {
    ConsentUse.BOARD: "The Board",
    ConsentUse.PUBLIC: "Everyone",
    ConsentUse.WORK: "The people in this work",
    ConsentUse.SUMMARY: "The Board, in our words",
}
WHY_NOT = {
    ConsentUse.BOARD: "Why may it not be shown to the Board?",
    ConsentUse.PUBLIC: "Why may it not be shown to everyone?",
    ConsentUse.WORK: "Why may it not be shown to the people in this work?",
    ConsentUse.SUMMARY: "Why may it not be told to the Board in our words?",
}
CHOOSE = {
    ConsentUse.BOARD: "Choose whether the Board may read it.",
    ConsentUse.PUBLIC: "Choose whether everyone may read it.",
    ConsentUse.WORK: "Choose whether the people in this work may read it.",
    ConsentUse.SUMMARY: "Choose whether the Board may read it in our words.",
}
LONGEST_LABEL = 40
ABOUT = "Which commitment is it about?"

Tie = tuple[Form, int | None]


def summary_heading() -> str:
    """Return what is above the team's own words for an entry."""
    return labelled("The team’s own words, which the Board may read beside them")


def release(raw: RawEntry, wording: Wording, why: str, *, primary: bool) -> None:
    """Show each use with its choice, then the one press that decides them all."""
    if raw.not_again:
        st.text(LET_OUT_BEFORE)
        return
    show("list_head.html", title="Who may read it", count=len(raw.uses), icon="people")
    nots = _choices(raw)
    _summary_shown(raw)
    if raw.summary:
        show("raw_words.html", heading=summary_heading(), words=raw.summary)
    tie = _tie(raw)
    asked_twice = wording.telling and len(nots) < len(raw.uses)
    words = _label(raw, nots)
    if not asked_twice:
        if st.button(
            words, key=f"release-{raw.id}", type="primary" if primary else "secondary",
        ):  # fmt: skip
            _release(raw, wording, nots, why, tie)
        return
    detail = inert(_short(wording.telling[0]))
    meant = (wording.thinks, wording.wants)
    armed = f"release-asked-{raw.id}"
    if st.session_state.get(armed) != meant:
        if st.button(
            f"Release with {detail} in it?", key=f"ask-release-{raw.id}",
        ):  # fmt: skip
            st.session_state[armed] = meant
            st.session_state[f"{armed}-at"] = time.monotonic()
            st.rerun()
        return
    show(
        "notice.html", tone="soon", icon="warning", urgent=True, answers=True,
        title=f"{_short(wording.telling[0])} is still in it",
        words="Those who read it could tell who somebody is. Hide it, or release it as it is.",
    )  # fmt: skip
    if st.button(f"Yes, release with {detail} in it", key=f"release-{raw.id}", type="primary"):
        _release(raw, wording, nots, why, tie, shown_at=f"{armed}-at")


def _choices(raw: RawEntry) -> dict[ConsentUse, str]:
    """Return the uses that are not let out, each with its reason; a choice not made is ""."""
    nots: dict[ConsentUse, str] = {}
    drawn = _opened_with(raw)
    for use, question in QUESTIONS.items():
        if use not in raw.uses:
            continue
        key = f"use-{use.value}-{raw.id}"
        meant = use is not ConsentUse.PUBLIC and use in drawn
        if meant and key not in st.session_state:
            st.session_state[key] = LET_OUT
        chosen = st.radio(labelled(question), [LET_OUT, NOT], index=None, horizontal=True, key=key)
        if chosen == NOT:
            nots[use] = text_box(
                raw.id,
                f"not-{use.value}",
                f"{labelled(WHY_NOT[use])} The young person will see your reason.",
                place=None,
                rows=80,
            )
        elif chosen is None:
            nots[use] = ""
    return nots


def _opened_with(raw: RawEntry) -> frozenset[ConsentUse]:
    """Return the uses that the form asked about when it was drawn first.

    What the young person allows while it is open gets no answer by itself.
    """
    opening = st.session_state.get(OPENED_AT)
    drawn = st.session_state.get(f"uses-{raw.id}")
    if drawn is None or drawn[0] != opening:
        drawn = st.session_state[f"uses-{raw.id}"] = (opening, raw.uses)
    return frozenset(drawn[1])


def _summary_shown(raw: RawEntry) -> str:
    """Return the summary that the form showed when it was drawn first."""
    opening = st.session_state.get(OPENED_AT)
    key = summary_key(raw.id)
    drawn = st.session_state.get(key)
    if drawn is None or drawn[0] != opening:
        drawn = st.session_state[key] = (opening, raw.summary)
    return str(drawn[1])


def _label(raw: RawEntry, nots: dict[ConsentUse, str]) -> str:
    if raw.flags:
        return "Propose it to a second person"
    return "Decide: nobody outside the team reads it" if set(nots) >= raw.uses else "Release it"


def _tie(raw: RawEntry) -> Tie | None:
    """Ask which commitment the words are about; words of another entry go with that."""
    if raw.main_id is not None:
        return None
    form = tie_form("entry tie", raw.id, raw.commitment_id, ABOUT)
    form.begin()
    return form, choose_commitment(form, raw.theme_id, ABOUT)


def _save_tie(opened: Opened, raw: RawEntry, form: Form, chosen: int | None) -> None:
    try:
        tie_entry(*opened, raw.id, commitment_id=chosen, opened=form.opened)
    except ChangedMeanwhile as changed:
        form.tell_changed(changed)
        raise


def _release(
    raw: RawEntry,
    wording: Wording,
    nots: dict[ConsentUse, str],
    why: str,
    tie: Tie | None,
    shown_at: str = "",
) -> None:
    try:
        with refusals(), _both_wordings(raw, wording), _both_summaries(raw):
            if only_just() or (shown_at and only_just(shown_at)):
                raise Invalid("This has only just opened. Read it first.")
            if raw.asks_first and is_blank(why):
                raise Invalid(ANSWER_FIRST, field="why")
            for use in nots:
                if st.session_state.get(f"use-{use.value}-{raw.id}") is None:
                    raise Invalid(labelled(CHOOSE[use]))
            with writing() as (db, actor):
                if tie is not None:
                    _save_tie((db, actor), raw, *tie)
                out = release_entry(
                    db, actor, raw.id,
                    shown_thinks=wording.thinks, shown_wants=wording.wants,
                    nots=nots, why=why, confirmed_many=wording.many,
                    opened_with=_opened_with(raw), shown_summary=_summary_shown(raw),
                )  # fmt: skip
                for field in ("thinks", "wants", "why", *(f"not-{use.value}" for use in raw.uses)):
                    wipe_draft(db, actor, FORM, f"{raw.id}:{field}")
            if not out:
                go_on("A second person is asked. Until then nothing is out.", raw.id)
            elif set(nots) >= raw.uses:
                go_on("Decided. It is kept with the team.", raw.id, card_id=raw.main_id)
            else:
                go_on("Released.", raw.id, out=True, card_id=raw.main_id)
    finally:
        st.session_state.pop(f"release-asked-{raw.id}", None)
        st.session_state.pop(f"uses-{raw.id}", None)  # the next press is about what is drawn now
        st.session_state.pop(summary_key(raw.id), None)


@contextmanager
def _both_wordings(raw: RawEntry, wording: Wording) -> Iterator[None]:
    """When somebody else has the entry too, show both wordings, so that none is lost."""
    try:
        yield
    except SomebodyElseHasIt:
        with reading() as (db, actor):
            theirs = wordings_of_others(db, actor, raw.id)
        mine = [words for words in (wording.thinks, wording.wants) if words]
        show("both_wordings.html", mine=mine, theirs=theirs)
        raise


@contextmanager
def _both_summaries(raw: RawEntry) -> Iterator[None]:
    """When somebody has written another summary meanwhile, show the one of before beside it."""
    before = _summary_shown(raw)
    try:
        yield
    except ChangedMeanwhile as changed:
        if "summary" in changed.now:
            for heading, words in (
                ("The summary when you opened it", before),
                ("The summary now", changed.now["summary"]),
            ):
                show("raw_words.html", heading=heading, words=words or "None")
        raise


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_LABEL else f"{words[:LONGEST_LABEL]}..."
