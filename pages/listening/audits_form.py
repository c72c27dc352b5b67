"""Answering one standard of the audit: what is typed is saved as a draft when a box loses focus."""

import streamlit as st

from coprod_data.commands.audits import answer_standard
from coprod_data.commands.settings import keep_draft, wipe_draft
from coprod_data.permissions import Invalid
from coprod_data.queries.audits_return import AnswerRow
from coprod_data.queries.settings import draft
from coprod_data.vocabulary.audits import AuditLevel, Rater
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.sign_in import reading, writing

FORM = "audit"
NOT_LOOKED = "none"
LEVELS = {str(level.value): level.words for level in AuditLevel} | {NOT_LOOKED: "Not looked at"}
LABELS = {
    Rater.SERVICE: {
        "level": "How well do we do this?",
        "evidence": "Evidence: what shows this, and where can it be seen?",
        "plan": "What will you do better, and by when?",
    },
    Rater.YOUNG_AUDITORS: {
        "level": "What did young auditors find?",
        "evidence": "What did they see? No names, please.",
    },
}


def level_words(level: int | None) -> str:
    """Return a level with its word; None is *not looked at*."""
    return LEVELS[NOT_LOOKED if level is None else str(level)]


def answer_form(return_id: int, one: AnswerRow, rater: Rater, *, next_id: int) -> None:
    """Show the form for a standard, as the service or for young auditors, then open the next."""
    labels, subject = LABELS[rater], f"{return_id}-{one.standard_id}-{rater.value[:5]}"
    stored = (
        {"evidence": one.evidence, "plan": one.plan}
        if rater is Rater.SERVICE
        else {"evidence": one.young_say}
    )
    with refusals(stop=True), reading() as (db, actor):
        start = {
            box: text if (typed := draft(db, actor, FORM, f"{subject}-{box}")) is None else typed
            for box, text in stored.items()
        }
    levels = list(LEVELS)
    level = st.radio(
        labels["level"],
        levels,
        index=_place(one, rater),
        format_func=LEVELS.__getitem__,
        horizontal=True,
        key=f"{subject}-level",
    )
    said = {
        box: st.text_area(
            labels[box],
            value=text,
            key=f"{subject}-{box}",
            on_change=_keep,
            args=(subject, box),
        )
        for box, text in start.items()
    }
    if rater is Rater.SERVICE and one.copied:
        show(
            "notice.html", tone="soon", icon="question", urgent=False, words="",
            title="This is last year's text, word for word. Is it still true?",
        )  # fmt: skip
    if st.button("Save and continue", type="primary", key=f"{subject}-save"):
        with saving(f"{one.reference} is saved.") as (db, actor):
            if level is None:
                raise Invalid(
                    "Choose a level first. You can choose “Not looked at”.", field="level"
                )
            answer_standard(
                db,
                actor,
                return_id,
                one.standard_id,
                rater=rater,
                level=None if level == NOT_LOOKED else int(level),
                **said,
            )
            for box in said:
                wipe_draft(db, actor, FORM, f"{subject}-{box}")
            st.query_params["standard"] = str(next_id)


def _place(one: AnswerRow, rater: Rater) -> int | None:
    if rater is Rater.SERVICE:
        level, given = one.level, one.answered
    else:
        level, given = one.young_level, one.young_level is not None
    return list(LEVELS).index(NOT_LOOKED if level is None else str(level)) if given else None


def _keep(subject: str, box: str) -> None:
    with refusals(), writing() as (db, actor):
        keep_draft(db, actor, FORM, f"{subject}-{box}", st.session_state[f"{subject}-{box}"])
