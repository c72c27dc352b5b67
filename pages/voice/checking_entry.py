"""One opened entry: the sealed words, how they will be shown, and the next step."""

import streamlit as st

from coprod_data.commands.entries_care import end_hold, hold_entry
from coprod_data.commands.entries_checks import confirm_release, release_entry, return_to_queue
from coprod_data.commands.entries_replies import send_reply
from coprod_data.commands.settings import wipe_draft
from coprod_data.permissions import Invalid, Permission, Refused
from coprod_data.queries.entries_raw import RawEntry, raw_words
from coprod_data.rules.redaction import Span, spans_of
from coprod_data.rules.texts import clean
from coprod_data.store.database import Unavailable
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Feeling, Review
from pages.parts.faults import refusals
from pages.parts.frame import announce, name_tab
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.parts.times import on_and_at
from pages.voice.checking_opening import go_on, leave, only_just_opened
from pages.voice.checking_steps import FORM, other_steps, text_box

HOW = (
    "Type a role in square brackets over anything that shows who somebody is, "
    "for example [my social worker]."
)


def check(entry_id: int) -> None:
    """Show the open entry, or go back to the queue if this person can no longer open it."""
    try:
        with reading() as (db, actor):
            raw = raw_words(db, actor, entry_id)
            can = frozenset(permission for permission in Permission if actor.may(permission))
    except Unavailable:
        raise
    except Refused as refused:
        announce(refused.sentence)
        leave()
        st.rerun()
    name_tab(f"No. {raw.id}")
    st.button("Back to the list", key="back-to-list", on_click=leave)
    with st.container(key=f"entry-{raw.id}"):
        _one(raw, can)


def _one(raw: RawEntry, can: frozenset[Permission]) -> None:
    show(
        "entry_facts.html",
        title=f"No. {raw.id}: {raw.theme}",
        pills=_pills(raw),
        lines=_lines(raw),
        about=raw.about,
    )
    if raw.held:
        _sealed(raw)
        _held(raw)
    elif raw.review is Review.RELEASED:
        _sealed(raw)
        _reply(raw)
    elif raw.proposal is not None:
        _second(raw)
    elif Permission.ENTRIES_CHECK in can:
        _first(raw)
    show("section.html", title="Who has read these words", count=None)
    show(
        "timeline.html",
        events=[
            {"when": on_and_at(row.at), "sentence": row.person} for row in reversed(raw.readings)
        ],
        empty="",
    )


def _first(raw: RawEntry) -> None:
    sealed, shown = st.columns(2)
    with sealed:
        _sealed(raw)
    with shown:
        show("sub_heading.html", title="How it will read")
        st.text(HOW)
        thinks = text_box(raw, "thinks", "What they think", raw.thinks) if raw.thinks else ""
        wants = text_box(raw, "wants", "What they want", raw.wants) if raw.wants else ""
    hidden = _hidden(raw, thinks, wants)
    many = any(span.long for span in hidden or [])
    meant = many and st.checkbox("Yes, hide more than six words", key=f"many-{raw.id}")
    due = "Propose it to a second reader" if raw.flags else "Release it"
    left, right = st.columns(2)
    with left:
        pressed = st.button(due, key=f"release-{raw.id}", type="primary", shortcut="Ctrl+Enter")
    with right:
        _hold_button(raw)
    if pressed:
        _release(raw, thinks, wants, meant=meant)
    other_steps(raw)


def _release(raw: RawEntry, thinks: str, wants: str, *, meant: bool) -> None:
    with refusals():
        if only_just_opened():
            raise Invalid("This entry has only just opened. Read it first.")
        with writing() as (db, actor):
            out = release_entry(
                db, actor, raw.id,
                shown_thinks=thinks, shown_wants=wants, confirmed_many=meant,
            )  # fmt: skip
            for field in ("thinks", "wants"):
                wipe_draft(db, actor, FORM, f"{raw.id}:{field}")
        go_on("Released." if out else "A second person will read it now.", raw.id)


def _second(raw: RawEntry) -> None:
    proposal = raw.proposal
    if proposal is None:
        return
    sealed, shown = st.columns(2)
    with sealed:
        _sealed(raw)
    with shown:
        for words in (proposal.thinks, proposal.wants):
            if words:
                show("raw_words.html", heading="How it will read", words=words)
    _hidden(raw, proposal.thinks, proposal.wants)
    if proposal.by_me:
        st.text(
            "You read it first. Somebody else must also read a flagged entry before it goes out."
        )
    elif st.button(
        "Release it as second reader",
        key=f"confirm-{raw.id}",
        type="primary",
        shortcut="Ctrl+Enter",
    ):
        with refusals():
            if only_just_opened():
                raise Invalid("This entry has only just opened. Read it first.")
            with writing() as (db, actor):
                confirm_release(db, actor, raw.id)
            go_on("Released.", raw.id)
    _hold_button(raw)
    if st.button("Not like this: put it back in the queue", key=f"return-{raw.id}"):
        with refusals():
            with writing() as (db, actor):
                return_to_queue(db, actor, raw.id)
            go_on("It is back in the queue.", raw.id)


def _held(raw: RawEntry) -> None:
    st.text("Keep the child safe by the council's own procedure. None of that is recorded here.")
    if st.button("End the hold", key=f"end-hold-{raw.id}", type="primary"):
        with refusals():
            with writing() as (db, actor):
                end_hold(db, actor, raw.id)
            announce("The hold has ended. The entry is where it was before.")
            leave()
            st.rerun()


def _hold_button(raw: RawEntry) -> None:
    if st.button("Hold for safeguarding", key=f"hold-{raw.id}", shortcut="Alt+H"):
        with refusals():
            with writing() as (db, actor):
                hold_entry(db, actor, raw.id)
            go_on("Held. Ring the safeguarding lead now.", raw.id)


def _reply(raw: RawEntry) -> None:
    show("section.html", title="Tell them what happened", count=None)
    st.text("They will read this with their card code. Keep it short, plain and true.")
    text = text_box(raw, "reply", "Your reply")
    if st.button("Send the reply", key=f"send-reply-{raw.id}", type="primary"):
        with refusals():
            with writing() as (db, actor):
                send_reply(db, actor, raw.id, text=text)
                wipe_draft(db, actor, FORM, f"{raw.id}:reply")
            announce("The reply is sent.")
            leave()
            st.rerun()
    _hold_button(raw)


def _sealed(raw: RawEntry) -> None:
    first = "What they think" if raw.kind is EntryKind.WORDS else "What they wrote"
    for heading, words in ((first, raw.thinks), ("What they want", raw.wants)):
        if words:
            show("raw_words.html", heading=heading, words=words)


def _hidden(raw: RawEntry, thinks: str, wants: str) -> list[Span] | None:
    """Show what will be hidden, or what is wrong with the shown text."""
    with refusals():
        spans = spans_of(raw.thinks, clean(thinks)) + spans_of(raw.wants, clean(wants))
        show(
            "hidden_words.html",
            hidden=[{"words": span.hidden, "role": span.role, "long": span.long} for span in spans],
            whole="The Board reads it exactly as it was written."
            if ConsentUse.BOARD in raw.uses
            else "They have not said that the Board may read it. Write a summary for the card.",
        )
        return spans
    return None


def _pills(raw: RawEntry) -> list[tuple[str, str, str]]:
    pills = [(raw.kind.words, "plain", "voice")]
    pills += [(flag.words, "alert", "flag") for flag in raw.flags]
    if raw.feeling is not None:
        pills.append((Feeling(raw.feeling).words, "plain", "heart"))
    board = ConsentUse.BOARD in raw.uses
    pills.append(
        ("The Board may read it", "good", "check")
        if board
        else ("The Board may not read it", "soon", "lock")
    )
    if ConsentUse.PUBLIC in raw.uses:
        pills.append(("It may be shown in public", "good", "check"))
    return pills


def _lines(raw: RawEntry) -> list[str]:
    lines = [f"Sent {on_and_at(raw.sent_at)}."]
    if ConsentUse.BOARD not in raw.uses:
        lines.append("Only a summary goes on the card.")
    if raw.language not in ("en", "English"):
        lines.append(f"Written in another language: {raw.language}.")
    if raw.typed_by:
        agreed = {True: "and read it back to them", False: "and did not read it back", None: ""}
        lines.append(f"{raw.typed_by} typed it with them {agreed[raw.read_back]}".strip() + ".")
    for question in raw.questions:
        answer = {True: "they said yes", False: "they said no", None: "they answered in words"}
        told = answer[question.agreed] if question.answered_at else "no answer yet"
        lines.append(f"{question.kind.words}: {told}.")
    return lines
