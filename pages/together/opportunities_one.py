"""One opportunity: its words, its people, its outcome, and what this reader may do."""

from contextlib import suppress
from dataclasses import replace

import streamlit as st

from coprod_data.permissions import NotAllowed, NotFound, Permission
from coprod_data.queries.events_of import history_of_opportunity
from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.queries.opportunities_sources import following_actions, sources, voices_behind
from coprod_data.queries.outcomes import OutcomeRow, outcome, outcomes, outcomes_to_sign
from coprod_data.queries.promise import named_now
from coprod_data.queries.way_steps import Way
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.opportunities import TO_ANSWER
from coprod_data.vocabulary.surveys import CameOf
from coprod_data.vocabulary.way import WayKind
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.shared.happened import show_happened
from pages.shared.own_eyes import for_own_eyes, may_be_seen
from pages.shared.priorities_behind import show_priorities_behind
from pages.shared.way import came_of
from pages.shared.worry import worry
from pages.together.opportunities_following import follow_up
from pages.together.opportunities_joining import (
    answer_invitation,
    may_offer,
    no_words,
    offer,
    said_no,
)
from pages.together.opportunities_rows import (
    facts,
    head,
    invited_line,
    panels,
    reason,
    result,
    source,
)
from pages.together.opportunities_signing import signing
from pages.together.opportunities_steps import steering

VOICES = 2


def row_of_outcome() -> OutcomeRow | None:
    """Return the outcome that the address names, if there is one for this reader."""
    number = number_in_address("outcome")
    if number is not None:
        with suppress(NotFound, NotAllowed), reading() as (db, actor):
            return outcome(db, actor, number)
    return None


def one_outcome(row: OutcomeRow) -> None:
    """Show one outcome by itself, with the way to its opportunity, where it is signed."""
    if not row.public and not for_own_eyes():
        row = fit_for_all(row)
    show("outcome.html", row=result(row))
    show("more.html", words=row.title, href=f"/opportunities?id={row.opportunity_id}")


def fit_for_all(row: OutcomeRow) -> OutcomeRow:
    """Return an outcome without a young person's words that not everybody may read."""
    return row if row.public else replace(row, not_yet_words="", not_yet_entry=None, public=True)


def one(row: OpportunityRow, way: Way | None) -> None:
    """Show one opportunity."""
    with refusals(stop=True), reading() as (db, actor):
        can = frozenset(permission for permission in Permission if actor.may(permission))
        voices = voices_behind(db, actor, [row.id], for_a_room=False, each=VOICES).get(row.id, [])
        came_from = sources(db, actor, row.id)
        results = outcomes(db, actor, opportunity_id=row.id)
        signs = Permission.OUTCOMES_SIGN in can
        to_sign = frozenset(out.id for out in outcomes_to_sign(db, actor)) if signs else frozenset()
        actions = following_actions(db, actor, row.id)
        today = london_day(actor.at)
        now = named_now(db, actor, row.theme_id)
        happened = history_of_opportunity(db, actor, row.id)
    show("opportunity_head.html", row=head(row), now=now, reason=reason(row))
    for_all = all(voice.public for voice in voices) and all(out.public for out in results)
    if not for_all and not for_own_eyes():
        voices = [voice for voice in voices if voice.public]
        results = [fit_for_all(out) for out in results]
    show("card_detail.html", **panels(row, voices, results))
    said = [voice.entry_id for voice in voices]
    if results and results[0].not_yet_entry is not None:
        said.append(results[0].not_yet_entry)
    for entry_id in said:
        worry(entry_id, can)
    with st.container(key="opportunity-part"):
        asked_me = row.mine is not None and row.mine.state in TO_ANSWER
        if may_offer(row, can) and not asked_me:
            offer(row)
        elif said_no(row) and not may_be_seen():
            st.text(no_words(row))
        answer_invitation(row)
        signing(row, results[0] if results else None, actions, can, to_sign)
    show("facts.html", title="What it takes", facts=facts(row))
    if results:
        show("section.html", title="What changed", count=0)
    for out in results:
        show("outcome.html", row=result(out))
    show("section.html", title="Where it comes from", count=0)
    show("list.html", rows=[source(found) for found in came_from], empty="None named.")
    came_of(way, but=WayKind.OUTCOME)
    show_priorities_behind(CameOf.OPPORTUNITY, row.id)
    follow_up(row, can)
    if Permission.OPPORTUNITIES_SEE_SILENT in can:
        show("section.html", title="Who was asked", count=0)
        show(
            "list.html",
            rows=[invited_line(member) for member in row.members],
            empty="Nobody yet.",
        )
    if Permission.OPPORTUNITIES_OPEN in can and not row.closed:
        show("section.html", title="What happens next", count=0)
        steering(row, can, today)
    show_happened(happened, here=f"/opportunities?id={row.id}")
