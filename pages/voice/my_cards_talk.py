"""The parts of a young person's own card where they write, allow and ask: each box by itself."""

import secrets

import streamlit as st

from coprod_data.queries.settings import Duty
from coprod_data.vocabulary.entries import ConsentUse
from pages.parts.faults import refusals
from pages.parts.frame import announce
from pages.parts.help_lines import if_you_might_hurt_yourself
from pages.parts.html import show
from pages.parts.sign_in import writing
from pages.parts.wording import by_words, say
from pages.shared.card_acts import act, done_words
from pages.shared.private_part import reached_fields
from pages.shared.three_answers import BOARD_ANSWERS, NO, YES
from pages.shared.young_card import Card

TURN = "my-card-turn"


def done(sentence: str) -> None:
    """Show the page again, with this sentence at its top."""
    announce(sentence)
    st.rerun()


def send(entry_id: int | None, **said: str | int) -> None:
    """Do what `do` names with a card, then show the page again."""
    key = st.session_state.setdefault(f"form-of-{entry_id}", secrets.token_urlsafe(18))
    fields = {name: str(value) for name, value in said.items()}
    with refusals():
        act(writing(), {"key": key, **fields}, entry_id)
        st.session_state[TURN] = turn() + 1
        done(done_words(fields["do"]))


def turn() -> int:
    """Return how often something was sent. Boxes have it in their keys, so they are emptied only by
    sending.
    """
    return int(st.session_state.get(TURN, 0))


def box(duty: Duty, label: str, key: str, lead: str = "") -> str:
    """Ask for words, saying first who reads them; while nobody is on duty say why not.

    `lead` is the card's: who reads them where only safeguarding does.
    """
    if not duty.takes_words:
        shut()
        return ""
    by = say("reader.by" + lead, by=by_words(duty.reads_by, duty.opening_day))
    st.text(f"{by} {say('reader.limits')}")
    return st.text_area(label, key=key) or ""


def shut() -> None:
    """Say why no words are taken now, and whom to call."""
    show(
        "notice.html", tone="soon", icon="shield", urgent=False,
        title=say("reader.shut"), words=say("reader.shut_call"),
    )  # fmt: skip


def may_read(duty: Duty, ask: str, yes: str, key: str, lead: str = "") -> str:
    """Ask, folded, who may read the words of a box; without a tick only who checks them does."""
    if not duty.takes_words:
        return ""
    with st.expander(ask):
        ticked = st.checkbox(yes, key=f"{key}-{turn()}")
        st.text(say("question.may_board_not" + lead))
    return YES if ticked else ""


def conversation(card: Card, duty: Duty) -> None:
    """Show what was said on both sides, and a box to go on."""
    show("section.html", title=say("talks.title"), count=None)
    for place, line in enumerate(card.entry.talk):
        show("talk_line.html", line=line, reads=card.reads(line))
        if line.uses and st.button(say("talks.stop" + card.lead), key=f"stop-{place}"):
            send(card.entry.entry_id, do="stop", answer=card.marks[line.entry_id or 0])
    if card.entry.tried:
        st.text(say("talks.tried"))
    elif not card.entry.replies:
        st.text(say("talks.none"))
    if not duty.takes_words:
        shut()
        return
    st.text(if_you_might_hurt_yourself())
    with st.form("write-back"):
        words = box(duty, say("talks.write"), f"write-{turn()}", card.lead)
        st.text(say("talks.write_hint"))
        may = may_read(
            duty,
            say("question.may_board"),
            say("question.may_board_yes"),
            "write-board",
            card.lead,
        )
        if st.form_submit_button(say("talks.send")):
            send(card.entry.entry_id, do="write", words=words, may_read=may)


def consent(card: Card) -> None:
    """Show who can read it now, and change who may."""
    show("own_reads.html", card=card)
    show("section.html", title=say("consent.title"), count=None)
    st.text(say("consent.later"))
    if "choice-board" not in st.session_state:
        st.session_state["choice-opened"] = " ".join(sorted(card.entry.uses))
    board = st.radio(
        say("who.title"),
        BOARD_ANSWERS,
        format_func=lambda answer: say(f"who.{answer}"),
        index=BOARD_ANSWERS.index(card.board_answer),
        key="choice-board",
    )
    public = NO
    if board == YES:  # shown to everyone only what the Board may read
        answers = [YES, NO]
        public = st.radio(
            say("who.public"),
            answers,
            format_func=lambda answer: say(f"who.public_{answer}"),
            index=0 if ConsentUse.PUBLIC in card.entry.uses else 1,
            key="choice-public",
        )
    elif ConsentUse.PUBLIC in card.entry.uses:
        st.text(say("consent.board_takes"))
    if st.button(say("consent.save")):
        send(
            card.entry.entry_id,
            do="consent",
            board=board or NO,
            public=public or NO,
            opened=st.session_state["choice-opened"],
        )


def wish(card: Card) -> None:
    """Ask for somebody to talk to; what was asked before is never shown."""
    show("section.html", title=say("talk.ask_title"), count=None)
    st.text(say("talk.ask"))
    with st.expander(say("talk.send")):
        with st.form("wish"):
            said = reached_fields(f"card-{turn()}")
            if st.form_submit_button(say("talk.send"), type="primary"):
                send(card.entry.entry_id, do="wish", **said)
        if st.button(say("talk.back")):
            send(card.entry.entry_id, do="wish_back")
