"""One of a young person's own cards on a Streamlit page, with everything they can answer."""

from collections.abc import Iterable

import streamlit as st

from coprod_data.queries.actions_views import YoungAction
from coprod_data.queries.opportunities_joining import OfferRow
from coprod_data.queries.outcomes import MyOutcome, OutcomeRow
from coprod_data.queries.settings import Duty
from coprod_data.queries.teams import TeamName
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.entries import QuestionKind
from pages.parts.help_lines import late_words
from pages.parts.html import show
from pages.parts.wording import say
from pages.shared.young_card import Card
from pages.voice.my_cards_meetings import meetings_waiting
from pages.voice.my_cards_talk import (
    about,
    box,
    consent,
    conversation,
    loose_words,
    may_read,
    put_back,
    send,
    shut,
    turn,
    wish,
    words_of_no_card,
)


def whole_card(card: Card, duty: Duty) -> None:
    """Show one card, first what needs an answer."""
    entry, loose = card.entry, loose_words(card)
    if entry.time_over:
        show(
            "notice.html", tone="plain", icon="undo", urgent=False,
            title=say("place.time_over"), words=say("place.time_over_words"),
        )  # fmt: skip
        return
    if entry.withdrawn:
        show(
            "notice.html", tone="plain", icon="undo", urgent=False,
            title=say("place.taken_back"),
            words=" ".join(
                say(one)
                for one in (
                    "place.taken_back_words", "take_back.kept" + card.keeps, "take_back.talk_over"
                )
            ),
        )  # fmt: skip
        words_of_no_card(loose)
        show("more.html", words=say("code.send"), href="/send_card")
        return
    put_back(loose)
    if entry.late and not entry.read and not entry.for_nobody and duty.takes_words:
        show(
            "notice.html", tone="soon", icon="clock", urgent=False,
            title=say("place.reading_late"), words=late_words(duty, entry.read_by),
        )  # fmt: skip
    meetings_waiting(card.meetings, card.entry.entry_id)
    _questions(card, duty)
    offers_waiting(card.offers, card.entry.entry_id, only_source=card.only_source)
    outcomes_waiting(card.outcomes, duty, card.teams, card.entry.entry_id, card.lead)
    show("my_card.html", card=card)
    _jobs(card, duty)
    conversation(card, duty)
    consent(card)
    wish(card, duty)
    show("section.html", title=say("copy.title"), count=None)
    show("copy_card.html", href=f"/export/card-{card.mark}.txt")
    _take_back(card)


def _questions(card: Card, duty: Duty) -> None:
    """Ask everything that the team wants to know."""
    for asked in card.entry.questions:
        yes_or_no = asked.kind is not QuestionKind.TALK
        show(
            "waits.html",
            title=say("question.title"),
            ours=[words] if (words := card.asks(asked)) else [],
            lines=[card.question(asked), asked.summary],
            own=[asked.thinks, asked.wants],
        )
        if not (yes_or_no or duty.takes_words):
            shut()
            continue
        with st.form(f"question-{asked.id}"):
            agreed = _yes_or_no(say("question.answer"), f"agreed-{asked.id}") if yes_or_no else ""
            label = say("question.more" if yes_or_no else "question.answer")
            words = box(duty, label, f"answer-{asked.id}", card.lead)
            may = may_read(
                duty,
                say("question.may_board"),
                say("question.may_board_yes"),
                f"may-{asked.id}",
                card.lead,
            )
            whom = about(duty, card.teams, f"answer-about-{asked.id}")
            if st.form_submit_button(say("question.send"), type="primary"):
                send(
                    card.entry.entry_id,
                    entry=card.entry,
                    do="answer",
                    question=asked.id,
                    agreed=agreed,
                    words=words,
                    may_read=may,
                    whom=whom,
                )


def offers_waiting(
    offers: Iterable[OfferRow],
    entry_id: int | None = None,
    only_source: frozenset[int] = frozenset(),
) -> None:
    """Ask about each person who offered to work on it, and say what they will know."""
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
        if entry_id is not None:  # somebody invited without a card is behind no words
            guessed = offer.opportunity_id in only_source
            st.text(say("offer.one_source" if guessed else "offer.more_sources"))
        st.text(say("offer.they_see"))
        number = offer.invitation_id
        if st.button(say("offer.yes"), type="primary", key=f"offer-yes-{number}"):
            send(entry_id, do="offer", invitation=number, agreed="yes")
        if st.button(say("offer.no"), key=f"offer-no-{number}"):
            send(entry_id, do="offer", invitation=number, agreed="no")


def outcomes_waiting(
    outcomes: Iterable[MyOutcome],
    duty: Duty,
    teams: Iterable[TeamName],
    entry_id: int | None = None,
    lead: str = "",
) -> None:
    """Ask whether it is done."""
    for mine in outcomes:
        if not mine.may_sign:
            continue
        number = mine.outcome.id
        show(
            "waits.html",
            title=say("outcome.title"),
            ours=[say("outcome.confirm")],
            lines=told(mine.outcome),
            own=[],
        )
        if st.button(say("outcome.yes"), type="primary", key=f"sign-{number}"):
            send(entry_id, do="sign", outcome=number)
        with st.form(f"not-yet-{number}"):
            words = box(duty, say("outcome.why"), f"why-{number}", lead)
            may = may_read(
                duty,
                say("outcome.may_work"),
                say("outcome.may_work_yes"),
                f"may-work-{number}",
                lead,
            )
            whom = about(duty, teams, f"why-about-{number}")
            if st.form_submit_button(say("outcome.not_yet")):
                send(entry_id, do="not_yet", outcome=number, words=words, may_read=may, whom=whom)


def told(outcome: OutcomeRow) -> list[str]:
    """Return an outcome as lines: its title, what was said, who worked on it, what changed."""
    if not outcome.you_said:
        return [outcome.title, outcome.what_changed]
    return [
        outcome.title,
        f"{say('outcome.you_said')} {outcome.you_said}",
        f"{say('outcome.with')} {outcome.worked_with}",
        f"{say('outcome.changed')} {outcome.what_changed}",
    ]


def _jobs(card: Card, duty: Duty) -> None:
    """Ask how the reader feels about the jobs of the plan linked to this card, and say which of
    them were stopped, and why.
    """
    for stopped in card.stopped:
        show("job_stopped.html", job=stopped)
    if not card.jobs:
        return
    show("section.html", title=say("job.title"), count=None)
    st.text(f"{say('job.lead')} {say('job.counted')}")
    for job in card.jobs:
        with st.container(key=f"box-job-{job.id}"):
            show("job.html", job=job)
            with st.expander(say("job.ask")):
                _view(card, job, duty)


def _view(card: Card, job: YoungAction, duty: Duty) -> None:
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
        words = box(duty, say("question.more"), f"job-words-{job.id}-{turn()}", card.lead)
        may = may_read(
            duty,
            say("question.may_board"),
            say("question.may_board_yes"),
            f"job-may-{job.id}",
            card.lead,
        )
        whom = about(duty, card.teams, f"job-about-{job.id}")
        if st.form_submit_button(say("job.send")):
            send(
                card.entry.entry_id,
                do="view",
                job=job.id,
                face=face or "",
                words=words,
                may_read=may,
                whom=whom,
            )
    if job.face and st.button(say("job.back"), key=f"job-back-{job.id}"):
        send(card.entry.entry_id, do="view_back", job=job.id)


def _take_back(card: Card) -> None:
    """Take it back, after asking twice."""
    asked = f"take-back-{card.entry.entry_id}"
    show("section.html", title=say("take_back.title"), count=None)
    if not st.session_state.get(asked):
        st.button(say("take_back.start"), on_click=st.session_state.update, args=({asked: True},))
        return
    seen = card.entry.reading or card.entry.read
    parts = [*(["read"] if seen else []), "what", "reports", "count", "talk", "kept" + card.keeps]
    show(
        "waits.html",
        title=say("take_back.check"),
        ours=[say(f"take_back.{part}") for part in parts],
        lines=[],
        own=[],
    )
    st.button(
        say("take_back.no"),
        type="primary",
        on_click=st.session_state.update,
        args=({asked: False},),
    )
    if st.button(say("take_back.yes")):
        send(card.entry.entry_id, do="take_back")


def _yes_or_no(label: str, key: str) -> str:
    """Show yes and no as two radios; empty while nothing is chosen."""
    return (
        st.radio(
            label,
            ["yes", "no"],
            format_func=lambda value: say(f"question.{value}"),
            index=None,
            key=key,
        )
        or ""
    )
