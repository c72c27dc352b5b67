"""The form in which a paper is written, heading by heading."""

from collections.abc import Iterable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coprod_data.commands.papers import change_paper
from coprod_data.queries.papers import PaperDetail
from coprod_data.rules.paper_said import LINES, PaperSaid
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.base import Worded
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.papers import (
    HEADINGS,
    Considered,
    DecisionType,
    PaperPart,
    PaperStatus,
    RiskLevel,
)
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import Form, carried_form
from pages.parts.forms import words_of
from pages.parts.html import show
from pages.parts.times import A_DAY, on, typed_day

CHOICES: dict[PaperPart, type[Worded]] = {
    PaperPart.DECISION_TYPE: DecisionType,
    PaperPart.STATUS: PaperStatus,
    PaperPart.RISK_CURRENT: RiskLevel,
    PaperPart.RISK_RESIDUAL: RiskLevel,
}
BOXES = {PaperPart.AS_AT: "day"}  # where the name of a box is not that of its part
POSTS = (PaperPart.PORTFOLIO_HOLDER, PaperPart.EXECUTIVE_DIRECTOR)
NAMES = {
    "title": "Title",
    **{part.value: part.words for part in PaperPart if part is not PaperPart.TITLE},
    "figures_on": "Day of the figures",
}


def compose(found: PaperDetail) -> None:
    """Show the form that writes a draft."""
    values = found.said.values
    form = carried_form("paper", found.row.id, values, NAMES)
    form.begin()
    typed: dict[str, Any] = {
        "title": form.line("Title", "title", place=TextPlace.PAPER_TITLE, longest=160)
    }
    front = (*CHOICES, *map(PaperPart, LINES), PaperPart.CONSIDERED, *POSTS)
    with _fold(form, found, "Its header, decision and risks", *front):
        _header(found)
        left, right = st.columns(2)
        for place, (part, members) in enumerate(CHOICES.items()):
            with right if place % 2 else left:
                typed[part.value] = _choice(form, part, members)
        with left:
            for name, longest in LINES.items():
                typed[name] = form.line(
                    PaperPart(name).words, name, place=None, longest=longest
                )  # fmt: skip
        with right:
            typed["considered"] = _considered(form)
    for part in HEADINGS:
        with _fold(form, found, part.words, part):
            if words := _help(found, part):
                st.text(words)
            typed[part.value] = form.area(
                part.words, part.value, place=TextPlace.PAPER_TEXT, label_visibility="collapsed"
            )
    was = found.said.figures_on
    with _fold(form, found, PaperPart.AS_AT.words, PaperPart.AS_AT):
        day = form.line(
            f"Figures as at, for example {A_DAY}", "day", place=None, first=on(was) if was else ""
        )
    if st.button("Save this paper", type="primary", key=f"{form.key}-save"):
        with form.saving("Saved.") as (db, actor):
            typed["figures_on"] = typed_day(day, "day", Meant.NEAREST)
            change_paper(
                db, actor, found.row.id, said=PaperSaid.of(typed), opened=form.opened
            )  # fmt: skip


def _fold(form: Form, found: PaperDetail, words: str, *parts: PaperPart) -> DeltaGenerator:
    """Show the heading of some parts, with how many are still open. Returns where they come."""
    show("paper_place.html", ids=[f"paper-{part.value}" for part in parts])
    left = len({place.part for place in found.open} & {*parts})
    how = "" if not left else ": still open" if len(parts) == 1 else f": {left} still open"
    boxes = {BOXES.get(part, part.value) for part in parts}
    return st.expander(f"{words}{how}", expanded=not boxes.isdisjoint(form.carried.typed or {}))


def _header(found: PaperDetail) -> None:
    names = (found.header.portfolio_holder, found.header.executive_director)
    for part, name in zip(POSTS, names, strict=True):
        st.text(f"{part.words}: {name or 'nobody yet'}. Changed under “Who holds which office”.")


def _choice(form: Form, part: PaperPart, members: Iterable[Worded]) -> Any:
    return st.selectbox(
        labelled(part.words), list(members), format_func=words_of, index=None,
        placeholder="Not chosen yet",
        **form.choice(part.value, members, form.carried.start[part.value]),
    )  # fmt: skip


def _considered(form: Form) -> tuple[Considered, ...]:
    st.text("These have been considered")
    before = form.carried.start["considered"]
    return tuple(
        one
        for one in Considered
        if st.checkbox(one.words, **form.choice(f"tick-{one}", (True, False), one in before))
    )


def _help(found: PaperDetail, part: PaperPart) -> str | None:
    spent = found.spent
    match part:
        case PaperPart.FINANCIAL if spent.money:
            return f"The paper adds: sessions since {on(found.since)}: {spent.money}."
        case PaperPart.CLIMATE if spent.miles:
            return f"The paper adds: sessions since {on(found.since)}: {spent.miles:,} miles."
        case PaperPart.BACKGROUND:
            return "Each paper on a line, with its web address."
        case _:
            return None
