"""What the plan says at once: every commitment in its theme, as its address chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.actions import ActionRow, action_plan
from coprod_data.queries.actions_chosen import Chosen
from coprod_data.queries.actions_listed import action_owners, actions_counted
from coprod_data.queries.actions_progress import (
    CommitmentProgress,
    ThemeProgress,
    progress_by_theme,
)
from coprod_data.queries.opportunities_sources import Voice, voices_behind
from coprod_data.queries.people import services
from coprod_data.queries.promise_plan import PlanRuns, plan_runs
from coprod_data.queries.settings import Targets, targets
from coprod_data.rules.titles import both_names
from coprod_data.vocabulary.actions import CommitmentState, Listed, Only
from coprod_data.vocabulary.labels import labelled
from pages.parts.address import number_in
from pages.parts.answers import Address, Answer
from pages.parts.html import render
from pages.parts.looks import look
from pages.promise.actions_plan_rows import commitment_row, opened_values
from pages.promise.actions_rows import HERE
from pages.promise.actions_since import widest_gap
from pages.shared.as_at import asks_for_then
from pages.shared.lists import Choice, address, choice, filter_of
from pages.shared.plan_runs import plan_words
from pages.shared.promise_missing import no_promise_yet
from pages.shared.themes import theme_named

WORKED = {
    Listed.TOGETHER: "are worked on together with young people",
    Listed.YOUNG_LED: "are led by young people",
    Listed.STAFF_ONLY: "are done by staff only",
}
ELSEWHERE = ("action", "commitment", "list", "show")  # addresses of other views of the page


def title() -> str:
    """Return the heading of the plan."""
    return labelled("The Promise: are we keeping it?")


@dataclass(frozen=True)
class Plan(Answer):
    """The answer, and what the page needs for what comes after it; no rows before a Promise."""

    at: Chosen = Chosen()
    rows: tuple[CommitmentProgress, ...] = ()
    numbers: dict[Listed, int] = field(default_factory=dict)
    limits: Targets | None = None


def answer(db: Any, actor: Actor, named: Address) -> Plan | None:
    """Return the commitments that an address chooses, with the one it opens."""
    if asks_for_then(named) or any(name in named for name in ELSEWHERE):
        return None
    themes = progress_by_theme(db, actor)
    if not themes:
        return Plan(title(), (no_promise_yet(actor, "Each commitment then has its actions."),))
    served = {row.id: row.name for row in services(db, actor)}
    owners = action_owners(db, actor)
    numbers, runs = actions_counted(db, actor), plan_runs(db, actor)
    limits = targets(db, actor)
    rows = [row for theme in themes for row in theme.commitments]
    titles = {theme.id: both_names(theme.title, theme.young_title) for theme in themes}
    at = _chosen(named, theme_named(db, actor, named, titles), served, owners)
    found = at.passing(rows)
    opened = next((row for row in found if str(row.id) == named.get("open")), None)
    actions = action_plan(db, actor, which=Listed.ALL, commitment_id=opened.id) if opened else []
    filters = [
        filter_of(
            "Theme", "All themes", titles, at.theme, lambda one: href(replace(at, theme=one))
        ),
        filter_of(
            "Service",
            "All services",
            served,
            at.service,
            lambda one: href(replace(at, service=one)),
        ),
        filter_of(
            "Owner", "All owners", owners, at.owner, lambda one: href(replace(at, owner=one))
        ),
    ]
    blocks = (
        render("choices.html", label="Which commitments, by state", choices=_states(rows, at)),
        render(
            "filters.html",
            filters=filters,
            label="Which commitments, by what is wrong",
            choices=_only(rows, at, mine=actor.may(Permission.ACTIONS_UPDATE_OWN)),
        ),
        *(widest_gap(db, actor, found, limits.drift) if at.only is Only.GAP else ()),
        render(
            "plan.html",
            themes=[_theme(theme, found, at, opened, limits.drift) for theme in themes],
            found=len(found),
            opened=opened and opened_values(opened, actions, _behind(db, actor, actions)),
            clear=HERE,
        ),
        *_runs(runs, rows, numbers),
    )
    return Plan(
        title(),
        blocks,
        at=at,
        rows=tuple(rows),
        numbers=numbers,
        limits=limits,
    )


def _behind(db: Any, actor: Actor, actions: Sequence[ActionRow]) -> list[Voice]:
    """Return words that may be shown to a room behind actions of which nobody spoke."""
    came_from = {one.opportunity_id for one in actions if one.opportunity_id is not None}
    if any(one.young_say for one in actions) or not came_from:
        return []
    if not actor.may(Permission.OPPORTUNITIES_READ):
        return []
    heard = voices_behind(db, actor, came_from, for_a_room=True, each=1)
    return [voice for voices in heard.values() for voice in voices]


def _runs(
    runs: PlanRuns | None, rows: Sequence[CommitmentProgress], numbers: Mapping[Listed, int]
) -> list[Markup]:
    """Return when the plan runs and who works on its actions; nothing where neither is known."""
    words = plan_words(runs, sum(row.met for row in rows), sum(row.whole for row in rows))
    by = [
        (numbers[one], what, address(HERE, list=one)) for one, what in WORKED.items()
        if numbers[one]
    ]  # fmt: skip
    if not words and not by:
        return []
    return [render("plan_runs.html", words=words, picture=address(HERE, show="milestones"), by=by)]


def href(at: Chosen, **also: object) -> str:
    """Return the address of the plan with what is chosen."""
    named = {
        "theme": at.theme,
        "service": at.service,
        "owner": at.owner,
        "state": at.state,
        "only": at.only,
    }
    return address(HERE, **named, **also)


def _chosen(
    named: Address, theme: int | None, served: dict[int, str], owners: dict[int, str]
) -> Chosen:
    service, owner = number_in(named, "service"), number_in(named, "owner")
    state, only = named.get("state", ""), named.get("only", "")
    return Chosen(
        theme=theme,
        service=service if service in served else None,
        owner=owner if owner in owners else None,
        state=CommitmentState(state) if state in list(CommitmentState) else None,
        only=Only(only) if only in list(Only) else None,
    )


def _states(rows: Sequence[CommitmentProgress], at: Chosen) -> list[Choice]:
    every = replace(at, state=None)
    links = [
        choice(
            "in all", href(every), number=len(every.passing(rows)),
            chosen=at.state is None, tone="plain",
        )
    ]  # fmt: skip
    for state in sorted(CommitmentState, key=lambda one: one is not CommitmentState.KEPT):
        one = replace(at, state=state)
        number = len(one.passing(rows))
        if number or at.state is state:
            shown = look(state)
            links.append(
                choice(
                    state.words.lower(), href(one), number=number,
                    chosen=at.state is state, tone=shown.tone, icon=shown.icon,
                )
            )  # fmt: skip
    return links


def _only(rows: Sequence[CommitmentProgress], at: Chosen, *, mine: bool) -> list[Choice]:
    links = []
    for one in Only:
        if one is Only.MINE and not mine:
            continue
        chosen = at.only is one
        number = len(replace(at, only=one).passing(rows))
        there = href(replace(at, only=None if chosen else one))
        if number or chosen:
            links.append(choice(one.words, there, number=number, chosen=chosen))
    return links


def _theme(
    theme: ThemeProgress,
    found: Sequence[CommitmentProgress],
    at: Chosen,
    opened: CommitmentProgress | None,
    tiers: Sequence[int],
) -> dict[str, object]:
    return {
        "id": theme.id,
        "title": theme.title,
        "young_title": theme.young_title,
        "icon": theme.icon,
        "rows": [
            {
                **commitment_row(row, tiers),
                "open": row is opened,
                "href": href(at) if row is opened else href(at, open=row.id),
            }
            for row in found
            if row.theme_id == theme.id
        ],
    }
