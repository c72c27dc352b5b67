"""What the opportunities say at once: the list that an address names, with the row it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from coprod_data.permissions import Actor, Permission
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
from coprod_data.queries.promise import themes
from coprod_data.queries.settings import targets
from coprod_data.vocabulary.opportunities import TO_ANSWER
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.parts.address import number_in, page_in
from pages.parts.answers import Address, Answer
from pages.parts.html import render
from pages.parts.looks import Look
from pages.parts.times import days
from pages.shared.lists import address, choice, filter_of, meanings
from pages.shared.themes import theme_named
from pages.together.opportunities_empty import none_yet
from pages.together.opportunities_rows import line, outcome_line, silent_line, waiting_row
from pages.together.opportunities_shown import (
    ASKED,
    BESIDE,
    BY_CODE,
    FOR_ME,
    GROUPS,
    HERE,
    ORDER,
    OUTCOMES,
    WORDS,
    Shown,
    sheet_of_list,
)

TITLE = "Opportunities"
ELSEWHERE = ("id", "outcome", "new")  # addresses of other views of the page
AWAITED = ("waiting", "answer")


@dataclass(frozen=True)
class Opportunities(Answer):
    """The answer, which list it is, and the opened row, whose forms follow the last block.

    Where there is no opportunity at all it has neither.
    """

    at: Shown | None = None
    opened: OpportunityRow | None = None


def answer(db: Any, actor: Actor, named: Address) -> Opportunities | None:
    """Return the list that an address names; without a name, those waiting for a member."""
    if any(name in named for name in ELSEWHERE):
        return None
    whole, parts = tally(db, actor), themes(db, actor)
    if not whole.by_state:
        return Opportunities(TITLE, (none_yet(actor, promised=bool(parts)),))
    limits = targets(db, actor)
    titles = {part.id: part.names for part in parts if part.id in whole.by_theme}
    theme_id = theme_named(db, actor, named, titles)
    counted = tally(db, actor, theme_id=theme_id) if theme_id else whole
    member = actor.may(Permission.OPPORTUNITIES_REPLY)
    asking = opportunities_asking_me(db, actor) if member else []
    to_sign = outcomes_to_sign(db, actor) if member else []
    at = _shown(db, actor, named, theme_id, counted, mine=len(asking) + len(to_sign))
    blocks = [
        render("lede.html", words=waiting_words(counted, limits.waiting[0])),
        *_filters(at, titles),
    ]
    opened, rest = None, list[Markup]()
    if at.group == FOR_ME:
        blocks.append(_listed(_for_me(asking, to_sign)))
    elif at.group == ASKED:
        silent = invitations_unanswered(db, actor, page=at.page)
        blocks.append(_listed([silent_line(row) for row in silent]))
    elif at.group in OUTCOMES or at.group == BY_CODE:
        blocks += _outcomes(db, actor, at)
    else:
        states = GROUPS[at.group][1]
        rows = opportunities(db, actor, states=states, theme_id=at.theme_id, page=at.page)
        if at.group in AWAITED and rows:
            opened = _opened(rows, named, may_act=member)
            before, rest = _waiting(actor, at, rows, opened, limits.waiting)
            blocks += before
        else:
            blocks.append(_listed([line(row) for row in rows]))
    rest += _more(at)
    suggests = actor.may(Permission.OPPORTUNITIES_SUGGEST)
    links = [("Suggest an opportunity", f"{HERE}?new=1")] if suggests else []
    rest.append(
        render(
            "leads_on.html", links=links, get=sheet_of_list(actor, at), meanings=meanings(limits)
        )
    )
    return Opportunities(TITLE, tuple(blocks), rest=tuple(rest), at=at, opened=opened)


def _shown(
    db: Any, actor: Actor, named: Address, theme_id: int | None, counted: Tally, *, mine: int
) -> Shown:
    numbers = {
        name: sum(counted.by_state.get(state, 0) for state in states)
        for name, (_, states) in GROUPS.items()
    }
    signed = outcomes_counted(db, actor, theme_id=theme_id)
    numbers |= {name: signed[state] for name, (_, state) in OUTCOMES.items()}
    numbers |= {BY_CODE: counted_by_code(db, actor, theme_id=theme_id), FOR_ME: mine}
    group = named.get("show", "waiting")
    if group == ASKED and actor.may(Permission.OPPORTUNITIES_SEE_SILENT):
        numbers[ASKED] = waits(db, actor).invitations.count
    group = group if group in numbers else "waiting"
    return Shown(
        group=group,
        theme_id=theme_id,
        page=page_in(named, numbers[group], PAGE_SIZE),
        numbers=numbers,
    )


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


def _filters(at: Shown, titles: dict[int, str]) -> list[Markup]:
    """Return the theme and what is for me, then which list, each with its number."""
    for_me = []
    if at.numbers[FOR_ME] or at.group == FOR_ME:
        chosen = at.group == FOR_ME
        href = HERE if chosen else address(HERE, show=FOR_ME)
        for_me = [choice("For me", href, number=at.numbers[FOR_ME], chosen=chosen)]
    theme = filter_of(
        "Theme", "All themes", titles, at.theme_id,
        lambda one: address(HERE, show=at.group, theme=one),
    )  # fmt: skip
    lists = [
        choice(WORDS[name], at.href(name), number=at.numbers[name], chosen=at.group == name)
        for name in (*ORDER, *BESIDE)
        if name == at.group or (at.numbers.get(name) and name in ORDER)
    ]
    return [
        render("filters_beside.html", filters=[theme], label="Only what is for me", choices=for_me),
        *([render("choices.html", label="Which opportunities", choices=lists)] if lists else ()),
    ]


def _opened(
    rows: Sequence[OpportunityRow], named: Address, *, may_act: bool
) -> OpportunityRow | None:
    """Return the opportunity that is open: named, else the first of a member."""
    number = number_in(named, "open")
    if number is None and may_act:
        return rows[0]
    return next((row for row in rows if row.id == number), None)


def _waiting(
    actor: Actor,
    at: Shown,
    rows: Sequence[OpportunityRow],
    opened: OpportunityRow | None,
    tiers: tuple[int, ...],
) -> tuple[list[Markup], list[Markup]]:
    """Return the heads of the columns and the rows: to the opened one, and those after it."""
    drawn = [
        render(
            "opportunity_row.html",
            row=waiting_row(row, tiers),
            toggle=at.href(at.group, open="0" if row is opened else row.id, page=_named(at.page)),
            opened=row is opened,
            asked=is_asked(row),
            reads_cards=actor.may(Permission.REPORT_CARDS_READ),
        )
        for row in rows
    ]
    whole = rows.index(opened) + 1 if opened else len(rows)
    heads = render("opportunity_columns.html", tiers=tiers, most=tiers[-1] * 9 / 8)
    return [heads, *drawn[:whole]], drawn[whole:]


def is_asked(row: OpportunityRow) -> bool:
    """Say whether the reader was asked to join and has not answered."""
    return row.mine is not None and row.mine.state in TO_ANSWER


def _outcomes(db: Any, actor: Actor, at: Shown) -> list[Markup]:
    by_code = at.group == BY_CODE
    state = OutcomeProgress.CO_SIGNED if by_code else OUTCOMES[at.group][1]
    rows = outcomes_listed(
        db, actor, state, theme_id=at.theme_id, by_code=by_code, page=at.page
    )  # fmt: skip
    blocks = []
    if at.numbers[BY_CODE] and at.group == "together":
        told = by_code_words(at.numbers[BY_CODE], at.numbers[at.group])
        blocks.append(render("lede.html", words=told))
        blocks.append(render("more.html", words="See them", href=at.href(BY_CODE)))
    return [*blocks, _listed([outcome_line(row, state) for row in rows])]


def _for_me(
    asking: Sequence[OpportunityRow], to_sign: Sequence[OutcomeRow]
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {
            "title": row.title,
            "detail": f"You were asked to join: {row.wording.help_wanted}",
            "state": Look("Waiting for your answer", "soon", "clock"),
            "word": None,
            "href": f"{HERE}?id={row.id}",
        }
        for row in asking
    ]
    rows += [
        {
            "title": out.title,
            "detail": out.what_changed,
            "state": Look("Please sign", "soon", "question"),
            "word": None,
            "href": f"{HERE}?id={out.opportunity_id}",
        }
        for out in to_sign
    ]
    return rows


def _listed(rows: list[dict[str, object]]) -> Markup:
    if rows:
        return render("list.html", rows=rows, empty="")
    return render(
        "empty.html", title="None of this kind", icon="together",
        words="Choose another list, or all themes.",
    )  # fmt: skip


def _more(at: Shown) -> list[Markup]:
    blocks = []
    if at.page > 1:
        href = at.href(at.group, page=_named(at.page - 1))
        blocks.append(render("more.html", words="The rows before these", href=href))
    if at.page * PAGE_SIZE < at.numbers[at.group] and at.group != FOR_ME:
        href = at.href(at.group, page=at.page + 1)
        blocks.append(render("more.html", words="The rows after these", href=href))
    return blocks


def _named(page: int) -> int | None:
    return page if page > 1 else None
