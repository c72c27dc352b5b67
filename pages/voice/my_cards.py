"""My cards: a young person with an account keeps their cards here, by the code of each."""

import secrets

import streamlit as st

from coprod_data import database
from coprod_data.actors import System
from coprod_data.commands.entries import hold_card
from coprod_data.commands.limits import count_visit
from coprod_data.permissions import NotFound, Permission, Refused
from coprod_data.queries.entries import my_cards
from coprod_data.queries.limits import is_within_limit
from coprod_data.queries.settings import duty, labels
from coprod_data.vocabulary import ConsentUse, Face, QuestionKind
from pages.parts.frame import open_page, plainly
from pages.parts.frame import say as say_next
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.parts.wording import say
from pages.parts.young_card import Card, act, read_card, steps_of

TITLE = "My cards"
WRONG_CODES, MINUTES = 20, 15


def all_cards() -> None:
    """Show every card of one's own, what waits first to be seen, and take another code."""
    with plainly(stop=True), reading() as (db, actor):
        entries = my_cards(db, actor)
    cards = []
    for entry in entries:
        steps = steps_of(entry)
        now = next((step for step in steps if step.state == "now"), steps[-1])
        cards.append({"entry": entry, "now": now, "waits": entry.question is not None})
    if cards:
        show("my_cards.html", cards=cards)
    else:
        show("empty.html", title=say("mine.none"), words=say("code.hint"), icon="cards")
    show("section.html", title=say("mine.add"), count=None)
    with st.form("add-card", clear_on_submit=False):
        code = st.text_input(say("code.label"), max_chars=120, key="card-code")
        if st.form_submit_button(say("mine.add"), type="primary"):
            add(code)


def add(code: str) -> None:
    """Add the card of a code; wrong codes are counted for this person."""
    with plainly():
        with reading() as (_, actor):
            visit = {"what": "card", "address": f"person {actor.id}"}
        with database.reading(System()) as (db, system):
            within = is_within_limit(db, system, **visit, most=WRONG_CODES, minutes=MINUTES)
        if not within:
            raise Refused(say("code.limit"))
        try:
            with writing() as (db, actor):
                hold_card(db, actor, code)
        except NotFound:
            with database.writing(System()) as (db, system):
                count_visit(db, system, **visit, most=WRONG_CODES, minutes=MINUTES)
            raise
        done(say("mine.added"))


def done(sentence: str) -> None:
    """Say so at the top of the page as it is now."""
    say_next(sentence)
    st.rerun()


def one_card(card: Card) -> None:
    """Show one card, first of all what asks for an answer."""
    entry = card.entry
    if entry.withdrawn:
        show(
            "notice.html", tone="plain", icon="undo", urgent=False,
            title=say("place.taken_back"), words=say("place.taken_back_words"),
        )  # fmt: skip
        return
    question(card)
    offers(card)
    outcomes(card)
    show("my_card.html", card=card)
    jobs(card)
    consent(card)
    take_back(card)


def question(card: Card) -> None:
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
        agreed = choice(say("question.answer"), "question", None) if yes_or_no else None
        words = st.text_area(say("question.more" if yes_or_no else "question.answer"))
        if st.form_submit_button(say("question.send"), type="primary"):
            send(card, do="answer", question=asked.id, agreed=agreed or "", words=words)


def offers(card: Card) -> None:
    """Ask about each person who offered to work on it."""
    for offer in card.offers:
        if offer.answer is not None:
            continue
        show(
            "waits.html",
            title=say("offer.title"),
            ours=[],
            lines=[
                f"{offer.member}, {offer.job}" if offer.job else offer.member,
                offer.title,
                offer.help_wanted,
                offer.when_and_how,
                offer.time_needed,
                offer.support,
                offer.expenses,
            ],
            own=[],
        )
        number = offer.invitation_id
        if st.button(say("offer.yes"), type="primary", key=f"offer-yes-{number}"):
            send(card, do="offer", invitation=number, agreed="yes")
        if st.button(say("offer.no"), key=f"offer-no-{number}"):
            send(card, do="offer", invitation=number, agreed="no")


def outcomes(card: Card) -> None:
    """Ask whether it is done."""
    for mine in card.outcomes:
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
            send(card, do="sign", outcome=number)
        with st.form(f"not-yet-{number}"):
            words = st.text_area(say("outcome.why"))
            if st.form_submit_button(say("outcome.not_yet")):
                send(card, do="not_yet", outcome=number, words=words)


def jobs(card: Card) -> None:
    """Ask how the jobs of the plan feel that hang on this card."""
    if not card.jobs:
        return
    show("section.html", title=say("job.title"), count=None)
    st.text(say("job.lead"))
    for job in card.jobs:
        with st.form(f"job-{job.id}", clear_on_submit=True):
            show("job.html", job=job)
            faces = list(Face)
            face = st.radio(
                say("job.ask"),
                faces,
                index=faces.index(job.face) if job.face else None,
                format_func=lambda face: say(f"job.{face}"),
                key=f"face-{job.id}",
            )
            words = st.text_area(say("question.more"), key=f"job-words-{job.id}")
            if st.form_submit_button(say("job.send")):
                send(card, do="view", job=job.id, face=face or "", words=words)


def consent(card: Card) -> None:
    """Change who may read it."""
    show("section.html", title=say("consent.title"), count=None)
    with st.form("consent"):
        board = choice(say("who.title"), "board", ConsentUse.BOARD in card.entry.uses)
        public = choice(say("who.public"), "public", ConsentUse.PUBLIC in card.entry.uses)
        if st.form_submit_button(say("consent.save")):
            send(card, do="consent", board=board or "no", public=public or "no")


def take_back(card: Card) -> None:
    """Take it back, asked twice."""
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
        send(card, do="take_back")
    st.button(say("take_back.no"), on_click=st.session_state.update, args=({asked: False},))


def choice(label: str, name: str, now: bool | None) -> str | None:
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


def send(card: Card, **said: str | int) -> None:
    """Do it, and say thank you on the card as it is then."""
    key = st.session_state.setdefault(f"form-of-{card.entry.entry_id}", secrets.token_urlsafe(18))
    fields = {name: str(value) for name, value in said.items()}
    with plainly():
        act(writing(), {"key": key, **fields}, card.entry.entry_id)
        done(say("take_back.done") if said["do"] == "take_back" else say("card.saved"))


open_page(TITLE, needs=Permission.ENTRIES_HOLD_CARD, lede=say("mine.lead"))
number = st.query_params.get("id", "")
if number.isdecimal():
    show("link.html", words=say("mine.all"), href="/my_cards")
    with plainly():
        one_card(read_card(reading(), int(number)))
else:
    all_cards()
with plainly(), reading() as (db, actor):
    show("help.html", council=labels(db, actor).council, duty=duty(db, actor))
