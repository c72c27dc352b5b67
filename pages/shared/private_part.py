"""The private part of a card: who may read it, who should talk to them, whom it is about."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from coprod_data.commands.entries import Wish
from coprod_data.queries.settings import duty
from coprod_data.queries.teams import TeamName, team_names
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import AboutUs
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.forms import inert
from pages.parts.sign_in import reading
from pages.parts.wording import by_words, say
from pages.shared.three_answers import (
    BOARD_ANSWERS,
    LONGEST,
    NO,
    NOT_SAID,
    REACHED,
    SOMEBODY_ELSE,
    YES,
    about_us_of,
    uses_of,
    wish_of,
)


@dataclass(frozen=True)
class PrivatePart:
    """What was chosen: the uses, whom it is about, and the answers about being reached."""

    uses: frozenset[ConsentUse]
    about_us: AboutUs | None
    meant: frozenset[int]
    talk: str
    reached: dict[str, str]

    def wish(self) -> Wish | None:
        """Return the wish to talk, if there is one. Raises Invalid for a yes without a way."""
        return wish_of(talk=self.talk, sent_anyway=False, **self.reached)


def private_part(form: str) -> PrivatePart:
    """Ask the three answers, the wish to talk and whom it is about; nothing is chosen before."""
    board = _one_of(say("who.title"), "who", BOARD_ANSWERS, f"{form}-board")
    public = NO
    if board == YES:
        st.text(f"{say('who.public_hint')} {say('who.printed')}")
        public = _one_of(say("who.public"), "who.public", (YES, NO), f"{form}-public", joint="_")
    st.text(say("who.empty"))
    talk = _one_of(say("talk.title"), "talk", (YES, NO), f"{form}-talk")
    reached = reached_fields(form) if talk == YES else dict.fromkeys(FIELDS, "")
    about = st.checkbox(say("talk.about"), key=f"{form}-about")
    about_us, meant = about_us_of(about, _whom(form) if about else ())
    return PrivatePart(uses_of(board, public), about_us, meant, talk, reached)


FIELDS = ("first_name", "reach", "number", "day", "when_safe")


def reached_fields(form: str, who_opens: str = "") -> dict[str, str]:
    """Ask how to reach somebody; nothing of it is kept before it is sent.

    `who_opens` is the end of the name of the sentence that says who can open it.
    """
    st.text(say("talk.needs"))
    name = text_line(say("talk.name"), key=f"{form}-name", longest=LONGEST["first_name"])
    reach = _one_of(say("talk.how"), "talk", tuple(REACHED), f"{form}-reach")
    number = text_line(say("talk.number"), key=f"{form}-number", longest=LONGEST["number"])
    day = text_line(say("talk.day"), key=f"{form}-day", longest=LONGEST["day"])
    safe = text_line(say("talk.safe"), key=f"{form}-safe", longest=LONGEST["when_safe"])
    st.text(say(f"talk.who_opens{who_opens}"))
    answers = (name, reach, number, day, safe)
    return dict(zip(FIELDS, answers, strict=True))


def words_of_ones_own(form: str) -> SaidAbout:
    """Say who reads the words of a form, and ask, folded, whether they are about one of them.

    It is for a form of other things in which a young person may say something of their own.
    """
    with refusals(stop=True), reading() as (db, actor):
        now, teams = duty(db, actor), team_names(db, actor)
    if not now.takes_words:
        st.text(f"{say('reader.shut')} {say('reader.shut_call')}")
        return NOTHING_SAID
    by = say("reader.by", by=by_words(now.reads_by, now.opening_day, now.today))
    st.text(f"{by} {say('reader.limits')}")
    with st.expander(say("talk.about")):
        return SaidAbout(*about_us_of(False, whom(form, teams)))


def _whom(form: str) -> list[str]:
    with refusals(stop=True), reading() as (db, actor):
        return whom(form, team_names(db, actor))


def whom(form: str, teams: Iterable[TeamName]) -> list[str]:
    """Ask whom it is about. Returns what is ticked: ids of the teams, or another answer."""
    names = {str(one.id): inert(one.name) for one in teams}
    names |= {other: say(f"talk.{other}") for other in (SOMEBODY_ELSE, NOT_SAID)}
    st.text(f"{say('talk.whom')} {say('talk.unseen')}")
    return [one for one, words in names.items() if st.checkbox(words, key=f"{form}-whom-{one}")]


def _one_of(
    label: str, section: str, answers: tuple[str, ...], key: str, *, joint: str = "."
) -> str:
    """Show answers as radios with their sentences; empty while nothing is chosen."""
    chosen = st.radio(
        label,
        answers,
        format_func=lambda answer: say(f"{section}{joint}{answer}"),
        index=None,
        key=key,
    )
    return chosen or ""
