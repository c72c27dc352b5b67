"""The plan on one screen: every commitment in its theme, and the filters that its address names."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from coprod_data.permissions import KEEPERS, Permission
from coprod_data.queries.actions import ActionRow, action_plan
from coprod_data.queries.actions_chosen import Chosen
from coprod_data.queries.actions_listed import action_owners, actions_counted
from coprod_data.queries.actions_progress import (
    CommitmentProgress,
    ThemeProgress,
    progress_by_theme,
)
from coprod_data.queries.groups import open_groups
from coprod_data.queries.people import my_services, persons_with_role, services
from coprod_data.queries.settings import targets
from coprod_data.queries.way import way_of_theme
from coprod_data.rules.clocks import london_day
from coprod_data.rules.titles import both_names
from coprod_data.vocabulary.actions import CommitmentState, Listed, Only
from coprod_data.vocabulary.labels import labelled
from pages.parts.address import choose, number_in_address
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.looks import look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import on
from pages.promise.actions_plan_rows import commitment_row, opened_values
from pages.promise.actions_rows import HERE
from pages.shared.lists import Choice, address, choice, choices, explain
from pages.shared.propose_action import propose_form
from pages.shared.themes import theme_in_address
from pages.shared.way import came_of, way_to


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


def show_plan() -> None:
    """Show every commitment that the address chooses, with the one it opens."""
    with refusals(stop=True), reading() as (db, actor):
        themes = progress_by_theme(db, actor)
        named = {row.id: row.name for row in services(db, actor)}
        owners = action_owners(db, actor)
        numbers = actions_counted(db, actor)
        limits = targets(db, actor)
        today = london_day(actor.at)
        manages = actor.may(Permission.ACTIONS_UPDATE_OWN)
        writes_promise = actor.may(Permission.SETTINGS_CHANGE) or actor.may(
            Permission.PROMISE_ADOPT
        )
    if not themes:
        no_promise_yet(writes_promise)
        return
    rows = [row for theme in themes for row in theme.commitments]
    titles = {theme.id: both_names(theme.title, theme.young_title) for theme in themes}
    at = _chosen(titles, named, owners)
    choices("Which commitments, by state", _states(rows, at))
    with st.container(key="plan-filters", horizontal=True):
        choose("theme", titles, at.theme, label="Theme", every="All themes")
        choose("service", named, at.service, label="Service", every="All services")
        choose("owner", owners, at.owner, label="Owner", every="All owners")
        choices("Which commitments, by what is wrong", _only(rows, at, mine=manages))
    found = at.passing(rows)
    show("printed.html", words=_printed(at, titles, named, owners, today))
    opened = next((row for row in found if str(row.id) == st.query_params.get("open")), None)
    actions: list[ActionRow] = []
    if opened:
        with refusals(stop=True), reading() as (db, actor):
            actions = action_plan(db, actor, which=Listed.ALL, commitment_id=opened.id)
    show(
        "plan.html",
        themes=[_theme(theme, found, at, opened, limits.drift) for theme in themes],
        found=len(found),
        opened=opened and opened_values(opened, actions),
        clear=HERE,
    )
    came_of(way_to(way_of_theme, at.theme))
    explain(limits)
    show("plan_links.html", links=_links(numbers))
    download(
        "actions", "the plan",
        theme=at.theme, service=at.service, owner=at.owner, state=at.state, only=at.only,
    )  # fmt: skip
    _proposing(rows)


def _chosen(themes: dict[int, str], named: dict[int, str], owners: dict[int, str]) -> Chosen:
    def one_of(name: str, known: dict[int, str]) -> int | None:
        number = number_in_address(name)
        return number if number in known else None

    state, only = st.query_params.get("state"), st.query_params.get("only", "")
    return Chosen(
        theme=theme_in_address(themes),
        service=one_of("service", named),
        owner=one_of("owner", owners),
        state=CommitmentState(state) if state in list(CommitmentState) else None,
        only=Only(only) if only in list(Only) else None,
    )


def _printed(
    at: Chosen,
    themes: dict[int, str],
    named: dict[int, str],
    owners: dict[int, str],
    today: date,
) -> str:
    """Return of which day a printed plan is, and what was chosen."""
    chosen = [
        themes.get(at.theme or 0, ""), named.get(at.service or 0, ""),
        owners.get(at.owner or 0, ""),
        at.state.words if at.state else "", at.only.words if at.only else "",
    ]  # fmt: skip
    only = ", ".join(words for words in chosen if words)
    return f"As on {on(today)}. " + (f"Only: {only}." if only else "All commitments.")


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


def _links(numbers: dict[Listed, int]) -> list[tuple[str, str]]:
    proposed, every, dropped = (
        numbers[one] for one in (Listed.PROPOSED, Listed.ALL, Listed.DROPPED)
    )
    links = []
    if proposed:
        many = f"{proposed} proposed actions are" if proposed > 1 else "1 proposed action is"
        links.append((f"{many} waiting for the chair", address(HERE, list=Listed.PROPOSED)))
    if every:
        words = f"All {every} actions as a list" if every > 1 else "1 action as a list"
        links.append((words, address(HERE, list=Listed.ALL)))
        links.append(("What moved, month by month", address(HERE, show="moved")))
    if left := numbers[Listed.NO_OWNER]:
        have = f"{left} actions have" if left > 1 else "1 action has"
        links.append((f"{have} no owner", address(HERE, list=Listed.NO_OWNER)))
    if dropped:
        many = f"{dropped} actions were" if dropped > 1 else "1 action was"
        links.append((f"{many} dropped or turned down", address(HERE, list=Listed.DROPPED)))
    return links


def _proposing(commitments: Sequence[CommitmentProgress]) -> None:
    """Show the form that proposes an action to those who may."""
    with refusals(stop=True), reading() as (db, actor):
        if not actor.may(Permission.ACTIONS_PROPOSE):
            return
        named = services(db, actor)
        manages = actor.may(Permission.ACTIONS_UPDATE_OWN)
        own = tuple(row.id for row in my_services(db, actor)) if manages else ()
        people = persons_with_role(db, actor, *KEEPERS)
        partners = open_groups(db, actor)
        me = actor.id
    if named:
        propose_form(commitments, people, named, partners, own, me)
    else:
        st.text("An action belongs to a service. The administrator names the services in Set-up.")


def no_promise_yet(writes_promise: bool) -> None:
    """Say what comes before the first action, with a link for those who may do it."""
    show(
        "empty.html",
        title=labelled("There is no Promise yet"),
        words="Write down its themes and commitments first. Each commitment then has its actions."
        if writes_promise
        else "The chair and the administrator write it down in Set-up. "
        "Each commitment then has its actions.",
        icon="promise",
        more=("Go to Set-up", "/set_up") if writes_promise else None,
    )
