"""The action plan against The Promise: are we keeping it, and who owes what next?"""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from coprod_data.permissions import Permission, Role
from coprod_data.queries.actions import (
    ActionRow,
    action_plan,
    actions_to_approve,
    my_actions,
)
from coprod_data.queries.actions_movement import movement
from coprod_data.queries.actions_progress import (
    CommitmentProgress,
    ThemeProgress,
    progress_by_theme,
)
from coprod_data.queries.events_of import history_of_commitment
from coprod_data.queries.groups import open_groups
from coprod_data.queries.people import my_services, persons_with_role, services
from coprod_data.queries.settings import targets
from coprod_data.vocabulary.actions import CommitmentState
from pages.parts.address import follow, number_in_address
from pages.parts.charts import bars_over_time
from pages.parts.faults import refusals
from pages.parts.frame import name_tab, open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import days
from pages.promise.actions_one import show_action
from pages.promise.actions_rows import (
    HERE,
    action_values,
    commitment_values,
    counted,
    milestones_met,
    theme_values,
)
from pages.shared.happened import show_happened
from pages.shared.propose_action import propose_form

TITLE = "The Promise: are we keeping it?"
TILES = {
    CommitmentState.KEPT: ("Every action is signed by both sides, with evidence", "good", "check"),
    CommitmentState.MOVING: ("Something has moved in the last {days} days", "plain", "up"),
    CommitmentState.STUCK: ("Nothing has moved for {days} days or more", "alert", "warning"),
    CommitmentState.NOT_STARTED: ("Agreed, nothing has moved yet", "plain", "pause"),
    CommitmentState.NOT_ASSESSED: ("No action is agreed yet", "plain", "dashed"),
}


def show_commitment(commitment_id: int) -> None:
    """Show a commitment with its actions."""
    with refusals(stop=True), reading() as (db, actor):
        themes = progress_by_theme(db, actor)
        rows = action_plan(db, actor, commitment_id=commitment_id)
        happened = history_of_commitment(db, actor, commitment_id)
    for theme in themes:
        for commitment in theme.commitments:
            if commitment.id == commitment_id:
                name_tab(commitment.wording)
                values = {**commitment_values(commitment), "href": None}
                show("commitment.html", row=values, level=2)
    show_actions(rows, "No action yet. A manager or the Youth Voice Team proposes the first.")
    show_happened(happened)


def show_actions(rows: list[ActionRow], empty: str) -> None:
    """Show a list of actions."""
    show("actions.html", rows=[action_values(row) for row in rows], empty=empty)


def show_plan() -> None:
    """Show the plan: what the reader has to do first, then every commitment, then movement."""
    service_id = st.session_state.get("plan-service")
    with refusals(stop=True), reading() as (db, actor):
        whole = progress_by_theme(db, actor)
        shown = whole if service_id is None else progress_by_theme(db, actor, service_id=service_id)
        manages = actor.may(Permission.ACTIONS_UPDATE_OWN)
        approves = actor.may(Permission.ACTIONS_APPROVE)
        proposes = actor.may(Permission.ACTIONS_PROPOSE)
        mine = my_actions(db, actor) if manages else []
        waiting = actions_to_approve(db, actor)
        moved = movement(db, actor)
        limits = targets(db, actor)
        named = services(db, actor)
        own = tuple(row.id for row in my_services(db, actor)) if manages else ()
        people = persons_with_role(db, actor, Role.MANAGER, Role.YOUTH_VOICE) if proposes else []
        partners = open_groups(db, actor) if proposes else {}
        me = actor.id
        writes_promise = actor.may(Permission.SETTINGS_CHANGE) or actor.may(
            Permission.PROMISE_ADOPT
        )
    if not whole:
        no_promise_yet(writes_promise)
        return
    commitments = [commitment for theme in whole for commitment in theme.commitments]
    states = {state: sum(row.state == state for row in commitments) for state in CommitmentState}
    show("lede.html", words=in_short(commitments, states))
    if manages:
        show_mine(mine, limits.drift)
    if waiting and approves:
        show_waiting(waiting, limits.waiting)
    by_state, by_theme = st.columns(2)
    with by_state:
        found = [state for state in TILES if states[state]]
        stuck_after = limits.drift[-1]
        show("tiles.html", tiles=[tile(state, states[state], stuck_after) for state in found])
    with by_theme:
        show("promise_rows.html", promise=[theme_row(theme) for theme in whole], empty="")
    if waiting and not approves:
        show_waiting(waiting, limits.waiting)
    st.header("Theme by theme", anchor=False)
    show_themes(shown, {row.id: row.name for row in named})
    if proposes and named:
        propose_form(commitments, people, named, partners, own, me)
    elif proposes:
        st.text("An action belongs to a service. The administrator names the services in Set-up.")
    if moved["number"].any() or any(row.live for row in commitments):
        st.header("What moved, month by month", anchor=False)
        show_movement(moved)


def show_movement(moved: pd.DataFrame) -> None:
    """Show how often the plan moved in each month, or say that it has not."""
    if not moved["number"].any():
        show("lede.html", words="Nothing has moved in the last eighteen months.")
        return
    bars_over_time(
        moved,
        finding=finding(int(moved["number"].sum()), int(moved["number"].tail(9).sum())),
        caption="Movement of the plan in each month",
    )


def no_promise_yet(writes_promise: bool) -> None:
    """Say what comes before the first action, with a link for those who may do it."""
    show(
        "empty.html",
        title="There is no Promise yet",
        words="Write down its themes and commitments first. Each commitment then has its actions."
        if writes_promise
        else "The chair and the administrator write it down in Set-up. "
        "Each commitment then has its actions.",
        icon="promise",
        more=("Go to Set-up", "/set_up") if writes_promise else None,
    )


def in_short(
    commitments: Sequence[CommitmentProgress], states: Mapping[CommitmentState, int]
) -> str:
    """Return how The Promise is kept, in a few sentences."""
    number = len(commitments)
    if states[CommitmentState.NOT_ASSESSED] == number:
        return (
            "1 commitment, not yet assessed."
            if number == 1
            else f"{number} commitments, none assessed yet."
        )
    longest = max(row.drift for row in commitments)
    one = "It" if number == 1 else "One commitment"
    drift = f" {one} has not moved for {days(longest)}." if longest else ""
    say_how = "Bars show milestones met, with evidence."
    some = "1 commitment" if number == 1 else f"{number} commitments"
    return f"{some}: {counted(states)}.{drift} {say_how}"


def theme_row(theme: ThemeProgress) -> dict[str, object]:
    """Return a theme as a row that leads to its commitments."""
    kept = theme.state is CommitmentState.KEPT
    return {
        "title": theme.title,
        "state": theme.state,
        "part": 1 if kept else theme.met,
        "whole": 1 if kept else theme.whole,
        "href": f"#theme-{theme.id}",
    }


def tile(state: CommitmentState, number: int, stuck_after: int) -> dict[str, object]:
    """Return how many commitments have a state, as a tile."""
    detail, tone, icon = TILES[state]
    return {
        "number": number,
        "words": state.words.lower(),
        "detail": detail.format(days=stuck_after),
        "tone": tone,
        "icon": icon,
        "href": None,
        "trend": None,
        "trend_words": "",
    }


def show_mine(mine: list[ActionRow], tiers: Sequence[int]) -> None:
    """Show the reader's own actions that need movement, the longest unmoved first."""
    st.header("My actions", anchor=False)
    rows = [
        {
            "title": row.title,
            "detail": f"{milestones_met(row.met, row.whole)} · "
            + ("overdue" if row.past_due else row.reference),
            "days": row.drift,
            "href": f"{HERE}?action={row.id}",
        }
        for row in mine
    ]
    show(
        "waiting.html", waiting=rows, tiers=tiers, more=None,
        empty="You have no open action. You can propose one below the themes.",
    )  # fmt: skip


def show_waiting(waiting: list[ActionRow], tiers: Sequence[int]) -> None:
    """Show proposed actions, oldest first; the chair opens one to approve it or turn it down."""
    st.header("Proposed, waiting for the chair", anchor=False)
    rows = [
        {
            "title": row.title,
            "detail": f"{row.reference} {row.theme} · proposed by {row.proposed_by}",
            "days": row.proposed_days,
            "href": f"{HERE}?action={row.id}",
        }
        for row in waiting
    ]
    show("waiting.html", waiting=rows, tiers=tiers, more=None, empty="")


def follow_address(themes: Collection[int]) -> None:
    """Choose the theme and the state that a link names."""
    theme_id, named = number_in_address("theme"), st.query_params.get("state")
    follow(
        "plan",
        {
            "plan-theme": theme_id if theme_id in themes else None,
            "plan-state": CommitmentState(named) if named in list(CommitmentState) else None,
        },
    )


def show_themes(shown: list[ThemeProgress], named: dict[int, str]) -> None:
    """Show filters and the commitments that pass them."""
    titles = {theme.id: theme.title for theme in shown}
    by_theme, by_service, by_state = st.columns(3)
    follow_address(titles)
    theme_id = by_theme.selectbox(
        "Theme", [None, *titles], format_func=lambda key: titles[key] if key else "All",
        key="plan-theme",
    )  # fmt: skip
    service_id = by_service.selectbox(
        "Service", [None, *named], format_func=lambda key: named[key] if key else "All",
        key="plan-service",
    )  # fmt: skip
    state = by_state.selectbox(
        "State", [None, *CommitmentState], key="plan-state",
        format_func=lambda key: key.words if key else "All",
    )  # fmt: skip
    passing = [
        (theme, [row for row in theme.commitments if state in (None, row.state)])
        for theme in shown
        if theme_id in (None, theme.id)
    ]
    show(
        "plan.html",
        themes=[theme_values(theme, rows) for theme, rows in passing if rows],
        empty="No commitment matches. Choose another theme, service or state.",
    )
    download("actions", "the plan", service=service_id)


def finding(total: int, lately: int) -> str:
    """Return what the chart shows, in a sentence."""
    if total == 1:
        moved = "The plan moved once in eighteen months"
    else:
        moved = f"The plan moved {total} times in eighteen months"
        moved += f", {lately or 'none'} of them in the last three"
    return f"{moved}: stages changed, milestones met, outcomes signed."


one_action, one_commitment = number_in_address("action"), number_in_address("commitment")
open_page(
    TITLE,
    Permission.ACTIONS_READ,
    back=("Back to The Promise", HERE) if one_action or one_commitment else None,
)
if one_action:
    show_action(one_action)
elif one_commitment:
    show_commitment(one_commitment)
else:
    show_plan()
