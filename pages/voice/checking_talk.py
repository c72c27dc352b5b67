"""The conversation about an entry in order: what the team asked, replied, and what was answered."""

from operator import itemgetter

import streamlit as st

from coprod_data.commands.entries_comments import settle_comment
from coprod_data.commands.entries_replies import send_reply
from coprod_data.permissions import Invalid
from coprod_data.queries.entries_raw import RawEntry
from coprod_data.queries.entries_raw_steps import AskedQuestion
from coprod_data.vocabulary.policies import Disposition
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.faults import refusals
from pages.parts.forms import words_of
from pages.parts.html import show
from pages.parts.times import on_and_at
from pages.voice.checking_box import step_done, text_box

ANSWERS = {True: "They said yes", False: "They said no", None: "They answered in words"}


def conversation(raw: RawEntry) -> None:
    """Show every question, reply and letter in the order in which they were written.

    A letter's words are there for whoever has opened it, so that each reading is on record.
    """
    said = [(one.asked_at, _line("We asked", one.text, _answer(one))) for one in raw.questions]
    said += [(at, _line("We replied", text)) for text, at in raw.replies]
    said += [(one.sent_at, _line("They wrote", one.text, letter=one.id)) for one in raw.letters]
    if said:
        lines = [{**line, "when": on_and_at(at)} for at, line in sorted(said, key=itemgetter(0))]
        show("talk.html", lines=lines)


def _line(who: str, text: str, answer: str = "", *, letter: int | None = None) -> dict[str, object]:
    return {"who": who, "text": text, "answer": answer, "letter": letter}


def reply_form(raw: RawEntry) -> None:
    """Show the box for one more reply."""
    show("section.html", title="Send a reply", count=None)
    if raw.shut:
        st.text(raw.shut)
        return
    st.text(
        "They read this with their card code. Say what will happen, by when, "
        "what cannot change and why."
    )
    text = text_box(raw.id, "reply", "Your reply", place=TextPlace.REPLY)
    if st.button("Send the reply", key=f"send-reply-{raw.id}", type="primary"):
        step_done(
            raw, "reply",
            lambda db, actor: send_reply(db, actor, raw.id, text=text),
            yes="The reply is sent.",
        )  # fmt: skip


def settle_form(raw: RawEntry) -> None:
    """Show what to say of a comment on a policy: what became of it, why, and what changed."""
    show("section.html", title="What did you do with it?", count=None)
    if raw.shut:
        st.text(raw.shut)
        return
    became = st.radio(
        "What became of it?", list(Disposition), format_func=words_of, index=None, horizontal=True,
        key=f"became-{raw.id}",
    )  # fmt: skip
    reason = text_box(
        raw.id, "reason", "Why? They read this with their card code", place=TextPlace.REPLY
    )
    changed = text_box(
        raw.id, "changed", "What changed because of it, for the list of changes",
        place=TextPlace.COMMENT_CHANGED,
    )  # fmt: skip
    if st.button("Tell them", key=f"settle-{raw.id}", type="primary"):
        with refusals():
            if became is None:
                raise Invalid("Choose what became of it.", field="disposition")
            step_done(
                raw, "reason",
                lambda db, actor: settle_comment(
                    db, actor, raw.id, disposition=became, reason=reason, changed=changed,
                    opened=raw.settled,
                ),
                yes="They can read it now.",
            )  # fmt: skip


def _answer(question: AskedQuestion) -> str:
    if question.answered_at is None:
        return "No answer yet"
    return f"{ANSWERS[question.agreed]}, {on_and_at(question.answered_at)}"
