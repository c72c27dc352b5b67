"""The parts of a young person's own card where they write, allow and ask: each box by itself."""

import secrets
from collections.abc import Iterable

import streamlit as st

from coprod_data.queries.entries import FollowedEntry
from coprod_data.queries.settings import Duty, duty
from coprod_data.queries.teams import TeamName
from coprod_data.vocabulary.entries import ConsentUse
from pages.parts.boxes import text_lines
from pages.parts.faults import refusals
from pages.parts.frame import announce
from pages.parts.help_lines import if_you_might_hurt_yourself
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.parts.wording import by_words, say
from pages.shared.card_acts import act, done_words
from pages.shared.private_part import reached_fields, whom
from pages.shared.three_answers import BOARD_ANSWERS, NO, YES
from pages.shared.young_card import Card

TURN, SENT = "my-card-turn", "my-card-sent"
MOVED, GONE = "my-card-moved", "my-card-gone"  # words for which there was no box any more
WORDS = ("answer-", "why-", "job-words-", "write-")  # how the keys of boxes for words begin


def done(sentence: str) -> None:
    """Show the page again, with this sentence at its top."""
    announce(sentence)
    st.rerun()


def send(entry_id: int | None, *, entry: FollowedEntry | None = None, **said: str | int) -> None:
    """Do what `do` names with a card (`entry`, where somebody reads what is sent), then show the
    page again."""
    key = st.session_state.setdefault(f"form-of-{entry_id}", secrets.token_urlsafe(18))
    fields = {name: str(value) for name, value in said.items()}
    with refusals():
        act(writing(), {"key": key, **fields}, entry_id)
        st.session_state[TURN] = turn() + 1
        st.session_state[SENT] = fields.get("words", "")
        with reading() as (db, actor):
            now = duty(db, actor)
        done(done_words(fields["do"], now, entry, words=fields.get("words", "")))


def turn() -> int:
    """Return how often something was sent. Boxes have it in their keys, so they are emptied only by
    sending.
    """
    return int(st.session_state.get(TURN, 0))


def loose_words(card: Card) -> str:
    """Take out words typed into boxes that the card does not have any more, and that were not sent.

    Its question may have been answered by then, or the card taken back, in another window.
    """
    now = {("answer-", str(one.id)) for one in card.entry.questions}
    now |= {("why-", str(one.outcome.id)) for one in card.outcomes if one.may_sign}
    now |= {("job-words-", f"{job.id}-{turn()}") for job in card.jobs}
    there = set() if card.entry.withdrawn else {*map("".join, now), f"write-{turn()}"}
    loose = [
        key
        for key, typed in st.session_state.items()
        if str(key).startswith(WORDS) and key not in there and isinstance(typed, str)
    ]
    found = [str(st.session_state.pop(key)).strip() for key in loose]
    return "\n".join(words for words in found if words not in ("", st.session_state.get(SENT, "")))


def put_back(words: str) -> None:
    """Put loose words into the box to write back, which is drawn after this, and say so."""
    key = f"write-{turn()}"
    if words:
        before = str(st.session_state.get(key, ""))
        st.session_state[key] = "\n".join(filter(None, [before, words]))
        st.session_state[MOVED] = words
    moved = st.session_state.get(MOVED)
    if moved and moved in str(st.session_state.get(key, "")):
        show(
            "notice.html", tone="soon", icon="warning", urgent=True,
            title=say("card.words_below"), words="",
        )  # fmt: skip


def words_of_no_card(words: str) -> None:
    """Show loose words of a card that was taken back, to be copied onto a new one."""
    if words:
        st.session_state[GONE] = words
    if st.session_state.get(GONE):
        st.text(say("place.gone_back"))
        text_lines(say("place.gone_back_new"), key=GONE)


def box(duty: Duty, label: str, key: str, lead: str = "") -> str:
    """Ask for words, saying first who reads them; while nobody is on duty say why not.

    `lead` is the card's: who reads them where only safeguarding does.
    """
    if not duty.takes_words:
        shut()
        return ""
    by = say("reader.by" + lead, by=by_words(duty.reads_by, duty.opening_day, duty.today))
    st.text(f"{by} {say('reader.limits')}")
    return text_lines(label, key=key)


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


def about(duty: Duty, teams: Iterable[TeamName], key: str) -> str:
    """Ask, folded, whether the words are about somebody who reads cards, and who."""
    if not duty.takes_words:
        return ""
    with st.expander(say("talk.about")):
        return " ".join(whom(f"{key}-{turn()}", teams))


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
        them = about(duty, card.teams, "write")
        if st.form_submit_button(say("talks.send")):
            send(
                card.entry.entry_id,
                entry=card.entry,
                do="write",
                words=words,
                may_read=may,
                whom=them,
            )


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


def wish(card: Card, now: Duty) -> None:
    """Ask for somebody to talk to; what was asked before is never shown."""
    show("section.html", title=say("talk.ask_title"), count=None)
    st.text(say("talk.ask"))
    if not now.takes_words:
        st.text(say("talk.shut"))
    with st.expander(say("talk.send")):
        with st.form("wish"):
            said = reached_fields(f"card-{turn()}", card.lead)
            them = about(now, card.teams, "wish")
            if st.form_submit_button(say("talk.send"), type="primary"):
                send(card.entry.entry_id, entry=card.entry, do="wish", whom=them, **said)
        if st.button(say("talk.back")):
            send(card.entry.entry_id, do="wish_back")
