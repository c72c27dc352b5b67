"""Opportunities: which are waiting for a member, how long, and what happened to the others."""

from collections.abc import Iterable

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.opportunities import (
    OpportunityRow,
    Tally,
    opportunities,
    opportunities_asking_me,
    opportunity,
    tally,
)
from coprod_data.queries.outcomes import OutcomeRow, outcomes_to_sign, together_by_code
from coprod_data.queries.promise import ThemeRow, themes
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from pages.parts.address import follow, number_in_address, row_in_address, say_if_lost
from pages.parts.faults import refusals
from pages.parts.forms import inert
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import days
from pages.together.opportunities_joining import may_offer, offer, put_name_down
from pages.together.opportunities_one import one
from pages.together.opportunities_rows import chance, line
from pages.together.opportunities_steps import no_promise_yet, suggestion

TITLE = "Opportunities"
ALL = "all"
GROUPS = {
    "waiting": ("Waiting for one of us", (P.OPEN,)),
    "answer": ("Waiting for a young person’s yes", (P.OFFERED,)),
    "going": ("Working on it together", (P.MATCHED, P.WORKING, P.OUTCOME_PROPOSED)),
    "together": ("Done together", (P.CO_SIGNED,)),
    "suggested": ("Suggested", (P.SPOTTED, P.REVIEWED)),
    "parked": ("Parked", (P.PARKED,)),
    "declined": ("Not taken forward", (P.DECLINED,)),
}
AWAITED = ("waiting", "answer")  # shown in full; the first few of the others, one line each
SHORT = 6


def every() -> None:
    """Show all opportunities, those waiting for a member first."""
    with refusals(stop=True), reading() as (db, actor):
        can = frozenset(permission for permission in Permission if actor.may(permission))
        counted = tally(db, actor)
        parts = themes(db, actor)
        member = Permission.OPPORTUNITIES_REPLY in can
        asking = opportunities_asking_me(db, actor) if member else []
        to_sign = outcomes_to_sign(db, actor) if member else []
    if counted.by_state:
        show("lede.html", words=waiting_words(counted))
    say_if_lost("opportunity")
    if not counted.by_state:
        none_yet(can, promised=bool(parts))
        return
    for_me(asking, to_sign)
    theme_id, group = filters(parts, counted)
    shown = [group] if group != ALL else list(GROUPS)
    whole = states_of(name for name in shown if name in AWAITED or group != ALL)
    short = states_of(name for name in shown if name not in AWAITED and group == ALL)
    with refusals(stop=True), reading() as (db, actor):
        if theme_id is not None:
            counted = tally(db, actor, theme_id=theme_id)
        by_code = together_by_code(db, actor, theme_id=theme_id)
        rows = opportunities(db, actor, states=whole, theme_id=theme_id)
        if short:
            rows += opportunities(db, actor, states=short, theme_id=theme_id, each=SHORT)
    for name in shown:
        section(
            name, rows, can, counted, by_code=by_code, short=group == ALL and name not in AWAITED
        )
    if not rows:
        show(
            "empty.html", title="None of this kind", icon="together",
            words="Choose All above to see every opportunity.",
        )  # fmt: skip
    if Permission.OPPORTUNITIES_SUGGEST in can:
        show("link.html", words="Suggest an opportunity", href="/opportunities?new=1")
    download("opportunities", "this list", theme=theme_id)


def none_yet(can: frozenset[Permission], *, promised: bool) -> None:
    """Say that there is no opportunity yet, and what comes before the first."""
    if not promised:
        no_promise_yet()
        return
    more = None
    if Permission.OPPORTUNITIES_SUGGEST in can:
        more = ("Suggest an opportunity", "/opportunities?new=1")
    show(
        "empty.html", title="No opportunities yet", icon="together", more=more,
        words="An opportunity begins with what young people say. Read the report cards first.",
    )  # fmt: skip


def waiting_words(counted: Tally) -> str:
    """Return what is waiting as a sentence."""
    number = counted.by_state.get(P.OPEN, 0)
    if not number:
        return "Nothing is waiting for one of us."
    longest = f"The longest wait is {days(counted.longest)}." if counted.longest else ""
    return f"{number} waiting for one of us. {longest}"


def by_code_words(number: int, whole: int) -> str:
    """Return how many of those done together have a young side by card code only."""
    has = "has" if number == 1 else "have"
    return (
        f"{number} of {whole} {has} a young person’s signature by card code only, until "
        "somebody in the Youth Voice Team says that they know who signed."
    )


def for_me(asking: list[OpportunityRow], to_sign: list[OutcomeRow]) -> None:
    """Show what this reader was asked."""
    rows = [
        {
            "title": row.title,
            "detail": f"You were asked to join: {row.wording.help_wanted}",
            "state": Look("Waiting for your answer", "soon", "clock"),
            "word": None,
            "href": f"/opportunities?id={row.id}",
        }
        for row in asking
    ] + [
        {
            "title": out.title,
            "detail": out.what_changed,
            "state": Look("Please sign", "soon", "question"),
            "word": None,
            "href": f"/opportunities?id={out.opportunity_id}",
        }
        for out in to_sign
    ]
    if rows:
        show("section.html", title="For you", count=len(rows))
        show("list.html", rows=rows, empty="")


def filters(parts: list[ThemeRow], counted: Tally) -> tuple[int | None, str]:
    """Show the two filters. Returns the theme and the group chosen."""
    labels = {ALL: f"All {sum(counted.by_theme.values())}"} | {
        str(part.id): f"{inert(part.young_title)} {counted.by_theme[part.id]}"
        for part in parts
        if part.id in counted.by_theme
    }
    theme = st.pills(
        "Show opportunities about",
        list(labels),
        default=ALL,
        required=True,
        format_func=lambda key: labels[key],
        key="opportunities-theme",
    )
    named = st.query_params.get("show", ALL)
    follow("opportunities", {"opportunities-group": named if named in GROUPS else ALL})
    group = st.pills(
        "Show opportunities that are",
        [ALL, *GROUPS],
        required=True,
        format_func=lambda key: GROUPS[key][0] if key in GROUPS else "All",
        key="opportunities-group",
    )
    return (None if theme in (None, ALL) else int(theme)), group or ALL


def states_of(names: Iterable[str]) -> list[P]:
    """Return the states that these groups hold."""
    return [state for name in names for state in GROUPS[name][1]]


def section(
    name: str,
    rows: list[OpportunityRow],
    can: frozenset[Permission],
    counted: Tally,
    *,
    by_code: int,
    short: bool,
) -> None:
    """Show one group: those waiting in full, others one line each, a few of a `short` group."""
    title, states = GROUPS[name]
    mine = [row for row in rows if row.state in states]
    if not mine:
        return
    number = sum(counted.by_state.get(state, 0) for state in states)
    show("section.html", title=title, count=number)
    if name == "together" and by_code:
        show("lede.html", words=by_code_words(by_code, number))
    if name in AWAITED:
        for row in mine:
            with st.container(key=f"opportunity-{row.id}"):
                show("opportunity.html", row=chance(row), level=3)
                if may_offer(row, can):
                    offer(row)
    else:
        mine = mine[:SHORT] if short else mine
        show("list.html", rows=[line(row) for row in mine], empty="")
    if len(mine) < number:
        if short:
            show("link.html", words=f"See all {number}", href=f"/opportunities?show={name}")
        else:
            words = f"These are {len(mine)} of {number}. The list below, to download, holds all."
            show("lede.html", words=words)


chosen = row_in_address(opportunity)
new = "new" in st.query_params
open_page(
    chosen.title if chosen else "Suggest an opportunity" if new else TITLE,
    Permission.OPPORTUNITIES_READ,
    back=("All opportunities", "/opportunities") if chosen or new else None,
)
put_name_down()
if chosen:
    one(chosen)
elif new:
    suggestion(entry_id=number_in_address("entry"), card_id=number_in_address("card"))
else:
    every()
