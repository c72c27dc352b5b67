"""One service's audit return: its progress, then one standard at a time beside last year's."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.commands.audits import review_return, submit_return
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.audits_answers import AnswerRow, answers_of
from coprod_data.queries.audits_return import ReturnRow, audit_return, returns_to_review
from coprod_data.queries.events_of import history_of_return
from coprod_data.queries.training_coverage import CoveredRow, coverage
from coprod_data.rules.due_days import due_says
from coprod_data.vocabulary.audits import OWED, AnswerProgress, Rater, ReturnState
from pages.listening.audits_auditors import name_them
from pages.listening.audits_form import answer_form, level_words
from pages.listening.audits_plan import plan_on
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.frame import name_tab
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on, on_and_at
from pages.shared.happened import show_happened

HERE = "/audits"


def show_return(return_id: int, standard_id: int | None) -> None:
    """Show a return, and the form of one standard to those who may answer it."""
    with refusals(stop=True), reading() as (db, actor):
        reader, row = actor, audit_return(db, actor, return_id)
        answers = answers_of(db, actor, return_id)
        happened = history_of_return(db, actor, return_id) if reads_history(actor) else []
        fills = row.mine and row.state in OWED and actor.may(Permission.AUDITS_FILL_OWN)
        rates = row.state is not ReturnState.PUBLISHED and actor.may(Permission.AUDITS_RATE_YOUNG)
        names = row.state is not ReturnState.PUBLISHED and actor.may(Permission.AUDITS_NAME_YOUNG)
        trained = coverage(db, actor) if actor.may(Permission.TRAINING_COVERAGE) else []
        reviews = actor.may(Permission.AUDITS_REVIEW) and any(
            one.id == row.id for one in returns_to_review(db, actor)
        )
    name_tab(row.service)
    rater = Rater.SERVICE if fills or not rates else Rater.YOUNG_AUDITORS
    chosen = _chosen(answers, standard_id, rater)
    show("list.html", rows=[return_values(row, link=False)], empty="")
    show("file_link.html", words="Print it on one side", href=f"/print/audit/{row.id}")
    if fills and row.answered == row.whole:
        _hand_in(row)
    if reviews:
        _review(row)
    if chosen is None:
        st.text("This round has no standards yet.")
        return
    if fills or rates:  # the standard stays when somebody else answers it in the meantime
        st.query_params["standard"] = str(chosen.standard_id)
    show("standards.html", rows=[_step(row, one, rater, one is chosen) for one in answers])
    with st.container(key=f"box-standard-{chosen.standard_id}"):
        _show_standard(chosen, beside=rater is Rater.SERVICE)
        if _is_kept_back(row):
            st.text("The service has not sent this return yet. You see its answers when it does.")
        elif rater is Rater.YOUNG_AUDITORS or not fills:
            show(
                "answer.html",
                level=level_words(chosen.level) if chosen.answered else "No answer yet",
                evidence=chosen.evidence,
                plan=chosen.plan,
            )
        if chosen.opportunity_id:
            show(
                "link.html", words="This gap is in an opportunity: open it",
                href=f"/opportunities?id={chosen.opportunity_id}",
            )  # fmt: skip
        if fills or rates:
            answer_form(row.id, chosen, rater, next_id=_next(answers, chosen))
        plan_on(chosen, reader)
    if names:
        name_them(row)
    staff = [one for one in trained if one.who == row.service and one.service_id and one.required]
    if staff:
        show("section.html", title="How many of its staff are trained", count=0)
        show("list.html", rows=[trained_values(one) for one in staff], empty="")
    if happened:
        show_happened(happened)


def trained_values(row: CoveredRow) -> dict[str, object]:
    """Return how many of a service are trained in a course, as a row of `list.html`."""
    of_all = "Kept private" if row.trained is None else f"{row.trained} trained and in date"
    return {
        "title": row.course,
        "detail": f"{of_all} · {row.base} in role",
        "state": None,
        "word": None,
        "href": f"/training?id={row.course_id}",
    }


def reads_history(actor: Actor) -> bool:
    """Say whether somebody reads the history of returns; young auditors do not."""
    return actor.may(Permission.AUDITS_READ) or actor.may(Permission.AUDITS_READ_OWN)


def return_values(row: ReturnRow, *, link: bool = True) -> dict[str, object]:
    """Return a return's progress and what it lacks, as a row of `list.html`."""
    lacks = f", {row.bare} of them without evidence" if row.bare else ""
    return {
        "title": row.service,
        "detail": f"{row.round}: {row.answered} of {row.whole} standards answered{lacks}. "
        f"{due_words(row)}",
        "state": row.progress,
        "word": state_word(row),
        "href": f"{HERE}?return={row.id}" if link else None,
    }


def state_word(row: ReturnRow) -> str | None:
    """Return the word of a state that says how late it is, None where its own says it all."""
    if row.overdue:
        return due_says(row.due_in).capitalize()
    if row.sent_late:
        unit = "day" if row.sent_late == 1 else "days"
        return f"{row.progress.words}, sent {row.sent_late} {unit} late"
    return None


def due_words(row: ReturnRow) -> str:
    """Return until when a return is owed, and how long that is; only the day once it is sent."""
    says = due_says(row.due_in)
    return f"{on(row.due_on)}: {says}." if says else f"It was due on {on(row.due_on)}."


def _is_kept_back(row: ReturnRow) -> bool:
    """Say whether the answers are still those of the service alone."""
    return row.state in OWED and not row.mine


def _hand_in(row: ReturnRow) -> None:
    if st.button("Send this return", type="primary", key=f"hand-in-{row.id}"):
        with saving("Your return has been sent. The Youth Voice Team will read it next.") as (
            db,
            actor,
        ):
            submit_return(db, actor, row.id)


def _review(row: ReturnRow) -> None:
    if st.button("Mark this return as reviewed", type="primary", key=f"review-{row.id}"):
        with saving("The return has been reviewed.") as (db, actor):
            review_return(db, actor, row.id)


def _chosen(
    answers: Sequence[AnswerRow], standard_id: int | None, rater: Rater
) -> AnswerRow | None:
    """Return the standard that was asked for, else the first without an answer, else the first."""
    asked = [one for one in answers if one.standard_id == standard_id]
    open_ones = [one for one in answers if _state(one, rater) is AnswerProgress.OPEN]
    return next(iter([*asked, *open_ones, *answers]), None)


def _next(answers: Sequence[AnswerRow], chosen: AnswerRow) -> int:
    place = list(answers).index(chosen)
    return answers[(place + 1) % len(answers)].standard_id


def _state(one: AnswerRow, rater: Rater) -> AnswerProgress:
    if rater is Rater.YOUNG_AUDITORS:
        return AnswerProgress.OPEN if one.young_level is None else AnswerProgress.ANSWERED
    if not one.answered:
        return AnswerProgress.OPEN
    if one.level is None:
        return AnswerProgress.NOT_LOOKED
    return AnswerProgress.ANSWERED if one.evidence else AnswerProgress.BARE


def _step(row: ReturnRow, one: AnswerRow, rater: Rater, here: bool) -> dict[str, object]:
    state = _state(one, rater)
    level = level_words(one.level if rater is Rater.SERVICE else one.young_level)
    none_yet = "Young auditors: not yet"
    if rater is Rater.SERVICE:
        none_yet = "Not sent yet" if _is_kept_back(row) else "No answer yet"
    words = {
        AnswerProgress.OPEN: none_yet,
        AnswerProgress.BARE: f"{level}, no evidence",
    }.get(state, level)
    return {
        "reference": one.reference,
        "short": one.short,
        "state": state,
        "words": words,
        "href": f"{HERE}?return={row.id}&standard={one.standard_id}",
        "here": here,
    }


def _show_standard(one: AnswerRow, *, beside: bool) -> None:
    """Show what a standard asks, last year's answer and, `beside`, what young auditors found."""
    found = beside and one.young_level is not None
    saved = one.at if beside else None
    show(
        "standard.html",
        reference=one.reference,
        short=one.short,
        wording=one.wording,
        before="" if one.last_level is None else level_words(one.last_level),
        showed=one.last_evidence,
        plan=one.last_plan,
        saved=f"{level_words(one.level)}, by {one.by} on {on_and_at(saved)}" if saved else "",
        young=f"{level_words(one.young_level)}. {one.young_say}" if found else "",
    )
