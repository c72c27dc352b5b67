"""Answering one standard of the audit."""

from typing import Any

import streamlit as st

from coprod_data.commands.audits import answer_standard
from coprod_data.permissions import Invalid
from coprod_data.queries.audits_answers import AnswerRow
from coprod_data.vocabulary.audits import AuditLevel, Rater
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.carried_values import shown
from pages.parts.html import show

NOT_LOOKED = "none"
LEVELS = {str(level.value): level.words for level in AuditLevel} | {NOT_LOOKED: "Not looked at"}
COPIED = {"evidence": "The evidence", "plan": "The plan"}
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


PLACES = {"evidence": TextPlace.AUDIT_EVIDENCE, "plan": TextPlace.AUDIT_PLAN}


def answer_form(return_id: int, one: AnswerRow, rater: Rater, *, next_id: int) -> None:
    """Show the form for a standard, as the service or for young auditors, then open the next."""
    labels = LABELS[rater]
    subject = f"{return_id}-{one.standard_id}-{rater.value[:5]}"
    values = (
        {
            "answered": one.answered,
            "level": one.level,
            "evidence": one.evidence,
            "plan": one.plan,
        }
        if rater is Rater.SERVICE
        else {"level": one.young_level, "evidence": one.young_say}
    )
    form = carried_form("audit", subject, values, labels, key=subject, tell=_told)
    form.begin()
    level = st.radio(
        labels["level"],
        list(LEVELS),
        index=None,
        format_func=_explained,
        **form.kept("chosen", _chosen(one, rater)),
    )
    said = {
        box: form.area(labels[box], box, place=place)
        for box, place in PLACES.items()
        if box in values
    }
    if rater is Rater.SERVICE and one.copied:
        show(
            "notice.html", tone="soon", icon="question", urgent=False, words="",
            title=f"{' and '.join(COPIED[name] for name in one.copied)}: last year’s text, word "
            "for word. Is it still true?",
        )  # fmt: skip
    if st.button("Save and continue", type="primary", key=f"{subject}-save"):
        with form.saving(f"{one.reference} is saved.") as (db, actor):
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
                opened=form.opened,
                **said,
            )
            st.query_params["standard"] = str(next_id)


def _explained(key: str) -> str:
    if key == NOT_LOOKED:
        return LEVELS[key]
    return f"{LEVELS[key]}: {AuditLevel(int(key)).explained}"


def _chosen(one: AnswerRow, rater: Rater) -> str | None:
    if rater is Rater.SERVICE:
        level, given = one.level, one.answered
    else:
        level, given = one.young_level, one.young_level is not None
    return (NOT_LOOKED if level is None else str(level)) if given else None


def _told(name: str, value: Any) -> str:
    return level_words(value) if name == "level" else shown(value)
