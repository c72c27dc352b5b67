"""One of a young person's own cards on a Streamlit page, with everything they can answer."""

import secrets
from collections.abc import Iterable

import streamlit as st

from coprod_data.queries.actions_views import YoungAction
from coprod_data.queries.opportunities_joining import OfferRow
from coprod_data.queries.outcomes import MyOutcome
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.entries import ConsentUse, QuestionKind
from pages.parts.faults import refusals
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import writing
from pages.parts.wording import say
from pages.shared.young_card import Card, act

TURN = "my-card-turn"


def done(sentence: str) -> None:
    """Show the page again, with this sentence at its top."""
    announce(sentence)
    st.rerun()


def whole_card(card: Card) -> None:
    """Show one card, first what needs an answer."""
    entry = card.entry
    if entry.withdrawn:
        show(
            "notice.html", tone="plain", icon="undo", urgent=False,
            title=say("place.taken_back"), words=say("place.taken_back_words"),
        )  # fmt: skip
        return
    _question(card)
    offers_waiting(card.offers, card.entry.entry_id)
    outcomes_waiting(card.outcomes, card.entry.entry_id)
    show("my_card.html", card=card)
    _jobs(card)
    _consent(card)
    _take_back(card)


def _question(card: Card) -> None:
    """Ask what the team wants to know."""
    asked = card.entry.question
    if asked is None:
        return
    yes_or_no = asked.kind is not QuestionKind.TALK
    show(
        "waits.html",
        title=say("question.title"),
        ours=[say("question.wording_see")] if asked.kind is QuestionKind.WORDING else [],
        lines=[asked.text, asked.summary],
        own=[asked.thinks, asked.wants],
    )
    with st.form(f"question-{asked.id}"):
        agreed = _choice(say("question.answer"), "question", None) if yes_or_no else None
        words = st.text_area(say("question.more" if yes_or_no else "question.answer"))
        if st.form_submit_button(say("question.send"), type="primary"):
            _send(
                card.entry.entry_id,
                do="answer",
                question=asked.id,
                agreed=agreed or "",
                words=words,
            )


def offers_waiting(offers: Iterable[OfferRow], entry_id: int | None = None) -> None:
    """Ask about each person who offered to work on it."""
    for offer in offers:
        if offer.answer is not None:
            continue
        show(
            "waits.html",
            title=say("offer.title"),
            ours=[],
            lines=[
                f"{offer.member}, {offer.job}" if offer.job else offer.member,
                offer.wording.title,
                offer.wording.help_wanted,
            ],
            terms=[
                (say("offer.when"), offer.wording.when_and_how),
                (say("offer.time"), offer.wording.time_needed),
                (say("offer.power"), offer.wording.power_shared),
                (say("offer.support"), offer.wording.support),
                (say("offer.expenses"), offer.wording.expenses),
            ],
            own=[],
        )
        number = offer.invitation_id
        if st.button(say("offer.yes"), type="primary", key=f"offer-yes-{number}"):
            _send(entry_id, do="offer", invitation=number, agreed="yes")
        if st.button(say("offer.no"), key=f"offer-no-{number}"):
            _send(entry_id, do="offer", invitation=number, agreed="no")


def outcomes_waiting(outcomes: Iterable[MyOutcome], entry_id: int | None = None) -> None:
    """Ask whether it is done."""
    for mine in outcomes:
        if not mine.may_sign:
            continue
        number = mine.outcome.id
        show(
            "waits.html",
            title=say("outcome.title"),
            ours=[say("outcome.confirm")],
            lines=[mine.outcome.title, mine.outcome.what_changed],
            own=[],
        )
        if st.button(say("outcome.yes"), type="primary", key=f"sign-{number}"):
            _send(entry_id, do="sign", outcome=number)
        with st.form(f"not-yet-{number}"):
            words = st.text_area(say("outcome.why"))
            if st.form_submit_button(say("outcome.not_yet")):
                _send(entry_id, do="not_yet", outcome=number, words=words)


def _jobs(card: Card) -> None:
    """Ask how the reader feels about the jobs of the plan linked to this card."""
    if not card.jobs:
        return
    show("section.html", title=say("job.title"), count=None)
    st.text(say("job.lead"))
    for job in card.jobs:
        with st.container(key=f"box-job-{job.id}"):
            show("job.html", job=job)
            with st.expander(say("job.ask")):
                _view(card, job)


def _view(card: Card, job: YoungAction) -> None:
    """Ask about one job; collapsed, so that five jobs are not five open forms."""
    faces = list(Face)
    with st.form(f"job-{job.id}", border=False):
        face = st.radio(
            say("job.ask"),
            faces,
            index=faces.index(job.face) if job.face else None,
            format_func=lambda face: say(f"job.{face}"),
            key=f"face-{job.id}",
            label_visibility="collapsed",
        )
        words = st.text_area(say("question.more"), key=f"job-words-{job.id}-{_turn()}")
        if st.form_submit_button(say("job.send")):
            _send(card.entry.entry_id, do="view", job=job.id, face=face or "", words=words)


def _consent(card: Card) -> None:
    """Change who may read it."""
    show("section.html", title=say("consent.title"), count=None)
    with st.form("consent"):
        board = _choice(say("who.title"), "board", ConsentUse.BOARD in card.entry.uses)
        public = _choice(say("who.public"), "public", ConsentUse.PUBLIC in card.entry.uses)
        if st.form_submit_button(say("consent.save")):
            _send(card.entry.entry_id, do="consent", board=board or "no", public=public or "no")


def _take_back(card: Card) -> None:
    """Take it back, after asking twice."""
    asked = f"take-back-{card.entry.entry_id}"
    show("section.html", title=say("take_back.title"), count=None)
    if not st.session_state.get(asked):
        st.button(say("take_back.start"), on_click=st.session_state.update, args=({asked: True},))
        return
    show(
        "waits.html",
        title=say("take_back.check"),
        ours=[say("take_back.what"), say("take_back.reports"), say("take_back.kept")],
        lines=[],
        own=[],
    )
    if st.button(say("take_back.yes"), type="primary"):
        _send(card.entry.entry_id, do="take_back")
    st.button(say("take_back.no"), on_click=st.session_state.update, args=({asked: False},))


def _choice(label: str, name: str, now: bool | None) -> str | None:
    """Show yes and no as two radios; None while nothing is chosen."""
    words = {
        "question": ("question.yes", "question.no"),
        "board": ("who.yes", "who.no"),
        "public": ("who.public_yes", "who.public_no"),
    }[name]
    return st.radio(
        label,
        ["yes", "no"],
        format_func=lambda value: say(words[0] if value == "yes" else words[1]),
        index=None if now is None else 0 if now else 1,
        key=f"choice-{name}",
    )


def _send(entry_id: int | None, **said: str | int) -> None:
    key = st.session_state.setdefault(f"form-of-{entry_id}", secrets.token_urlsafe(18))
    fields = {name: str(value) for name, value in said.items()}
    with refusals():
        act(writing(), {"key": key, **fields}, entry_id)
        st.session_state[TURN] = _turn() + 1
        done(say("take_back.done") if said["do"] == "take_back" else say("card.saved"))


def _turn() -> int:
    """Return how often something was sent. Boxes have it in their keys, so they are emptied only by
    sending.
    """
    return int(st.session_state.get(TURN, 0))
