"""The lists of opportunities: which the address names, and a row for each in it."""

from dataclasses import dataclass

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.opportunities import (
    PAGE_SIZE,
    OpportunityRow,
    opportunities,
    opportunities_asking_me,
)
from coprod_data.queries.opportunities_counted import Tally, tally
from coprod_data.queries.opportunities_silent import invitations_unanswered
from coprod_data.queries.outcomes import OutcomeRow, outcomes_to_sign
from coprod_data.queries.outcomes_listed import counted_by_code, outcomes_counted, outcomes_listed
from coprod_data.queries.overview import waits
from coprod_data.queries.promise import ThemeRow, themes
from coprod_data.queries.settings import targets
from coprod_data.vocabulary.opportunities import InvitationProgress
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.parts.address import choose, number_in_address, say_if_lost
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import days
from pages.shared.lists import address, choice, choices, explain
from pages.shared.themes import theme_in_address
from pages.together.opportunities_joining import answer, may_offer, offer
from pages.together.opportunities_rows import line, outcome_line, silent_line, waiting_row
from pages.together.opportunities_steps import none_yet

HERE = "/opportunities"
GROUPS = {  # by their names in the address
    "waiting": ("Awaiting a member", (P.OPEN,)),
    "answer": ("Awaiting a young person", (P.OFFERED,)),
    "going": ("Working together", (P.MATCHED, P.WORKING, P.OUTCOME_PROPOSED)),
    "suggested": ("Suggested", (P.SPOTTED, P.REVIEWED)),
    "parked": ("Parked", (P.PARKED,)),
    "declined": ("Not taken forward", (P.DECLINED, P.CLOSED)),
}
OUTCOMES = {
    "together": ("Done together", OutcomeProgress.CO_SIGNED),
    "signature": ("Waiting for a signature", OutcomeProgress.STAFF_SAY_DONE),
    "sent_back": ("Sent back", OutcomeProgress.DISPUTED),
}
FOR_ME, ASKED, BY_CODE = "mine", "asked", "code"
AWAITED = ("waiting", "answer")


@dataclass(frozen=True)
class Shown:
    """The list that the address names, with how many rows each list has."""

    group: str
    theme_id: int | None
    page: int
    numbers: dict[str, int]

    def href(self, group: str, **also: object) -> str:
        """Return the address of a list, with the theme chosen."""
        return address(HERE, show=group, theme=self.theme_id, **also)


def every() -> None:
    """Show the list that the address names; without a name, those waiting for a member."""
    with refusals(stop=True), reading() as (db, actor):
        can = frozenset(permission for permission in Permission if actor.may(permission))
        whole = tally(db, actor)
        parts = themes(db, actor)
        limits = targets(db, actor)
    if not whole.by_state:
        say_if_lost("opportunity")
        none_yet(can, promised=bool(parts))
        return
    titles = _titles(parts, whole)
    theme_id = theme_in_address(titles)
    group = st.query_params.get("show", "waiting")
    with refusals(stop=True), reading() as (db, actor):
        counted = tally(db, actor, theme_id=theme_id)
        numbers = {
            name: sum(counted.by_state.get(state, 0) for state in states)
            for name, (_, states) in GROUPS.items()
        }
        signed = outcomes_counted(db, actor, theme_id=theme_id)
        numbers |= {name: signed[state] for name, (_, state) in OUTCOMES.items()}
        numbers[BY_CODE] = counted_by_code(db, actor, theme_id=theme_id)
        member = Permission.OPPORTUNITIES_REPLY in can
        asking = opportunities_asking_me(db, actor) if member else []
        to_sign = outcomes_to_sign(db, actor) if member else []
        numbers[FOR_ME] = len(asking) + len(to_sign)
        if group == ASKED and Permission.OPPORTUNITIES_SEE_SILENT in can:
            numbers[ASKED] = waits(db, actor).invitations.count
    at = Shown(
        group=group if group in numbers else "waiting",
        theme_id=theme_id,
        page=max(1, number_in_address("page") or 1),
        numbers=numbers,
    )
    show("lede.html", words=waiting_words(counted, limits.waiting[0]))
    say_if_lost("opportunity")
    _filters(at, titles)
    if at.group in OUTCOMES or at.group == BY_CODE:
        _outcomes(at)
    elif at.group == FOR_ME:
        _for_me(asking, to_sign)
    elif at.group == ASKED:
        _asked(at)
    else:
        _opportunities(at, can, limits.waiting)
    _more(at)
    explain(limits)
    if Permission.OPPORTUNITIES_SUGGEST in can:
        show("link.html", words="Suggest an opportunity", href=f"{HERE}?new=1")
    _download(at)


def _download(at: Shown) -> None:
    """Offer the rows of the list as a sheet, where it has one: not who was asked, nor my own."""
    if not at.numbers[at.group]:
        return
    if at.group in GROUPS:
        states = ",".join(GROUPS[at.group][1])
        download("opportunities", "this list", theme=at.theme_id, state=states)
    elif at.group in OUTCOMES:
        download("outcomes", "this list", theme=at.theme_id, state=OUTCOMES[at.group][1])
    elif at.group == BY_CODE:
        signed = OutcomeProgress.CO_SIGNED
        download("outcomes", "this list", theme=at.theme_id, state=signed, by_code="1")


def _titles(parts: list[ThemeRow], counted: Tally) -> dict[int, str]:
    return {part.id: part.names for part in parts if part.id in counted.by_theme}


def waiting_words(counted: Tally, target: int) -> str:
    """Return what is waiting as a sentence."""
    number = counted.by_state.get(P.OPEN, 0)
    if not number:
        return "Nothing is waiting for one of us."
    longest = f" The longest has waited {days(counted.longest)}." if counted.longest else ""
    return f"{number} waiting for one of us.{longest} We aim for {days(target)}."


def by_code_words(number: int, whole: int) -> str:
    """Return how many of those done together have a young side by card code only."""
    has = "has" if number == 1 else "have"
    return (
        f"{number} of {whole} {has} a young person’s signature by card code only, until "
        "somebody in the Youth Voice Team says that they know who signed."
    )


def _filters(at: Shown, titles: dict[int, str]) -> None:
    with st.container(key="beside-heading", horizontal=True):
        choose("theme", titles, at.theme_id, label="Theme", every="All themes")
        if at.numbers[FOR_ME] or at.group == FOR_ME:
            chosen = at.group == FOR_ME
            href = HERE if chosen else address(HERE, show=FOR_ME)
            mine = choice("For me", href, number=at.numbers[FOR_ME], chosen=chosen)
            choices("Only what is for me", [mine])
    order = ["waiting", "answer", "going", "together", "suggested", "parked", "declined"]
    beside = ["signature", "sent_back", BY_CODE, ASKED]
    words = {name: title for name, (title, _) in (GROUPS | OUTCOMES).items()}
    words |= {ASKED: "Asked, no answer yet", BY_CODE: "By card code only"}
    choices(
        "Which opportunities",
        [
            choice(words[name], at.href(name), number=at.numbers[name], chosen=at.group == name)
            for name in (*order, *beside)
            if name == at.group or (at.numbers.get(name) and name in order)
        ],
    )


def _opportunities(at: Shown, can: frozenset[Permission], tiers: tuple[int, ...]) -> None:
    states = GROUPS[at.group][1]
    with refusals(stop=True), reading() as (db, actor):
        rows = opportunities(db, actor, states=states, theme_id=at.theme_id, page=at.page)
    if not rows:
        _none()
    elif at.group not in AWAITED:
        show("list.html", rows=[line(row) for row in rows], empty="")
    else:
        opened = _opened(rows, may_act=Permission.OPPORTUNITIES_REPLY in can)
        show("opportunity_columns.html", tiers=tiers, most=tiers[-1] * 9 / 8)
        for row in rows:
            _row(at, row, can, tiers, is_open=row.id == opened)


def _opened(rows: list[OpportunityRow], *, may_act: bool) -> int:
    """Return the number of the opportunity that is open: named, else the first of a member."""
    named = number_in_address("open")
    if named is None and may_act:
        return rows[0].id
    return named or 0


def _row(
    at: Shown,
    row: OpportunityRow,
    can: frozenset[Permission],
    tiers: tuple[int, ...],
    *,
    is_open: bool,
) -> None:
    asked = row.mine is not None and row.mine.state is InvitationProgress.INVITED
    with st.container(key=f"opportunity-{row.id}"):
        show(
            "opportunity_row.html",
            row=waiting_row(row, tiers),
            toggle=at.href(at.group, open="0" if is_open else row.id, page=_named(at.page)),
            opened=is_open,
            asked=asked,
            reads_cards=Permission.REPORT_CARDS_READ in can,
        )
        if not is_open:
            return
        if may_offer(row, can) and not asked:
            offer(row)
        answer(row)


def _outcomes(at: Shown) -> None:
    by_code = at.group == BY_CODE
    state = OutcomeProgress.CO_SIGNED if by_code else OUTCOMES[at.group][1]
    with refusals(stop=True), reading() as (db, actor):
        rows = outcomes_listed(
            db, actor, state, theme_id=at.theme_id, by_code=by_code, page=at.page
        )  # fmt: skip
    if at.numbers[BY_CODE] and at.group == "together":
        show("lede.html", words=by_code_words(at.numbers[BY_CODE], at.numbers[at.group]))
        show("more.html", words="See them", href=at.href(BY_CODE))
    if rows:
        show("list.html", rows=[outcome_line(row, state) for row in rows], empty="")
    else:
        _none()


def _asked(at: Shown) -> None:
    with refusals(stop=True), reading() as (db, actor):
        rows = invitations_unanswered(db, actor, page=at.page)
    if rows:
        show("list.html", rows=[silent_line(row) for row in rows], empty="")
    else:
        _none()


def _for_me(asking: list[OpportunityRow], to_sign: list[OutcomeRow]) -> None:
    rows = [
        {
            "title": row.title,
            "detail": f"You were asked to join: {row.wording.help_wanted}",
            "state": Look("Waiting for your answer", "soon", "clock"),
            "word": None,
            "href": f"{HERE}?id={row.id}",
        }
        for row in asking
    ] + [
        {
            "title": out.title,
            "detail": out.what_changed,
            "state": Look("Please sign", "soon", "question"),
            "word": None,
            "href": f"{HERE}?id={out.opportunity_id}",
        }
        for out in to_sign
    ]
    if rows:
        show("list.html", rows=rows, empty="")
    else:
        _none()


def _none() -> None:
    show(
        "empty.html", title="None of this kind", icon="together",
        words="Choose another list, or all themes.",
    )  # fmt: skip


def _more(at: Shown) -> None:
    if at.page > 1:
        href = at.href(at.group, page=_named(at.page - 1))
        show("more.html", words="The rows before these", href=href)
    if at.page * PAGE_SIZE < at.numbers[at.group] and at.group != FOR_ME:
        href = at.href(at.group, page=at.page + 1)
        show("more.html", words="The rows after these", href=href)


def _named(page: int) -> int | None:
    return page if page > 1 else None
