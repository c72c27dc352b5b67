"""The action plan against The Promise: are we keeping it, and who owes what next?"""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.actions import action_plan
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.events_of import history_of_commitment
from coprod_data.queries.promise import commitment_now
from coprod_data.queries.way import way_of_action, way_of_commitment
from coprod_data.queries.way_steps import Way
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.way import WayKind
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.frame import name_tab, open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.promise.actions_answer import title as plan_title
from pages.promise.actions_list import in_address, show_list
from pages.promise.actions_one import found_action, show_action
from pages.promise.actions_pictures import pictures, show_picture
from pages.promise.actions_plan import show_plan
from pages.promise.actions_propose import SHOW as PROPOSE
from pages.promise.actions_propose import WORDS as PROPOSES
from pages.promise.actions_propose import show_propose
from pages.promise.actions_rows import HERE, action_values, commitment_values
from pages.promise.actions_since import show_since
from pages.promise.actions_then import show_plan_then, then_title
from pages.shared.as_at import how_it_was
from pages.shared.happened import show_happened
from pages.shared.way import came_of, crumbs, way_to

SHOWS = {"since": "What was done since", PROPOSE: PROPOSES, **pictures()}


def show_commitment(commitment_id: int, way: Way | None) -> None:
    """Show a commitment with its actions."""
    with refusals(stop=True), reading() as (db, actor):
        themes = progress_by_theme(db, actor)
        rows = action_plan(db, actor, commitment_id=commitment_id)
        happened = history_of_commitment(db, actor, commitment_id)
        earlier = commitment_now(db, actor, commitment_id)
    for theme in themes:
        for commitment in theme.commitments:
            if commitment.id == commitment_id:
                name_tab(commitment.wording)
                values = {**commitment_values(commitment), "href": None}
                show("commitment.html", row=values, level=2)
    if earlier:
        name_tab(earlier[0])
        show("commitment_then.html", words=earlier[0], now=earlier[1], here=HERE)
        return
    if not any(line.id == commitment_id for theme in themes for line in theme.commitments):
        _lost("commitment")
        return
    came_of(way, but=WayKind.ACTION)
    show(
        "actions.html",
        rows=[action_values(row) for row in rows],
        empty="No action yet. A manager or the Youth Voice Team proposes the first.",
    )
    show_happened(happened, here=f"{HERE}?commitment={commitment_id}")


def _lost(what: str) -> None:
    show("empty.html", title=f"We could not find that {what}.", words="The link may be broken.",
         icon="inbox", more=("See the whole plan", HERE))  # fmt: skip


one_action, one_commitment = number_in_address("action"), number_in_address("commitment")
which, shows = in_address(), st.query_params.get("show")
picture = shows if shows in pictures() else None
since, then, proposes = shows == "since", how_it_was(), shows == PROPOSE
inside = one_action or one_commitment or which or picture or since or then or proposes
row = found_action(one_action)
title = "Actions" if which else SHOWS.get(shows or "", plan_title())
title = then_title(then) if then else title
way = way_to(way_of_action, one_action) or way_to(
    way_of_commitment, None if one_action else one_commitment
)
open_page(
    row.title if row else plan_title() if one_action or one_commitment else title,
    Permission.ACTIONS_READ,
    lede=f"When it is done: {row.will_see}" if row else "",
    back=(labelled("Back to The Promise"), HERE) if inside else None,
    way=crumbs(way),
)
if then:
    show_plan_then(then)
elif row:
    show_action(row, way)
elif one_action:
    _lost("action")
elif one_commitment:
    show_commitment(one_commitment, way)
elif which:
    show_list(which)
elif picture:
    show_picture(picture)
elif since:
    show_since()
elif proposes:
    show_propose()
else:
    show_plan()
